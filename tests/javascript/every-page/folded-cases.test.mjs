import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setUpFoldedCases } from "../../../checklist/page/every-page/folded-cases.js";
import { openPage } from "../support/page.mjs";

const HTML = `<input type="radio" name="cases" value="all">
  <input type="radio" name="cases" value="work" checked>
  <details class="case" id="case-menu"><summary><h2 id="menu">Menu</h2></summary></details>
  <h2 id="other">Other</h2>`;

describe("the worked cases", () => {
  for (const [
    hash,
    isVisible,
    isOpen,
    chosen,
  ] of /** @type {[string, boolean, boolean, string][]} */ ([
    ["", true, false, "work"],
    ["#other", true, false, "work"],
    ["#missing", true, false, "work"],
    ["#menu", true, true, "work"],
    ["#menu", false, true, "all"],
  ])) {
    const state = isVisible ? "visible" : "hidden";
    it(`at the address "${hash}", with the case ${state}, show ${chosen}`, (t) => {
      const { one, window } = openPage(t, HTML);
      const shown = [];
      one("details").checkVisibility = () => isVisible;
      one("details").scrollIntoView = () => shown.push("details");
      window.happyDOM.setURL(`https://example.org/cases/${hash}`);
      setUpFoldedCases();
      assert.equal(one("details").open, isOpen);
      assert.equal(one("input:checked").value, chosen);
      assert.equal(shown.length, isOpen ? 1 : 0);
    });
  }
});
