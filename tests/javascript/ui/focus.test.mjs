import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { focusOn, hide } from "../../../checklist/page/ui/focus.js";
import { openPage } from "../support/page.mjs";

describe("the focus", () => {
  for (const [html, expected] of /** @type {[string, string | null][]} */ ([
    ["<button></button>", null],
    ['<a href="#"></a>', null],
    ['<p tabindex="0"></p>', "0"],
    ["<summary></summary>", null],
    ["<h2></h2>", "-1"],
  ])) {
    it(`is moved to ${html}`, (t) => {
      const { document } = openPage(t, html);
      const element = /** @type {HTMLElement} */ (document.body.firstElementChild);
      focusOn(element);
      assert.equal(element.getAttribute("tabindex"), expected);
      assert.equal(document.activeElement, element);
    });
  }

  for (const [what, begin, end] of [
    ["moves to the next element when its own is hidden", "#in", "#next"],
    ["stays when another element is hidden", "#out", "#out"],
  ]) {
    it(what, (t) => {
      const { document, one } = openPage(
        t,
        '<div><button id="in"></button></div><button id="out"></button><h2 id="next"></h2>',
      );
      one(begin).focus();
      hide(one("div"), one("#next"));
      assert.equal(one("div").hidden, true);
      assert.equal(document.activeElement, one(end));
    });
  }
});
