import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { Precache } from "../../../checklist/page/service-worker/precache.js";
import { setGlobals, settled } from "../support/fakes.mjs";
import { FakeCaches } from "../support/caches.mjs";

const ROOT = "https://example.org/site/";
const PREFIX = "client-checklist-/site/#";
const NAME = `${PREFIX}h-2`;
const PREVIOUS = `${PREFIX}h-1`;
const OTHER_HEADERS = `${PREFIX}g-1`;

/** @param {string} text */
const digestOf = (text) => createHash("sha256").update(text).digest("base64");

/** @type {Record<string, string>} */
const TEXTS = { "index.html": "page", "app/main-1.js": "script", "style.css": "style" };
const files = Object.fromEntries(
  Object.entries(TEXTS).map(([path, text]) => [path, digestOf(text)]),
);
const later = { "fonts/a.woff2": digestOf("font"), "runtime/a.wasm": digestOf("wasm") };

/** @typedef {Record<string, (string | Response | Error)[]>} Answers each file's, in their order */

/**
 * @param {import("node:test").TestContext} t
 * @param {{ cached?: Record<string, Record<string, string>>, answers?: Answers }} [how]
 */
function setUp(t, { cached = {}, answers = {} } = {}) {
  const caches = new FakeCaches(ROOT, cached);
  /** @type {[path: string, cache: string][]} */
  const requests = [];
  setGlobals(t, {
    caches,
    async fetch(/** @type {string} */ url, /** @type {RequestInit} */ { cache }) {
      const path = url.slice(ROOT.length);
      requests.push([path, String(cache)]);
      const answer = answers[path]?.shift() ?? TEXTS[path];
      if (answer instanceof Error) {
        throw answer;
      }
      return answer instanceof Response ? answer : new Response(answer);
    },
  });
  const precache = new Precache(ROOT, { version: "2", headers: "h", files, later });
  return { precache, caches, requests };
}

const COMPLETE = { ...TEXTS, "?whole": "" };

describe("installing a precache", () => {
  it("caches every file and marks the precache as complete", async (t) => {
    const { precache, caches } = setUp(t);
    await precache.install();
    assert.deepEqual(await caches.contents(), { [NAME]: COMPLETE });
  });

  it("revalidates files without a hash in their path", async (t) => {
    const { precache, requests } = setUp(t);
    await precache.install();
    assert.deepEqual(Object.fromEntries(requests), {
      "index.html": "no-cache",
      "app/main-1.js": "default",
      "style.css": "no-cache",
    });
  });

  it("expects hashes only in the folders app and runtime of the root", async (t) => {
    const { requests } = setUp(t);
    const odd = { "x/app/a.js": digestOf("a"), "runtime/b": digestOf("b") };
    setGlobals(t, {
      fetch: async (/** @type {string} */ url, /** @type {RequestInit} */ { cache }) => {
        requests.push([url.slice(ROOT.length), String(cache)]);
        return new Response(
          /** @type {string} */ (url.at(-4) === "a" ? "a" : url.endsWith("b") ? "b" : "a"),
        );
      },
    });
    await new Precache(ROOT, { version: "2", headers: "h", files: odd, later: {} }).install();
    assert.deepEqual(requests, [
      ["x/app/a.js", "no-cache"],
      ["runtime/b", "default"],
    ]);
  });

  it("does not fetch files again that it has already", async (t) => {
    const { precache, requests } = setUp(t, { cached: { [NAME]: { "index.html": "page" } } });
    await precache.install();
    assert.deepEqual(requests.map(([path]) => path).sort(), ["app/main-1.js", "style.css"]);
  });

  it("replaces damaged files", async (t) => {
    const { precache, caches } = setUp(t, { cached: { [NAME]: { "index.html": "damaged" } } });
    await precache.install();
    assert.deepEqual(await caches.contents(), { [NAME]: COMPLETE });
  });

  it("copies unchanged files from the previous version, including optional ones", async (t) => {
    const before = { "index.html": "page", "style.css": "old", "fonts/a.woff2": "font" };
    const { precache, caches, requests } = setUp(t, { cached: { [PREVIOUS]: before } });
    await precache.install();
    assert.deepEqual(requests.map(([path]) => path).sort(), ["app/main-1.js", "style.css"]);
    assert.deepEqual(await caches.contents(), {
      [PREVIOUS]: before,
      [NAME]: { ...COMPLETE, "fonts/a.woff2": "font" },
    });
  });

  it("reuses nothing from a version with other headers, nor from the HTTP cache", async (t) => {
    const { precache, requests } = setUp(t, { cached: { [OTHER_HEADERS]: TEXTS, [PREVIOUS]: {} } });
    await precache.install();
    assert.deepEqual([...new Set(requests.map(([, cache]) => cache))], ["reload"]);
    assert.equal(requests.length, 3);
  });

  it("reuses nothing from another site on the same host", async (t) => {
    const { precache, requests } = setUp(t, { cached: { "client-checklist-/#h-1": TEXTS } });
    await precache.install();
    assert.equal(requests.length, 3);
    assert.equal(
      requests.some(([, cache]) => cache === "reload"),
      false,
    );
  });

  it("fetches a damaged file once more, past the HTTP cache", async (t) => {
    const { precache, caches, requests } = setUp(t, { answers: { "index.html": ["damaged"] } });
    await precache.install();
    assert.deepEqual(
      requests.filter(([path]) => path === "index.html").map(([, cache]) => cache),
      ["no-cache", "reload"],
    );
    assert.deepEqual(await caches.contents(), { [NAME]: COMPLETE });
  });

  it("fails with the path of a file that is damaged twice", async (t) => {
    const { precache, caches } = setUp(t, { answers: { "index.html": ["damaged", "damaged"] } });
    await assert.rejects(precache.install(), /^Error: index\.html is not the file that was built$/);
    assert.equal(precache.failedFile, "index.html");
    assert.equal("?whole" in (await caches.contents())[NAME], false);
  });

  for (const [what, made] of /** @type {[string, () => Response][]} */ ([
    ["with an error status", () => new Response("page", { status: 404, headers: { a: "b" } })],
    [
      "after a redirect",
      () =>
        Object.defineProperty(new Response("page", { headers: { a: "b" } }), "redirected", {
          value: true,
        }),
    ],
  ])) {
    it(`accepts the right file ${what}`, async (t) => {
      const { precache, caches } = setUp(t, { answers: { "index.html": [made()] } });
      await precache.install();
      const response = await caches.match(`${ROOT}index.html`, { cacheName: NAME });
      assert.equal(response?.status, 200);
      assert.equal(response?.redirected, false);
      assert.equal(response?.headers.get("a"), "b");
      assert.equal(await response?.text(), "page");
    });
  }

  it("stores the response itself if it is successful", async (t) => {
    const response = Object.assign(new Response("page"), { very: true });
    const { precache, caches } = setUp(t, { answers: { "index.html": [response] } });
    await precache.install();
    assert.equal(caches.places.get(NAME)?.entries.get(`${ROOT}index.html`), response);
  });

  it("fetches at most four files at a time", async (t) => {
    setUp(t);
    let [now, most] = [0, 0];
    setGlobals(t, {
      async fetch() {
        now += 1;
        most = Math.max(most, now);
        await settled();
        now -= 1;
        return new Response("a");
      },
    });
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}`, digestOf("a")]));
    await new Precache(ROOT, { version: "2", headers: "h", files: many, later: {} }).install();
    assert.equal(most, 4);
  });

  for (const [what, error, isLeft] of /** @type {[string, Error, boolean][]} */ ([
    [
      "deletes the incomplete precache if the quota is exceeded",
      new DOMException("", "QuotaExceededError"),
      false,
    ],
    [
      "keeps the incomplete precache after another error",
      new DOMException("", "NetworkError"),
      true,
    ],
    ["keeps the incomplete precache without a network", new TypeError("no network"), true],
  ])) {
    it(what, async (t) => {
      const { precache, caches } = setUp(t, { answers: { "style.css": [error] } });
      await assert.rejects(precache.install(), error);
      assert.equal(await caches.has(NAME), isLeft);
    });
  }
});

describe("ensuring a precache", () => {
  it("installs and activates it again if it was evicted", async (t) => {
    const { precache, caches } = setUp(t);
    await precache.ensure();
    assert.deepEqual(await caches.contents(), { [NAME]: { ...COMPLETE, "?active": "" } });
  });

  it("does nothing if it is complete", async (t) => {
    const { precache, requests, caches } = setUp(t, { cached: { [NAME]: { "?whole": "" } } });
    await precache.ensure();
    assert.deepEqual(requests, []);
    assert.deepEqual(await caches.contents(), { [NAME]: { "?whole": "" } });
  });
});

describe("activating a precache", () => {
  it("keeps the previously active one, and deletes all others", async (t) => {
    const { precache, caches } = setUp(t, {
      cached: {
        [OTHER_HEADERS]: { "a.css": "a" },
        [PREVIOUS]: { "b.css": "b", "?active": OTHER_HEADERS },
        [`${PREFIX}h-0`]: { "c.css": "c" },
        [NAME]: { "?whole": "" },
        another: { a: "a" },
      },
    });
    await precache.activate();
    assert.deepEqual(await caches.contents(), {
      [PREVIOUS]: { "b.css": "b" },
      [NAME]: { "?whole": "", "?active": PREVIOUS },
      another: { a: "a" },
    });
  });

  it("deletes all others if none was active", async (t) => {
    const { precache, caches } = setUp(t, { cached: { [PREVIOUS]: {}, [NAME]: {} } });
    await precache.activate();
    assert.deepEqual(await caches.contents(), { [NAME]: { "?active": "" } });
  });
});

describe("a file in a precache", () => {
  const cached = {
    [PREVIOUS]: { "app/old.js": "old", "old.css": "old" },
    [NAME]: { "index.html": "page", "?active": PREVIOUS },
  };
  for (const [what, path, expected] of /** @type {[string, string, string | undefined][]} */ ([
    ["of this version is found", "index.html", "page"],
    ["of the previous version is found if it is immutable", "app/old.js", "old"],
    ["of the previous version is not found if it is mutable", "old.css", undefined],
    ["that is in neither version is not found", "app/none.js", undefined],
  ])) {
    it(what, async (t) => {
      const { precache } = setUp(t, { cached });
      assert.equal(await (await precache.match(path))?.text(), expected);
    });
  }

  it("of the previous version is not found if there is none", async (t) => {
    const { precache } = setUp(t, {
      cached: { [NAME]: { "?active": "" }, "": { "app/old.js": "x" } },
    });
    assert.equal(await precache.match("app/old.js"), undefined);
  });

  it("of a previous version that was never active is not found", async (t) => {
    const { precache } = setUp(t, { cached: { [PREVIOUS]: { "app/old.js": "x" } } });
    assert.equal(await precache.match("app/old.js"), undefined);
  });

  it("is not found if the Cache API fails", async (t) => {
    const { precache, caches } = setUp(t);
    t.mock.method(caches, "match", () => Promise.reject(new Error("refused")));
    assert.equal(await precache.match("index.html"), undefined);
  });

  for (const [path, expected] of /** @type {[string, boolean][]} */ ([
    ["index.html", true],
    ["fonts/a.woff2", true],
    ["other.html", false],
  ])) {
    it(`is included: ${path}: ${expected}`, (t) => {
      assert.equal(setUp(t).precache.includes(path), expected);
    });
  }
});

describe("an optional file", () => {
  it("is cached if its digest is right", async (t) => {
    const { precache, caches } = setUp(t, { cached: { [NAME]: {} } });
    assert.equal(await precache.put("runtime/a.wasm", new Response("wasm")), true);
    assert.deepEqual(await caches.contents(), { [NAME]: { "runtime/a.wasm": "wasm" } });
  });

  it("is not cached if its digest is wrong", async (t) => {
    const { precache, caches } = setUp(t, { cached: { [NAME]: {} } });
    assert.equal(await precache.put("runtime/a.wasm", new Response("damaged")), false);
    assert.deepEqual(await caches.contents(), { [NAME]: {} });
  });

  it("is not cached if the precache was removed", async (t) => {
    const { precache, caches } = setUp(t);
    assert.equal(await precache.put("runtime/a.wasm", new Response("wasm")), true);
    assert.deepEqual(await caches.contents(), {});
  });

  it("can be used if the Cache API fails", async (t) => {
    const { precache, caches } = setUp(t);
    t.mock.method(caches, "has", () => Promise.reject(new Error("refused")));
    assert.equal(await precache.put("runtime/a.wasm", new Response("wasm")), true);
  });
});
