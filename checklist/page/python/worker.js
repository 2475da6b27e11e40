/**
 * The worker: gets Python ready and passes requests to its one door.
 *
 * It is got ready from an image where that works, else in the ordinary way. An image that has
 * started may still meet a request for which it lacks something; the door keeps nothing between
 * requests, so the same one is asked again of an ordinary Python.
 *
 * @typedef {import("./failures.js").Failure} Failure
 * @typedef {import("./failures.js").FailureReason} FailureReason
 * @typedef {{ base: string, files: Record<string, { size: number, digest: string }>,
 *   image: string, silence: number, again: string | null, package: string, module: string,
 *   selfTest: { request: string, response: string } }} Runtime `silence` is how long nothing of a
 *   file may come, in milliseconds; `again` is the file that failed before, if one did
 * @typedef {"download" | "start" | "check"} Stage
 * @typedef {{ id: number, request: string }} ToWorker
 * @typedef {{ type: "progress", stage: Stage, loaded: number, total: number }
 *   | { type: "ready" }
 *   | { type: "answer", id: number, response: string }
 *   | Failure} FromWorker
 * @typedef {(request: string) => string} Door
 * @typedef {(stage: Stage, loaded: number, total: number) => void} Report
 */
import { failure, failureOf, textOf } from "./failures.js";
import { loadImage } from "./image.js";
import { loadOrdinary } from "./ordinary-start.js";

/** @type {Runtime} */
const runtime = JSON.parse(self.name);
/** @type {Door | null} */
let door = null;
let isImage = false;
let failed = false;

self.addEventListener("message", ({ data }) => {
  answer(/** @type {ToWorker} */ (data));
});
const started = start();

async function start() {
  if (typeof WebAssembly === "undefined") {
    fail(failure("no-wasm", null, ""));
    return;
  }
  try {
    door = checked(await loadImage(runtime, report));
    isImage = true;
  } catch (error) {
    giveUpImage(error);
    try {
      await startOrdinary();
    } catch (cause) {
      fail(cause);
      return;
    }
  }
  send({ type: "ready" });
}

async function startOrdinary() {
  door = checked(await loadOrdinary(runtime, report, fail));
}

/** @param {unknown} error */
function giveUpImage(error) {
  door = null;
  isImage = false;
  console.info("checklist: an ordinary start of Python, for", textOf(error));
}

/** @param {Door} python @returns {Door} throws where it fails the question with a known answer */
function checked(python) {
  report("check", 0, 0);
  const { request, response } = runtime.selfTest;
  const known = python(request);
  if (known !== response) {
    throw failure("wrong-answer", null, known.slice(0, 200));
  }
  return python;
}

/** @param {ToWorker} message */
async function answer({ id, request }) {
  await started;
  try {
    send({ type: "answer", id, response: await said(request) });
  } catch (error) {
    fail(error);
  }
}

/** @param {string} request @returns {Promise<string>} */
async function said(request) {
  try {
    return ask(request);
  } catch (error) {
    if (!isImage) {
      throw error;
    }
    giveUpImage(error);
    await startOrdinary();
    send({ type: "ready" });
    return ask(request);
  }
}

/** @param {string} request */
function ask(request) {
  if (!door) {
    throw failure("python", null, "asked before it was ready");
  }
  return door(request);
}

/** @type {Report} */
function report(stage, loaded, total) {
  if (!failed) {
    send({ type: "progress", stage, loaded, total });
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
    send(failureOf(error));
  }
}

/** @param {FromWorker} message */
function send(message) {
  self.postMessage(message);
}
