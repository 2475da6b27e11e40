/**
 * CPython in Node, from Pyodide's files: only the interpreter, without Pyodide's own Python modules
 * and its proxies between Python and JavaScript, which an image does not need.
 *
 * @typedef {Record<string, any>} Emscripten what Pyodide's script returns: memory, files, functions
 * @typedef {{ module: string, name: string, global: WebAssembly.Global, mutable: boolean
 *   }} ImportedGlobal
 * @typedef {{ pages: number, tableSize: number, globals: ImportedGlobal[] }} Layout
 *   what the wasm module was given when it was instantiated
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

export const PAGE_SIZE = 65_536;

/**
 * @param {string} pyodide the folder of the npm package
 * @param {Record<string, string>} folders of this machine, by the names they get
 * @returns {Promise<{ python: Emscripten, layout: Layout }>}
 */
export async function loadInterpreter(pyodide, folders) {
  fixSurroundings();
  /** @param {string} name */
  const read = (name) => readFileSync(join(pyodide, name));
  const create = await loadScript(resolve(pyodide));
  /** @type {Layout | undefined} */
  let layout;
  const python = await create({
    noInitialRun: true,
    thisProgram: "python", // the default is the path of this script, which would stay in the image
    API: { config: {}, runtimeEnv: { IN_NODE: true } },
    /** @param {any} imports @param {(instance: object, module: object) => void} done */
    instantiateWasm(imports, done) {
      const module = new WebAssembly.Module(read("pyodide.asm.wasm"));
      const sentinel = { create_sentinel: () => null, is_sentinel: () => 0 };
      const given = { ...imports, sentinel };
      const instance = new WebAssembly.Instance(module, given);
      layout = layoutOf(module, given, instance.exports);
      done(instance, module);
      return instance.exports;
    },
    preRun: [
      (/** @type {Emscripten} */ { FS, ENV }) => {
        FS.mkdirTree("/lib");
        FS.writeFile("/lib/python.zip", read("python_stdlib.zip"));
        for (const [name, folder] of Object.entries(folders)) {
          copyFolder(FS, folder, name);
        }
        FS.mkdirTree("/output");
        Object.assign(ENV, PYTHON_SETTINGS);
      },
    ],
  });
  return { python, layout: /** @type {Layout} */ (layout) };
}

/** @param {string} pyodide @returns {Promise<Function>} */
async function loadScript(pyodide) {
  Object.assign(globalThis, { __dirname: pyodide });
  const module = join(pyodide, "pyodide.asm.mjs"); // since Pyodide 314
  if (existsSync(module)) {
    return (await import(pathToFileURL(module).href)).default;
  }
  const script = readFileSync(join(pyodide, "pyodide.asm.js"), "utf8");
  // The script does not export its function.
  return vm.runInThisContext(`${script}\n_createPyodideModule`);
}

/** @param {Emscripten} python */
export function initialize(python) {
  python.HEAP32[python._Py_NoSiteFlag >> 2] = 1;
  python._Py_InitializeEx(0);
}

/** @param {Emscripten} python @param {string} script the path of a script on this machine */
export function runScript(python, script) {
  const bytes = new TextEncoder().encode(`${readFileSync(script, "utf8")}\0`);
  const address = python._PyMem_RawMalloc(bytes.length);
  python.HEAPU8.set(bytes, address);
  const failed = python._PyRun_SimpleStringFlags(address, 0);
  python._PyMem_RawFree(address);
  if (failed) {
    throw new Error(`${script} failed in Pyodide's Python`);
  }
}

// The library is imported from source, without docstrings and assertions.
const PYTHON_SETTINGS = {
  PYTHONHOME: "/",
  PYTHONPATH: "/lib/python.zip:/app",
  PYTHONOPTIMIZE: "2",
  PYTHONHASHSEED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONWARNINGS: "ignore", // nobody would see any
};

/** The same inputs have to give the same bytes on any day and machine. */
function fixSurroundings() {
  Date.now = () => 0;
  performance.now = () => 0;
  // For other engines Pyodide adds a function to the table, which the image has no room for.
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" } });
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, { require });
  require("crypto").randomFillSync = (/** @type {Uint8Array} */ bytes) => bytes.fill(0);
}

/** @param {WebAssembly.Module} module @param {any} given @param {any} exported @returns {Layout} */
function layoutOf(module, given, exported) {
  // An image needs them imported; otherwise Python is started only to see what else is unexpected.
  const { memory, __indirect_function_table: table } = given.env.memory ? given.env : exported;
  return {
    pages: memory.buffer.byteLength / PAGE_SIZE,
    tableSize: table.length,
    globals: WebAssembly.Module.imports(module)
      .filter(({ kind }) => kind === "global")
      .map(({ module: from, name }) => {
        const global = given[from][name];
        return { module: from, name, global, mutable: isMutable(global) };
      }),
  };
}

/** @param {WebAssembly.Global} global */
function isMutable(global) {
  try {
    global.value = global.value;
    return true;
  } catch {
    return false;
  }
}

/** @param {any} files of Emscripten @param {string} from @param {string} to */
function copyFolder(files, from, to) {
  for (const name of readdirSync(from, { recursive: true }).map(String)) {
    if (statSync(join(from, name)).isFile()) {
      files.mkdirTree(dirname(`${to}/${name}`));
      files.writeFile(`${to}/${name}`, readFileSync(join(from, name)));
    }
  }
}
