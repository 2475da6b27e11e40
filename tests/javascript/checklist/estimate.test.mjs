import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEstimate, FIGURES } from "../../../checklist/page/checklist/panels/estimate.js";
import { openPage } from "../support/page.mjs";

const HTML = `<div>${FIGURES.map(
  (name) => `<input data-field="${name}" inputmode="decimal">
    <p data-slot="${name}-problem" id="${name}-problem"></p>`,
).join("")}<p data-slot="estimate">sum</p></div>`;

describe("the figures of the estimate", () => {
  /** @param {import("node:test").TestContext} t */
  function setUp(t) {
    const { one } = openPage(t, HTML);
    const panels = /** @type {any} */ ({ root: one("div"), messages: { not_a_figure: "wrong" } });
    const problems = () => FIGURES.map((name) => one(`[data-slot="${name}-problem"]`).textContent);
    const { checkFigures } = createEstimate(panels);
    return { one, problems, checkFigures };
  }

  it("have their problem at the field that has it, and no sum", (t) => {
    const { one, problems, checkFigures } = setUp(t);
    one('[data-field="weeks"]').value = "five";
    one('[data-field="rate"]').value = "1 000,50";
    assert.equal(checkFigures(), false);
    assert.deepEqual(problems(), ["", "wrong", ""]);
    assert.equal(one('[data-slot="estimate"]').textContent, "");
    const { attributes } = one('[data-field="weeks"]');
    assert.equal(attributes["aria-invalid"].value, "true");
    assert.equal(attributes["aria-describedby"].value, "weeks-problem");
    assert.equal(one('[data-field="hours"]').getAttribute("aria-invalid"), null);
  });

  it("lose it once they are right, or empty", (t) => {
    const { one, problems, checkFigures } = setUp(t);
    const field = one('[data-field="hours"]');
    for (const right of ["5,5", ""]) {
      field.value = "-1";
      assert.equal(checkFigures(), false);
      field.value = right;
      assert.equal(checkFigures(), true);
      assert.deepEqual(problems(), ["", "", ""]);
      assert.equal(field.getAttribute("aria-describedby"), null);
    }
    assert.equal(one('[data-slot="estimate"]').textContent, "");
  });
});
