import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setGlobals, settled } from "../support/fakes.mjs";
import { PACKED, fakeImage, runtimeOf, setRuntime } from "../support/python.mjs";

/** @typedef {import("../support/python.mjs").Answer} Answer */
let copies = 0;

/**
 * @param {import("node:test").TestContext} t
 * @param {{ image?: Answer, answers?: Answer[], loaded?: object, found?: object,
 *   settings?: object }} [how]
 *   `image` is the entry point of the image; `answers` are the entry points of the fallback at its
 *   successive starts
 */
async function setUp(t, { image, answers = [], loaded = { rules: "" }, found, settings } = {}) {
  /** @type {any[]} */
  const sent = [];
  /** @type {(() => void)[]} */
  const looks = [];
  /** @type {any[]} */
  const starts = [];
  const left = [...answers];
  const self = Object.assign(new EventTarget(), {
    name: JSON.stringify({ ...runtimeOf(), ...settings }),
    postMessage(/** @type {unknown} */ message) {
      sent.push(message);
      looks.forEach((look) => look());
    },
    setTimeout,
    crypto,
    fetch,
  });
  const info = t.mock.method(console, "info", () => {});
  const importModule = () => {
    const answer = left.shift() ?? (() => "known");
    return { handle: { copy: () => answer }, destroy() {} };
  };
  const wasm = { "a.wasm": new TextEncoder().encode("wasm") };
  setRuntime(t, {
    files: image ? { "image.packed": PACKED, ...wasm } : wasm,
    load: async (options) => {
      starts.push(options);
      return { loadedPackages: loaded, pyimport: importModule };
    },
  });
  setGlobals(t, {
    self,
    addEventListener: self.addEventListener.bind(self),
    removeEventListener: self.removeEventListener.bind(self),
    ...(image && { WebAssembly: fakeImage(image).assembly }),
    ...found,
  });
  await import(`../../../checklist/page/python/worker.js?worker=${(copies += 1)}`);
  const ask = (/** @type {object} */ data) =>
    self.dispatchEvent(new MessageEvent("message", { data }));
  const types = () => sent.map(({ type }) => type);
  // Without a timer, Node fails the test immediately if no message can arrive any more.
  const when = (/** @type {() => boolean} */ isSent) =>
    new Promise((/** @type {(none?: undefined) => void} */ go) => {
      const look = () => isSent() && go();
      looks.push(look);
      look();
    });
  const last = (/** @type {string} */ type) => when(() => types().includes(type));
  return { self, sent, starts, info, ask, types, when, last };
}

describe("the worker", () => {
  it("is ready when the fallback has passed the self-test", async (t) => {
    const { sent, last, info } = await setUp(t);
    await last("ready");
    assert.deepEqual(sent.at(-2), { type: "progress", stage: "check", loaded: 0, total: 0 });
    assert.deepEqual(sent.at(-1), { type: "ready" });
    assert.deepEqual(info.mock.calls[0].arguments, [
      "checklist: an ordinary start of Python, for",
      "missing: image.packed: 404",
    ]);
  });

  it("starts the fallback at once in a site without an image", async (t) => {
    const { "image.packed": _, ...files } = runtimeOf().files;
    const { sent, last, info } = await setUp(t, { settings: { image: null, files } });
    await last("ready");
    assert.equal(info.mock.callCount(), 0);
    assert.deepEqual(
      sent.map(({ stage, loaded }) => [stage, loaded]),
      [
        ["download", 0],
        ["download", 4],
        ["start", 4],
        ["check", 0],
        [undefined, undefined],
      ],
    );
  });

  it("reports the progress of the download", async (t) => {
    const { sent, last } = await setUp(t);
    await last("ready");
    const total = PACKED.length;
    assert.deepEqual(sent[0], { type: "progress", stage: "download", loaded: 0, total });
    assert.deepEqual(sent[1], { type: "progress", stage: "download", loaded: 0, total: 4 });
  });

  it("fails if Python fails the self-test", async (t) => {
    const { sent, last } = await setUp(t, { answers: [() => "x".repeat(300)] });
    await last("failed");
    assert.deepEqual(sent.at(-1), {
      type: "failed",
      reason: "wrong-answer",
      file: null,
      detail: "x".repeat(200),
    });
  });

  it("fails if the package is missing", async (t) => {
    const { sent, last } = await setUp(t, { loaded: {} });
    await last("failed");
    assert.equal(sent.at(-1).reason, "python");
    assert.match(sent.at(-1).detail, /the package is not there/);
  });

  it("fails immediately without WebAssembly", async (t) => {
    const { sent, last } = await setUp(t, { found: { WebAssembly: undefined } });
    await last("failed");
    assert.deepEqual(sent, [{ type: "failed", reason: "no-wasm", file: null, detail: "" }]);
  });

  it("responds to a request with its id", async (t) => {
    const { sent, ask, last } = await setUp(t, {
      answers: [(request) => (request === "question" ? "known" : `${request}!`)],
    });
    ask({ id: 3, request: "a" });
    await last("answer");
    assert.deepEqual(sent.at(-1), { type: "answer", id: 3, response: "a!" });
  });

  it("fails if Python raises an exception", async (t) => {
    const { sent, ask, last } = await setUp(t, {
      answers: [
        (request) => {
          if (request !== "question") {
            throw new Error("MemoryError");
          }
          return "known";
        },
      ],
    });
    ask({ id: 3, request: "a" });
    await last("failed");
    assert.deepEqual(sent.at(-1), {
      type: "failed",
      reason: "memory",
      file: null,
      detail: "MemoryError",
    });
  });

  it("reports only the first failure", async (t) => {
    const { types, ask, last } = await setUp(t, { found: { WebAssembly: undefined } });
    await last("failed");
    ask({ id: 3, request: "a" });
    await settled(20);
    assert.deepEqual(types(), ["failed"]);
  });
});

describe("the worker with an image", () => {
  /** @param {string} request */
  const known = (request) => (request === "question" ? "known" : `${request}!`);
  /** @type {Answer} raises at every request except the self-test */
  const lacking = (request) => {
    if (request !== "question") {
      throw new Error("the image has no clock");
    }
    return "known";
  };

  it("uses the image, and does not start the fallback", async (t) => {
    const { sent, starts, ask, types, last, info } = await setUp(t, { image: known });
    ask({ id: 3, request: "a" });
    await last("answer");
    assert.deepEqual(sent.at(-1), { type: "answer", id: 3, response: "a!" });
    assert.equal(types().filter((type) => type === "ready").length, 1);
    assert.deepEqual([starts.length, info.mock.callCount()], [0, 0]);
  });

  it("starts the fallback if the image fails the self-test", async (t) => {
    const { sent, starts, ask, last, info } = await setUp(t, {
      image: () => "wrong",
      answers: [known],
    });
    ask({ id: 3, request: "a" });
    await last("answer");
    assert.deepEqual(sent.at(-1), { type: "answer", id: 3, response: "a!" });
    assert.equal(starts.length, 1);
    assert.equal(info.mock.calls[0].arguments[1], "wrong-answer: wrong");
  });

  it("sends a request at which the image fails, and all later ones, to the fallback", async (t) => {
    const { sent, starts, ask, types, when, last, info } = await setUp(t, {
      image: lacking,
      answers: [known],
    });
    await last("ready");
    ask({ id: 3, request: "a" });
    await last("answer");
    assert.deepEqual(sent.slice(-2), [
      { type: "ready" },
      { type: "answer", id: 3, response: "a!" },
    ]);
    assert.equal(info.mock.calls[0].arguments[1], "<Error: the image has no clock>");
    ask({ id: 4, request: "b" });
    await when(() => types().filter((type) => type === "answer").length === 2);
    assert.deepEqual(sent.at(-1), { type: "answer", id: 4, response: "b!" });
    assert.equal(starts.length, 1);
  });

  it("fails if the fallback raises an exception too", async (t) => {
    const { sent, starts, ask, last } = await setUp(t, { image: lacking, answers: [lacking] });
    ask({ id: 3, request: "a" });
    await last("failed");
    assert.equal(sent.at(-1).detail, "the image has no clock");
    assert.equal(starts.length, 1);
  });

  it("fails if the fallback cannot be started", async (t) => {
    const { sent, ask, last } = await setUp(t, { image: lacking, loaded: {} });
    ask({ id: 3, request: "a" });
    await last("failed");
    assert.match(sent.at(-1).detail, /the package is not there/);
  });

  it("fails at a request that arrives while the fallback starts", async (t) => {
    const { sent, ask, last } = await setUp(t, { image: lacking, answers: [known] });
    await last("ready");
    ask({ id: 3, request: "a" });
    ask({ id: 4, request: "b" });
    await last("failed");
    const failed = sent.find(({ type }) => type === "failed");
    assert.equal(failed.detail, "a request before Python was loaded");
  });
});
