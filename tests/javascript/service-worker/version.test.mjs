import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { createCopy } from "../../../checklist/page/service-worker/version.js";
import { setGlobals, settled } from "../support/fakes.mjs";
import { FakeCaches } from "../support/caches.mjs";

const ROOT = "https://example.org/site/";
const OURS = "client-checklist-/site/#";
const NAME = `${OURS}h-2`;
const BEFORE = `${OURS}h-1`;
const OTHER_HEADERS = `${OURS}g-1`;

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
 * @param {{ kept?: Record<string, Record<string, string>>, answers?: Answers }} [how]
 */
function copyOf(t, { kept = {}, answers = {} } = {}) {
  const caches = new FakeCaches(ROOT, kept);
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
  const copy = createCopy(ROOT, { version: "2", headers: "h", files, later });
  return { copy, caches, requests };
}

const WHOLE = { ...TEXTS, "?whole": "" };

describe("a copy that is made", () => {
  it("has every file and the mark of a complete copy", async (t) => {
    const { copy, caches } = copyOf(t);
    await copy.make();
    assert.deepEqual(await caches.contents(), { [NAME]: WHOLE });
  });

  it("revalidates each file but those with a hash in their address", async (t) => {
    const { copy, requests } = copyOf(t);
    await copy.make();
    assert.deepEqual(Object.fromEntries(requests), {
      "index.html": "no-cache",
      "app/main-1.js": "default",
      "style.css": "no-cache",
    });
  });

  it("expects the hash in the name of a folder", async (t) => {
    const { requests } = copyOf(t);
    const odd = { "x/app/a.js": digestOf("a"), "runtime/b": digestOf("b") };
    setGlobals(t, {
      fetch: async (/** @type {string} */ url, /** @type {RequestInit} */ { cache }) => {
        requests.push([url.slice(ROOT.length), String(cache)]);
        return new Response(
          /** @type {string} */ (url.at(-4) === "a" ? "a" : url.endsWith("b") ? "b" : "a"),
        );
      },
    });
    await createCopy(ROOT, { version: "2", headers: "h", files: odd, later: {} }).make();
    assert.deepEqual(requests, [
      ["x/app/a.js", "no-cache"],
      ["runtime/b", "default"],
    ]);
  });

  it("keeps the files that it has already", async (t) => {
    const { copy, requests } = copyOf(t, { kept: { [NAME]: { "index.html": "page" } } });
    await copy.make();
    assert.deepEqual(requests.map(([path]) => path).sort(), ["app/main-1.js", "style.css"]);
  });

  it("replaces its damaged files", async (t) => {
    const { copy, caches } = copyOf(t, { kept: { [NAME]: { "index.html": "damaged" } } });
    await copy.make();
    assert.deepEqual(await caches.contents(), { [NAME]: WHOLE });
  });

  it("takes unchanged files from the previous version, optional ones too", async (t) => {
    const before = { "index.html": "page", "style.css": "old", "fonts/a.woff2": "font" };
    const { copy, caches, requests } = copyOf(t, { kept: { [BEFORE]: before } });
    await copy.make();
    assert.deepEqual(requests.map(([path]) => path).sort(), ["app/main-1.js", "style.css"]);
    assert.deepEqual(await caches.contents(), {
      [BEFORE]: before,
      [NAME]: { ...WHOLE, "fonts/a.woff2": "font" },
    });
  });

  it("takes nothing from a version with other headers, nor from the browser's cache", async (t) => {
    const { copy, requests } = copyOf(t, { kept: { [OTHER_HEADERS]: TEXTS, [BEFORE]: {} } });
    await copy.make();
    assert.deepEqual([...new Set(requests.map(([, cache]) => cache))], ["reload"]);
    assert.equal(requests.length, 3);
  });

  it("takes nothing from another site on the same host", async (t) => {
    const { copy, requests } = copyOf(t, { kept: { "client-checklist-/#h-1": TEXTS } });
    await copy.make();
    assert.equal(requests.length, 3);
    assert.equal(
      requests.some(([, cache]) => cache === "reload"),
      false,
    );
  });

  it("requests a damaged file once more, past the browser's cache", async (t) => {
    const { copy, caches, requests } = copyOf(t, { answers: { "index.html": ["damaged"] } });
    await copy.make();
    assert.deepEqual(
      requests.filter(([path]) => path === "index.html").map(([, cache]) => cache),
      ["no-cache", "reload"],
    );
    assert.deepEqual(await caches.contents(), { [NAME]: WHOLE });
  });

  it("is not made with a file that is damaged twice, which is named", async (t) => {
    const { copy, caches } = copyOf(t, { answers: { "index.html": ["damaged", "damaged"] } });
    await assert.rejects(copy.make(), /^Error: index\.html is not the file that was built$/);
    assert.equal("?whole" in (await caches.contents())[NAME], false);
  });

  for (const [what, made] of /** @type {[string, () => Response][]} */ ([
    ["under a status of failure", () => new Response("page", { status: 404, headers: { a: "b" } })],
    [
      "after a redirection",
      () =>
        Object.defineProperty(new Response("page", { headers: { a: "b" } }), "redirected", {
          value: true,
        }),
    ],
  ])) {
    it(`accepts the right file ${what} as if it were sent plainly`, async (t) => {
      const { copy, caches } = copyOf(t, { answers: { "index.html": [made()] } });
      await copy.make();
      const response = await caches.match(`${ROOT}index.html`, { cacheName: NAME });
      assert.equal(response?.status, 200);
      assert.equal(response?.redirected, false);
      assert.equal(response?.headers.get("a"), "b");
      assert.equal(await response?.text(), "page");
    });
  }

  it("stores the response itself where it was sent plainly", async (t) => {
    const response = Object.assign(new Response("page"), { very: true });
    const { copy, caches } = copyOf(t, { answers: { "index.html": [response] } });
    await copy.make();
    assert.equal(caches.places.get(NAME)?.entries.get(`${ROOT}index.html`), response);
  });

  it("fetches four files at once", async (t) => {
    copyOf(t);
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
    await createCopy(ROOT, { version: "2", headers: "h", files: many, later: {} }).make();
    assert.equal(most, 4);
  });

  for (const [what, error, isLeft] of /** @type {[string, Error, boolean][]} */ ([
    [
      "gives its room back where that is wanting",
      new DOMException("", "QuotaExceededError"),
      false,
    ],
    ["leaves what it has for another failure", new DOMException("", "NetworkError"), true],
    ["leaves what it has without a network", new TypeError("no network"), true],
  ])) {
    it(what, async (t) => {
      const { copy, caches } = copyOf(t, { answers: { "style.css": [error] } });
      await assert.rejects(copy.make(), error);
      assert.equal(await caches.has(NAME), isLeft);
    });
  }
});

describe("a copy that is checked", () => {
  it("is made again where the browser has lost it, and is then served", async (t) => {
    const { copy, caches } = copyOf(t);
    await copy.keep();
    assert.deepEqual(await caches.contents(), { [NAME]: { ...WHOLE, "?active": "" } });
  });

  it("is not changed where it is complete", async (t) => {
    const { copy, requests, caches } = copyOf(t, { kept: { [NAME]: { "?whole": "" } } });
    await copy.keep();
    assert.deepEqual(requests, []);
    assert.deepEqual(await caches.contents(), { [NAME]: { "?whole": "" } });
  });
});

describe("a copy that takes over", () => {
  it("keeps the one that was served before, and no other", async (t) => {
    const { copy, caches } = copyOf(t, {
      kept: {
        [OTHER_HEADERS]: { "a.css": "a" },
        [BEFORE]: { "b.css": "b", "?active": OTHER_HEADERS },
        [`${OURS}h-0`]: { "c.css": "c" },
        [NAME]: { "?whole": "" },
        another: { a: "a" },
      },
    });
    await copy.takeOver();
    assert.deepEqual(await caches.contents(), {
      [BEFORE]: { "b.css": "b" },
      [NAME]: { "?whole": "", "?active": BEFORE },
      another: { a: "a" },
    });
  });

  it("is the first where none was served", async (t) => {
    const { copy, caches } = copyOf(t, { kept: { [BEFORE]: {}, [NAME]: {} } });
    await copy.takeOver();
    assert.deepEqual(await caches.contents(), { [NAME]: { "?active": "" } });
  });
});

describe("a file of the copy", () => {
  const kept = {
    [BEFORE]: { "app/old.js": "old", "old.css": "old" },
    [NAME]: { "index.html": "page", "?active": BEFORE },
  };
  for (const [what, path, expected] of /** @type {[string, string, string | undefined][]} */ ([
    ["of this version is found", "index.html", "page"],
    ["that a tab with the version before may need is found", "app/old.js", "old"],
    ["of the version before whose address may change its content is not", "old.css", undefined],
    ["that neither has is not", "app/none.js", undefined],
  ])) {
    it(what, async (t) => {
      const { copy } = copyOf(t, { kept });
      assert.equal(await (await copy.find(path))?.text(), expected);
    });
  }

  it("of the previous version is not found where there is none", async (t) => {
    const { copy } = copyOf(t, { kept: { [NAME]: { "?active": "" }, "": { "app/old.js": "x" } } });
    assert.equal(await copy.find("app/old.js"), undefined);
  });

  it("of the previous version is not found in a copy that was never served", async (t) => {
    const { copy } = copyOf(t, { kept: { [BEFORE]: { "app/old.js": "x" } } });
    assert.equal(await copy.find("app/old.js"), undefined);
  });

  it("is not found where the browser's cache fails", async (t) => {
    const { copy, caches } = copyOf(t);
    t.mock.method(caches, "match", () => Promise.reject(new Error("refused")));
    assert.equal(await copy.find("index.html"), undefined);
  });

  for (const [path, expected] of /** @type {[string, boolean][]} */ ([
    ["index.html", true],
    ["fonts/a.woff2", true],
    ["other.html", false],
  ])) {
    it(`is recognised: ${path} ${expected}`, (t) => {
      assert.equal(copyOf(t).copy.knows(path), expected);
    });
  }
});

describe("an optional file", () => {
  it("is stored where it is the file that was built", async (t) => {
    const { copy, caches } = copyOf(t, { kept: { [NAME]: {} } });
    assert.equal(await copy.mend("runtime/a.wasm", new Response("wasm")), true);
    assert.deepEqual(await caches.contents(), { [NAME]: { "runtime/a.wasm": "wasm" } });
  });

  it("is not stored where it is another", async (t) => {
    const { copy, caches } = copyOf(t, { kept: { [NAME]: {} } });
    assert.equal(await copy.mend("runtime/a.wasm", new Response("damaged")), false);
    assert.deepEqual(await caches.contents(), { [NAME]: {} });
  });

  it("is not stored where the copy was removed", async (t) => {
    const { copy, caches } = copyOf(t);
    assert.equal(await copy.mend("runtime/a.wasm", new Response("wasm")), true);
    assert.deepEqual(await caches.contents(), {});
  });

  it("can be used where the browser's cache fails", async (t) => {
    const { copy, caches } = copyOf(t);
    t.mock.method(caches, "has", () => Promise.reject(new Error("refused")));
    assert.equal(await copy.mend("runtime/a.wasm", new Response("wasm")), true);
  });
});
