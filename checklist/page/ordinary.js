/**
 * The ordinary start of Python: Pyodide's own loader, with its files watched as they arrive.
 *
 * `loadPyodide()` is not to be trusted with failures: it never settles when the wasm cannot be
 * had, and resolves as if all were well when a wheel is missing.
 *
 * @typedef {import("./worker.js").Runtime} Runtime
 * @typedef {import("./worker.js").Door} Door
 * @typedef {import("./worker.js").Report} Report
 * @typedef {(error: unknown) => void} Fail called at once for what the loader would not tell
 */
import { failure, isFailure, textOf } from "./failures.js";

const WASM_MAGIC = "\0asm";

/**
 * @param {Runtime} runtime
 * @param {Report} report
 * @param {Fail} fail
 * @returns {Promise<Door>}
 */
export async function loadOrdinary(runtime, report, fail) {
  watchFetches(runtime, report, fail);
  report("download", 0, totalOf(runtime));
  const { loadPyodide } = await importFile("pyodide.mjs", runtime);
  // The loader imports this one itself; asked for here first, its failure has a name.
  await importFile("pyodide.asm.js", runtime);
  const python = await loadPyodide({
    indexURL: runtime.base,
    lockFileURL: new URL("pyodide-lock.json", runtime.base).href,
    stdLibURL: new URL("python_stdlib.zip", runtime.base).href,
    packages: [runtime.package],
  });
  if (!(runtime.package in python.loadedPackages)) {
    throw failure("missing", nameOfWheel(runtime), "loaded without an error, yet not there");
  }
  const module = python.pyimport(runtime.module);
  const door = module.handle.copy();
  module.destroy();
  return door;
}

/** @param {string} file @param {Runtime} runtime */
async function importFile(file, runtime) {
  try {
    return await import(new URL(file, runtime.base).href);
  } catch (error) {
    throw failure("missing", file, textOf(error));
  }
}

/**
 * Stand between the loader and the network: count what arrives, and report at once what does
 * not. Each file is fetched once; the loader gets the very response, and a copy of its stream is
 * counted, so that the browser may still compile the wasm as it streams and keep the code.
 *
 * @param {Runtime} runtime
 * @param {Report} report
 * @param {Fail} fail
 */
function watchFetches(runtime, report, fail) {
  const fetchFile = self.fetch.bind(self);
  const total = totalOf(runtime);
  /** @type {Record<string, number>} */
  const loaded = {};

  /** @param {string} file @param {number} bytes */
  const count = (file, bytes) => {
    loaded[file] = bytes;
    const sum = Object.values(loaded).reduce((a, b) => a + b, 0);
    report(sum < total ? "download" : "start", sum, total);
  };

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const file = url.slice(url.lastIndexOf("/") + 1);
    let response;
    try {
      response = await fetchFile(input, init);
    } catch (error) {
      fail(failure("missing", file, textOf(error)));
      throw error;
    }
    if (!response.ok) {
      fail(failure("missing", file, String(response.status)));
      return response;
    }
    if (file in runtime.files) {
      watch(response.clone(), file, runtime.files[file], (bytes) => count(file, bytes)).catch(fail);
    }
    return response;
  };
}

/**
 * @param {Response} response
 * @param {string} file
 * @param {number} size the size it must have
 * @param {(bytes: number) => void} count
 */
async function watch(response, file, size, count) {
  let bytes = 0;
  try {
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (bytes === 0 && file.endsWith(".wasm") && !isWasm(part.value)) {
        throw failure("damaged", file, "not wasm");
      }
      bytes += part.value.length;
      count(bytes);
    }
  } catch (error) {
    throw isFailure(error) ? error : failure("missing", file, textOf(error));
  }
  if (bytes !== size) {
    throw failure("damaged", file, `${bytes} bytes instead of ${size}`);
  }
}

/** @param {Uint8Array} start the first bytes of the file */
function isWasm(start) {
  return String.fromCharCode(...start.subarray(0, WASM_MAGIC.length)) === WASM_MAGIC;
}

/** What the loader fetches itself; the modules are imported, which cannot be watched.
 * @param {Runtime} runtime */
function totalOf({ files, image }) {
  return Object.entries(files)
    .filter(([file]) => !/\.m?js$/.test(file) && file !== image.file)
    .reduce((sum, [, size]) => sum + size, 0);
}

/** @param {Runtime} runtime */
function nameOfWheel({ files }) {
  return Object.keys(files).find((file) => file.endsWith(".whl")) ?? null;
}
