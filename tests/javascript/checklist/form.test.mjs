import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createForm } from "../../../checklist/page/checklist/form.js";
import { openPage } from "../support/page.mjs";

/** @param {string} name @param {string[]} values the last one is the default */
const radios = (name, values) =>
  values
    .map((one, index) => {
      const checked = index === values.length - 1 ? "checked" : "";
      return `<input type="radio" name="${name}" value="${one}" ${checked}>`;
    })
    .join("");
const ANSWERS = ["yes", "no", "unknown"];
/** @param {string} fact */
const question = (fact) => `<fieldset data-fact="${fact}" data-touched="false">
  <p data-mark="irrelevant" id="i-${fact}" hidden></p><p data-mark="next" id="n-${fact}" hidden></p>
  <p data-mark="unanswered" id="u-${fact}"></p>${radios(fact, ANSWERS)}
  <input type="text" value="yes"></fieldset>`;
/** @param {string} id */
const check = (id) => `<fieldset data-check="${id}" data-touched="false">
  <p data-mark="unanswered" id="u-check-${id}"></p>${radios(`check-${id}`, ANSWERS)}</fieldset>`;
const HTML = `<div>${question("pays")}${question("calls")}
  <fieldset data-stage data-touched="false">${radios("stage", ["begun", "before"])}</fieldset>
  <span data-slot="checked"></span>${check("late")}${check("silent")}
  <fieldset id="other"><input type="radio" name="other" value="yes"></fieldset>
  <input type="checkbox" data-context="new" checked><input type="checkbox" data-context="old">
  <input type="checkbox" data-context="rich" checked></div>`;

/** @param {import("node:test").TestContext} t */
function page(t) {
  const { one, fire } = openPage(t, HTML);
  /** @type {string[][]} */
  const changes = [];
  const form = createForm(one("div"), { checked: "{count} of {total}" }, (...change) =>
    changes.push(change),
  );
  const shown = () =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-touched="true"] :checked')].map((input) => [
        /** @type {HTMLInputElement} */ (input).name,
        /** @type {HTMLInputElement} */ (input).value,
      ]),
    );
  const radio = (/** @type {string} */ fact, /** @type {string} */ value) =>
    one(`[name="${fact}"][value="${value}"]`);
  return {
    one,
    fire,
    form,
    changes,
    radio,
    shown,
    counted: () => one('[data-slot="checked"]').textContent,
    describedBy: () => one('[data-fact="pays"]').getAttribute("aria-describedby"),
  };
}

describe("the form", () => {
  it("has no answers before one is given", (t) => {
    const { form, shown } = page(t);
    form.write({});
    assert.deepEqual(shown(), {});
  });

  it("shows unanswered questions as unknown", (t) => {
    const { form, shown, radio } = page(t);
    form.write({ pays: "yes" });
    assert.equal(radio("pays", "yes").checked, true);
    assert.equal(radio("calls", "unknown").checked, true);
    assert.deepEqual(shown(), { pays: "yes" });
  });

  it('distinguishes the answer "unknown" from no answer', (t) => {
    const { form, shown } = page(t);
    form.write({ pays: "unknown" });
    assert.deepEqual(shown(), { pays: "unknown" });
  });

  it("reports a change, and has it", (t) => {
    const { form, shown, fire, changes, radio } = page(t);
    form.write({});
    radio("pays", "no").checked = true;
    fire(radio("pays", "no"), "change");
    assert.deepEqual(changes, [["pays", "no"]]);
    assert.deepEqual(shown(), { pays: "no" });
  });

  it("reports a change once, although there is a click before it", (t) => {
    const { fire, changes, radio } = page(t);
    fire(radio("pays", "no"), "click");
    fire(radio("pays", "no"), "change");
    assert.deepEqual(changes, [["pays", "no"]]);
  });

  it("counts a click on the ticked default as an answer, once", (t) => {
    const { form, shown, fire, changes, radio } = page(t);
    form.write({});
    fire(radio("pays", "unknown"), "click");
    fire(radio("pays", "unknown"), "click");
    assert.deepEqual(changes, [["pays", "unknown"]]);
    assert.deepEqual(shown(), { pays: "unknown" });
  });

  for (const selector of [
    '[type="text"]',
    "#other input",
    '[data-fact="pays"]',
    "[data-context]",
  ]) {
    for (const type of ["click", "change"]) {
      it(`does not count a ${type} of ${selector} as an answer`, (t) => {
        const { fire, one, changes } = page(t);
        fire(one(selector), type);
        assert.deepEqual(changes, []);
      });
    }
  }

  for (const [fact, answer, expected] of /** @type {[string, unknown, boolean][]} */ ([
    ["pays", "yes", true],
    ["pays", "perhaps", false],
    ["late", "yes", false],
    ["check-late", "yes", false],
    ["stage", "begun", false],
    ["toString", "yes", false],
  ])) {
    it(`accepts ${answer} for ${fact}: ${expected}`, (t) => {
      assert.equal(page(t).form.accepts(fact, answer), expected);
    });
  }
});

describe("the checks and the stage", () => {
  it("are shown by the names of their radio buttons", (t) => {
    const { form, shown } = page(t);
    const ticks = { pays: "no", "check-late": "yes", stage: "begun" };
    form.write(ticks);
    assert.deepEqual(shown(), ticks);
  });

  it("are reset to what they are by default", (t) => {
    const { form, radio } = page(t);
    form.write({ "check-late": "yes", stage: "begun" });
    form.write({});
    assert.equal(radio("check-late", "unknown").checked, true);
    assert.equal(radio("stage", "before").checked, true);
  });

  it("are reported like answers", (t) => {
    const { form, fire, changes, radio } = page(t);
    form.write({});
    fire(radio("check-late", "yes"), "change");
    fire(radio("stage", "begun"), "change");
    assert.deepEqual(changes, [
      ["check-late", "yes"],
      ["stage", "begun"],
    ]);
  });

  it("have a title that says how many checks are answered", (t) => {
    const { form, fire, counted, radio } = page(t);
    form.write({ pays: "yes", "check-late": "unknown", stage: "begun" });
    assert.equal(counted(), "1 of 2");
    fire(radio("check-silent", "no"), "change");
    assert.equal(counted(), "2 of 2");
    form.write({});
    assert.equal(counted(), "0 of 2");
  });

  it("are not marked as irrelevant or next", (t) => {
    const { form, one } = page(t);
    form.write({});
    form.mark({ irrelevant: ["late"], next: "late" });
    assert.equal(one('[data-check="late"]').getAttribute("aria-describedby"), "u-check-late");
    assert.equal(one("[data-stage]").getAttribute("aria-describedby"), null);
  });
});

describe("the marks on a question", () => {
  for (const [what, answers, marks, seen] of /** @type {[string, any, any, string | null][]} */ ([
    ["that is unanswered", {}, { irrelevant: [], next: null }, "u-pays"],
    ["that is answered", { pays: "yes" }, { irrelevant: ["calls"], next: "calls" }, null],
    ["that is next", {}, { irrelevant: [], next: "pays" }, "n-pays u-pays"],
    ["that no longer counts", { pays: "no" }, { irrelevant: ["pays"], next: null }, "i-pays"],
  ])) {
    it(`${what} are visible, and part of its description`, (t) => {
      const { form, one, describedBy } = page(t);
      form.mark({ irrelevant: ["pays"], next: "pays" });
      form.write(answers);
      form.mark(marks);
      assert.equal(describedBy(), seen);
      for (const name of ["irrelevant", "next", "unanswered"]) {
        const isSeen = String(seen).split(" ").includes(`${name[0]}-pays`);
        assert.equal(one(`#${name[0]}-pays`).hidden, !isSeen);
        const question = one('[data-fact="pays"]');
        assert.equal(question.hasAttribute(`data-${name}`), isSeen);
      }
    });
  }
});
