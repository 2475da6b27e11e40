/**
 * A page of the guide fetches what the checklist needs as soon as the reader turns to a link that
 * leads there, and not before; never where the browser is asked to save data.
 *
 * @typedef {{ saveData?: boolean, effectiveType?: string }} Connection
 * @typedef {{ pages: string[], files: string[], image: string, packed: string }} Ahead
 */

const SIGNS_OF_INTENT = ["pointerover", "touchstart", "focusin"];

/** @param {Ahead} ahead which links to heed, and what to fetch; addresses relative to the page */
export function prefetchOnIntent({ pages, files, image, packed }) {
  const { saveData, effectiveType = "" } =
    /** @type {{ connection?: Connection }} */ (navigator).connection ?? {};
  if (saveData || effectiveType.includes("2g")) {
    return;
  }
  const targets = pages.map((page) => new URL(page, document.baseURI).href);
  const waiting = new AbortController();
  for (const type of SIGNS_OF_INTENT) {
    addEventListener(
      type,
      ({ target }) => {
        const link = target instanceof Element && target.closest("a[href]");
        if (link instanceof HTMLAnchorElement && targets.includes(link.href.split("#")[0])) {
          waiting.abort();
          // What cannot be fetched now will be fetched, and complained about, where it is needed.
          Promise.all([...files.map(fetched), fetchedImage(image, packed)]).catch(() => {});
        }
      },
      { signal: waiting.signal, passive: true },
    );
  }
}

/** @param {string} image @param {string} packed the same, for a host that does not compress */
async function fetchedImage(image, packed) {
  const response = await fetch(image, { priority: "low" });
  if (response.headers.has("Content-Encoding")) {
    await response.arrayBuffer();
  } else {
    await response.body?.cancel();
    await fetched(packed);
  }
}

/** @param {string} file */
async function fetched(file) {
  await (await fetch(file, { priority: "low" })).arrayBuffer();
}
