import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { FakeCaches } from "../support/caches.mjs";
import { setGlobals } from "../support/fakes.mjs";

const ROOT = "https://example.org/site/";
const NAME = "client-checklist-/site/#h-2";
let copies = 0;

/** @param {import("node:test").TestContext} t @param {string} [sent] */
async function setUp(t, sent = "page") {
  const caches = new FakeCaches(ROOT, {});
  const done = { skipped: 0, claimed: 0, reported: /** @type {unknown[]} */ ([]) };
  const self = Object.assign(new EventTarget(), {
    BUILD: {
      version: "2",
      headers: "h",
      files: { "": createHash("sha256").update("page").digest("base64") },
      later: {},
    },
    registration: { scope: ROOT },
    clients: {
      claim: async () => void (done.claimed += 1),
      matchAll: async () => [
        { postMessage: (/** @type {unknown} */ data) => done.reported.push(data) },
      ],
    },
    skipWaiting: () => void (done.skipped += 1),
  });
  setGlobals(t, { self, caches, fetch: async () => new Response(sent) });
  await import(`../../../checklist/page/service-worker/index.js?worker=${(copies += 1)}`);

  /** @param {string} type @param {object} [parts] */
  const fire = async (type, parts) => {
    /** @type {unknown[]} */
    const waits = [];
    /** @type {Response | null} */
    let response = null;
    const event = Object.assign(new Event(type), parts, {
      waitUntil: (/** @type {unknown} */ promise) => waits.push(promise),
      respondWith: (/** @type {Promise<Response>} */ promise) =>
        waits.push(promise.then((value) => (response = value))),
    });
    self.dispatchEvent(event);
    await Promise.all(waits);
    return /** @type {Response | null} */ (response);
  };
  /** @param {string} data */
  const ask = async (data) => {
    /** @type {unknown[]} */
    const messages = [];
    const port = { postMessage: (/** @type {unknown} */ message) => messages.push(message) };
    await fire("message", { data, ports: [port] });
    return messages;
  };
  return { caches, done, fire, ask };
}

describe("the service worker", () => {
  it("installs the precache", async (t) => {
    const { caches, fire } = await setUp(t);
    await fire("install");
    assert.deepEqual(await caches.contents(), { [NAME]: { "": "page", "?whole": "" } });
  });

  it("is not installed if the precache cannot be installed", async (t) => {
    const { done, fire } = await setUp(t, "damaged");
    await assert.rejects(fire("install"), /is not the file that was built/);
    assert.deepEqual(done.reported, [{ failedFile: "" }]);
  });

  it("activates the precache and claims the pages", async (t) => {
    const { caches, done, fire } = await setUp(t);
    await fire("activate");
    assert.deepEqual(await caches.contents(), { [NAME]: { "?active": "" } });
    assert.equal(done.claimed, 1);
  });

  it("skips waiting on request", async (t) => {
    const { done, ask } = await setUp(t);
    assert.deepEqual(await ask("take over"), []);
    assert.equal(done.skipped, 1);
  });

  it("reports its version", async (t) => {
    const { done, ask } = await setUp(t);
    assert.deepEqual(await ask("version"), ["2"]);
    assert.equal(done.skipped, 0);
  });

  for (const [sent, expected] of /** @type {[string, boolean][]} */ ([
    ["page", true],
    ["damaged", false],
  ])) {
    it(`reports whether the precache is complete: ${expected}`, async (t) => {
      const { ask } = await setUp(t, sent);
      assert.deepEqual(await ask("keep"), [expected]);
    });
  }

  it("ignores unknown messages", async (t) => {
    const { caches, done, ask } = await setUp(t);
    assert.deepEqual(await ask("other"), []);
    assert.deepEqual(await caches.contents(), {});
    assert.equal(done.skipped, 0);
  });

  for (const [what, method, url, expected] of /** @type {[string, string, string, boolean][]} */ ([
    ["a page of the site", "GET", ROOT, true],
    ["another site", "GET", "https://example.org/", false],
    ["a POST request", "POST", ROOT, false],
  ])) {
    it(`responds to ${what}: ${expected}`, async (t) => {
      const { fire } = await setUp(t);
      const response = await fire("fetch", { request: { method, url } });
      assert.equal(response !== null, expected);
      assert.equal(await response?.text(), expected ? "page" : undefined);
    });
  }
});
