import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prefetchOnIntent } from "../../../checklist/page/every-page/prefetch.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const HTML = `<a id="there" href="/site/checklist/#q-1"><b>there</b></a>
  <a id="elsewhere" href="/site/guide/">elsewhere</a><p>text</p>`;

/** @param {import("node:test").TestContext} t @param {object} [connection] @param {object} [globals] */
function page(t, connection, globals = {}) {
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

describe("a file that the checklist needs", () => {
  for (const [type, selector] of [
    ["pointerover", "#there"],
    ["pointerover", "b"],
    ["focusin", "#there"],
  ]) {
    it(`is fetched at ${type} of ${selector}, after a moment, with low priority`, async (t) => {
      const { one, fire, fetched, tick } = page(t);
      fire(one(selector), type);
      tick(79);
      assert.equal(fetched.length, 0);
      tick(1);
      assert.deepEqual(fetched, [
        ["app/a.js", { priority: "low" }],
        ["app/b.js", { priority: "low" }],
      ]);
      await settled(); // what cannot be fetched is no error here
    });
  }

  it("is fetched once", (t) => {
    const { one, fire, fetched, tick } = page(t);
    fire(one("#there"), "pointerover");
    tick(80);
    fire(one("#there"), "pointerover");
    tick(80);
    assert.equal(fetched.length, 2);
  });

  it("is fetched once, however often the pointer comes meanwhile", (t) => {
    const { one, fire, fetched, tick } = page(t);
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
      const { one, fire, fetched, tick } = page(t);
      fire(one("#there"), "pointerover");
      fire(one("#there"), type);
      tick(80);
      assert.equal(fetched.length, 0);
    });
  }

  for (const selector of ["#elsewhere", "p"]) {
    it(`is not fetched for ${selector}`, (t) => {
      const { one, fire, fetched, tick } = page(t);
      fire(one(selector), "pointerover");
      tick(80);
      assert.equal(fetched.length, 0);
    });
  }

  for (const [what, connection, globals, expected] of /** @type {[string, any, any, number][]} */ ([
    ["is fetched over a quick line", { effectiveType: "4g" }, {}, 2],
    ["is not fetched where data is to be saved", { saveData: true }, {}, 0],
    ["is not fetched over a slow line", { effectiveType: "2g" }, {}, 0],
    ["is not fetched over a slower line", { effectiveType: "slow-2g" }, {}, 0],
    ["is not fetched where it cannot be used", undefined, { WebAssembly: undefined }, 0],
  ])) {
    it(what, (t) => {
      const { one, fire, fetched, tick } = page(t, connection, globals);
      fire(one("#there"), "pointerover");
      tick(80);
      assert.equal(fetched.length, expected);
    });
  }
});
