/**
 * What the script in the page's head (`boot/start-python.js`) shares with the page's modules: the
 * first worker, and what the visitor ticked before a client is open. They are separate bundles, so
 * they share it through a global variable, which only this module names.
 *
 * @typedef {import("../client/ticks.js").Ticks} Ticks
 * @typedef {(failedFile: string | null) => Worker} Spawn starts a worker, which fetches the file
 *   that failed before past the HTTP cache; throws if the browser refuses workers
 */

/** The events of a worker. */
export const EVENTS = /** @type {const} */ (["message", "error", "messageerror"]);

export class EarlyStart {
  url;
  #spawn;
  #isAwaited = true;
  /** @type {Ticks | null} null once a client is open */
  #ticks = {};
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
    return this.#ticks !== null;
  }

  /** What was ticked before a client is open. Other changed fields have the attribute `data-early`.
   * @returns {Ticks} empty once a client is open */
  get ticks() {
    return { ...this.#ticks };
  }

  /** @param {string} name @param {string} value */
  keepTick(name, value) {
    this.#ticks = { ...this.#ticks, [name]: value };
  }

  /** @returns {Ticks} those that were kept; from now on none are */
  takeTicks() {
    const { ticks } = this;
    this.#ticks = null;
    return ticks;
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
