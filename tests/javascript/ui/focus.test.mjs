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
    it(`goes to ${html}`, (t) => {
      const { document } = openPage(t, html);
      const place = /** @type {HTMLElement} */ (document.body.firstElementChild);
      focusOn(place);
      assert.equal(place.getAttribute("tabindex"), expected);
      assert.equal(document.activeElement, place);
    });
  }

  for (const [what, begin, end] of [
    ["goes on where what has it is hidden", "#in", "#next"],
    ["stays where something else is hidden", "#out", "#out"],
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
