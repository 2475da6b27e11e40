/**
 * A watchdog for the page's module: it shows a failure and a retry button if the module cannot be
 * loaded or run. It is part of the script in the page's head.
 *
 * @typedef {import("../python/failures.js").FailureReason} Reason
 */
import { find } from "../ui/dom.js";
import { readSettings } from "../ui/settings.js";
import { isPageOutdated } from "../python/outdated-page.js";
import { createStatusView } from "../python/load-status.js";

/** @param {() => boolean} isAwaited whether the module has not started yet */
export function watchModule(isAwaited) {
  addEventListener("error", onError, { capture: true });
  document.addEventListener("readystatechange", () => {
    // The document is parsed; only its modules are still to load.
    if (document.readyState === "interactive") {
      setTimeout(() => showFailure("timeout", modules()[0]), readSettings().watchdog);
      addEventListener("click", retry);
    }
  });

  /** @param {Event} event */
  function onError(event) {
    const { target } = event;
    if (target instanceof HTMLScriptElement && target.src === modules()[0]) {
      showFailure("missing", target.src);
    } else if (event instanceof ErrorEvent && modules().includes(event.filename)) {
      showFailure("blocked", event.filename);
    }
  }

  /** @param {Reason} reason @param {string} url */
  function showFailure(reason, url) {
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

  /** Fetch the modules past the HTTP cache, and reload the page if that succeeds, or if the page
   * is outdated.
   * @param {Event} event */
  async function retry({ target }) {
    if (isAwaited() && target instanceof Element && target.closest('[data-action="retry"]')) {
      try {
        await Promise.all(modules().map(fetchPastCache));
        location.reload();
      } catch {
        if (await isPageOutdated()) {
          location.reload(); // fetches the page again; if it is not outdated, the failure stays shown
        }
      }
    }
  }
}

/** @returns {string[]} the URLs of the page's module and its imports */
function modules() {
  const links = document.querySelectorAll('link[rel="modulepreload"]');
  return [...links].map((link) => /** @type {HTMLLinkElement} */ (link).href);
}

/** @param {string} url */
async function fetchPastCache(url) {
  const response = await fetch(url, { cache: "reload" });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  await response.arrayBuffer();
}
