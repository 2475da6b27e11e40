import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSwitcher } from "../../../checklist/page/checklist/client-switcher.js";
import { openPage } from "../support/page.mjs";

describe("the list of the other clients", () => {
  /** @param {import("node:test").TestContext} t */
  const switcher = (t) => {
    const { document, one, fire } = openPage(
      t,
      '<div><div data-block="switch"><select></select><button></button></div></div>',
    );
    /** @type {string[]} */
    const opened = [];
    const made = createSwitcher(one("div"), { open: (id) => opened.push(id), lang: "en" });
    const choose = (/** @type {string} */ id) => {
      one("select").value = id;
      fire(one("select"), "change");
    };
    const names = () => [...one("select").options].map(({ text }) => text);
    return { document, one, fire, opened, switcher: made, choose, names };
  };
  const [anna, two, ten] = [
    { id: "a", name: "Anna" },
    { id: "b", name: "Client 2" },
    { id: "c", name: "Client 10" },
  ];

  it("is sorted by name, with numbers by value", (t) => {
    const { switcher: list, names, one } = switcher(t);
    list.show(ten, [two, anna]);
    assert.deepEqual(names(), ["Anna", "Client 2", "Client 10"]);
    assert.equal(one("[data-block]").hidden, false);
    assert.deepEqual(
      [...one("select").options].map(({ defaultSelected }) => defaultSelected),
      [false, false, true],
    );
  });

  it("is hidden where there are no others", (t) => {
    const { switcher: list, one } = switcher(t);
    list.show(anna, []);
    assert.equal(one("[data-block]").hidden, true);
  });

  it("opens a client as soon as it is chosen with a pointer", (t) => {
    const { switcher: list, opened, choose, fire, one } = switcher(t);
    list.show(anna, [two]);
    fire(one("select"), "keydown");
    fire(one("select"), "pointerdown");
    choose("b");
    assert.deepEqual(opened, ["b"]);
  });

  it("opens a client chosen with the keyboard when the button is pressed", (t) => {
    const { switcher: list, opened, choose, fire, one } = switcher(t);
    list.show(anna, [two]);
    assert.equal(one("button").getAttribute("aria-disabled"), "true");
    fire(one("select"), "keydown");
    choose("b");
    assert.deepEqual(opened, []);
    assert.equal(one("button").getAttribute("aria-disabled"), "false");
    fire(one("button"), "click");
    assert.deepEqual(opened, ["b"]);
  });

  it("opens nothing where the open client is chosen", (t) => {
    const { switcher: list, opened, choose, fire, one } = switcher(t);
    list.show(anna, [two]);
    choose("a");
    fire(one("button"), "click");
    assert.deepEqual(opened, []);
  });

  for (const [
    what,
    inside,
    others,
    expected,
  ] of /** @type {[string, boolean, any[], string][]} */ ([
    ["stays while the visitor is in the list", true, [two, ten], "b"],
    ["is dropped where the client was deleted", true, [{ id: "d", name: "Aaron" }], "a"],
    ["is dropped where the visitor has left the list", false, [two, ten], "a"],
  ])) {
    it(`the choice with the keyboard ${what}`, (t) => {
      const { switcher: list, choose, fire, one } = switcher(t);
      list.show(anna, [two]);
      if (inside) {
        one("select").focus();
      }
      fire(one("select"), "keydown");
      choose("b");
      list.show(anna, others);
      assert.equal(one("select").value, expected);
      assert.equal(one("button").getAttribute("aria-disabled"), String(expected === "a"));
    });
  }

  it("shows the new name of a client, and ignores unknown clients", (t) => {
    const { switcher: list, names } = switcher(t);
    list.show(anna, [two]);
    list.rename("b", "Boris");
    list.rename("z", "Zoe");
    assert.deepEqual(names(), ["Anna", "Boris"]);
  });
});
