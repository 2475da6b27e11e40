import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createResponder } from "../../../checklist/page/service-worker/responses.js";
import { setGlobals } from "../support/fakes.mjs";

const ROOT = "https://example.org/site/";

/**
 * @param {import("node:test").TestContext} t
 * @param {{ cached?: Record<string, string>, fetched?: () => Response, isVerified?: boolean }} [how]
 */
function setUp(t, { cached = {}, fetched, isVerified = true } = {}) {
  /** @type {any[]} */
  const requests = [];
  /** @type {unknown[]} */
  const waits = [];
  /** @type {string[]} */
  const added = [];
  setGlobals(t, {
    async fetch(/** @type {unknown} */ request) {
      requests.push(request);
      if (!fetched) {
        throw new TypeError("no network");
      }
      return fetched();
    },
  });
  const precache = /** @type {any} */ ({
    async match(/** @type {string} */ path) {
      return path in cached ? new Response(cached[path], { headers: { a: "b" } }) : undefined;
    },
    includes: (/** @type {string} */ path) => path !== "unknown.css" && path !== "app/unknown.js",
    async put(/** @type {string} */ path, /** @type {Response} */ response) {
      added.push(`${path}: ${await response.text()}`);
      return isVerified;
    },
  });
  const responder = createResponder({ root: ROOT, files: { "guide/": "", "": "" }, precache });
  /** @param {string} path @param {object} [request] */
  const respond = (path, request) =>
    responder.respond(
      /** @type {any} */ ({
        request: { url: ROOT + path, cache: "default", mode: "cors", destination: "", ...request },
        waitUntil: (/** @type {unknown} */ promise) => waits.push(promise),
      }),
    );
  return { respond, requests, waits, added };
}

describe("a response of the service worker", () => {
  for (const [what, path, file] of /** @type {[string, string, string][]} */ ([
    ["to a precached page", "guide/", "guide/"],
    ["to a page by its file name", "guide/index.html", "guide/"],
    ["to a page with a query", "guide/?utm_source=mail&fbclid=1", "guide/"],
    ["to a page by its file name, with a query", "guide/index.html?q=wall", "guide/"],
    ["to a page with a client in the fragment", "guide/?from=mail#c=2z", "guide/"],
    ["to a file with a query", "a.css?b", "a.css"],
    ["to a file with a fragment", "a.css#b", "a.css"],
    ["to a file whose path only begins like a page's", "index.html/a.css", "index.html/a.css"],
  ])) {
    it(`${what} comes from the precache`, async (t) => {
      const { respond, requests } = setUp(t, { cached: { [file]: "cached" } });
      assert.equal(await (await respond(path)).text(), "cached");
      assert.equal(requests.length, 0);
    });
  }

  it("to a page without the final slash is a redirect", async (t) => {
    const response = await setUp(t).respond("guide");
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), `${ROOT}guide/`);
  });

  it("to a file that is not precached comes from the network, and is cached", async (t) => {
    const { respond, added, waits } = setUp(t, { fetched: () => new Response("new") });
    assert.equal(await (await respond("a.css")).text(), "new");
    await Promise.all(waits);
    assert.equal(waits.length, 1);
    assert.deepEqual(added, ["a.css: new"]);
  });

  for (const [what, path, status] of /** @type {[string, string, number][]} */ ([
    ["to a URL that is not in the site", "unknown.css", 200],
    ["to a file with an error status", "a.css", 500],
  ])) {
    it(`${what} is not cached`, async (t) => {
      const { respond, added } = setUp(t, { fetched: () => new Response("new", { status }) });
      assert.equal((await respond(path)).status, status);
      assert.deepEqual(added, []);
    });
  }

  it("to a file is an error without a network", async (t) => {
    await assert.rejects(
      setUp(t, { cached: { "404.html": "none" } }).respond("b.css"),
      /no network/,
    );
  });

  it("to an unknown page is the page 404.html without a network", async (t) => {
    const { respond } = setUp(t, { cached: { "404.html": "none" } });
    const response = await respond("other/", { mode: "navigate" });
    assert.equal(response.status, 404);
    assert.equal(response.headers.get("a"), "b");
    assert.equal(await response.text(), "none");
  });

  it("to an unknown page is an error without a network and without 404.html", async (t) => {
    const response = await setUp(t).respond("other/", { mode: "navigate" });
    assert.equal(response.type, "error");
  });
});

describe("a request that bypasses the HTTP cache", () => {
  it("gets the file from the network", async (t) => {
    const { respond } = setUp(t, {
      cached: { "a.css": "cached" },
      fetched: () => new Response("new"),
    });
    assert.equal(await (await respond("a.css", { cache: "reload" })).text(), "new");
  });

  it("gets the file from the precache without a network", async (t) => {
    const { respond } = setUp(t, { cached: { "a.css": "cached" } });
    assert.equal(await (await respond("a.css", { cache: "reload" })).text(), "cached");
  });

  it("gets an error without a network if the file is not precached", async (t) => {
    await assert.rejects(setUp(t).respond("a.css", { cache: "reload" }), /no network/);
  });
});

describe("a script that the browser runs", () => {
  for (const [what, path, options, isRun] of /** @type {[string, string, any, boolean][]} */ ([
    ["is returned if its digest is right", "app/a.js", { isVerified: true }, true],
    ["is an error if its digest is wrong", "app/a.js", { isVerified: false }, false],
    ["is an error in the runtime too", "runtime/b/a.mjs", { isVerified: false }, false],
    [
      "is not verified outside the folders app and runtime of the root",
      "theme/app/a.js",
      { isVerified: false },
      true,
    ],
    [
      "is not a file whose extension only begins with .js",
      "app/a.json",
      { isVerified: false },
      true,
    ],
    ["is not a file without a dot", "app/ajs", { isVerified: false }, true],
    ["is not verified if it is not in the build", "app/unknown.js", { isVerified: false }, true],
  ])) {
    it(what, async (t) => {
      const { respond } = setUp(t, { fetched: () => new Response("new"), ...options });
      const response = await respond(path, { destination: "script" });
      assert.equal(response.type === "error", !isRun);
    });
  }

  it("is returned unverified if a page fetches it, as the page can verify it", async (t) => {
    const { respond } = setUp(t, { fetched: () => new Response("new"), isVerified: false });
    assert.equal(await (await respond("app/a.js")).text(), "new");
  });
});
