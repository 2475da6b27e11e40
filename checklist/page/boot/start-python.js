/**
 * An inline script in the head, which starts the worker as early as possible. It keeps the worker's
 * events until the engine listens, and the visitor's input until a client is open. It also starts
 * the watchdog for the page's module.
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
