// Run a Python script in Pyodide, with a folder of this machine as the current directory.
// Usage: node run.mjs PYODIDE SCRIPT FOLDER
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, script, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
// Without a fixed seed the order of sets in the bytecode would differ from run to run.
const env = { PYTHONHASHSEED: "0" };
const python = await loadPyodide({ indexURL: `${resolve(pyodide)}/`, env });
python.mountNodeFS("/folder", resolve(folder));
python.FS.chdir("/folder");
try {
  python.runPython(readFileSync(script, "utf8"), { filename: script });
} catch (error) {
  // Uncaught, it would be printed after a line of Pyodide's script that is a megabyte long.
  console.error(error.message);
  process.exitCode = 1;
}
