import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EarlyStart } from "../../../checklist/page/python/early-start.js";
import { setGlobals, settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const ENGINE = `<div id="root"><p data-slot="engine"></p>
  <progress data-slot="progress-bar"></progress>
  <div data-block="failed"><p data-slot="failure"></p></div><p data-slot="engine-said"></p></div>`;
const LOAD = {
  idle: "i",
  download: "d",
  start: "s",
  check: "c",
  ready: "r",
  failed: "f",
  reason: {},
};

class FakeWorker extends EventTarget {
  /** @type {any[]} */
  requests = [];
  terminate() {}
  /** @param {any} message */
  postMessage(message) {
    this.requests.push(message);
  }
}

// The engine reads this global once; each test has its own workers all the same.
/** @type {FakeWorker[]} */
let workers = [];
const pythonStart = new EarlyStart("app/worker.js", () => {
  const worker = new FakeWorker();
  workers.push(worker);
  return /** @type {any} */ (worker);
});

const IMPORT = /** @type {const} */ ({ do: "import", text: "[]", here: /** @type {any[]} */ ([]) });

/** @param {import("node:test").TestContext} t */
async function setUp(t) {
  workers = [];
  const { document, window, one } = openPage(t, ENGINE);
  setGlobals(t, { pythonStart });
  const warned = t.mock.method(console, "warn", () => {});
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const events = { settled: 0 };
  window.addEventListener("python-settled", () => (events.settled += 1));
  const { Python } = await import("../../../checklist/page/python/python.js");
  /** @type {string[]} */
  const statuses = [];
  const python = new Python({
    settings: /** @type {any} */ ({
      lang: "ru",
      texts: { load: LOAD, messages: { gave_up: "gave up" } },
      watchdog: 1_000,
    }),
    root: one("#root"),
    onStatus: (status, previous) => statuses.push(`${previous} to ${status}`),
  });
  /** @param {object} data */
  const send = (data) => workers.at(-1)?.dispatchEvent(new MessageEvent("message", { data }));
  const ready = () => send({ type: "ready" });
  const fail = () => send({ type: "failed", reason: "memory", file: "a", detail: "full" });
  const requests = () => workers.flatMap((worker) => worker.requests);
  const respond = (/** @type {string} */ response) =>
    send({ type: "answer", id: requests().at(-1).id, response });
  const state = () => document.documentElement.dataset.python;
  const reload = t.mock.method(window.location, "reload", () => {});
  const page = { python, one, document, window, reload };
  return { ...page, statuses, events, send, ready, fail, requests, respond, state, warned };
}

describe("Python on the page", () => {
  it("is neither ready nor failed at first", async (t) => {
    const { python, state } = await setUp(t);
    assert.deepEqual([python.isReady, python.hasFailed, state()], [false, false, undefined]);
  });

  it("shows and reports its progress", async (t) => {
    const { python, statuses, events, one, state } = await setUp(t);
    python.start();
    assert.deepEqual(statuses, ["idle to loading"]);
    assert.equal(one('[data-slot="engine"]').textContent, "i");
    assert.deepEqual([state(), events.settled], [undefined, 0]);
  });

  it("is reported as ready", async (t) => {
    const { python, statuses, events, ready, state, warned } = await setUp(t);
    python.start();
    ready();
    assert.deepEqual(statuses, ["idle to loading", "loading to ready"]);
    assert.deepEqual([python.isReady, python.hasFailed], [true, false]);
    assert.deepEqual([state(), events.settled, warned.mock.callCount()], ["ready", 1, 0]);
  });

  it("is reported as failed, with the details in the console", async (t) => {
    const { python, events, fail, state, warned } = await setUp(t);
    python.start();
    fail();
    assert.deepEqual([python.isReady, python.hasFailed], [false, true]);
    assert.deepEqual([state(), events.settled], ["failed", 1]);
    assert.deepEqual(warned.mock.calls[0].arguments, ["checklist:", "memory", "a", "full"]);
  });
});

describe("a request", () => {
  it("is sent with the language, and its response is an object", async (t) => {
    const { python, ready, requests, respond } = await setUp(t);
    python.start();
    ready();
    const answer = python.ask({ do: "score", answers: {} });
    await settled();
    assert.deepEqual(JSON.parse(requests()[0].request), { lang: "ru", do: "score", answers: {} });
    respond('{"a":1}');
    assert.deepEqual(await answer, { a: 1 });
  });

  it("is rejected if Python is not ready", async (t) => {
    const { python } = await setUp(t);
    await assert.rejects(python.ask(IMPORT), ({ detail }) => detail === "not ready");
  });
});

describe("a request that can wait", () => {
  it("is sent when Python is ready", async (t) => {
    const { python, ready, requests, respond } = await setUp(t);
    python.start();
    const answer = python.askWhenReady(IMPORT);
    await settled();
    assert.equal(requests().length, 0);
    ready();
    await settled();
    respond('{"a":1}');
    assert.deepEqual(await answer, { a: 1 });
  });

  it("is sent immediately if Python is ready already", async (t) => {
    const { python, ready, requests } = await setUp(t);
    python.start();
    ready();
    python.askWhenReady(IMPORT);
    await settled();
    assert.equal(requests().length, 1);
  });

  it("is sent again after it made Python fail", async (t) => {
    const { python, ready, fail, respond } = await setUp(t);
    python.start();
    ready();
    const answer = python.askWhenReady(IMPORT);
    await settled();
    fail();
    await settled();
    python.start();
    ready();
    await settled();
    respond('{"a":1}');
    assert.deepEqual(await answer, { a: 1 });
  });

  it("is given up after it made Python fail twice", async (t) => {
    const { python, ready, fail, requests } = await setUp(t);
    python.start();
    const answer = python.askWhenReady(IMPORT);
    for (const count of [1, 2]) {
      ready();
      await settled();
      assert.equal(requests().length, count);
      fail();
      await settled();
      python.start();
    }
    assert.deepEqual(await answer, { problems: ["gave up"] });
  });

  it("is not given up because of other failures", async (t) => {
    const { python, ready, fail, requests, respond } = await setUp(t);
    python.start();
    const answer = python.askWhenReady(IMPORT);
    for (let count = 0; count < 3; count += 1) {
      ready();
      fail(); // before it was sent
      await settled();
      python.start();
    }
    assert.equal(requests().length, 0);
    ready();
    await settled();
    respond('{"a":1}');
    assert.deepEqual(await answer, { a: 1 });
  });

  it("is rejected if it cannot be serialised", async (t) => {
    const { python } = await setUp(t);
    await assert.rejects(
      python.askWhenReady({ ...IMPORT, here: [/** @type {any} */ (1n)] }),
      TypeError,
    );
  });

  it("is rejected if the response is not JSON", async (t) => {
    const { python, ready, respond } = await setUp(t);
    python.start();
    ready();
    const answer = python.askWhenReady(IMPORT);
    await settled();
    respond("{");
    await assert.rejects(answer, SyntaxError);
  });
});

describe("an outdated page", () => {
  it("is reloaded once a retry has failed too", async (t) => {
    const { python, fail, document, reload } = await setUp(t);
    const current = '<script id="python-runtime">{"worker": "2"}</script>';
    document.body.insertAdjacentHTML("beforeend", current.replace("2", "1"));
    setGlobals(t, { fetch: async () => new Response(current) });
    python.start();
    fail();
    await settled(20);
    assert.equal(reload.mock.callCount(), 0);
    python.retry();
    fail();
    await settled(20);
    assert.equal(reload.mock.callCount(), 1);
  });
});
