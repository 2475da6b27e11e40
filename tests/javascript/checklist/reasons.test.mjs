import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { showChanges, showReasons } from "../../../checklist/page/checklist/reasons.js";
import { openPage } from "../support/page.mjs";

const FOLDED = ["rest", "not_no", "more"].map(
  (name) => `<div data-block="${name}"><p data-slot="${name}"></p>
    <ul data-list="${name}"></ul></div>`,
);
const HTML = `<div id="root"><div data-block="because"><p data-slot="because_title"></p>
    <ul data-list="because"></ul>${FOLDED.join("")}</div>
  <div data-block="change"><p data-slot="change_lead"></p><ul data-list="change"></ul></div>
  <div data-block="help"><p data-slot="help"></p><p data-slot="help_lead"></p>
    <ul data-list="help"></ul></div></div>
  <template id="statement"><span><a></a></span></template>`;
const TEXTS = { help: "Help", change: "Change" };

/** @param {string} fact */
const statement = (fact) => ({ fact, text: fact.toUpperCase(), remedy: `${fact}!` });

/** @param {import("node:test").TestContext} t */
function setUp(t) {
  const { document, one } = openPage(t, HTML);
  const root = one("#root");
  return {
    root,
    isHidden: (/** @type {string} */ name) => one(`[data-block="${name}"]`).hidden,
    text: (/** @type {string} */ name) => one(`[data-slot="${name}"]`).textContent,
    items: (/** @type {string} */ name) =>
      [...document.querySelectorAll(`[data-list="${name}"] > li`)].map((item) => item.textContent),
  };
}

describe("the reasons", () => {
  const EXPLANATION = {
    ...{ because_title: "Why", not_no: [], more_reasons: "", together: "all:" },
    change_lead: "if:",
  };

  /** @param {any} root @param {object} explanation */
  const show = (root, explanation) =>
    showReasons(root, /** @type {any} */ (explanation), "+{count}");

  it("are a few lines; the others are folded and counted", (t) => {
    const { root, isHidden, text, items } = setUp(t);
    const because = [["a", "b".repeat(40), "c", "d", "e", "f"].map(statement)];
    show(root, { ...EXPLANATION, because });
    assert.equal(items("because").length, 4);
    assert.equal(items("rest").length, 2);
    assert.equal(text("rest"), "+2");
    assert.equal(isHidden("rest"), false);
    show(root, { ...EXPLANATION, because: [["a", "b", "c"].map(statement)] });
    assert.equal(isHidden("rest"), true);
    assert.equal(isHidden("more"), true);
  });

  it("are two lines where nothing would change the verdict for the better", (t) => {
    const { root, text, items } = setUp(t);
    const because = [["a", "b", "c"].map(statement)];
    show(root, { ...EXPLANATION, because, change_lead: "" });
    assert.deepEqual([items("because").length, items("rest").length, text("rest")], [2, 1, "+1"]);
  });

  it("have the other sets of answers apart", (t) => {
    const { root, isHidden, items } = setUp(t);
    const because = [[statement("a")], [statement("b"), statement("c")]];
    show(root, { ...EXPLANATION, because, not_no: [statement("d")] });
    assert.deepEqual([isHidden("more"), isHidden("not_no")], [false, false]);
    assert.equal(items("more").length, 1);
    assert.match(String(items("more")[0]), /^all:/);
  });
});

describe("what would change the verdict", () => {
  /** @param {any} root @param {string[][]} sets @param {string} [lead] */
  function show(root, sets, lead = "if:") {
    const change = sets.map((facts) => facts.map(statement));
    const explanation = { change, change_lead: lead, together: "all:" };
    showChanges(root, /** @type {any} */ (explanation), TEXTS);
  }

  it("is in a short list, with what can help folded", (t) => {
    const { root, isHidden, text, items } = setUp(t);
    show(root, [["a"], ["b"]]);
    assert.deepEqual(items("change"), ["A", "B"]);
    assert.deepEqual(items("help"), ["Aa!", "Bb!"]);
    assert.deepEqual([isHidden("change"), isHidden("help")], [false, false]);
    assert.deepEqual([text("help"), text("help_lead")], ["Help", ""]);
  });

  it("is folded as a whole when it is long", (t) => {
    const { root, isHidden, text } = setUp(t);
    show(root, [
      ["a", "b"],
      ["c", "d"],
    ]);
    assert.deepEqual([isHidden("change"), isHidden("help")], [true, false]);
    assert.deepEqual([text("help"), text("help_lead")], ["Change", "if:"]);
  });

  it("is a sentence alone when no set would", (t) => {
    const { root, isHidden, text } = setUp(t);
    show(root, [], "may open again");
    assert.deepEqual([isHidden("change"), isHidden("help")], [false, true]);
    assert.equal(text("change_lead"), "may open again");
    show(root, [], "");
    assert.equal(isHidden("change"), true);
  });
});
