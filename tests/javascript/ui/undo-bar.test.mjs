import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createUndoBar } from "../../../checklist/page/ui/undo-bar.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

describe("the undo bar", () => {
  /** @param {import("node:test").TestContext} t */
  const bar = (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { document, one, fire, window } = openPage(
      t,
      `<div id="root"><p data-slot="said"></p><h2></h2><dialog open><input></dialog>
        <div data-undo-bar hidden><p data-slot="undo-bar"></p>
          <button data-action="undo-this"></button><button data-action="undo-close"></button>
        </div></div>`,
    );
    const line = createUndoBar(one("#root"), { undo_where: "where" });
    const count = { undone: 0 };
    const offer = (/** @type {() => unknown} */ undo = () => (count.undone += 1)) =>
      line.offer("gone", undo, () => one("h2"));
    return { document, one, fire, window, bar: one("[data-undo-bar]"), line, count, offer, t };
  };

  it("is shown and announced", (t) => {
    const { one, offer, bar: element } = bar(t);
    offer();
    assert.equal(element.hidden, false);
    assert.equal(one('[data-slot="undo-bar"]').textContent, "gone");
    t.mock.timers.tick(1_000);
    assert.equal(one('[data-slot="said"]').textContent, "gone where");
  });

  it("has its height kept free on the page while it is open", async (t) => {
    const { document, one, fire, line, offer } = bar(t);
    const isKeptFree = () => "undo" in document.documentElement.dataset;
    const closings = [
      () => line.close(),
      () => fire(one('[data-action="undo-close"]'), "click"),
      () => fire(one('[data-action="undo-this"]'), "click"),
    ];
    for (const close of closings) {
      offer();
      assert.equal(isKeptFree(), true);
      close();
      await settled();
      assert.equal(isKeptFree(), false);
    }
  });

  it("undoes once, closes, and moves the focus", async (t) => {
    const { document, one, fire, count, offer, bar: element } = bar(t);
    offer();
    one('[data-action="undo-this"]').focus();
    fire(one('[data-action="undo-this"]'), "click");
    fire(one('[data-action="undo-this"]'), "click");
    await settled();
    assert.equal(count.undone, 1);
    assert.equal(element.hidden, true);
    assert.equal(document.activeElement, one("h2"));
  });

  it("stays open until undoing is finished", async (t) => {
    const { one, fire, offer, bar: element } = bar(t);
    let end = () => {};
    offer(() => new Promise((go) => (end = () => go(null))));
    fire(one('[data-action="undo-this"]'), "click");
    await settled();
    assert.equal(element.hidden, false);
    end();
    await settled();
    assert.equal(element.hidden, true);
  });

  it("stays open if undoing offers another action", async (t) => {
    const { one, fire, line, offer, bar: element } = bar(t);
    offer(() =>
      line.offer(
        "other",
        () => {},
        () => one("h2"),
      ),
    );
    fire(one('[data-action="undo-this"]'), "click");
    await settled();
    assert.equal(element.hidden, false);
    assert.equal(one('[data-slot="undo-bar"]').textContent, "other");
  });

  it("ignores clicks and Escape when nothing is offered", async (t) => {
    const { one, fire, window, bar: element } = bar(t);
    element.hidden = false;
    fire(one('[data-action="undo-this"]'), "click");
    fire(one('[data-action="undo-close"]'), "click");
    const { defaultPrevented } = fire(window, "keydown", { key: "Escape" });
    await settled();
    assert.equal(element.hidden, false);
    assert.equal(defaultPrevented, false);
  });

  for (const [what, press, isClosed] of /** @type {[string, (page: any) => any, boolean][]} */ ([
    ["its close button", ({ one, fire }) => fire(one('[data-action="undo-close"]'), "click"), true],
    ["Escape", ({ one, fire }) => fire(one("h2"), "keydown", { key: "Escape" }), true],
    [
      "Escape without focus",
      ({ window, fire }) => fire(window, "keydown", { key: "Escape" }),
      true,
    ],
    ["another key", ({ one, fire }) => fire(one("h2"), "keydown", { key: "a" }), false],
    [
      "Escape in a dialogue",
      ({ one, fire }) => fire(one("input"), "keydown", { key: "Escape" }),
      false,
    ],
  ])) {
    it(`is ${isClosed ? "" : "not "}closed by ${what}`, async (t) => {
      const page = bar(t);
      page.offer();
      const { defaultPrevented, type } = press(page);
      assert.equal(page.bar.hidden, isClosed);
      assert.equal(defaultPrevented, isClosed && type === "keydown");
      page.fire(page.one('[data-action="undo-this"]'), "click");
      await settled();
      assert.equal(page.count.undone, isClosed ? 0 : 1);
    });
  }

  it("can be closed by code, and then offers nothing", async (t) => {
    const { one, fire, line, count, offer, bar: element } = bar(t);
    offer();
    line.close();
    assert.equal(element.hidden, true);
    fire(one('[data-action="undo-this"]'), "click");
    await settled();
    assert.equal(count.undone, 0);
  });

  it("does not cover the focused element", (t) => {
    const { one, offer } = bar(t);
    /** @type {unknown[]} */
    const scrolled = [];
    one("input").scrollIntoView = (/** @type {unknown} */ how) => scrolled.push(how);
    one("input").focus();
    offer();
    assert.deepEqual(scrolled, [{ block: "nearest" }]);
  });
});
