/**
 * Prefetch the files of the checklist when the pointer or the focus stays on a link to it. Nothing
 * is prefetched with data saving, on a slow connection, or without WebAssembly.
 *
 * @typedef {{ saveData?: boolean, effectiveType?: string }} Connection
 * @typedef {{ pages: string[], files: string[] }} PrefetchSettings
 */

// A pointer that only crosses the link, and a finger that scrolls, leave it sooner.
const DWELL_MS = 80;

/** @param {PrefetchSettings} settings the linked pages, and the files, by relative URLs */
export function prefetchOnIntent({ pages, files }) {
  const { saveData, effectiveType = "" } =
    /** @type {{ connection?: Connection }} */ (navigator).connection ?? {};
  if (saveData || effectiveType.includes("2g") || typeof WebAssembly === "undefined") {
    return;
  }
  const targets = pages.map((page) => new URL(page, document.baseURI).href);
  const listeners = new AbortController();
  const { signal } = listeners;
  /** @type {ReturnType<typeof setTimeout> | number} */
  let timer = 0;

  for (const type of ["pointerover", "focusin"]) {
    addEventListener(type, ({ target }) => isLinkTo(targets, target) && startTimer(), { signal });
  }
  for (const type of ["pointerout", "pointercancel", "focusout"]) {
    addEventListener(type, () => clearTimeout(timer), { signal });
  }

  function startTimer() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      listeners.abort();
      // A file that fails here is fetched again by the checklist, which reports failures.
      Promise.all(files.map(prefetch)).catch(() => {});
    }, DWELL_MS);
  }
}

/** @param {string[]} targets @param {EventTarget | null} target */
function isLinkTo(targets, target) {
  const link = target instanceof Element && target.closest("a[href]");
  return link instanceof HTMLAnchorElement && targets.includes(link.href.split("#")[0]);
}

/** @param {string} file */
async function prefetch(file) {
  await (await fetch(file, { priority: "low" })).arrayBuffer();
}
