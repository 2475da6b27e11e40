/**
 * The page's connection to Python: one worker and one request at a time, with a watchdog.
 *
 * @typedef {import("./worker.js").FromWorker} FromWorker
 * @typedef {import("./failures.js").FailureReason} Reason
 * @typedef {{ status: "failed", reason: Reason, file: string | null, detail: string }} Failed
 * @typedef {{ status: "idle" } | { status: "ready" } | Failed
 *   | { status: "loading", stage: import("./runtime.js").Stage, loaded: number, total: number }
 * } EngineState
 */
import { EVENTS, earlyStart } from "./early-start.js";

const pythonStart = earlyStart();

/** The failure of a request when there is no worker. @type {Failed} */
export const NOT_READY = { status: "failed", reason: "python", file: null, detail: "not ready" };

/** @type {EngineState} */
const LOADING = { status: "loading", stage: "download", loaded: 0, total: 0 };

export class Engine {
  #watchdogMs;
  #onState;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {{ id: number, resolve(response: string): void, reject(failed: Failed): void } | null} */
  #pending = null;
  #lastFailed = NOT_READY;
  #lastId = 0;
  #isReadyUnreported = false;
  /** @type {ReturnType<typeof setTimeout> | number} */
  #watchdog = 0;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /**
   * @param {object} options
   * @param {number} options.watchdogMs how long the worker may send nothing before it is terminated
   * @param {(state: EngineState) => void} options.onState
   */
  constructor({ watchdogMs, onState }) {
    this.#watchdogMs = watchdogMs;
    this.#onState = onState;
  }

  start() {
    this.#start(null);
  }

  /** Start again. The file that failed is fetched past the HTTP cache, which may hold a damaged
   * copy. */
  async retry() {
    const { file } = this.#lastFailed;
    if (file !== fileNameOf(pythonStart.url)) {
      this.#start(file);
      return;
    }
    // `new Worker()` cannot bypass the HTTP cache, so the cached script is replaced first.
    const signal = AbortSignal.timeout(this.#watchdogMs);
    const restarted = fetch(pythonStart.url, { cache: "reload", signal })
      .then((response) => response.arrayBuffer())
      .catch(() => {})
      .then(() => this.#start(file));
    this.#queue = this.#queue.then(() => restarted); // requests made meanwhile wait
    this.#onState(LOADING); // immediate feedback, so that the visitor does not click again
    await restarted;
  }

  /**
   * Send a request after the earlier ones have their responses. Python may still be loading.
   *
   * @param {string} request JSON
   * @returns {Promise<string>} JSON; rejects with a `Failed`
   */
  call(request) {
    const response = this.#queue.then(() => this.#send(request));
    this.#queue = response.catch(() => {});
    return response;
  }

  /** @param {string | null} failedFile to be fetched past the HTTP cache */
  #start(failedFile) {
    this.#stop(NOT_READY);
    this.#onState(LOADING);
    this.#restartWatchdog();
    try {
      const { worker, missedEvents } = pythonStart.takeWorker(failedFile);
      this.#worker = worker;
      const handle = (/** @type {Event} */ event) =>
        worker === this.#worker && this.#handleEvent(event);
      EVENTS.forEach((type) => worker.addEventListener(type, handle));
      missedEvents.forEach(handle);
    } catch (error) {
      this.#fail("blocked", fileNameOf(pythonStart.url), String(error));
    }
  }

  /** @param {Event} event */
  #handleEvent(event) {
    if (event.type === "message") {
      this.#receive(/** @type {MessageEvent<FromWorker>} */ (event).data);
      return;
    }
    event.preventDefault();
    // In some browsers the event for a worker that cannot be loaded has no message.
    const detail = /** @type {ErrorEvent} */ (event).message ?? event.type;
    this.#fail("blocked", fileNameOf(pythonStart.url), detail);
  }

  /** @param {FromWorker} message */
  #receive(message) {
    switch (message.type) {
      case "progress": {
        const { stage, loaded, total } = message;
        this.#restartWatchdog();
        this.#onState({ status: "loading", stage, loaded, total });
        break;
      }
      case "ready":
        clearTimeout(this.#watchdog);
        if (this.#pending) {
          this.#restartWatchdog();
          this.#isReadyUnreported = true; // reported with the first response
        } else {
          this.#onState({ status: "ready" });
        }
        break;
      case "answer":
        if (this.#pending?.id === message.id) {
          this.#settle(this.#pending, message.response);
        }
        break;
      case "failed":
        this.#fail(message.reason, message.file, message.detail);
    }
  }

  /** @param {{ resolve(response: string): void }} pending @param {string} response */
  #settle({ resolve }, response) {
    this.#pending = null;
    clearTimeout(this.#watchdog);
    if (this.#isReadyUnreported) {
      this.#isReadyUnreported = false;
      this.#onState({ status: "ready" });
    }
    resolve(response);
  }

  #restartWatchdog() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#fail("timeout", null, ""), this.#watchdogMs);
  }

  /** @param {Reason} reason @param {string | null} file @param {string} detail */
  #fail(reason, file, detail) {
    /** @type {Failed} */
    const failed = { status: "failed", reason, file, detail };
    this.#lastFailed = failed;
    this.#stop(failed);
    this.#onState(failed);
  }

  /** @param {Failed} failed rejects the pending request */
  #stop(failed) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReadyUnreported = false;
    this.#pending?.reject(failed);
    this.#pending = null;
  }

  /** @param {string} request @returns {Promise<string>} */
  #send(request) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(NOT_READY);
        return;
      }
      this.#lastId += 1;
      this.#pending = { id: this.#lastId, resolve, reject };
      this.#restartWatchdog();
      this.#worker.postMessage({ id: this.#lastId, request });
    });
  }
}

/** @param {string} url */
function fileNameOf(url) {
  return url.slice(url.lastIndexOf("/") + 1);
}
