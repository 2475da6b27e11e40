/**
 * What the script in the page's head (`boot/start-python.js`) shares with the page's modules: both
 * are bundled by themselves, so they meet in one global variable, which is read and typed here.
 *
 * @typedef {import("./worker.js").Runtime} Runtime
 * @typedef {{ url: string, spawn(again?: string | null): Worker, early: Worker | null, missed: Event[],
 *   ticked: Record<string, string> | null, isAwaited: boolean,
 *   startTheme(): void }} EarlyStart `isAwaited` until the page's module begins its work; `ticked`
 *   is null once a client is open; what was written before has the attribute `data-early`
 */

/** @param {EarlyStart} start */
export function share(start) {
  Object.assign(globalThis, { pythonStart: start });
}

/** @returns {EarlyStart} */
export function earlyStart() {
  return /** @type {any} */ (globalThis).pythonStart;
}
