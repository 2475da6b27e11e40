/**
 * The engine as the page sees it: one worker, one request at a time, and never a wait without
 * an end.
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

/** @type {Failed} what a request is told that no worker can take now */
export const NOT_READY = { status: "failed", reason: "python", file: null, detail: "not ready" };

/** @type {EngineState} */
const LOADING = { status: "loading", stage: "download", loaded: 0, total: 0 };

/**
 * @param {object} options
 * @param {number} options.watchdogMs how long it may be silent before it is given up
 * @param {(state: EngineState) => void} options.onState
 */
export function createEngine({ watchdogMs, onState }) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {{ id: number, resolve(response: string): void, reject(failed: Failed): void } | null} */
  let waiting = null;
  let lastFailed = NOT_READY;
  let lastId = 0;
  let isNews = false;
  /** @type {ReturnType<typeof setTimeout> | number} */
  let watchdog = 0;
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();

  /** @param {string | null} again the file to get past the browser's own copy */
  function start(again = null) {
    stop(NOT_READY);
    pythonStart.isAwaited = false;
    onState(LOADING);
    watch();
    try {
      const started = pythonStart.early ?? pythonStart.spawn(again);
      const missed = pythonStart.missed.splice(0);
      pythonStart.early = null;
      worker = started;
      /** @param {Event} event */
      const heed = (event) => started === worker && onEvent(event);
      EVENTS.forEach((type) => started.addEventListener(type, heed));
      missed.forEach(heed);
    } catch (error) {
      fail("blocked", nameOf(pythonStart.url), String(error));
    }
  }

  /** What failed may lie damaged among the browser's own copies, and would fail for ever. */
  async function retry() {
    const { file } = lastFailed;
    if (file !== nameOf(pythonStart.url)) {
      start(file);
      return;
    }
    // A worker is started by its address alone: the copy is to be replaced before.
    const signal = AbortSignal.timeout(watchdogMs);
    const started = fetch(pythonStart.url, { cache: "reload", signal })
      .then((response) => response.arrayBuffer())
      .catch(() => {})
      .then(() => start(file));
    queue = queue.then(() => started); // what is asked meanwhile waits
    onState(LOADING); // at once: who sees nothing happen would press again
    await started;
  }

  /** @param {Event} event */
  function onEvent(event) {
    if (event.type === "message") {
      receive(/** @type {MessageEvent<FromWorker>} */ (event).data);
      return;
    }
    // A worker that cannot be loaded fires a bare event, with no message in some browsers.
    event.preventDefault();
    fail(
      "blocked",
      nameOf(pythonStart.url),
      /** @type {ErrorEvent} */ (event).message ?? event.type,
    );
  }

  /** @param {FromWorker} message */
  function receive(message) {
    switch (message.type) {
      case "progress": {
        const { stage, loaded, total } = message;
        watch();
        onState({ status: "loading", stage, loaded, total });
        break;
      }
      case "ready":
        clearTimeout(watchdog);
        if (waiting) {
          watch();
          isNews = true; // told with the first answer, not before it
        } else {
          onState({ status: "ready" });
        }
        break;
      case "answer":
        if (waiting?.id === message.id) {
          const { resolve } = waiting;
          waiting = null;
          clearTimeout(watchdog);
          if (isNews) {
            isNews = false;
            onState({ status: "ready" });
          }
          resolve(message.response);
        }
        break;
      case "failed":
        fail(message.reason, message.file, message.detail);
    }
  }

  function watch() {
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

  /** @param {Failed} failed what those who wait are told */
  function stop(failed) {
    clearTimeout(watchdog);
    worker?.terminate();
    worker = null;
    isNews = false;
    waiting?.reject(failed);
    waiting = null;
  }

  /** @param {string} request @returns {Promise<string>} */
  function ask(request) {
    return new Promise((resolve, reject) => {
      if (!worker) {
        reject(NOT_READY);
        return;
      }
      lastId += 1;
      waiting = { id: lastId, resolve, reject };
      watch();
      worker.postMessage({ id: lastId, request });
    });
  }

  return {
    start: () => start(),
    retry,

    /**
     * Ask once those who asked before have their answer. Python may still be on its way: it
     * answers as soon as it is there.
     *
     * @param {string} request JSON for the door
     * @returns {Promise<string>} its JSON; rejects with a `Failed`
     */
    call(request) {
      const answer = queue.then(() => ask(request));
      queue = answer.catch(() => {});
      return answer;
    },
  };
}

/** @param {string} url */
function nameOf(url) {
  return url.slice(url.lastIndexOf("/") + 1);
}
