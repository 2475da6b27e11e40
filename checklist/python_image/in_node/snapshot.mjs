// Start Python, run a script in it, and write its memory to a file.
// Usage: node snapshot.mjs PYODIDE APP INPUT SCRIPT OUTPUT > JSON
// In Python the files of APP are in /app and those of INPUT in /input; files that the script writes
// to /output are copied to OUTPUT, as is the memory, in a file named "memory". The output describes
// what the wasm module imports.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clearFreeMemory } from "./heap.mjs";
import { PAGE_SIZE, initialize, loadInterpreter, runScript } from "./interpreter.mjs";

const [pyodide, app, input, script, output] = process.argv.slice(2);
const { python, layout } = await loadInterpreter(pyodide, { "/app": app, "/input": input });
initialize(python);
runScript(python, script);

const used = clearFreeMemory(python, (name) => {
  const found = layout.globals.find((one) => one.name === name);
  return /** @type {import("./interpreter.mjs").ImportedGlobal} */ (found).global.value;
});
const pages = Math.ceil(used / PAGE_SIZE);
writeFileSync(join(output, "memory"), Buffer.from(python.HEAPU8.buffer, 0, pages * PAGE_SIZE));
for (const name of python.FS.readdir("/output")) {
  if (!name.startsWith(".")) {
    writeFileSync(join(output, name), python.FS.readFile(`/output/${name}`));
  }
}
const described = {
  // The other globals are indexes of Pyodide's own functions in the table; the image has none.
  globals: layout.globals
    .filter(({ module }) => module === "env" || module === "GOT.mem")
    .map(({ module, name, global, mutable }) => [module, name, global.value, mutable]),
  tableSize: layout.tableSize,
  pages: Math.max(layout.pages, pages),
};
// Ending at once would cut a long output short.
process.stdout.write(`${JSON.stringify(described)}\n`, () => process.exit(0));
