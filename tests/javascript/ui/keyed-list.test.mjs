import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { updateRows } from "../../../checklist/page/ui/keyed-list.js";
import { openPage } from "../support/page.mjs";

describe("a keyed list that is updated", () => {
  let created = 0;
  /** @param {string} id @param {string} [text] */
  const row = (id, text = id) => ({
    id,
    text,
    make() {
      created += 1;
      const item = document.createElement("li");
      item.innerHTML = `<a href="#">${text}</a><button>${text}</button><input>`;
      return item;
    },
  });
  /** @param {import("node:test").TestContext} t */
  const list = (t) => {
    const { document, one } = openPage(t, "<ul></ul>");
    updateRows(one("ul"), [row("a"), row("b"), row("c")]);
    created = 0;
    return { document, list: one("ul"), one };
  };
  /** @param {HTMLElement} element */
  const shown = ({ children }) => [...children].map((item) => item.querySelector("a")?.textContent);

  for (const [what, rows, expected, count] of /** @type {[string, any[], string[], number][]} */ ([
    ["with the same rows creates none", [row("a"), row("b"), row("c")], ["a", "b", "c"], 0],
    [
      "with the rows in another order creates none",
      [row("c"), row("a"), row("b")],
      ["c", "a", "b"],
      0,
    ],
    ["creates changed rows again", [row("a"), row("b", "d")], ["a", "d"], 1],
    ["creates new rows", [row("d"), row("a"), row("b")], ["d", "a", "b"], 1],
    ["removes rows", [row("b")], ["b"], 0],
    ["can become empty", [], [], 0],
  ])) {
    it(what, (t) => {
      const { list: element } = list(t);
      updateRows(element, rows);
      assert.deepEqual(shown(element), expected);
      assert.equal(created, count);
    });
  }

  for (const selector of ["summary", "details button", "body"]) {
    for (const isOpen of [true, false]) {
      it(`keeps a menu ${isOpen ? "open" : "closed"} with the focus on ${selector}`, (t) => {
        const { one } = openPage(t, "<ul></ul>");
        const withMenu = (/** @type {string} */ text) => ({
          id: "a",
          text,
          make() {
            const item = document.createElement("li");
            item.innerHTML = `<details><summary>Menu</summary><button>${text}</button></details>`;
            return item;
          },
        });
        updateRows(one("ul"), [withMenu("before")]);
        one("details").toggleAttribute("open", isOpen);
        one(selector).focus();
        updateRows(one("ul"), [withMenu("after")]);
        assert.equal(one("details").hasAttribute("open"), isOpen);
        assert.equal(one("details button").textContent, "after");
      });
    }
  }

  it("does not move rows that keep their position", (t) => {
    const { list: element } = list(t);
    const moved = t.mock.method(element, "insertBefore");
    updateRows(element, [row("a"), row("c")]);
    assert.equal(moved.mock.callCount(), 0);
  });

  for (const [what, begin, rows, end] of /** @type {[string, string, any[], string][]} */ ([
    ["stays in a row that moves", "b button", [row("c"), row("b"), row("a")], "b button"],
    ["stays in a row that is replaced", "b button", [row("b", "d"), row("a")], "b button"],
    ["stays in the same control", "b input", [row("b", "d")], "b input"],
    ["moves to the next row when its own is removed", "a button", [row("b"), row("c")], "b a"],
    [
      "moves to the last row when its own was the last and is removed",
      "c button",
      [row("a"), row("b")],
      "b a",
    ],
    ["stays outside the list", "", [row("a", "d")], ""],
    ["is lost when no row is left", "b button", [], ""],
  ])) {
    it(`the focus ${what}`, (t) => {
      const { document, list: element, one } = list(t);
      const place = (/** @type {string} */ name) => {
        const [id, control] = name.split(" ");
        return id ? one(`[data-id="${id}"] ${control}`) : document.body;
      };
      place(begin).focus();
      updateRows(element, rows);
      assert.equal(document.activeElement, place(end));
    });
  }
});
