// Start Python and tell what was found: as much as was reached, as the last line, in JSON.
// Usage: node probe.mjs PYODIDE INPUT SCRIPT > JSON
import { freeRanges } from "./heap.mjs";
import { initialize, loadInterpreter, runScript } from "./interpreter.mjs";

/**
 * @type {{ error?: string, names?: string[], globals?: string[], missing?: string[],
 *   heap?: string }} `names` are those of the script's functions, `missing` the
 *   names that Python's library lacks, `heap` what is wrong with it, or empty
 */
const found = {};
const [pyodide, input, script] = process.argv.slice(2);
try {
  const { python, layout } = await loadInterpreter(pyodide, { "/input": input });
  found.names = Object.keys(python).filter((name) => name.startsWith("_"));
  found.globals = layout.globals.map(({ name }) => name);
  initialize(python);
  runScript(python, script);
  found.missing = JSON.parse(python.FS.readFile("/output/missing.json", { encoding: "utf8" }));
  const start = layout.globals.find(({ name }) => name === "__stack_high");
  const end = python.HEAPU32[python._emscripten_get_sbrk_ptr() >> 2];
  found.heap = problemWith(() => freeRanges(python.HEAPU32, start?.global.value ?? 0, end));
} catch (error) {
  found.error = String(error);
}
// Ending at once would cut a long output short.
process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0));

/** @param {() => unknown} attempt */
function problemWith(attempt) {
  try {
    attempt();
    return "";
  } catch (error) {
    return String(error);
  }
}
