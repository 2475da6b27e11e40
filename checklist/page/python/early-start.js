/**
 * The state that the script in the page's head (`boot/start-python.js`) shares with the page's
 * modules. They are separate bundles, so they share it through a global variable.
 *
 * @typedef {import("./worker.js").Runtime} Runtime
 * @typedef {object} EarlyStart
 * @property {string} url of the worker's script
 * @property {(failedFile?: string | null) => Worker} spawn
 * @property {Worker | null} early the first worker, until the engine uses it
 * @property {Event[]} missedEvents of that worker
 * @property {boolean} isAwaited true until the page's module starts the engine
 * @property {Record<string, string> | null} ticked the answers before a client is open, then null;
 *   other changed fields have the attribute `data-early`
 */

/** @param {EarlyStart} start */
export function publishEarlyStart(start) {
  Object.assign(globalThis, { pythonStart: start });
}

/** @returns {EarlyStart} */
export function earlyStart() {
  return /** @type {any} */ (globalThis).pythonStart;
}
