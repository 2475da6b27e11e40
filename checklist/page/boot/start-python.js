/**
 * An inline script in the head, which starts the worker as early as possible. It keeps the worker's
 * events until the engine listens, and the visitor's input until a client is open. It also starts
 * the watchdog for the page's module.
 *
 * The theme's script takes 100 ms to run, so it is delayed until the page is shown. It must run
 * after `site.js`, which has run by `DOMContentLoaded`.
 *
 * @typedef {import("../python/early-start.js").EarlyStart} EarlyStart
 */
import { publishEarlyStart } from "../python/early-start.js";
import { watchModule } from "./module-watchdog.js";

{
  const element = /** @type {HTMLElement} */ (document.getElementById("python-runtime"));
  const { worker, base, ...rest } = JSON.parse(element.textContent ?? "");
  /** @type {import("../python/early-start.js").Runtime} */
  const runtime = { ...rest, base: new URL(base, document.baseURI).href };
  const url = new URL(worker, document.baseURI).href;
  const contentLoaded = new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));

  /** @type {EarlyStart} */
  const start = {
    url,
    spawn(failedFile = null) {
      // The name is available immediately; a message would wait until this thread is idle.
      return new Worker(url, {
        type: "module",
        name: JSON.stringify({ ...runtime, failedFile }),
      });
    },
    early: null,
    missedEvents: [],
    ticked: {},
    isAwaited: true,
    async startTheme() {
      await contentLoaded;
      const link = /** @type {HTMLLinkElement | null} */ (
        document.querySelector("link[data-theme-script]")
      );
      if (link) {
        const script = document.createElement("script");
        script.src = link.href;
        link.replaceWith(script);
      }
    },
  };
  watchModule(() => start.isAwaited);
  for (const type of ["click", "input", "change"]) {
    addEventListener(type, ({ target }) => {
      if (!start.ticked || !(target instanceof HTMLElement)) {
        return;
      }
      if (target instanceof HTMLInputElement && target.matches("[data-fact] [type=radio]")) {
        start.ticked[target.name] = target.value;
      } else if (type !== "click" && target.matches("[data-note], [data-context], [data-field]")) {
        target.dataset.early = "";
      }
    });
  }
  addEventListener("load", () => setTimeout(start.startTheme, 1_000));
  try {
    start.early = start.spawn();
    for (const type of ["message", "error", "messageerror"]) {
      start.early.addEventListener(type, (event) => start.early && start.missedEvents.push(event));
    }
  } catch {
    // The engine gets the same error when it starts a worker, and shows it.
  }
  publishEarlyStart(start);
}
