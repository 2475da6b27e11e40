/** A Python without WebAssembly: an image of it, and what the ordinary start imports. */
import { createHash } from "node:crypto";
import { setGlobals } from "./fakes.mjs";

/** @typedef {(request: string) => string} Answer */
/** @typedef {import("node:test").TestContext} TestContext */

const BASE = "https://example.org/runtime/";
/** A frame of Zstandard (RFC 8878): its magic number, its size, a block's header, and the text. */
export const PACKED = new Uint8Array([
  ...[0x28, 0xb5, 0x2f, 0xfd],
  ...[0x20, 5],
  ...[(5 << 3) | 1, 0, 0],
  ...new TextEncoder().encode("image"),
]);

// Node compiles what its own `fetch` needs at its first use: before `WebAssembly` is another.
new Response();

/** @param {Uint8Array} bytes */
const fileOf = (bytes) => ({
  size: bytes.length,
  digest: createHash("sha256").update(bytes).digest("hex"),
});
const WASM = new TextEncoder().encode("wasm");

/** @returns {import("../../../checklist/page/python/worker.js").Runtime} */
export function runtimeOf() {
  return {
    base: BASE,
    files: { "image.packed": fileOf(PACKED), "a.wasm": fileOf(WASM) },
    image: "image.packed",
    silence: 1_000,
    failedFile: null,
    package: "rules",
    module: "rules.entry",
    selfTest: { request: "question", response: "known" },
  };
}

/** @param {string} text @returns {string} the address of a module */
const moduleOf = (text) => `data:text/javascript,${encodeURIComponent(text)}`;

/**
 * The files of the runtime by their addresses, the modules included.
 * @param {TestContext} t
 * @param {{ files?: Record<string, Uint8Array<ArrayBuffer>>, modules?: Record<string, string>,
 *   load?: (options: any) => Promise<any> }} [found] `load` is Pyodide's loader
 * @returns {{ fetched: string[] }}
 */
export function setRuntime(t, { files = { "a.wasm": WASM }, modules = {}, load } = {}) {
  /** @type {string[]} */
  const fetched = [];
  /** @type {Record<string, string>} */
  const texts = {
    "pyodide.mjs": "export const loadPyodide = (...all) => globalThis.loadPyodide(...all)",
    "pyodide.asm.js": "",
    ...modules,
  };
  setGlobals(t, {
    loadPyodide: load,
    URL: class extends URL {
      /** @param {string} name @param {string} base */
      constructor(name, base) {
        super(name in texts ? moduleOf(texts[name]) : name, base);
      }
    },
    fetch: async (/** @type {URL | string} */ url) => {
      const name = String(url).slice(BASE.length);
      fetched.push(name);
      return files[name] ? new Response(files[name]) : new Response("", { status: 404 });
    },
  });
  return { fetched };
}

/**
 * `WebAssembly` whose every module is an image with this answer.
 * @param {Answer} answer what it throws, Python raises
 * @param {{ imports?: { module: string, name: string, kind: string }[], facts?: object }} [parts]
 */
export function fakeImage(answer, { imports = [], facts = {} } = {}) {
  /** @type {(string | null)[]} what Python's objects are, by their numbers; null once released */
  const objects = ["", "the entry point"];
  /** @type {Set<number>} */
  const places = new Set();
  /** @type {Record<string, any>} */
  const seen = { imports: null, compiled: null };
  let free = 8;
  let raised = "";
  const add = (/** @type {string} */ text) => objects.push(text) - 1;
  const memory = () => new Uint8Array(seen.memory.buffer);
  const allocate = (/** @type {number} */ size) => {
    const place = free;
    free += Math.ceil(size / 8) * 8 + 8;
    places.add(place);
    return place;
  };
  const python = {
    PyMem_Malloc: allocate,
    /** @param {number} place */
    PyMem_Free(place) {
      places.delete(place);
    },
    /** @param {number} place @param {number} length */
    PyUnicode_FromStringAndSize(place, length) {
      return add(new TextDecoder().decode(memory().slice(place, place + length)));
    },
    /** @param {number} string @param {number} place */
    PyUnicode_AsUTF8AndSize(string, place) {
      const bytes = new TextEncoder().encode(String(objects[string]));
      const start = allocate(bytes.length + 1);
      places.delete(start); // Python keeps it itself
      memory().set([...bytes, 0x21], start); // and more may follow
      new DataView(seen.memory.buffer).setUint32(place, bytes.length, true);
      return start;
    },
    /** @param {number} callable @param {number} argument */
    PyObject_CallOneArg(callable, argument) {
      if (callable !== 1) {
        throw new Error("something else than the entry point was called");
      }
      try {
        return add(answer(String(objects[argument])));
      } catch (error) {
        raised = String(error);
        return 0;
      }
    },
    PyErr_GetRaisedException: () => add(raised),
    /** @param {number} object */
    PyObject_Repr: (object) => add(`<${objects[object]}>`),
    /** @param {number} object */
    Py_DecRef(object) {
      objects[object] = null;
    },
  };
  const section = JSON.stringify({ entryPoint: 1, pages: 1, tableSize: 2, globals: [], ...facts });
  const assembly = Object.assign(Object.create(WebAssembly), {
    Module: {
      /** @param {unknown} _ @param {string} name */
      customSections: (_, name) =>
        name === "python-image" ? [new TextEncoder().encode(section)] : [],
      imports: () => [...imports, { module: "env", name: "memory", kind: "memory" }],
    },
    Instance: class {
      exports = python;
      /** @param {unknown} _ @param {any} given */
      constructor(_, given) {
        seen.imports = given;
        seen.memory = given.env.memory;
      }
    },
    /** @param {ArrayBuffer} bytes */
    async compile(bytes) {
      seen.compiled = new TextDecoder().decode(bytes);
      return {};
    },
  });
  return {
    assembly,
    seen,
    python,
    left: () => ({ objects: objects.filter((one) => one !== null).slice(2), places: places.size }),
  };
}
