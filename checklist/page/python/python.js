/**
 * Python as every page uses it: started once, its progress shown, asked with plain objects.
 *
 * @typedef {import("./engine.js").EngineState["status"]} EngineStatus
 */
import { NOT_READY, createEngine } from "./engine.js";
import { createStatusView } from "./load-status.js";

const DEATHS = 2; // of a request that Python dies of; a third would be no better

/**
 * @param {object} options
 * @param {Record<string, any>} options.settings what the page was built with
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

  const engine = createEngine({
    watchdogMs: watchdog,
    onState(state) {
      current = state.status;
      status.show(state);
      if (state.status === "failed") {
        console.warn("checklist:", state.reason, state.file, state.detail);
      } else if (state.status === "ready") {
        waiting.forEach((go) => go());
        waiting = [];
      }
      if (state.status === "ready" || state.status === "failed") {
        document.documentElement.dataset.python = state.status;
        dispatchEvent(new Event("python-settled")); // what can wait has waited for this
      }
      onStatus(current);
    },
  });

  /** @returns {Promise<void>} */
  function ready() {
    return current === "ready" ? Promise.resolve() : new Promise((go) => waiting.push(go));
  }

  /** @param {object} request @returns {Promise<any>} rejects where Python fails meanwhile */
  async function ask(request) {
    return JSON.parse(await engine.call(written(request)));
  }

  /** @param {object} request */
  function written(request) {
    return JSON.stringify({ lang, ...request });
  }

  return {
    ask,
    start: engine.start,
    retry: engine.retry,

    /** @returns {boolean} */
    get isReady() {
      return current === "ready";
    },
    /** @returns {boolean} */
    get hasFailed() {
      return current === "failed";
    },

    /** Ask as soon as Python is there, through failures and retries, unless they come of asking.
     * @param {object} request @returns {Promise<any>} rejects where it is no request at all */
    async eventually(request) {
      // Outside the loop: what cannot be written or read would be tried again for ever.
      const text = written(request);
      let response = null;
      for (let deaths = 0; response === null;) {
        await ready();
        try {
          response = await engine.call(text);
        } catch (failed) {
          // It failed and said so; the next start may bring the answer.
          deaths += failed === NOT_READY ? 0 : 1;
          if (deaths === DEATHS) {
            return { problems: [texts.says.gave_up] };
          }
        }
      }
      return JSON.parse(response);
    },
  };
}
