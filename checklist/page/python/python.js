/**
 * The API of Python for the pages: requests and responses are objects, and the progress is shown.
 *
 * @typedef {import("./protocol.js").Requests} Requests
 * @typedef {import("./engine.js").EngineState["status"]} EngineStatus
 * @typedef {object} Options
 * @property {import("../ui/settings.js").Settings} settings
 * @property {HTMLElement} root holds the engine's block
 * @property {(status: EngineStatus, previous: EngineStatus) => void} onStatus
 */
import { Engine, NOT_READY } from "./engine.js";
import { isPageOutdated } from "./outdated-page.js";
import { createStatusView } from "./load-status.js";

const MAX_FAILURES = 2; // of one request: another attempt would fail too

export class Python {
  #settings;
  #engine;
  /** @type {EngineStatus} */
  #status = "idle";
  /** @type {(() => void)[]} */
  #waiting = [];
  #isRetry = false;

  /** @param {Options} options */
  constructor({ settings, root, onStatus }) {
    this.#settings = settings;
    const view = createStatusView(root, settings.texts.load, settings.lang);
    this.#engine = new Engine({
      watchdogMs: settings.watchdog,
      onState: (state) => {
        const previous = this.#status;
        const { status } = state;
        this.#status = status;
        view.show(state);
        if (status === "ready") {
          this.#waiting.splice(0).forEach((resolve) => resolve());
        } else if (status === "failed") {
          console.warn("checklist:", state.reason, state.file, state.detail);
          this.#reloadIfOutdated();
        }
        if (status !== "loading") {
          document.documentElement.dataset.python = status;
          dispatchEvent(new Event("python-settled")); // the service worker is registered after this
        }
        onStatus(status, previous);
      },
    });
  }

  get isReady() {
    return this.#status === "ready";
  }

  get hasFailed() {
    return this.#status === "failed";
  }

  start() {
    this.#engine.start();
  }

  retry() {
    this.#isRetry = true;
    this.#engine.retry();
  }

  /** A retry has failed: the page may be from a cache, and its files deleted since. */
  async #reloadIfOutdated() {
    if (this.#isRetry && (await isPageOutdated())) {
      location.reload();
    }
  }

  /**
   * @template {keyof Requests} Kind
   * @param {import("./protocol.js").RequestFor<Kind>} request
   * @returns {Promise<import("./protocol.js").ResponseTo<Kind>>} rejects if Python fails
   */
  async ask(request) {
    return JSON.parse(await this.#engine.call(this.#serialise(request)));
  }

  /**
   * Send a request when Python is ready, and again after a failure and a retry.
   *
   * @template {keyof Requests} Kind
   * @param {import("./protocol.js").RequestFor<Kind>} request
   * @returns {Promise<import("./protocol.js").ResponseTo<Kind>>} with `problems` if the request
   *   itself makes Python fail; rejects if the request cannot be serialised, or the response cannot
   *   be parsed
   */
  async askWhenReady(request) {
    const text = this.#serialise(request);
    let response = null;
    for (let failures = 0; response === null;) {
      await this.#whenReady();
      try {
        response = await this.#engine.call(text);
      } catch (failed) {
        // The failure is shown by the view.
        failures += failed === NOT_READY ? 0 : 1;
        if (failures === MAX_FAILURES) {
          return { problems: [this.#settings.texts.messages.gave_up] };
        }
      }
    }
    return JSON.parse(response);
  }

  /** @returns {Promise<void>} */
  #whenReady() {
    return this.isReady ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** @param {object} request */
  #serialise(request) {
    return JSON.stringify({ lang: this.#settings.lang, ...request });
  }
}
