import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSite } from "../../../checklist/page/service-worker/responses.js";
import { setGlobals } from "../support/fakes.mjs";

const ROOT = "https://example.org/site/";

/**
 * @param {import("node:test").TestContext} t
 * @param {{ kept?: Record<string, string>, fetched?: () => Response, isTheFile?: boolean }} [how]
 */
function site(t, { kept = {}, fetched, isTheFile = true } = {}) {
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
  const copy = /** @type {any} */ ({
    async find(/** @type {string} */ path) {
      return path in kept ? new Response(kept[path], { headers: { a: "b" } }) : undefined;
    },
    knows: (/** @type {string} */ path) => path !== "unknown.css" && path !== "app/unknown.js",
    async mend(/** @type {string} */ path, /** @type {Response} */ response) {
      added.push(`${path}: ${await response.text()}`);
      return isTheFile;
    },
  });
  const made = createSite({ root: ROOT, files: { "guide/": "", "": "" }, copy });
  /** @param {string} path @param {object} [request] */
  const answer = (path, request) =>
    made.answer(
      /** @type {any} */ ({
        request: { url: ROOT + path, cache: "default", mode: "cors", destination: "", ...request },
        waitUntil: (/** @type {unknown} */ promise) => waits.push(promise),
      }),
    );
  return { answer, requests, waits, added };
}

describe("a response of the service worker", () => {
  for (const [what, path, file] of /** @type {[string, string, string][]} */ ([
    ["to a page of the copy", "guide/", "guide/"],
    ["to a page by the name of its file", "guide/index.html", "guide/"],
    ["to a file with a query", "a.css?b", "a.css"],
    ["to a file with a fragment", "a.css#b", "a.css"],
    ["to a file whose path only begins like a page's", "index.html/a.css", "index.html/a.css"],
  ])) {
    it(`${what} comes from the copy`, async (t) => {
      const { answer, requests } = site(t, { kept: { [file]: "kept" } });
      assert.equal(await (await answer(path)).text(), "kept");
      assert.equal(requests.length, 0);
    });
  }

  it("to a page without its last slash is a redirect to the page", async (t) => {
    const response = await site(t).answer("guide");
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), `${ROOT}guide/`);
  });

  it("to a file that the copy lacks comes from the network, and is added to the copy", async (t) => {
    const { answer, added, waits } = site(t, { fetched: () => new Response("new") });
    assert.equal(await (await answer("a.css")).text(), "new");
    await Promise.all(waits);
    assert.equal(waits.length, 1);
    assert.deepEqual(added, ["a.css: new"]);
  });

  for (const [what, path, status] of /** @type {[string, string, number][]} */ ([
    ["to an address that is not of the site", "unknown.css", 200],
    ["to a file that the host does not send", "a.css", 500],
  ])) {
    it(`${what} is not added to the copy`, async (t) => {
      const { answer, added } = site(t, { fetched: () => new Response("new", { status }) });
      assert.equal((await answer(path)).status, status);
      assert.deepEqual(added, []);
    });
  }

  it("to a file is an error without a network", async (t) => {
    await assert.rejects(site(t, { kept: { "404.html": "none" } }).answer("b.css"), /no network/);
  });

  it("to a page is the page for wrong addresses without a network", async (t) => {
    const { answer } = site(t, { kept: { "404.html": "none" } });
    const response = await answer("other/", { mode: "navigate" });
    assert.equal(response.status, 404);
    assert.equal(response.headers.get("a"), "b");
    assert.equal(await response.text(), "none");
  });

  it("to a page is an error without a network and without that page", async (t) => {
    const response = await site(t).answer("other/", { mode: "navigate" });
    assert.equal(response.type, "error");
  });
});

describe("a request that bypasses the browser's caches", () => {
  it("gets the file from the network", async (t) => {
    const { answer } = site(t, { kept: { "a.css": "kept" }, fetched: () => new Response("new") });
    assert.equal(await (await answer("a.css", { cache: "reload" })).text(), "new");
  });

  it("gets the file from the copy where there is no network", async (t) => {
    const { answer } = site(t, { kept: { "a.css": "kept" } });
    assert.equal(await (await answer("a.css", { cache: "reload" })).text(), "kept");
  });

  it("gets an error where there is neither", async (t) => {
    await assert.rejects(site(t).answer("a.css", { cache: "reload" }), /no network/);
  });
});

describe("a script that the browser runs", () => {
  for (const [what, path, options, isRun] of /** @type {[string, string, any, boolean][]} */ ([
    ["is run where it is the file that was built", "app/a.js", { isTheFile: true }, true],
    ["is not run where it is another", "app/a.js", { isTheFile: false }, false],
    ["of the runtime is not run either", "runtime/b/a.mjs", { isTheFile: false }, false],
    ["elsewhere is left to the browser", "theme/app/a.js", { isTheFile: false }, true],
    ["is not what only looks like one", "app/a.json", { isTheFile: false }, true],
    ["nor is what has no dot", "app/ajs", { isTheFile: false }, true],
    ["that is not known is left to the browser", "app/unknown.js", { isTheFile: false }, true],
  ])) {
    it(what, async (t) => {
      const { answer } = site(t, { fetched: () => new Response("new"), ...options });
      const response = await answer(path, { destination: "script" });
      assert.equal(response.type === "error", !isRun);
    });
  }

  it("that is only read is returned unchecked, as the reader can check it", async (t) => {
    const { answer } = site(t, { fetched: () => new Response("new"), isTheFile: false });
    assert.equal(await (await answer("app/a.js")).text(), "new");
  });
});
