/**
 * The fallback for a site without an image, or after the image failed: an ordinary start of Python
 * by Pyodide's loader, with verified files.
 *
 * `loadPyodide()` hides failures: it never settles if the wasm cannot be compiled, and resolves if
 * a wheel is missing. So the files are fetched before, and passed to it.
 *
 * @typedef {import("./runtime.js").Runtime} Runtime
 * @typedef {import("./runtime.js").EntryPoint} EntryPoint
 * @typedef {import("./runtime.js").Report} Report
 * @typedef {(error: unknown) => void} Fail called for errors that the loader hides
 */
import { failure, errorText } from "./failures.js";
import { fetchFiles } from "./verified-fetch.js";

const WASM = { headers: { "Content-Type": "application/wasm" } };

/**
 * @param {Runtime} runtime
 * @param {Report} report
 * @param {Fail} fail
 * @returns {Promise<EntryPoint>}
 */
export async function loadFallback(runtime, report, fail) {
  const names = Object.keys(runtime.files).filter((name) => name !== runtime.image);
  const restore = interceptFetch(await fetchFiles(names, runtime, report), fail);
  try {
    const { loadPyodide } = await importFile("pyodide.mjs", runtime);
    // The loader imports this file too; imported here first, a failure is reported with its name.
    await importFile("pyodide.asm.js", runtime);
    const python = await loadPyodide({
      indexURL: runtime.base,
      lockFileURL: new URL("pyodide-lock.json", runtime.base).href,
      stdLibURL: new URL("python_stdlib.zip", runtime.base).href,
      packages: [runtime.package],
    });
    if (!(runtime.package in python.loadedPackages)) {
      throw failure("python", null, "the package is not there, though nothing failed");
    }
    const module = python.pyimport(runtime.module);
    const entryPoint = module.handle.copy();
    module.destroy();
    return entryPoint;
  } finally {
    restore();
  }
}

/**
 * `import()` in a worker supports no integrity check, and the CSP forbids `blob:` and `data:`. So
 * it imports from the URL that was just verified and is in the HTTP cache. If the host forbids
 * caching, the file is fetched again and not verified.
 *
 * @param {string} name
 * @param {Runtime} runtime
 */
async function importFile(name, runtime) {
  try {
    return await import(new URL(name, runtime.base).href);
  } catch (error) {
    throw failure("blocked", name, errorText(error));
  }
}

/**
 * Have the loader's requests answered with the verified files.
 *
 * @param {Record<string, Uint8Array<ArrayBuffer>>} files
 * @param {Fail} fail
 * @returns {() => void} restores the globals, which also releases the files
 */
function interceptFetch(files, fail) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @param {PromiseRejectionEvent} event */
  const onUnhandledRejection = ({ reason }) => fail(reason);

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const bytes = files[url.slice(url.lastIndexOf("/") + 1)];
    return bytes
      ? new Response(bytes, url.endsWith(".wasm") ? WASM : {})
      : fetch.call(self, input, init);
  };
  WebAssembly.instantiateStreaming = async (...options) => {
    try {
      return await instantiateStreaming(...options);
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  addEventListener("unhandledrejection", onUnhandledRejection);
  return () => {
    removeEventListener("unhandledrejection", onUnhandledRejection);
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}
