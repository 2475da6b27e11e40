/**
 * The API of Python for the pages: requests and responses are objects, and the progress is shown.
 *
 * @typedef {import("./engine.js").EngineState["status"]} EngineStatus
 */
import { Engine, NOT_READY } from "./engine.js";
import { createStatusView } from "./load-status.js";

const MAX_FAILURES = 2; // of one request: another attempt would fail too

/**
 * @param {object} options
 * @param {Record<string, any>} options.settings from the build
 * @param {HTMLElement} options.root holds the engine's block
 * @param {(status: EngineStatus) => void} options.onStatus
 */
export function createPython({ settings, root, onStatus }) {
  const { lang, texts, watchdog } = settings;
  const status = createStatusView(root, texts.load, lang);
  /** @type {EngineStatus} */
  let current = "idle";
  /** @type {(() => void)[]} */
  let waiting = [];

  const engine = new Engine({
    watchdogMs: watchdog,
    onState(state) {
      current = state.status;
      status.show(state);
      if (state.status === "failed") {
        console.warn("checklist:", state.reason, state.file, state.detail);
      } else if (state.status === "ready") {
        waiting.forEach((resolve) => resolve());
        waiting = [];
      }
      if (state.status === "ready" || state.status === "failed") {
        document.documentElement.dataset.python = state.status;
        dispatchEvent(new Event("python-settled")); // the service worker is registered after this
      }
      onStatus(current);
    },
  });

  /** @returns {Promise<void>} */
  function whenReady() {
    return current === "ready"
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push(resolve));
  }

  /** @param {object} request @returns {Promise<any>} rejects if Python fails */
  async function ask(request) {
    return JSON.parse(await engine.call(serialise(request)));
  }

  /** @param {object} request */
  function serialise(request) {
    return JSON.stringify({ lang, ...request });
  }

  return {
    ask,
    start: () => engine.start(),
    retry: () => engine.retry(),

    /** @returns {boolean} */
    get isReady() {
      return current === "ready";
    },
    /** @returns {boolean} */
    get hasFailed() {
      return current === "failed";
    },

    /** Send a request when Python is ready, and again after a failure and a retry.
     * @param {object} request
     * @returns {Promise<any>} with `problems` if the request itself makes Python fail; rejects if
     *   the request cannot be serialised, or the response cannot be parsed */
    async askWhenReady(request) {
      const text = serialise(request);
      let response = null;
      for (let failures = 0; response === null;) {
        await whenReady();
        try {
          response = await engine.call(text);
        } catch (failed) {
          // The failure is shown by `onState`.
          failures += failed === NOT_READY ? 0 : 1;
          if (failures === MAX_FAILURES) {
            return { problems: [texts.says.gave_up] };
          }
        }
      }
      return JSON.parse(response);
    },
  };
}
