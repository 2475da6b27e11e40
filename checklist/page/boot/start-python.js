/**
 * Stands in the head of the page itself, to start the worker before anything else is there. What
 * the worker says before anyone listens is kept, and what the visitor ticks and writes before the
 * client that it is about is open. It also watches for the module that will listen, which may never
 * come.
 *
 * The theme's script, a tenth of a second's work, waits until there is something to read, though
 * not for long; and for `site.js`, which has run by the time the page's content is loaded.
 *
 * @typedef {import("../python/early-start.js").EarlyStart} EarlyStart
 */
import { publishEarlyStart } from "../python/early-start.js";
import { watchForModule } from "./module-watchdog.js";

{
  const element = /** @type {HTMLElement} */ (document.getElementById("python-runtime"));
  const { worker, base, ...rest } = JSON.parse(element.textContent ?? "");
  /** @type {import("../python/early-start.js").Runtime} */
  const runtime = { ...rest, base: new URL(base, document.baseURI).href };
  const url = new URL(worker, document.baseURI).href;
  const isLoaded = new Promise((go) => addEventListener("DOMContentLoaded", go));

  /** @type {EarlyStart} */
  const start = {
    url,
    spawn(again = null) {
      // By its name it knows at once what it needs; a message would wait for this thread to rest.
      return new Worker(url, { type: "module", name: JSON.stringify({ ...runtime, again }) });
    },
    early: null,
    missedEvents: [],
    ticked: {},
    isAwaited: true,
    async startTheme() {
      await isLoaded;
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
  watchForModule(() => start.isAwaited);
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
    // Whoever asks for it will meet the same error, and has a place to show it.
  }
  publishEarlyStart(start);
}
