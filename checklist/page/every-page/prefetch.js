/**
 * A page of the guide fetches what the checklist needs once the reader turns to a link that leads
 * there, and not before; never where the browser is asked to save data, or cannot use it.
 *
 * @typedef {{ saveData?: boolean, effectiveType?: string }} Connection
 * @typedef {{ pages: string[], files: string[] }} Ahead
 */

// A pointer on its way elsewhere, and a finger that scrolls, are gone sooner.
const DWELL_MS = 80;

/** @param {Ahead} ahead which links to heed, and what to fetch; addresses relative to the page */
export function prefetchOnIntent({ pages, files }) {
  const { saveData, effectiveType = "" } =
    /** @type {{ connection?: Connection }} */ (navigator).connection ?? {};
  if (saveData || effectiveType.includes("2g") || typeof WebAssembly === "undefined") {
    return;
  }
  const targets = pages.map((page) => new URL(page, document.baseURI).href);
  const waiting = new AbortController();
  const { signal } = waiting;
  /** @type {ReturnType<typeof setTimeout> | number} */
  let dwelling = 0;

  for (const type of ["pointerover", "focusin"]) {
    addEventListener(type, ({ target }) => isOneOf(targets, target) && dwell(), { signal });
  }
  for (const type of ["pointerout", "pointercancel", "focusout"]) {
    addEventListener(type, () => clearTimeout(dwelling), { signal });
  }

  function dwell() {
    clearTimeout(dwelling);
    dwelling = setTimeout(() => {
      waiting.abort();
      // What cannot be fetched now will be fetched, and complained about, where it is needed.
      Promise.all(files.map(fetched)).catch(() => {});
    }, DWELL_MS);
  }
}

/** @param {string[]} targets @param {EventTarget | null} target */
function isOneOf(targets, target) {
  const link = target instanceof Element && target.closest("a[href]");
  return link instanceof HTMLAnchorElement && targets.includes(link.href.split("#")[0]);
}

/** @param {string} file */
async function fetched(file) {
  await (await fetch(file, { priority: "low" })).arrayBuffer();
}
