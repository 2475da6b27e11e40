import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EarlyStart } from "../../../checklist/page/python/early-start.js";
import { setGlobals, settled } from "../support/fakes.mjs";

/** A worker that is controlled by the test. */
class FakeWorker extends EventTarget {
  /** @type {any[]} */
  requests = [];
  terminated = false;
  /** @param {unknown} message */
  postMessage(message) {
    this.requests.push(message);
  }
  terminate() {
    this.terminated = true;
  }
  /** @param {unknown} data */
  send(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

let copies = 0;

/** @param {import("node:test").TestContext} t @param {{ early?: boolean, blocked?: boolean }} [how] */
async function setUp(t, { early = false, blocked = false } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {FakeWorker[]} */
  const workers = [];
  /** @type {(string | null)[]} */
  const failedFiles = [];
  const pythonStart = new EarlyStart("https://example.org/app/worker-1.js", (file) => {
    failedFiles.push(file);
    if (blocked) {
      throw new Error("no workers here");
    }
    const worker = new FakeWorker();
    workers.push(worker);
    return /** @type {any} */ (worker);
  });
  if (early) {
    pythonStart.startEarly();
  }
  setGlobals(t, { pythonStart });
  const { Engine, NOT_READY } = await import(
    `../../../checklist/page/python/engine.js?engine=${(copies += 1)}`
  );
  /** @type {any[]} */
  const states = [];
  const engine = new Engine({
    watchdogMs: 1_000,
    onState: (/** @type {any} */ state) => states.push(state),
  });
  const statuses = () => states.map(({ status }) => status);
  return { NOT_READY, engine, states, statuses, workers, failedFiles, pythonStart };
}

/** @param {Promise<unknown>} promise */
const outcome = async (promise) => {
  let outcome = /** @type {unknown} */ ("pending");
  promise.then(
    (value) => (outcome = value),
    (error) => (outcome = error),
  );
  await settled();
  return outcome;
};

describe("the start of the engine", () => {
  it("reports loading immediately, and that the module has started", async (t) => {
    const { engine, states, pythonStart, failedFiles } = await setUp(t);
    engine.start();
    assert.deepEqual(states, [{ status: "loading", stage: "download", loaded: 0, total: 0 }]);
    assert.equal(pythonStart.isAwaited, false);
    assert.deepEqual(failedFiles, [null]);
  });

  it("uses the worker that the script in the head started, and its missed events", async (t) => {
    const { engine, statuses, workers } = await setUp(t, { early: true });
    workers[0].send({ type: "ready" });
    engine.start();
    assert.deepEqual(statuses(), ["loading", "ready"]);
    assert.equal(workers.length, 1);
  });

  it("reports the worker's progress", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "progress", stage: "start", loaded: 3, total: 4 });
    assert.deepEqual(states[1], { status: "loading", stage: "start", loaded: 3, total: 4 });
  });

  it("is reported as blocked if the browser refuses workers", async (t) => {
    const { engine, states } = await setUp(t, { blocked: true });
    engine.start();
    assert.deepEqual(states[1], {
      status: "failed",
      reason: "blocked",
      file: "worker-1.js",
      detail: "Error: no workers here",
    });
  });

  for (const type of ["error", "messageerror"]) {
    it(`is reported as blocked after "${type}", and the default is prevented`, async (t) => {
      const { engine, states, workers } = await setUp(t);
      engine.start();
      const event = new Event(type, { cancelable: true });
      workers[0].dispatchEvent(event);
      assert.deepEqual(states[1], {
        status: "failed",
        reason: "blocked",
        file: "worker-1.js",
        detail: type,
      });
      assert.equal(event.defaultPrevented, true);
      assert.equal(workers[0].terminated, true);
    });
  }

  it("reports the browser's message if there is one", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    workers[0].dispatchEvent(Object.assign(new Event("error"), { message: "a syntax error" }));
    assert.equal(states[1].detail, "a syntax error");
  });

  it("reports the worker's reason for a failure", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "failed", reason: "missing", file: "a.wasm", detail: "404" });
    assert.deepEqual(states[1], {
      status: "failed",
      reason: "missing",
      file: "a.wasm",
      detail: "404",
    });
  });

  it("terminates the previous worker", async (t) => {
    const { engine, workers } = await setUp(t);
    engine.start();
    const call = engine.call("a").catch((/** @type {unknown} */ error) => error);
    await settled();
    engine.start();
    assert.equal(workers[0].terminated, true);
    assert.equal((await call).detail, "not ready");
  });

  it("ignores a terminated worker", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    engine.start();
    workers[0].send({ type: "ready" });
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });
});

describe("the watchdog", () => {
  it("terminates a worker that sends nothing until the time-out", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    t.mock.timers.tick(999);
    assert.equal(states.length, 1);
    t.mock.timers.tick(1);
    assert.deepEqual(states[1], { status: "failed", reason: "timeout", file: null, detail: "" });
    assert.equal(workers[0].terminated, true);
  });

  it("is restarted by each progress message", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    t.mock.timers.tick(999);
    workers[0].send({ type: "progress", stage: "start", loaded: 0, total: 0 });
    t.mock.timers.tick(999);
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });

  it("stops when Python is ready", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "ready" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "ready"]);
  });

  it("covers a request", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "ready" });
    const answer = engine.call("a");
    await settled();
    t.mock.timers.tick(1_000);
    assert.deepEqual(await outcome(answer), states.at(-1));
    assert.equal(states.at(-1).reason, "timeout");
  });

  it("stops at the response to a request", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "ready" });
    engine.call("a");
    await settled();
    workers[0].send({ type: "answer", id: 1, response: "b" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "ready"]);
  });

  it("covers a request that was sent before Python was ready", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].send({ type: "ready" });
    t.mock.timers.tick(1_000);
    assert.equal(/** @type {any} */ (await outcome(answer)).reason, "timeout");
    assert.deepEqual(statuses(), ["loading", "failed"]);
  });

  it("has a single timer", async (t) => {
    const { engine, statuses } = await setUp(t);
    engine.start();
    t.mock.timers.tick(500);
    engine.start();
    t.mock.timers.tick(999);
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });

  it("does nothing after a failure", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    workers[0].send({ type: "failed", reason: "python", file: null, detail: "" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "failed"]);
  });
});

describe("a request", () => {
  it("is rejected before the start", async (t) => {
    const { engine, NOT_READY } = await setUp(t);
    assert.equal(await outcome(engine.call("a")), NOT_READY);
    assert.deepEqual(NOT_READY, {
      status: "failed",
      reason: "python",
      file: null,
      detail: "not ready",
    });
  });

  it("gets the response with its id", async (t) => {
    const { engine, workers } = await setUp(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    assert.deepEqual(workers[0].requests, [{ id: 1, request: "a" }]);
    workers[0].send({ type: "answer", id: 7, response: "c" });
    workers[0].send({ type: "answer", id: 1, response: "b" });
    assert.equal(await outcome(answer), "b");
  });

  it("waits for the response to the previous one", async (t) => {
    const { engine, workers } = await setUp(t);
    engine.start();
    engine.call("a");
    engine.call("b");
    await settled();
    assert.equal(workers[0].requests.length, 1);
    workers[0].send({ type: "answer", id: 1, response: "" });
    await settled();
    assert.deepEqual(workers[0].requests[1], { id: 2, request: "b" });
  });

  it("is sent even if the previous one failed", async (t) => {
    const { engine, workers } = await setUp(t);
    await outcome(engine.call("a"));
    engine.start();
    const second = engine.call("b");
    await settled();
    workers[0].send({ type: "answer", id: 1, response: "c" });
    assert.equal(await outcome(second), "c");
  });

  it("sent before Python is ready delays the ready state until its response", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].send({ type: "ready" });
    assert.deepEqual(statuses(), ["loading"]);
    workers[0].send({ type: "answer", id: 1, response: "b" });
    assert.deepEqual(statuses(), ["loading", "ready"]);
    assert.equal(await outcome(answer), "b");
  });

  it("delays the ready state only once", async (t) => {
    const { engine, statuses, workers } = await setUp(t);
    engine.start();
    for (const id of [1, 2]) {
      engine.call("a");
      await settled();
      workers[0].send({ type: "ready" });
      workers[0].send({ type: "answer", id, response: "b" });
      workers[0].send({ type: "answer", id, response: "b" });
    }
    engine.call("a");
    await settled();
    workers[0].send({ type: "answer", id: 3, response: "b" });
    assert.deepEqual(statuses(), ["loading", "ready", "ready"]);
  });

  it("is rejected with the reason if Python fails", async (t) => {
    const { engine, states, workers } = await setUp(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].send({ type: "ready" });
    workers[0].send({ type: "failed", reason: "memory", file: null, detail: "full" });
    assert.equal(await outcome(answer), states.at(-1));
    engine.start();
    workers[1].send({ type: "ready" });
    engine.call("b");
    await settled();
    workers[1].send({ type: "answer", id: 2, response: "c" });
    assert.deepEqual(
      states.map(({ status }) => status),
      ["loading", "failed", "loading", "ready"],
    );
  });

  it("is rejected after a failure", async (t) => {
    const { engine, workers, NOT_READY } = await setUp(t);
    engine.start();
    workers[0].send({ type: "failed", reason: "memory", file: null, detail: "" });
    assert.equal(await outcome(engine.call("a")), NOT_READY);
  });
});

describe("a retry", () => {
  it("has the failed file fetched past the HTTP cache", async (t) => {
    const { engine, workers, failedFiles } = await setUp(t);
    engine.start();
    workers[0].send({ type: "failed", reason: "damaged", file: "a.wasm", detail: "" });
    await engine.retry();
    assert.deepEqual(failedFiles, [null, "a.wasm"]);
  });

  for (const [what, fetched] of /** @type {[string, () => Promise<any>][]} */ ([
    ["if it is available", async () => ({ arrayBuffer: async () => new ArrayBuffer() })],
    ["if it is not available", () => Promise.reject(new Error("no network"))],
  ])) {
    it(`first replaces the worker's script in the HTTP cache, ${what}`, async (t) => {
      const { engine, statuses, failedFiles } = await setUp(t, { blocked: true });
      /** @type {any[]} */
      const requests = [];
      setGlobals(t, {
        fetch: (/** @type {unknown[]} */ ...request) => {
          requests.push(request);
          return fetched();
        },
      });
      engine.start();
      const retried = engine.retry();
      assert.deepEqual(statuses(), ["loading", "failed", "loading"]); // immediate feedback
      await retried;
      assert.equal(requests[0][0], "https://example.org/app/worker-1.js");
      assert.equal(requests[0][1].cache, "reload");
      assert.ok(requests[0][1].signal instanceof AbortSignal);
      assert.deepEqual(failedFiles, [null, "worker-1.js"]);
      assert.deepEqual(statuses(), ["loading", "failed", "loading", "loading", "failed"]);
    });
  }

  it("makes new requests wait for the new worker", async (t) => {
    const { engine, workers } = await setUp(t);
    engine.start();
    workers[0].dispatchEvent(new Event("error"));
    const response = { arrayBuffer: async () => new ArrayBuffer() };
    setGlobals(t, { fetch: async () => response });
    const retried = engine.retry();
    const answer = engine.call("asked");
    await retried;
    await settled();
    const [{ id }] = workers[1].requests;
    workers[1].send({ type: "answer", id, response: "answered" });
    assert.equal(await answer, "answered");
  });

  it("does not fetch the worker's script if another file failed", async (t) => {
    const { engine } = await setUp(t);
    let fetched = 0;
    setGlobals(t, { fetch: () => Promise.reject(new Error(String((fetched += 1)))) });
    await engine.retry();
    assert.equal(fetched, 0);
  });
});
