import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { watchModule } from "../../../checklist/page/boot/module-watchdog.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const APP = "https://example.org/site/app";
const SETTINGS = {
  lang: "en",
  watchdog: 1_000,
  texts: {
    load: {
      idle: "idle",
      reason: {
        missing: "{file} is missing",
        blocked: "{file} is blocked",
        timeout: "{file} is late",
      },
    },
  },
};
const HTML = `<link rel="modulepreload" href="app/main.js"><link rel="modulepreload" href="app/part.js">
  <link rel="stylesheet" href="app/style.css"><script src="app/main.js" id="main"></script>
  <script src="app/other.js" id="other"></script><img id="image" src="app/main.js">
  <script type="application/json" id="checklist-settings">${JSON.stringify(SETTINGS)}</script>
  <div data-block="engine"><p data-slot="engine"></p><progress data-slot="progress-bar"></progress>
  <div data-block="failed" hidden><p data-slot="failure"></p>
  <button data-action="retry"><b>again</b></button></div><button id="any"></button>
  <p data-slot="engine-said"></p></div>`;

/** @param {import("node:test").TestContext} t @param {{ files?: Record<string, number>,
 *   page?: string }} [how] `page` is the page on the host */
async function setUp(t, { files = {}, page = "" } = {}) {
  /** @type {unknown[][]} */
  const fetched = [];
  const { window, document, one, fire } = openPage(t, HTML, {
    fetch: async (/** @type {string} */ url, /** @type {unknown} */ init) => {
      fetched.push([url, init]);
      return new Response(url === "/site/" ? page : "", { status: files[url] ?? 200 });
    },
  });
  await window.happyDOM.waitUntilComplete(); // its own events of `readystatechange`
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const reload = t.mock.method(window.location, "reload", () => {});
  const state = { isAwaited: true };
  watchModule(() => state.isAwaited);
  const read = (/** @type {string} */ readyState) => {
    Object.defineProperty(document, "readyState", { value: readyState, configurable: true });
    fire(document, "readystatechange");
  };
  const failure = () =>
    one('[data-block="failed"]').hidden ? null : one('[data-slot="failure"]').textContent;
  return { window, one, fire, fetched, reload, state, read, failure };
}

describe("the page's module", () => {
  for (const [what, selector, expected] of /** @type {[string, string, string | null][]} */ ([
    ["is reported as missing if it cannot be loaded", "#main", "main.js is missing"],
    ["is not reported for another script", "#other", null],
    ["is not reported for an image", "#image", null],
  ])) {
    it(what, async (t) => {
      const { one, failure } = await setUp(t);
      const { Event } = /** @type {any} */ (globalThis);
      one(selector).dispatchEvent(new Event("error"));
      assert.equal(failure(), expected);
    });
  }

  for (const [what, filename, expected] of /** @type {[string, string, string | null][]} */ ([
    ["is reported as blocked if it cannot run", `${APP}/main.js`, "main.js is blocked"],
    ["is reported as blocked if its import cannot run", `${APP}/part.js`, "part.js is blocked"],
    ["is not reported for an error in another script", `${APP}/other.js`, null],
  ])) {
    it(what, async (t) => {
      const { window, failure } = await setUp(t);
      window.dispatchEvent(new window.ErrorEvent("error", { filename }));
      assert.equal(failure(), expected);
    });
  }

  it("is reported as late if it does not start in time", async (t) => {
    const { read, failure } = await setUp(t);
    read("interactive");
    t.mock.timers.tick(999);
    assert.equal(failure(), null);
    t.mock.timers.tick(1);
    assert.equal(failure(), "main.js is late");
  });

  it("is not awaited before the document is parsed", async (t) => {
    const { read, failure } = await setUp(t);
    read("loading");
    t.mock.timers.tick(1_000);
    assert.equal(failure(), null);
  });

  it("is not reported once it has started", async (t) => {
    const { window, read, state, failure } = await setUp(t);
    state.isAwaited = false;
    read("interactive");
    t.mock.timers.tick(1_000);
    window.dispatchEvent(new window.ErrorEvent("error", { filename: `${APP}/main.js` }));
    assert.equal(failure(), null);
  });
});

describe("a retry", () => {
  for (const [
    what,
    selector,
    how,
    count,
    reloads,
  ] of /** @type {[string, string, any, number, number][]} */ ([
    ["fetches the modules and reloads the page", "b", {}, 2, 1],
    [
      "does not reload the page if a module is missing",
      "b",
      { files: { [`${APP}/part.js`]: 404 } },
      3,
      0,
    ],
    [
      "reloads the page if a module is missing and the page is outdated",
      "b",
      {
        files: { [`${APP}/part.js`]: 404 },
        page: '<link href="app2/main.js"><script id="python-runtime"></script>',
      },
      3,
      1,
    ],
    ["needs a click on its button", "#any", {}, 0, 0],
  ])) {
    it(what, async (t) => {
      const { one, fire, fetched, reload, read } = await setUp(t, how);
      read("interactive");
      fire(one(selector), "click");
      await settled(20);
      assert.deepEqual([fetched.length, reload.mock.callCount()], [count, reloads]);
    });
  }

  it("bypasses the HTTP cache", async (t) => {
    const { one, fire, fetched, read } = await setUp(t);
    read("interactive");
    fire(one("b"), "click");
    await settled(20);
    assert.deepEqual(fetched, [
      [`${APP}/main.js`, { cache: "reload" }],
      [`${APP}/part.js`, { cache: "reload" }],
    ]);
  });

  it("is left to the module once it has started", async (t) => {
    const { one, fire, fetched, state, read } = await setUp(t);
    read("interactive");
    state.isAwaited = false;
    fire(one("b"), "click");
    await settled(20);
    assert.deepEqual(fetched, []);
  });
});
