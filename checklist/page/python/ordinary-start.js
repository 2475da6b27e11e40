/**
 * The ordinary start of Python: Pyodide's own loader, given files that are known to be whole.
 *
 * `loadPyodide()` is not to be trusted with failures: it never settles when the wasm cannot be
 * compiled, and resolves as if all were well when a wheel is missing. So it fetches nothing itself.
 *
 * @typedef {import("./worker.js").Runtime} Runtime
 * @typedef {import("./worker.js").Door} Door
 * @typedef {import("./worker.js").Report} Report
 * @typedef {(error: unknown) => void} Fail called at once for what the loader would not tell
 */
import { failure, textOf } from "./failures.js";
import { getFiles } from "./verified-fetch.js";

const WASM = { headers: { "Content-Type": "application/wasm" } };

/**
 * @param {Runtime} runtime
 * @param {Report} report
 * @param {Fail} fail
 * @returns {Promise<Door>}
 */
export async function loadOrdinary(runtime, report, fail) {
  const names = Object.keys(runtime.files).filter((name) => name !== runtime.image);
  const takeBack = lend(await getFiles(names, runtime, report), fail);
  try {
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
      throw failure("python", null, "the package is not there, though nothing failed");
    }
    const module = python.pyimport(runtime.module);
    const door = module.handle.copy();
    module.destroy();
    return door;
  } finally {
    takeBack();
  }
}

/**
 * A worker's `import()` takes no digest, and a module from other than an address is not allowed
 * here. So it imports from the address whose bytes have just been checked, and which the browser
 * now keeps; a host that forbids it to keep them sends them a second time, unchecked.
 *
 * @param {string} name
 * @param {Runtime} runtime
 */
async function importFile(name, runtime) {
  try {
    return await import(new URL(name, runtime.base).href);
  } catch (error) {
    throw failure("blocked", name, textOf(error));
  }
}

/**
 * Stand between the loader and the network: it gets the very bytes that were checked.
 *
 * @param {Record<string, Uint8Array<ArrayBuffer>>} files
 * @param {Fail} fail
 * @returns {() => void} ends it, so that nothing holds on to the bytes
 */
function lend(files, fail) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @param {PromiseRejectionEvent} event */
  const onUnheard = ({ reason }) => fail(reason);

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const bytes = files[url.slice(url.lastIndexOf("/") + 1)];
    return bytes
      ? new Response(bytes, url.endsWith(".wasm") ? WASM : {})
      : fetch.call(self, input, init);
  };
  WebAssembly.instantiateStreaming = async (...wanted) => {
    try {
      return await instantiateStreaming(...wanted);
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  addEventListener("unhandledrejection", onUnheard);
  return () => {
    removeEventListener("unhandledrejection", onUnheard);
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}
