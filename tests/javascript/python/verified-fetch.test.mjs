import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { fetchFiles } from "../../../checklist/page/python/verified-fetch.js";
import { setGlobals, settled } from "../support/fakes.mjs";

const GOOD = new Uint8Array([0, 1, 2, 200]);
const OTHER = new Uint8Array([0, 1, 2, 3]);
const digest = createHash("sha256").update(GOOD).digest("hex");

/** @typedef {{ parts?: Uint8Array[], status?: number, body?: null, error?: Error, hangs?: boolean }} Answer */

/** @param {Answer} answer @param {AbortSignal} signal */
function responseTo({ parts = [], status = 200, body, error, hangs }, signal) {
  if (error) {
    throw error;
  }
  const stream = new ReadableStream({
    start(controller) {
      parts.forEach((part) => controller.enqueue(part));
      signal.addEventListener("abort", () => {
        try {
          controller.error(new Error("aborted"));
        } catch {
          // It has ended.
        }
      });
      if (!hangs) {
        controller.close();
      }
    },
  });
  return { ok: status === 200, status, body: body === null ? null : stream };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {Answer[]} answers one for each request
 * @param {{ failedFile?: string | null, crypto?: unknown, files?: string[], caches?: unknown }} [options]
 */
function setUp(t, answers, { failedFile = null, files = ["a.wasm"], ...globals } = {}) {
  /** @type {{ url: string, cache: string, signal: AbortSignal }[]} */
  const requests = [];
  const left = [...answers];
  setGlobals(t, {
    self: globalThis,
    async fetch(/** @type {URL} */ url, /** @type {any} */ { cache, signal }) {
      requests.push({ url: url.href, cache, signal });
      return responseTo(/** @type {Answer} */ (left.shift()), signal);
    },
    ...globals,
  });
  /** @type {any[]} */
  const reports = [];
  const runtime = /** @type {any} */ ({
    base: "https://example.org/runtime/",
    files: Object.fromEntries(files.map((name) => [name, { size: GOOD.length, digest }])),
    silence: 1_000,
    failedFile,
  });
  const done = fetchFiles(files, runtime, (...report) => reports.push(report));
  return { done, requests, reports, caches: () => requests.map(({ cache }) => cache) };
}

/** @param {string} reason @param {string} [detail] */
const failed = (reason, detail) => (/** @type {any} */ error) => {
  assert.equal(error.type, "failed");
  assert.equal(error.reason, reason);
  assert.equal(error.file, "a.wasm");
  assert.equal(detail === undefined || error.detail === detail, true, error.detail);
  return true;
};

describe("a fetched file", () => {
  it("is returned if its digest is right", async (t) => {
    const { done, requests } = setUp(t, [{ parts: [GOOD.slice(0, 1), GOOD.slice(1)] }]);
    assert.deepEqual(await done, { "a.wasm": GOOD });
    assert.equal(requests[0].url, "https://example.org/runtime/a.wasm");
    assert.equal(requests[0].cache, "default");
  });

  it("aborts its request when it is complete", async (t) => {
    const { done, requests } = setUp(t, [{ parts: [GOOD] }]);
    await done;
    assert.equal(requests[0].signal.aborted, true);
  });

  it("that failed before is fetched past the HTTP cache at the first attempt", async (t) => {
    const { done, caches } = setUp(t, [{ parts: [GOOD] }], { failedFile: "a.wasm" });
    await done;
    assert.deepEqual(caches(), ["reload"]);
  });

  for (const [what, parts, detail] of /** @type {[string, Uint8Array[], string][]} */ ([
    ["too short", [GOOD.slice(0, 3)], "3 bytes of 4"],
    ["empty", [], "0 bytes of 4"],
    ["too long", [GOOD, OTHER.slice(0, 1)], "more than 4 bytes"],
    ["a different file", [OTHER], "not the file that was built"],
  ])) {
    it(`that is ${what} is fetched once more, past the HTTP cache`, async (t) => {
      const { done, caches } = setUp(t, [{ parts }, { parts: [GOOD] }]);
      assert.deepEqual(await done, { "a.wasm": GOOD });
      assert.deepEqual(caches(), ["default", "reload"]);
    });

    it(`that is ${what} twice is damaged`, async (t) => {
      const { done, caches } = setUp(t, [{ parts }, { parts }]);
      await assert.rejects(done, failed("damaged", detail));
      assert.deepEqual(caches(), ["default", "reload"]);
    });
  }

  for (const [what, error] of /** @type {[string, Error][]} */ ([
    ["refused by the network", new Error("no network")],
    ["aborted", Object.assign(new Error("aborted"), { name: "AbortError" })],
  ])) {
    it(`that is ${what} comes from the precache if it is there`, async (t) => {
      /** @type {string[]} */
      const matched = [];
      const caches = {
        async match(/** @type {URL} */ { href }) {
          matched.push(href);
          return responseTo({ parts: [GOOD] }, new AbortController().signal);
        },
      };
      const { done } = setUp(t, [{ error }], { caches });
      assert.deepEqual(await done, { "a.wasm": GOOD });
      assert.deepEqual(matched, ["https://example.org/runtime/a.wasm"]);
    });
  }

  for (const [why, caches] of /** @type {[string, unknown][]} */ ([
    ["does not have it", { match: async () => undefined }],
    ["cannot be read", { match: () => Promise.reject(new Error("SecurityError")) }],
  ])) {
    it(`is missing because of the network if the precache ${why}`, async (t) => {
      const { done } = setUp(t, [{ error: new Error("no network") }], { caches });
      await assert.rejects(done, failed("missing", "no network"));
    });
  }

  for (const [what, answer, reason, detail] of /** @type {[string, Answer, string, string][]} */ ([
    ["not found", { status: 404 }, "missing", "404"],
    ["without a body", { body: null }, "missing", "200"],
    ["refused by the network", { error: new Error("no network") }, "missing", "no network"],
  ])) {
    it(`that is ${what} is missing, and not fetched again`, async (t) => {
      const { done, caches } = setUp(t, [answer]);
      await assert.rejects(done, failed(reason, detail));
      assert.deepEqual(caches(), ["default"]);
    });
  }

  it("times out if its download stalls", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { done, requests } = setUp(t, [{ parts: [GOOD.slice(0, 1)], hangs: true }]);
    const isGivenUp = assert.rejects(done, failed("timeout"));
    await settled();
    t.mock.timers.tick(999);
    assert.equal(requests[0].signal.aborted, false);
    t.mock.timers.tick(1);
    await isGivenUp;
  });

  it("has its time-out restarted by each part", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    /** @type {ReadableStreamDefaultController} */
    let controller = /** @type {any} */ (null);
    const body = new ReadableStream({ start: (one) => void (controller = one) });
    const { done } = setUp(t, [], {});
    await done.catch(() => {});
    setGlobals(t, { fetch: async () => ({ ok: true, body }) });
    const runtime = {
      base: "https://example.org/",
      files: { a: { size: 4, digest } },
      silence: 10,
    };
    const got = fetchFiles(["a"], /** @type {any} */ (runtime), () => {});
    for (const byte of GOOD) {
      await settled();
      t.mock.timers.tick(9);
      controller.enqueue(new Uint8Array([byte]));
    }
    await settled();
    controller.close();
    assert.deepEqual((await got).a, GOOD);
  });

  for (const [what, crypto] of /** @type {[string, unknown][]} */ ([
    ["no crypto.subtle", {}],
    ["no crypto", undefined],
  ])) {
    it(`is verified only by its size if the browser has ${what}`, async (t) => {
      const { done } = setUp(t, [{ parts: [OTHER] }], { crypto });
      assert.deepEqual(await done, { "a.wasm": OTHER });
    });
  }
});

describe("the progress of several files", () => {
  it("starts at zero and ends with all bytes", async (t) => {
    t.mock.method(performance, "now", () => 0);
    const { done, reports } = setUp(t, [{ parts: [GOOD] }, { parts: [GOOD] }], {
      files: ["a.wasm", "b.zip"],
    });
    assert.deepEqual(Object.keys(await done), ["a.wasm", "b.zip"]);
    assert.deepEqual(reports, [
      ["download", 0, 8],
      ["start", 8, 8],
    ]);
  });

  it("counts the bytes of all files, and is reported at most ten times a second", async (t) => {
    const times = [50, 101, 101, 150, 202, 202];
    t.mock.method(performance, "now", () => times.shift());
    const parts = [...GOOD].map((byte) => new Uint8Array([byte]));
    const { done, reports } = setUp(t, [{ parts }]);
    await done;
    assert.deepEqual(
      reports.map(([, loaded]) => loaded),
      [0, 2, 4, 4],
    );
  });

  it("is first reported after a tenth of a second", async (t) => {
    t.mock.method(performance, "now", () => 100);
    const { done, reports } = setUp(t, [{ parts: [GOOD] }]);
    await done;
    assert.equal(reports.length, 2);
  });

  it("counts a file that is fetched again from zero", async (t) => {
    let now = 0;
    t.mock.method(performance, "now", () => (now += 101));
    const { done, reports } = setUp(t, [{ parts: [OTHER] }, { parts: [GOOD] }]);
    await done;
    assert.deepEqual(
      reports.map(([, loaded]) => loaded),
      [0, 4, 4, 4],
    );
  });
});
