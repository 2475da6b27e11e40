/**
 * The worker: loads the Python runtime and passes requests to its one door.
 *
 * `loadPyodide()` is not to be trusted with failures: it never settles when the wasm cannot be
 * had, and resolves as if all were well when a wheel is missing. So every file is watched as it
 * arrives, and a question with a known answer is asked before Python is called ready.
 *
 * @typedef {{ base: string, files: Record<string, number>, package: string, module: string,
 *   selfTest: { request: string, response: string } }} Runtime
 * @typedef {"missing" | "damaged" | "blocked" | "python" | "wrong-answer"} FailureReason
 * @typedef {"download" | "start" | "check"} Stage
 * @typedef {{ type: "start", runtime: Runtime } | { type: "call", id: number, request: string }} ToWorker
 * @typedef {{ type: "progress", stage: Stage, loaded: number, total: number }
 *   | { type: "ready" }
 *   | { type: "answer", id: number, response: string }
 *   | { type: "failed", reason: FailureReason, file: string | null, detail: string }} FromWorker
 * @typedef {((request: string) => string) & { destroy(): void }} Door
 */

const WASM_MAGIC = "\0asm";

/** @type {Door | null} */
let door = null;
let failed = false;

self.addEventListener("message", ({ data }) => {
  const message = /** @type {ToWorker} */ (data);
  if (message.type === "start") {
    start(message.runtime);
  } else {
    answer(message);
  }
});

/** @param {Runtime} runtime */
async function start(runtime) {
  try {
    watchFetches(runtime);
    report("download", 0, runtime);
    const python = await load(runtime);
    report("check", 0, runtime);
    if (!(runtime.package in python.loadedPackages)) {
      throw failure("missing", nameOfWheel(runtime), "loaded without an error, yet not there");
    }
    const module = python.pyimport(runtime.module);
    const handle = /** @type {Door} */ (module.handle.copy());
    module.destroy();
    const said = handle(runtime.selfTest.request);
    if (said !== runtime.selfTest.response) {
      throw failure("wrong-answer", null, said.slice(0, 200));
    }
    door = handle;
    send({ type: "ready" });
  } catch (error) {
    fail(error);
  }
}

/** @param {Runtime} runtime @returns {Promise<any>} Pyodide's own interface */
async function load(runtime) {
  const { loadPyodide } = await importFile("pyodide.mjs", runtime);
  // The loader imports this one itself; asked for here first, its failure has a name.
  await importFile("pyodide.asm.js", runtime);
  return loadPyodide({
    indexURL: runtime.base,
    lockFileURL: new URL("pyodide-lock.json", runtime.base).href,
    stdLibURL: new URL("python_stdlib.zip", runtime.base).href,
    packages: [runtime.package],
  });
}

/** @param {string} file @param {Runtime} runtime */
async function importFile(file, runtime) {
  try {
    return await import(new URL(file, runtime.base).href);
  } catch (error) {
    throw failure("missing", file, text(error));
  }
}

/**
 * Stand between the loader and the network: count what arrives, and report at once what does
 * not. Each file is fetched once; the loader gets the very response, and a copy of its stream is
 * counted, so that the browser may still compile the wasm as it streams and keep the code.
 *
 * @param {Runtime} runtime
 */
function watchFetches(runtime) {
  const fetchFile = self.fetch.bind(self);
  /** @type {Record<string, number>} */
  const loaded = {};

  /** @param {string} file @param {number} bytes */
  const count = (file, bytes) => {
    loaded[file] = bytes;
    const sum = Object.values(loaded).reduce((a, b) => a + b, 0);
    report(sum < totalOf(runtime) ? "download" : "start", sum, runtime);
  };

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const file = url.slice(url.lastIndexOf("/") + 1);
    let response;
    try {
      response = await fetchFile(input, init);
    } catch (error) {
      fail(failure("missing", file, text(error)));
      throw error;
    }
    if (!response.ok) {
      fail(failure("missing", file, String(response.status)));
      return response;
    }
    if (file in runtime.files) {
      watch(response.clone(), file, runtime.files[file], (bytes) => count(file, bytes));
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
    fail(isFailure(error) ? error : failure("missing", file, text(error)));
    return;
  }
  if (bytes !== size) {
    fail(failure("damaged", file, `${bytes} bytes instead of ${size}`));
  }
}

/** @param {Uint8Array} start the first bytes of the file */
function isWasm(start) {
  return String.fromCharCode(...start.subarray(0, WASM_MAGIC.length)) === WASM_MAGIC;
}

/** @param {{ id: number, request: string }} message */
function answer({ id, request }) {
  try {
    if (!door) {
      throw failure("python", null, "asked before it was ready");
    }
    send({ type: "answer", id, response: door(request) });
  } catch (error) {
    fail(error);
  }
}

/** What the loader fetches itself; the modules are imported, which cannot be watched.
 * @param {Runtime} runtime */
function totalOf({ files }) {
  return Object.entries(files)
    .filter(([file]) => !/\.m?js$/.test(file))
    .reduce((sum, [, size]) => sum + size, 0);
}

/** @param {Stage} stage @param {number} loaded @param {Runtime} runtime */
function report(stage, loaded, runtime) {
  if (!failed) {
    send({ type: "progress", stage, loaded, total: totalOf(runtime) });
  }
}

/**
 * The first failure is the cause; what fails after it would only hide it.
 *
 * @param {unknown} error
 */
function fail(error) {
  if (!failed) {
    failed = true;
    send(isFailure(error) ? error : failure("python", null, text(error)));
  }
}

/**
 * @param {FailureReason} reason
 * @param {string | null} file
 * @param {string} detail
 * @returns {Extract<FromWorker, { type: "failed" }>} a plain object: not every browser can
 *   send an Error to the page
 */
function failure(reason, file, detail) {
  return { type: "failed", reason, file, detail };
}

/** @param {unknown} error @returns {error is Extract<FromWorker, { type: "failed" }>} */
function isFailure(error) {
  return typeof error === "object" && error !== null && "type" in error && error.type === "failed";
}

/** @param {Runtime} runtime */
function nameOfWheel({ files }) {
  return Object.keys(files).find((file) => file.endsWith(".whl")) ?? null;
}

/** @param {unknown} error */
function text(error) {
  return String(error instanceof Error ? error.message : error);
}

/** @param {FromWorker} message */
function send(message) {
  self.postMessage(message);
}
