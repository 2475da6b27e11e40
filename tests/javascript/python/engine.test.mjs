import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setGlobals, settled } from "../support/fakes.mjs";

/** A worker that does what the test says. */
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
  says(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

let copies = 0;

/** @param {import("node:test").TestContext} t @param {{ early?: boolean, blocked?: boolean }} [how] */
async function started(t, { early = false, blocked = false } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {FakeWorker[]} */
  const workers = [];
  /** @type {(string | null)[]} */
  const again = [];
  const pythonStart = {
    url: "https://example.org/app/worker-1.js",
    spawn(/** @type {string | null} */ file) {
      again.push(file);
      if (blocked) {
        throw new Error("no workers here");
      }
      workers.push(new FakeWorker());
      return workers.at(-1);
    },
    early: early ? new FakeWorker() : null,
    missed: /** @type {Event[]} */ ([]),
    isAwaited: true,
  };
  setGlobals(t, { pythonStart });
  const { NOT_READY, createEngine } = await import(
    `../../../checklist/page/python/engine.js?engine=${(copies += 1)}`
  );
  /** @type {any[]} */
  const states = [];
  const engine = createEngine({
    watchdogMs: 1_000,
    onState: (/** @type {any} */ state) => states.push(state),
  });
  const statuses = () => states.map(({ status }) => status);
  return { NOT_READY, engine, states, statuses, workers, again, pythonStart };
}

/** @param {Promise<unknown>} promise */
const outcome = async (promise) => {
  let outcome = /** @type {unknown} */ ("waits");
  promise.then(
    (value) => (outcome = value),
    (error) => (outcome = error),
  );
  await settled();
  return outcome;
};

describe("the start of the engine", () => {
  it("reports loading at once, and marks the module as started", async (t) => {
    const { engine, states, pythonStart, again } = await started(t);
    engine.start();
    assert.deepEqual(states, [{ status: "loading", stage: "download", loaded: 0, total: 0 }]);
    assert.equal(pythonStart.isAwaited, false);
    assert.deepEqual(again, [null]);
  });

  it("uses the worker that the page's head has started, and its earlier messages", async (t) => {
    const { engine, statuses, workers, pythonStart } = await started(t, { early: true });
    pythonStart.missed.push(new MessageEvent("message", { data: { type: "ready" } }));
    engine.start();
    assert.deepEqual(statuses(), ["loading", "ready"]);
    assert.equal(workers.length, 0);
    assert.equal(pythonStart.early, null);
    assert.deepEqual(pythonStart.missed, []);
  });

  it("reports the worker's progress", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "progress", stage: "start", loaded: 3, total: 4 });
    assert.deepEqual(states[1], { status: "loading", stage: "start", loaded: 3, total: 4 });
  });

  it("that the browser refuses is reported as blocked", async (t) => {
    const { engine, states } = await started(t, { blocked: true });
    engine.start();
    assert.deepEqual(states[1], {
      status: "failed",
      reason: "blocked",
      file: "worker-1.js",
      detail: "Error: no workers here",
    });
  });

  for (const type of ["error", "messageerror"]) {
    it(`that ends in "${type}" is reported as blocked, and not by the browser too`, async (t) => {
      const { engine, states, workers } = await started(t);
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

  it("has the browser's message where there is one", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    workers[0].dispatchEvent(Object.assign(new Event("error"), { message: "a syntax error" }));
    assert.equal(states[1].detail, "a syntax error");
  });

  it("that fails has the worker's reason", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "failed", reason: "missing", file: "a.wasm", detail: "404" });
    assert.deepEqual(states[1], {
      status: "failed",
      reason: "missing",
      file: "a.wasm",
      detail: "404",
    });
  });

  it("ends the previous worker", async (t) => {
    const { engine, workers } = await started(t);
    engine.start();
    const call = engine.call("a").catch((/** @type {unknown} */ error) => error);
    await settled();
    engine.start();
    assert.equal(workers[0].terminated, true);
    assert.equal((await call).detail, "not ready");
  });

  it("ignores a worker that was given up", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    engine.start();
    workers[0].says({ type: "ready" });
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });
});

describe("the watchdog", () => {
  it("gives up a worker that is silent for its time, and not sooner", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    t.mock.timers.tick(999);
    assert.equal(states.length, 1);
    t.mock.timers.tick(1);
    assert.deepEqual(states[1], { status: "failed", reason: "timeout", file: null, detail: "" });
    assert.equal(workers[0].terminated, true);
  });

  it("starts again at each report of progress", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    t.mock.timers.tick(999);
    workers[0].says({ type: "progress", stage: "start", loaded: 0, total: 0 });
    t.mock.timers.tick(999);
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });

  it("stops once Python is ready", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "ready" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "ready"]);
  });

  it("watches a request", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "ready" });
    const answer = engine.call("a");
    await settled();
    t.mock.timers.tick(1_000);
    assert.deepEqual(await outcome(answer), states.at(-1));
    assert.equal(states.at(-1).reason, "timeout");
  });

  it("stops once a request has its response", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "ready" });
    engine.call("a");
    await settled();
    workers[0].says({ type: "answer", id: 1, response: "b" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "ready"]);
  });

  it("watches a request that was waiting for Python", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].says({ type: "ready" });
    t.mock.timers.tick(1_000);
    assert.equal(/** @type {any} */ (await outcome(answer)).reason, "timeout");
    assert.deepEqual(statuses(), ["loading", "failed"]);
  });

  it("has a single timer", async (t) => {
    const { engine, statuses } = await started(t);
    engine.start();
    t.mock.timers.tick(500);
    engine.start();
    t.mock.timers.tick(999);
    assert.deepEqual(statuses(), ["loading", "loading"]);
  });

  it("does nothing after a failure", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    workers[0].says({ type: "failed", reason: "python", file: null, detail: "" });
    t.mock.timers.tick(5_000);
    assert.deepEqual(statuses(), ["loading", "failed"]);
  });
});

describe("a request", () => {
  it("before the start is rejected as not ready", async (t) => {
    const { engine, NOT_READY } = await started(t);
    assert.equal(await outcome(engine.call("a")), NOT_READY);
    assert.deepEqual(NOT_READY, {
      status: "failed",
      reason: "python",
      file: null,
      detail: "not ready",
    });
  });

  it("gets the response with its number, and no other", async (t) => {
    const { engine, workers } = await started(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    assert.deepEqual(workers[0].requests, [{ id: 1, request: "a" }]);
    workers[0].says({ type: "answer", id: 7, response: "c" });
    workers[0].says({ type: "answer", id: 1, response: "b" });
    assert.equal(await outcome(answer), "b");
  });

  it("waits for the one before it", async (t) => {
    const { engine, workers } = await started(t);
    engine.start();
    engine.call("a");
    engine.call("b");
    await settled();
    assert.equal(workers[0].requests.length, 1);
    workers[0].says({ type: "answer", id: 1, response: "" });
    await settled();
    assert.deepEqual(workers[0].requests[1], { id: 2, request: "b" });
  });

  it("is sent though the one before it failed", async (t) => {
    const { engine, workers } = await started(t);
    await outcome(engine.call("a"));
    engine.start();
    const second = engine.call("b");
    await settled();
    workers[0].says({ type: "answer", id: 1, response: "c" });
    assert.equal(await outcome(second), "c");
  });

  it("sent before Python is ready delays the report of that until its response", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].says({ type: "ready" });
    assert.deepEqual(statuses(), ["loading"]);
    workers[0].says({ type: "answer", id: 1, response: "b" });
    assert.deepEqual(statuses(), ["loading", "ready"]);
    assert.equal(await outcome(answer), "b");
  });

  it("delays that report only once", async (t) => {
    const { engine, statuses, workers } = await started(t);
    engine.start();
    for (const id of [1, 2]) {
      engine.call("a");
      await settled();
      workers[0].says({ type: "ready" });
      workers[0].says({ type: "answer", id, response: "b" });
      workers[0].says({ type: "answer", id, response: "b" });
    }
    engine.call("a");
    await settled();
    workers[0].says({ type: "answer", id: 3, response: "b" });
    assert.deepEqual(statuses(), ["loading", "ready", "ready"]);
  });

  it("at which Python fails is rejected with the reason", async (t) => {
    const { engine, states, workers } = await started(t);
    engine.start();
    const answer = engine.call("a");
    await settled();
    workers[0].says({ type: "ready" });
    workers[0].says({ type: "failed", reason: "memory", file: null, detail: "full" });
    assert.equal(await outcome(answer), states.at(-1));
    engine.start();
    workers[1].says({ type: "ready" });
    engine.call("b");
    await settled();
    workers[1].says({ type: "answer", id: 2, response: "c" });
    assert.deepEqual(
      states.map(({ status }) => status),
      ["loading", "failed", "loading", "ready"],
    );
  });

  it("after a failure is rejected as not ready", async (t) => {
    const { engine, workers, NOT_READY } = await started(t);
    engine.start();
    workers[0].says({ type: "failed", reason: "memory", file: null, detail: "" });
    assert.equal(await outcome(engine.call("a")), NOT_READY);
  });
});

describe("a retry", () => {
  it("requests the file that failed past the browser's cache", async (t) => {
    const { engine, workers, again } = await started(t);
    engine.start();
    workers[0].says({ type: "failed", reason: "damaged", file: "a.wasm", detail: "" });
    await engine.retry();
    assert.deepEqual(again, [null, "a.wasm"]);
  });

  for (const [what, fetched] of /** @type {[string, () => Promise<any>][]} */ ([
    ["which is available", async () => ({ arrayBuffer: async () => new ArrayBuffer() })],
    ["which is not available", () => Promise.reject(new Error("no network"))],
  ])) {
    it(`first replaces the browser's copy of the worker's script, ${what}`, async (t) => {
      const { engine, statuses, again } = await started(t, { blocked: true });
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
      assert.deepEqual(statuses(), ["loading", "failed", "loading"]); // nobody presses twice
      await retried;
      assert.equal(requests[0][0], "https://example.org/app/worker-1.js");
      assert.equal(requests[0][1].cache, "reload");
      assert.ok(requests[0][1].signal instanceof AbortSignal);
      assert.deepEqual(again, [null, "worker-1.js"]);
      assert.deepEqual(statuses(), ["loading", "failed", "loading", "loading", "failed"]);
    });
  }

  it("has what is asked meanwhile wait for the new worker", async (t) => {
    const { engine, workers } = await started(t);
    engine.start();
    workers[0].dispatchEvent(new Event("error"));
    const response = { arrayBuffer: async () => new ArrayBuffer() };
    setGlobals(t, { fetch: async () => response });
    const retried = engine.retry();
    const answer = engine.call("asked");
    await retried;
    await settled();
    const [{ id }] = workers[1].requests;
    workers[1].says({ type: "answer", id, response: "answered" });
    assert.equal(await answer, "answered");
  });

  it("fetches nothing where another file failed", async (t) => {
    const { engine } = await started(t);
    let fetched = 0;
    setGlobals(t, { fetch: () => Promise.reject(new Error(String((fetched += 1)))) });
    await engine.retry();
    assert.equal(fetched, 0);
  });
});
