import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prefetchOnIntent } from "../../../checklist/page/every-page/prefetch.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const HTML = `<a id="there" href="/site/checklist/#q-1"><b>there</b></a>
  <a id="elsewhere" href="/site/guide/">elsewhere</a><p>text</p>`;

/** @param {import("node:test").TestContext} t @param {object} [connection] @param {object} [globals] */
function setUp(t, connection, globals = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {unknown[][]} */
  const fetched = [];
  const { one, fire } = openPage(t, HTML, {
    navigator: { connection },
    fetch: (/** @type {unknown[]} */ ...request) => {
      fetched.push(request);
      return Promise.reject(new Error("no network"));
    },
    ...globals,
  });
  prefetchOnIntent({ pages: ["checklist/"], files: ["app/a.js", "app/b.js"] });
  return { one, fire, fetched, tick: (/** @type {number} */ ms) => t.mock.timers.tick(ms) };
}

describe("a file of the checklist", () => {
  for (const [type, selector] of [
    ["pointerover", "#there"],
    ["pointerover", "b"],
    ["focusin", "#there"],
  ]) {
    it(`is fetched 80 ms after ${type} of ${selector}, with low priority`, async (t) => {
      const { one, fire, fetched, tick } = setUp(t);
      fire(one(selector), type);
      tick(79);
      assert.equal(fetched.length, 0);
      tick(1);
      assert.deepEqual(fetched, [
        ["app/a.js", { priority: "low" }],
        ["app/b.js", { priority: "low" }],
      ]);
      await settled(); // a failed fetch is no error here
    });
  }

  it("is fetched only once", (t) => {
    const { one, fire, fetched, tick } = setUp(t);
    fire(one("#there"), "pointerover");
    tick(80);
    fire(one("#there"), "pointerover");
    tick(80);
    assert.equal(fetched.length, 2);
  });

  it("is fetched after the last of several events", (t) => {
    const { one, fire, fetched, tick } = setUp(t);
    fire(one("#there"), "pointerover");
    tick(40);
    fire(one("b"), "pointerover");
    tick(79);
    assert.equal(fetched.length, 0);
    tick(1);
    assert.equal(fetched.length, 2);
  });

  for (const type of ["pointerout", "pointercancel", "focusout"]) {
    it(`is not fetched after ${type}`, (t) => {
      const { one, fire, fetched, tick } = setUp(t);
      fire(one("#there"), "pointerover");
      fire(one("#there"), type);
      tick(80);
      assert.equal(fetched.length, 0);
    });
  }

  for (const selector of ["#elsewhere", "p"]) {
    it(`is not fetched for ${selector}`, (t) => {
      const { one, fire, fetched, tick } = setUp(t);
      fire(one(selector), "pointerover");
      tick(80);
      assert.equal(fetched.length, 0);
    });
  }

  for (const [what, connection, globals, expected] of /** @type {[string, any, any, number][]} */ ([
    ["is fetched on a fast connection", { effectiveType: "4g" }, {}, 2],
    ["is not fetched with data saving", { saveData: true }, {}, 0],
    ["is not fetched on a slow connection", { effectiveType: "2g" }, {}, 0],
    ["is not fetched on a very slow connection", { effectiveType: "slow-2g" }, {}, 0],
    ["is not fetched without WebAssembly", undefined, { WebAssembly: undefined }, 0],
  ])) {
    it(what, (t) => {
      const { one, fire, fetched, tick } = setUp(t, connection, globals);
      fire(one("#there"), "pointerover");
      tick(80);
      assert.equal(fetched.length, expected);
    });
  }
});
