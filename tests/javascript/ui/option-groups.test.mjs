import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { groupOptions } from "../../../checklist/page/ui/option-groups.js";
import { openPage } from "../support/page.mjs";

const TITLES = { fitting: "Fit", others: "Others" };
const HTML = `<select><option value="">auto</option>${["a", "b", "c"]
  .map((one) => `<option value="${one}">${one}</option>`)
  .join("")}</select>`;

/** @param {import("node:test").TestContext} t */
function setUp(t) {
  const { one } = openPage(t, HTML);
  const select = /** @type {HTMLSelectElement} */ (one("select"));
  return {
    select,
    group: (/** @type {string[]} */ fitting) => groupOptions(select, fitting, TITLES),
    shown: () => [...select.children].map((child) => child.textContent).join(" | "),
    titles: () => [...select.querySelectorAll("optgroup")].map(({ label }) => label),
  };
}

describe("the options of a list", () => {
  for (const [
    what,
    fitting,
    shown,
    titles,
  ] of /** @type {[string, string[], string, string[]][]} */ ([
    ["that fit are first, best first", ["c", "a"], "auto | ca | b", ["Fit", "Others"]],
    ["that all fit are one group", ["b", "c", "a"], "auto | bca", ["Fit"]],
    ["of which none fits are in their own order", [], "auto | abc", ["Others"]],
    ["are those of the page alone", ["x", "b"], "auto | b | ac", ["Fit", "Others"]],
  ])) {
    it(what, (t) => {
      const page = setUp(t);
      page.group(["b"]);
      page.group(fitting);
      assert.equal(page.shown(), shown);
      assert.deepEqual(page.titles(), titles);
    });
  }

  it("are not moved while the same ones fit", (t) => {
    const { select, group } = setUp(t);
    group(["b"]);
    const before = [...select.children];
    group(["b"]);
    assert.deepEqual([...select.children], before);
  });

  for (const chosen of ["", "c"]) {
    it(`stay chosen: ${chosen || "the default"}`, (t) => {
      const { select, group } = setUp(t);
      select.value = chosen;
      group(["b", "c"]);
      assert.equal(select.value, chosen);
    });
  }
});
