/**
 * The worker: loads Python and passes requests to its entry point.
 *
 * Python is loaded from an image; if there is none, or it cannot be opened, the fallback is loaded.
 * The image may also fail at a request that needs a removed function. As the entry point is
 * stateless, the request is then sent to the fallback.
 *
 * @typedef {import("./failures.js").Failure} Failure
 * @typedef {import("./runtime.js").Runtime} Runtime
 * @typedef {import("./runtime.js").Stage} Stage
 * @typedef {import("./runtime.js").EntryPoint} EntryPoint
 * @typedef {import("./runtime.js").Report} Report
 * @typedef {{ id: number, request: string }} ToWorker
 * @typedef {{ type: "progress", stage: Stage, loaded: number, total: number }
 *   | { type: "ready" }
 *   | { type: "answer", id: number, response: string }
 *   | Failure} FromWorker
 */
import { failure, toFailure, errorText } from "./failures.js";
import { loadImage } from "./image-start.js";
import { loadFallback } from "./ordinary-start.js";

/** @type {Runtime} */
const runtime = JSON.parse(self.name);
/** @type {EntryPoint | null} */
let entryPoint = null;
let isImage = false;
let failed = false;

self.addEventListener("message", ({ data }) => {
  respond(/** @type {ToWorker} */ (data));
});
const started = start();

async function start() {
  if (typeof WebAssembly === "undefined") {
    fail(failure("no-wasm", null, ""));
    return;
  }
  if (runtime.image) {
    try {
      entryPoint = selfTested(await loadImage(runtime.image, runtime, report));
      isImage = true;
    } catch (error) {
      discardImage(error);
    }
  }
  if (!entryPoint) {
    try {
      await startFallback();
    } catch (error) {
      fail(error);
      return;
    }
  }
  send({ type: "ready" });
}

async function startFallback() {
  entryPoint = selfTested(await loadFallback(runtime, report, fail));
}

/** @param {unknown} error */
function discardImage(error) {
  entryPoint = null;
  isImage = false;
  console.info("checklist: an ordinary start of Python, for", errorText(error));
}

/** @param {EntryPoint} python @returns {EntryPoint} throws if it fails the self-test */
function selfTested(python) {
  report("check", 0, 0);
  const { request, response } = runtime.selfTest;
  const actual = python(request);
  if (actual !== response) {
    throw failure("wrong-answer", null, actual.slice(0, 200));
  }
  return python;
}

/** @param {ToWorker} message */
async function respond({ id, request }) {
  await started;
  try {
    send({ type: "answer", id, response: await responseTo(request) });
  } catch (error) {
    fail(error);
  }
}

/** @param {string} request @returns {Promise<string>} */
async function responseTo(request) {
  try {
    return call(request);
  } catch (error) {
    if (!isImage) {
      throw error;
    }
    discardImage(error);
    await startFallback();
    send({ type: "ready" });
    return call(request);
  }
}

/** @param {string} request */
function call(request) {
  if (!entryPoint) {
    throw failure("python", null, "a request before Python was loaded");
  }
  return entryPoint(request);
}

/** @type {Report} */
function report(stage, loaded, total) {
  if (!failed) {
    send({ type: "progress", stage, loaded, total });
  }
}

/**
 * Only the first failure is reported: later ones are its consequences.
 *
 * @param {unknown} error
 */
function fail(error) {
  if (!failed) {
    failed = true;
    send(toFailure(error));
  }
}

/** @param {FromWorker} message */
function send(message) {
  self.postMessage(message);
}
