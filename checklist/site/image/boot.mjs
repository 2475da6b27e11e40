// Start CPython from Pyodide's files in Node, run a script in it, and write its memory to a file.
// Usage: node boot.mjs PYODIDE APP INPUT SCRIPT OUTPUT > JSON
// The files of INPUT are in /input; files that the script writes to /output are copied to OUTPUT,
// as is the memory, in a file named "memory". The output describes what the wasm module imports.
//
// Only the interpreter is started: the page needs neither Pyodide's own Python modules nor its
// proxies between Python and JavaScript. The library is imported from source, without docstrings
// and assertions.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import vm from "node:vm";

const [pyodide, app, input, script, output] = process.argv.slice(2);
const at = (name) => resolve(pyodide, name);

// The layout of a chunk of the allocator (dlmalloc): the size of the previous chunk, its own size
// with flags in the lowest bits, then, in a free chunk, links to other free chunks.
const FLAGS = 7;
const IN_USE = 2;
const SMALLEST_CHUNK = 16;
const LINKS = 32;
const PAGE = 65_536;

// A fixed clock: the same inputs give the same bytes on any day.
Date.now = () => 0;
performance.now = () => 0;
// For other engines Pyodide adds a helper to the function table, which the image has no room for.
Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" } });
globalThis.require = createRequire(import.meta.url);
globalThis.require("crypto").randomFillSync = (bytes) => bytes.fill(0);

const globals = [];
let slots = 0;
let pages = 0;
const asm = await factory();
const python = await asm({
  noInitialRun: true,
  thisProgram: "python", // the default is the path of this script, which would stay in the image
  API: { config: {}, runtimeEnv: { IN_NODE: true } },
  instantiateWasm,
  preRun: [addFiles],
});
python.HEAP32[python._Py_NoSiteFlag >> 2] = 1;
python._Py_InitializeEx(0);
run(readFileSync(script, "utf8"));

const end = clearFreeMemory();
const memory = Buffer.from(python.HEAPU8.buffer, 0, end);
memory.fill(0, valueOf("__stack_low"), valueOf("__stack_pointer"));
writeFileSync(join(output, "memory"), memory);
for (const name of python.FS.readdir("/output").filter((name) => !name.startsWith("."))) {
  writeFileSync(join(output, name), python.FS.readFile(`/output/${name}`));
}
console.log(
  JSON.stringify({
    // The other globals are indexes of the loader's functions in the table; the image has none.
    globals: globals
      .filter(({ module }) => module === "env" || module === "GOT.mem")
      .map(({ module, name, global, mutable }) => [module, name, global.value, mutable]),
    slots,
    pages: Math.max(pages, end / PAGE),
  }),
);
process.exit(0);

/** Returns Pyodide's factory, which its script does not export. */
function factory() {
  globalThis.__dirname = dirname(at("pyodide.asm.js"));
  const source = readFileSync(at("pyodide.asm.js"), "utf8");
  return vm.runInThisContext(`${source}\n_createPyodideModule`);
}

/** Record the imports of the module: the image gets the same ones. */
function instantiateWasm(imports, done) {
  const module = new WebAssembly.Module(readFileSync(at("pyodide.asm.wasm")));
  const sentinel = { create_sentinel: () => null, is_sentinel: () => 0 };
  const given = { ...imports, sentinel };
  const instance = new WebAssembly.Instance(module, given);
  pages = given.env.memory.buffer.byteLength / PAGE; // as the module requires
  slots = given.env.__indirect_function_table.length;
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "global") {
      const global = given[from][name];
      globals.push({ module: from, name, global, mutable: isMutable(global) });
    }
  }
  done(instance, module);
  return instance.exports;
}

function isMutable(global) {
  try {
    global.value = global.value;
    return true;
  } catch {
    return false;
  }
}

function addFiles({ FS, ENV }) {
  FS.mkdirTree("/lib");
  FS.writeFile("/lib/python.zip", readFileSync(at("python_stdlib.zip")));
  copyFolder(FS, app, "/app");
  copyFolder(FS, input, "/input");
  FS.mkdirTree("/output");
  Object.assign(ENV, {
    PYTHONHOME: "/",
    PYTHONPATH: "/lib/python.zip:/app",
    PYTHONOPTIMIZE: "2",
    PYTHONHASHSEED: "0",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONWARNINGS: "ignore", // nobody would see any
  });
}

function copyFolder(FS, from, to) {
  for (const name of readdirSync(from, { recursive: true })) {
    if (statSync(join(from, name)).isFile()) {
      FS.mkdirTree(dirname(`${to}/${name}`));
      FS.writeFile(`${to}/${name}`, readFileSync(join(from, name)));
    }
  }
}

function run(source) {
  const bytes = new TextEncoder().encode(`${source}\0`);
  const place = python._PyMem_RawMalloc(bytes.length);
  python.HEAPU8.set(bytes, place);
  const failed = python._PyRun_SimpleStringFlags(place, 0);
  python._PyMem_RawFree(place);
  if (failed) {
    process.exit(1);
  }
}

/**
 * Fill free memory with zeros, which the image leaves out.
 *
 * Returns where used memory ends, in bytes, rounded up to whole pages. Throws where the chunks do
 * not lead from the heap's first byte to its last, as would be so with another allocator.
 */
function clearFreeMemory() {
  python._malloc_trim(0);
  const words = python.HEAPU32;
  const heapEnd = words[python._emscripten_get_sbrk_ptr() >> 2];
  let chunk = valueOf("__stack_high"); // the heap begins where the stack does
  let size = 0;
  for (; chunk < heapEnd; chunk += size) {
    const head = words[(chunk + 4) >> 2];
    size = head & ~FLAGS;
    if (size < SMALLEST_CHUNK) {
      break;
    }
    if (!(head & IN_USE)) {
      python.HEAPU8.fill(0, chunk + LINKS, Math.min(chunk + size, heapEnd));
    }
  }
  // The last chunk only marks the end and is smaller than any other.
  if (heapEnd - chunk > PAGE) {
    throw new Error(`the heap cannot be read beyond ${chunk} of ${heapEnd}`);
  }
  return Math.ceil(heapEnd / PAGE) * PAGE;
}

/** Returns the value of a global that the linker has defined, by its name. */
function valueOf(name) {
  return globals.find((one) => one.name === name).global.value;
}
