import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { setGlobals, settled } from "./support/fakes.mjs";

// Modules that the ordinary start imports by their address.
const module = (/** @type {string} */ text) => `data:text/javascript,${encodeURIComponent(text)}`;
let copies = 0;

/**
 * @param {import("node:test").TestContext} t
 * @param {{ answers?: ((request: string) => string)[], loaded?: object, wasm?: unknown, found?: object }} [how]
 *   `answers` of the Pythons that start one after another; the first is ordinary, as no image comes
 */
async function worker(t, { answers = [() => "known"], loaded = { rules: "" }, wasm, found } = {}) {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const lent = [];
  const left = [...answers];
  const file = new TextEncoder().encode("wasm");
  const self = Object.assign(new EventTarget(), {
    name: JSON.stringify({
      base: "https://example.org/runtime/",
      files: {
        "image.gz": { size: 1, digest: "" },
        "a.wasm": { size: 4, digest: createHash("sha256").update(file).digest("hex") },
      },
      image: "image.gz",
      silence: 1_000,
      again: null,
      package: "rules",
      module: "rules.door",
      selfTest: { request: "question", response: "known" },
    }),
    postMessage: (/** @type {unknown} */ message) => sent.push(message),
    setTimeout,
    crypto,
    fetch,
  });
  const info = t.mock.method(console, "info", () => {});
  const door = () => {
    const answer = left.shift() ?? (() => "known");
    return { handle: { copy: () => answer }, destroy() {} };
  };
  Object.assign(globalThis, {
    loadPyodide: async (/** @type {unknown} */ options) => {
      lent.push(options);
      return { loadedPackages: loaded, pyimport: door };
    },
  });
  t.after(() => Reflect.deleteProperty(globalThis, "loadPyodide"));
  setGlobals(t, {
    self,
    addEventListener: self.addEventListener.bind(self),
    removeEventListener: self.removeEventListener.bind(self),
    URL: class extends URL {
      /** @param {string} name @param {string} base */
      constructor(name, base) {
        super(
          name === "pyodide.mjs"
            ? module("export const loadPyodide = (...all) => globalThis.loadPyodide(...all)")
            : name === "pyodide.asm.js"
              ? module("")
              : name,
          base,
        );
      }
    },
    fetch: async (/** @type {URL} */ url) =>
      url.href.endsWith("a.wasm") ? new Response(file) : new Response("", { status: 404 }),
    ...found,
  });
  if (wasm !== undefined) {
    setGlobals(t, { WebAssembly: wasm === null ? undefined : wasm });
  }
  await import(`../../checklist/page/worker.js?worker=${(copies += 1)}`);
  const ask = (/** @type {object} */ data) =>
    self.dispatchEvent(new MessageEvent("message", { data }));
  const until = async (/** @type {() => unknown} */ condition) => {
    for (let turn = 0; !condition() && turn < 500; turn += 1) {
      await settled(1);
    }
  };
  const types = () => sent.map(({ type }) => type);
  const last = (/** @type {string} */ type) => until(() => types().includes(type));
  return { self, sent, lent, info, ask, until, types, last };
}

describe("the worker", () => {
  it("is ready once an ordinary Python has answered the question with a known answer", async (t) => {
    const { sent, last, info } = await worker(t);
    await last("ready");
    assert.deepEqual(sent.at(-2), { type: "progress", stage: "check", loaded: 0, total: 0 });
    assert.deepEqual(sent.at(-1), { type: "ready" });
    assert.deepEqual(info.mock.calls[0].arguments, [
      "checklist: an ordinary start of Python, for",
      "missing: image.gz: 404",
    ]);
  });

  it("tells how much of the files has come", async (t) => {
    const { sent, last } = await worker(t);
    await last("ready");
    assert.deepEqual(sent[0], { type: "progress", stage: "download", loaded: 0, total: 1 });
    assert.deepEqual(sent[1], { type: "progress", stage: "download", loaded: 0, total: 4 });
  });

  it("fails where Python answers the known question wrongly", async (t) => {
    const { sent, last } = await worker(t, { answers: [() => "x".repeat(300)] });
    await last("failed");
    assert.deepEqual(sent.at(-1), {
      type: "failed",
      reason: "wrong-answer",
      file: null,
      detail: "x".repeat(200),
    });
  });

  it("fails where the package is not there", async (t) => {
    const { sent, last } = await worker(t, { loaded: {} });
    await last("failed");
    assert.equal(sent.at(-1).reason, "python");
    assert.match(sent.at(-1).detail, /the package is not there/);
  });

  it("fails at once where there is no WebAssembly", async (t) => {
    const { sent, last } = await worker(t, { wasm: null });
    await last("failed");
    assert.deepEqual(sent, [{ type: "failed", reason: "no-wasm", file: null, detail: "" }]);
  });

  it("answers a request by its number", async (t) => {
    const { sent, ask, last } = await worker(t, {
      answers: [(request) => (request === "question" ? "known" : `${request}!`)],
    });
    ask({ id: 3, request: "a" });
    await last("answer");
    assert.deepEqual(sent.at(-1), { type: "answer", id: 3, response: "a!" });
  });

  it("fails with what Python raises", async (t) => {
    const { sent, ask, last } = await worker(t, {
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

  it("tells only the first failure", async (t) => {
    const { types, ask, last } = await worker(t, { wasm: null });
    await last("failed");
    ask({ id: 3, request: "a" });
    await settled(20);
    assert.deepEqual(types(), ["failed"]);
  });
});

describe("the ordinary start", () => {
  it("is told where everything is", async (t) => {
    const { lent, last } = await worker(t);
    await last("ready");
    assert.deepEqual(lent, [
      {
        indexURL: "https://example.org/runtime/",
        lockFileURL: "https://example.org/runtime/pyodide-lock.json",
        stdLibURL: "https://example.org/runtime/python_stdlib.zip",
        packages: ["rules"],
      },
    ]);
  });
});
