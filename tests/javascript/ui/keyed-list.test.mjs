import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renewRows } from "../../../checklist/page/ui/keyed-list.js";
import { openPage } from "../support/page.mjs";

describe("a list whose rows are updated", () => {
  let made = 0;
  /** @param {string} id @param {string} [text] */
  const row = (id, text = id) => ({
    id,
    text,
    make() {
      made += 1;
      const item = document.createElement("li");
      item.innerHTML = `<a href="#">${text}</a><button>${text}</button><input>`;
      return item;
    },
  });
  /** @param {import("node:test").TestContext} t */
  const list = (t) => {
    const { document, one } = openPage(t, "<ul></ul>");
    renewRows(one("ul"), [row("a"), row("b"), row("c")]);
    made = 0;
    return { document, list: one("ul"), one };
  };
  /** @param {HTMLElement} element */
  const shown = ({ children }) => [...children].map((item) => item.querySelector("a")?.textContent);

  for (const [what, rows, expected, count] of /** @type {[string, any[], string[], number][]} */ ([
    ["as they were makes none", [row("a"), row("b"), row("c")], ["a", "b", "c"], 0],
    ["in another order makes none", [row("c"), row("a"), row("b")], ["c", "a", "b"], 0],
    ["makes those that show something else", [row("a"), row("b", "d")], ["a", "d"], 1],
    ["makes those that are new", [row("d"), row("a"), row("b")], ["d", "a", "b"], 1],
    ["loses those that have gone", [row("b")], ["b"], 0],
    ["may be empty", [], [], 0],
  ])) {
    it(what, (t) => {
      const { list: element } = list(t);
      renewRows(element, rows);
      assert.deepEqual(shown(element), expected);
      assert.equal(made, count);
    });
  }

  it("does not move rows that keep their place", (t) => {
    const { list: element } = list(t);
    const moved = t.mock.method(element, "insertBefore");
    renewRows(element, [row("a"), row("c")]);
    assert.equal(moved.mock.callCount(), 0);
  });

  for (const [what, begin, rows, end] of /** @type {[string, string, any[], string][]} */ ([
    ["stays in a row that moves", "b button", [row("c"), row("b"), row("a")], "b button"],
    ["stays in a row that changes", "b button", [row("b", "d"), row("a")], "b button"],
    ["stays in its control", "b input", [row("b", "d")], "b input"],
    ["comes to the next row where its own has gone", "a button", [row("b"), row("c")], "b a"],
    ["comes to the last row where its own was the last", "c button", [row("a"), row("b")], "b a"],
    ["stays elsewhere", "", [row("a", "d")], ""],
    ["goes where there is no row any more", "b button", [], ""],
  ])) {
    it(`the focus ${what}`, (t) => {
      const { document, list: element, one } = list(t);
      const place = (/** @type {string} */ name) => {
        const [id, control] = name.split(" ");
        return id ? one(`[data-id="${id}"] ${control}`) : document.body;
      };
      place(begin).focus();
      renewRows(element, rows);
      assert.equal(document.activeElement, place(end));
    });
  }
});
