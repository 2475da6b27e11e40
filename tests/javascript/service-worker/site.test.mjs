import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSite } from "../../../checklist/page/service-worker/site.js";
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
  const mended = [];
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
      mended.push(`${path}: ${await response.text()}`);
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
  return { answer, requests, waits, mended };
}

describe("what the service worker answers", () => {
  for (const [what, path, file] of /** @type {[string, string, string][]} */ ([
    ["a page of the copy", "guide/", "guide/"],
    ["a page by the name of its file", "guide/index.html", "guide/"],
    ["a file with a question behind it", "a.css?b", "a.css"],
    ["a file with a place behind it", "a.css#b", "a.css"],
    ["a file whose name only begins like a page's", "index.html/a.css", "index.html/a.css"],
  ])) {
    it(`${what} is from the copy`, async (t) => {
      const { answer, requests } = site(t, { kept: { [file]: "kept" } });
      assert.equal(await (await answer(path)).text(), "kept");
      assert.equal(requests.length, 0);
    });
  }

  it("a page without its last stroke leads to the page", async (t) => {
    const response = await site(t).answer("guide");
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), `${ROOT}guide/`);
  });

  it("what the copy lacks is from the network, and mends the copy", async (t) => {
    const { answer, mended, waits } = site(t, { fetched: () => new Response("new") });
    assert.equal(await (await answer("a.css")).text(), "new");
    await Promise.all(waits);
    assert.equal(waits.length, 1);
    assert.deepEqual(mended, ["a.css: new"]);
  });

  for (const [what, path, status] of /** @type {[string, string, number][]} */ ([
    ["is no file of the site", "unknown.css", 200],
    ["could not be had", "a.css", 500],
  ])) {
    it(`what ${what} mends nothing`, async (t) => {
      const { answer, mended } = site(t, { fetched: () => new Response("new", { status }) });
      assert.equal((await answer(path)).status, status);
      assert.deepEqual(mended, []);
    });
  }

  it("without a network a file is an error", async (t) => {
    await assert.rejects(site(t, { kept: { "404.html": "none" } }).answer("b.css"), /no network/);
  });

  it("without a network a page is the one that says it is not there", async (t) => {
    const { answer } = site(t, { kept: { "404.html": "none" } });
    const response = await answer("other/", { mode: "navigate" });
    assert.equal(response.status, 404);
    assert.equal(response.headers.get("a"), "b");
    assert.equal(await response.text(), "none");
  });

  it("without a network and without that page is an error", async (t) => {
    const response = await site(t).answer("other/", { mode: "navigate" });
    assert.equal(response.type, "error");
  });
});

describe("whoever asks past the browser's caches", () => {
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

describe("a script that is run by its address", () => {
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

  it("that is only read is given as it is: who reads it can check it", async (t) => {
    const { answer } = site(t, { fetched: () => new Response("new"), isTheFile: false });
    assert.equal(await (await answer("app/a.js")).text(), "new");
  });
});
