/**
 * What the script in the page's head (`boot/start-python.js`) shares with the page's modules: the
 * first worker, and the visitor's answers from before a client is open. They are separate bundles, so
 * they share it through a global variable, which only this module names.
 *
 * @typedef {import("../client/record.js").Answer} Answer
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {(failedFile: string | null) => Worker} Spawn starts a worker, which fetches the file
 *   that failed before past the HTTP cache; throws if the browser refuses workers
 */

/** The events of a worker. */
export const EVENTS = /** @type {const} */ (["message", "error", "messageerror"]);

export class EarlyStart {
  url;
  #spawn;
  #isAwaited = true;
  /** @type {Answers | null} null once a client is open */
  #answers = {};
  /** @type {Worker | null} the first worker, until the engine takes it */
  #early = null;
  /** @type {Event[]} of the first worker */
  #missedEvents = [];

  /** @param {string} url of the worker's script @param {Spawn} spawn */
  constructor(url, spawn) {
    this.url = url;
    this.#spawn = spawn;
  }

  /** True until the page's module starts the engine. */
  get isAwaited() {
    return this.#isAwaited;
  }

  /** True until a client is open, whose record then holds the visitor's input. */
  get isKeepingInput() {
    return this.#answers !== null;
  }

  /** The answers from before a client is open. Other changed fields have the attribute `data-early`.
   * @returns {Answers} empty once a client is open */
  get answers() {
    return { ...this.#answers };
  }

  /** @param {string} fact @param {Answer} answer */
  keepAnswer(fact, answer) {
    this.#answers = { ...this.#answers, [fact]: answer };
  }

  /** @returns {Answers} those that were kept; from now on none are */
  takeAnswers() {
    const { answers } = this;
    this.#answers = null;
    return answers;
  }

  /** Start the first worker, and keep its events until the engine takes it. */
  startEarly() {
    try {
      this.#early = this.#spawn(null);
    } catch {
      return; // the engine gets the same error when it starts a worker, and shows it
    }
    for (const type of EVENTS) {
      this.#early.addEventListener(type, (event) => this.#early && this.#missedEvents.push(event));
    }
  }

  /**
   * Give the engine the first worker and the events that it has missed, or later a new worker.
   *
   * @param {string | null} failedFile to be fetched past the HTTP cache by a new worker
   * @returns {{ worker: Worker, missedEvents: Event[] }} throws if the browser refuses workers
   */
  takeWorker(failedFile) {
    this.#isAwaited = false;
    const worker = this.#early ?? this.#spawn(failedFile);
    this.#early = null;
    return { worker, missedEvents: this.#missedEvents.splice(0) };
  }
}

/** @param {EarlyStart} start */
export function publishEarlyStart(start) {
  Object.assign(globalThis, { pythonStart: start });
}

/** @returns {EarlyStart} */
export function earlyStart() {
  return /** @type {any} */ (globalThis).pythonStart;
}
