/**
 * The page's connection to Python: one worker and one request at a time, with a watchdog.
 *
 * @typedef {import("./worker.js").FromWorker} FromWorker
 * @typedef {import("./worker.js").FailureReason} Reason
 * @typedef {{ status: "failed", reason: Reason, file: string | null, detail: string }} Failed
 * @typedef {{ status: "idle" } | { status: "ready" } | Failed
 *   | { status: "loading", stage: import("./worker.js").Stage, loaded: number, total: number }
 * } EngineState
 */
import { earlyStart } from "./early-start.js";

const pythonStart = earlyStart();
const EVENTS = /** @type {const} */ (["message", "error", "messageerror"]);

/** @type {Failed} for a request without a worker */
export const NOT_READY = { status: "failed", reason: "python", file: null, detail: "not ready" };

/** @type {EngineState} */
const LOADING = { status: "loading", stage: "download", loaded: 0, total: 0 };

/**
 * @param {object} options
 * @param {number} options.watchdogMs how long the worker may send nothing before it is terminated
 * @param {(state: EngineState) => void} options.onState
 */
export function createEngine({ watchdogMs, onState }) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {{ id: number, resolve(response: string): void, reject(failed: Failed): void } | null} */
  let pending = null;
  let lastFailed = NOT_READY;
  let lastId = 0;
  let isReadyUnreported = false;
  /** @type {ReturnType<typeof setTimeout> | number} */
  let watchdog = 0;
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();

  /** @param {string | null} failedFile to be fetched past the HTTP cache */
  function start(failedFile = null) {
    stop(NOT_READY);
    pythonStart.isAwaited = false;
    onState(LOADING);
    restartWatchdog();
    try {
      const started = pythonStart.early ?? pythonStart.spawn(failedFile);
      const missedEvents = pythonStart.missedEvents.splice(0);
      pythonStart.early = null;
      worker = started;
      /** @param {Event} event */
      const handle = (event) => started === worker && onEvent(event);
      EVENTS.forEach((type) => started.addEventListener(type, handle));
      missedEvents.forEach(handle);
    } catch (error) {
      fail("blocked", fileNameOf(pythonStart.url), String(error));
    }
  }

  /** The HTTP cache may hold a damaged file, so a retry fetches the file that failed past it. */
  async function retry() {
    const { file } = lastFailed;
    if (file !== fileNameOf(pythonStart.url)) {
      start(file);
      return;
    }
    // `new Worker()` cannot bypass the HTTP cache, so the cached script is replaced first.
    const signal = AbortSignal.timeout(watchdogMs);
    const restarted = fetch(pythonStart.url, { cache: "reload", signal })
      .then((response) => response.arrayBuffer())
      .catch(() => {})
      .then(() => start(file));
    queue = queue.then(() => restarted); // requests made meanwhile wait
    onState(LOADING); // immediate feedback, so that the visitor does not click again
    await restarted;
  }

  /** @param {Event} event */
  function onEvent(event) {
    if (event.type === "message") {
      receive(/** @type {MessageEvent<FromWorker>} */ (event).data);
      return;
    }
    // In some browsers the event for a worker that cannot be loaded has no message.
    event.preventDefault();
    fail(
      "blocked",
      fileNameOf(pythonStart.url),
      /** @type {ErrorEvent} */ (event).message ?? event.type,
    );
  }

  /** @param {FromWorker} message */
  function receive(message) {
    switch (message.type) {
      case "progress": {
        const { stage, loaded, total } = message;
        restartWatchdog();
        onState({ status: "loading", stage, loaded, total });
        break;
      }
      case "ready":
        clearTimeout(watchdog);
        if (pending) {
          restartWatchdog();
          isReadyUnreported = true; // reported with the first response
        } else {
          onState({ status: "ready" });
        }
        break;
      case "answer":
        if (pending?.id === message.id) {
          const { resolve } = pending;
          pending = null;
          clearTimeout(watchdog);
          if (isReadyUnreported) {
            isReadyUnreported = false;
            onState({ status: "ready" });
          }
          resolve(message.response);
        }
        break;
      case "failed":
        fail(message.reason, message.file, message.detail);
    }
  }

  function restartWatchdog() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => fail("timeout", null, ""), watchdogMs);
  }

  /** @param {Reason} reason @param {string | null} file @param {string} detail */
  function fail(reason, file, detail) {
    /** @type {Failed} */
    const failed = { status: "failed", reason, file, detail };
    lastFailed = failed;
    stop(failed);
    onState(failed);
  }

  /** @param {Failed} failed rejects the pending request */
  function stop(failed) {
    clearTimeout(watchdog);
    worker?.terminate();
    worker = null;
    isReadyUnreported = false;
    pending?.reject(failed);
    pending = null;
  }

  /** @param {string} request @returns {Promise<string>} */
  function send(request) {
    return new Promise((resolve, reject) => {
      if (!worker) {
        reject(NOT_READY);
        return;
      }
      lastId += 1;
      pending = { id: lastId, resolve, reject };
      restartWatchdog();
      worker.postMessage({ id: lastId, request });
    });
  }

  return {
    start: () => start(),
    retry,

    /**
     * Send a request after the earlier ones have their responses. Python may still be loading.
     *
     * @param {string} request JSON
     * @returns {Promise<string>} JSON; rejects with a `Failed`
     */
    call(request) {
      const response = queue.then(() => send(request));
      queue = response.catch(() => {});
      return response;
    },
  };
}

/** @param {string} url */
function fileNameOf(url) {
  return url.slice(url.lastIndexOf("/") + 1);
}
