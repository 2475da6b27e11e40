/** The theme's own script, which `start-python.js` holds back until there is something to read. */
export function startTheme() {
  /** @type {import("../boot/start-python.js").PythonStart} */
  const { startTheme: start } = /** @type {any} */ (globalThis).pythonStart;
  start();
}
