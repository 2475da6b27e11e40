/** The theme's own script, which `early.js` holds back until there is something to read. */
export function startTheme() {
  /** @type {import("./early.js").PythonStart} */
  const { startTheme: start } = /** @type {any} */ (globalThis).pythonStart;
  start();
}
