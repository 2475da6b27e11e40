/**
 * An inline script in the head, which starts the worker as early as possible, keeps the visitor's
 * input until a client is open, and starts the watchdog for the page's module.
 */
import { EarlyStart, publishEarlyStart } from "../python/early-start.js";
import { watchModule } from "./module-watchdog.js";

{
  const element = /** @type {HTMLElement} */ (document.getElementById("python-runtime"));
  const { worker, base, ...rest } = JSON.parse(element.textContent ?? "");
  /** @type {Omit<import("../python/runtime.js").Runtime, "failedFile">} */
  const runtime = { ...rest, base: new URL(base, document.baseURI).href };
  const url = new URL(worker, document.baseURI).href;
  const start = new EarlyStart(url, (failedFile) => {
    // The name is available immediately; a message would wait until this thread is idle.
    const name = JSON.stringify({ ...runtime, failedFile });
    return new Worker(url, { type: "module", name });
  });
  watchModule(() => start.isAwaited);
  for (const type of ["click", "input", "change"]) {
    addEventListener(type, ({ target }) => {
      if (!start.isKeepingInput || !(target instanceof HTMLElement)) {
        return;
      }
      if (target instanceof HTMLInputElement && target.matches("[data-touched] [type=radio]")) {
        start.keepTick(target.name, target.value);
      } else if (type !== "click" && target.matches("[data-note], [data-context], [data-field]")) {
        target.dataset.early = "";
      }
    });
  }
  start.startEarly();
  publishEarlyStart(start);
}
