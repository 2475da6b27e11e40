import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { watchForModule } from "../../../checklist/page/boot/module-watchdog.js";
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

/** @param {import("node:test").TestContext} t @param {{ files?: Record<string, number> }} [how] */
async function watched(t, { files = {} } = {}) {
  /** @type {unknown[][]} */
  const fetched = [];
  const { window, document, one, fire } = openPage(t, HTML, {
    fetch: async (/** @type {string} */ url, /** @type {unknown} */ init) => {
      fetched.push([url, init]);
      return new Response("", { status: files[url] ?? 200 });
    },
  });
  await window.happyDOM.waitUntilComplete(); // it tells its own states, too
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const reload = t.mock.method(window.location, "reload", () => {});
  const state = { isAwaited: true };
  watchForModule(() => state.isAwaited);
  const read = (/** @type {string} */ readyState) => {
    Object.defineProperty(document, "readyState", { value: readyState, configurable: true });
    fire(document, "readystatechange");
  };
  const said = () =>
    one('[data-block="failed"]').hidden ? null : one('[data-slot="failure"]').textContent;
  return { window, one, fire, fetched, reload, state, read, said };
}

describe("the page's module", () => {
  for (const [what, selector, expected] of /** @type {[string, string, string | null][]} */ ([
    ["that does not come is missing", "#main", "main.js is missing"],
    ["is not another script", "#other", null],
    ["is not an image", "#image", null],
  ])) {
    it(what, async (t) => {
      const { one, said } = await watched(t);
      const { Event } = /** @type {any} */ (globalThis);
      one(selector).dispatchEvent(new Event("error"));
      assert.equal(said(), expected);
    });
  }

  for (const [what, filename, expected] of /** @type {[string, string, string | null][]} */ ([
    ["that cannot run is blocked", `${APP}/main.js`, "main.js is blocked"],
    ["that imports what cannot run is blocked", `${APP}/part.js`, "part.js is blocked"],
    ["is not to blame for an error elsewhere", `${APP}/other.js`, null],
  ])) {
    it(what, async (t) => {
      const { window, said } = await watched(t);
      window.dispatchEvent(new window.ErrorEvent("error", { filename }));
      assert.equal(said(), expected);
    });
  }

  it("that has not begun its work in time is late", async (t) => {
    const { read, said } = await watched(t);
    read("interactive");
    t.mock.timers.tick(999);
    assert.equal(said(), null);
    t.mock.timers.tick(1);
    assert.equal(said(), "main.js is late");
  });

  it("is not waited for before the page has been read", async (t) => {
    const { read, said } = await watched(t);
    read("loading");
    t.mock.timers.tick(1_000);
    assert.equal(said(), null);
  });

  it("that works is not complained of", async (t) => {
    const { window, read, state, said } = await watched(t);
    state.isAwaited = false;
    read("interactive");
    t.mock.timers.tick(1_000);
    window.dispatchEvent(new window.ErrorEvent("error", { filename: `${APP}/main.js` }));
    assert.equal(said(), null);
  });
});

describe("another try", () => {
  for (const [
    what,
    selector,
    how,
    count,
    reloads,
  ] of /** @type {[string, string, any, number, number][]} */ ([
    ["fetches the modules and loads the page", "b", {}, 2, 1],
    ["loads nothing where a module is missing", "b", { files: { [`${APP}/part.js`]: 404 } }, 2, 0],
    ["needs its button", "#any", {}, 0, 0],
  ])) {
    it(what, async (t) => {
      const { one, fire, fetched, reload, read } = await watched(t, how);
      read("interactive");
      fire(one(selector), "click");
      await settled(20);
      assert.deepEqual([fetched.length, reload.mock.callCount()], [count, reloads]);
    });
  }

  it("goes past the browser's own copies", async (t) => {
    const { one, fire, fetched, read } = await watched(t);
    read("interactive");
    fire(one("b"), "click");
    await settled(20);
    assert.deepEqual(fetched, [
      [`${APP}/main.js`, { cache: "reload" }],
      [`${APP}/part.js`, { cache: "reload" }],
    ]);
  });

  it("is the module's business once it works", async (t) => {
    const { one, fire, fetched, state, read } = await watched(t);
    read("interactive");
    state.isAwaited = false;
    fire(one("b"), "click");
    await settled(20);
    assert.deepEqual(fetched, []);
  });
});
