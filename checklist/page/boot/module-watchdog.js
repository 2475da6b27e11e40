/**
 * Where a page's own module does not come, or cannot run, nobody else is there to say so: this
 * says it, and offers another try. It is part of the script in the page's head.
 *
 * @typedef {import("../python/failures.js").FailureReason} Reason
 */
import { find, readSettings } from "../ui/dom.js";
import { createStatusView } from "../python/load-status.js";

/** @param {() => boolean} isAwaited whether the module has not yet begun its work */
export function watchForModule(isAwaited) {
  addEventListener("error", onError, { capture: true });
  document.addEventListener("readystatechange", () => {
    // The page has been read; what is left are its modules.
    if (document.readyState === "interactive") {
      setTimeout(() => show("timeout", modules()[0]), readSettings().watchdog);
      addEventListener("click", retry);
    }
  });

  /** @param {Event} event */
  function onError(event) {
    const { target } = event;
    if (target instanceof HTMLScriptElement && target.src === modules()[0]) {
      show("missing", target.src);
    } else if (event instanceof ErrorEvent && modules().includes(event.filename)) {
      show("blocked", event.filename);
    }
  }

  /** @param {Reason} reason @param {string} url */
  function show(reason, url) {
    if (isAwaited()) {
      const { texts, lang } = readSettings();
      const file = url.slice(url.lastIndexOf("/") + 1);
      const engine = find(document.body, '[data-block="engine"]');
      createStatusView(engine, texts.load, lang).show({
        status: "failed",
        reason,
        file,
        detail: "",
      });
    }
  }

  /** The page is loaded again once its modules can be had, past the browser's own copies.
   * @param {Event} event */
  async function retry({ target }) {
    if (isAwaited() && target instanceof Element && target.closest('[data-action="retry"]')) {
      try {
        await Promise.all(modules().map(fetched));
        location.reload();
      } catch {
        // What is said stays true.
      }
    }
  }
}

/** @returns {string[]} the page's module and all that it imports */
function modules() {
  const links = document.querySelectorAll('link[rel="modulepreload"]');
  return [...links].map((link) => /** @type {HTMLLinkElement} */ (link).href);
}

/** @param {string} url */
async function fetched(url) {
  const response = await fetch(url, { cache: "reload" });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  await response.arrayBuffer();
}
