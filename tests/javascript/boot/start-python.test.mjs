import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openPage } from "../support/page.mjs";

const RUNTIME = { worker: "app/worker.js", base: "runtime/", image: "image.packed" };
const HTML = `<script type="application/json" id="python-runtime">${JSON.stringify(RUNTIME)}</script>
  <fieldset data-touched="false"><input type="radio" name="pays" value="yes"></fieldset>
  <input type="radio" name="free" value="yes"><textarea data-note="pays"></textarea>
  <input type="checkbox" data-context="new"><input data-field="name"><input id="plain">`;
let copies = 0;

/** @param {import("node:test").TestContext} t @param {{ isBlocked?: boolean }} [how] */
async function setUp(t, { isBlocked = false } = {}) {
  /** @type {any[]} */
  const workers = [];
  class Worker extends EventTarget {
    /** @param {string} url @param {object} options */
    constructor(url, options) {
      super();
      if (isBlocked) {
        throw new Error("blocked");
      }
      workers.push({ url, options, worker: this });
    }
  }
  const page = openPage(t, HTML, { Worker });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => Reflect.deleteProperty(globalThis, "pythonStart"));
  await import(`../../../checklist/page/boot/start-python.js?page=${(copies += 1)}`);
  const start = /** @type {import("../../../checklist/page/python/early-start.js").EarlyStart} */ (
    /** @type {any} */ (globalThis).pythonStart
  );
  return { ...page, start, workers };
}

describe("the script in the page's head", () => {
  it("starts a worker that has the settings in its name", async (t) => {
    const { start, workers } = await setUp(t);
    assert.equal(workers.length, 1);
    assert.equal(start.takeWorker(null).worker, workers[0].worker);
    assert.equal(workers[0].url, "https://example.org/site/app/worker.js");
    assert.equal(workers[0].options.type, "module");
    assert.deepEqual(JSON.parse(workers[0].options.name), {
      base: "https://example.org/site/runtime/",
      image: "image.packed",
      failedFile: null,
    });
  });

  it("can start another worker that fetches a file past the HTTP cache", async (t) => {
    const { start, workers } = await setUp(t);
    start.takeWorker(null);
    start.takeWorker("a.wasm");
    assert.equal(JSON.parse(workers[1].options.name).failedFile, "a.wasm");
  });

  it("keeps the worker's events until the engine takes it", async (t) => {
    const { start, workers } = await setUp(t);
    const events = ["message", "error", "messageerror"].map((type) => new MessageEvent(type));
    events.forEach((event) => workers[0].worker.dispatchEvent(event));
    assert.deepEqual(start.takeWorker(null).missedEvents, events);
    workers[0].worker.dispatchEvent(new MessageEvent("message"));
    assert.deepEqual(start.takeWorker(null).missedEvents, []);
  });

  it("continues if the browser refuses workers", async (t) => {
    const { start } = await setUp(t, { isBlocked: true });
    assert.equal(start.isAwaited, true);
    assert.throws(() => start.takeWorker(null), /blocked/);
    assert.equal(start.isAwaited, false);
  });
});

describe("input before a client is open", () => {
  it("is kept if it is an answer", async (t) => {
    const { start, one, fire } = await setUp(t);
    fire(one("[data-touched] input"), "click");
    fire(one('[name="free"]'), "click");
    assert.deepEqual(start.ticks, { pays: "yes" });
  });

  for (const [selector, type, isKept] of /** @type {[string, string, boolean][]} */ ([
    ["[data-note]", "input", true],
    ["[data-context]", "change", true],
    ["[data-field]", "input", true],
    ["[data-note]", "click", false],
    ["#plain", "input", false],
    ["[data-touched] input", "input", false],
  ])) {
    it(`is ${isKept ? "" : "not "}marked on ${type} of ${selector}`, async (t) => {
      const { one, fire } = await setUp(t);
      fire(one(selector), type);
      assert.equal(one(selector).dataset.early, isKept ? "" : undefined);
    });
  }

  it("is not kept once a client is open", async (t) => {
    const { start, one, fire } = await setUp(t);
    start.takeTicks();
    fire(one("[data-touched] input"), "click");
    fire(one("[data-note]"), "input");
    assert.deepEqual(start.ticks, {});
    assert.equal(one("[data-note]").dataset.early, undefined);
  });
});
