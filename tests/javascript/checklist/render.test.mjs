import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderFields } from "../../../checklist/page/checklist/render.js";
import { openPage } from "../support/page.mjs";

const HTML = `<div><input data-field="name"><textarea data-field="staying"></textarea>
  <select data-field="decision"><option value="">-</option><option value="taken">t</option></select>
  <select data-field="kind"><option value="refusal">r</option><option value="clarify">c</option></select>
  <select data-field="letter-lang"><option value="ru">ru</option><option value="en" selected>en</option></select>
  <input data-field="greet"><input data-field="better"><textarea data-field="letter"></textarea>
  <select data-field="went"><option value="">-</option><option value="well">w</option></select>
  <textarea data-field="outcome-words"></textarea><input data-field="weeks"><input data-field="rate">
  <input inputmode="decimal" data-field="hours"><input data-field="meeting"><input data-field="link">
  <input type="checkbox" data-field="link-name"><input data-field="sign">
  <details><summary>What happened?<span data-noted hidden>noted</span></summary>
    <textarea data-note="pays"></textarea></details>
  <input type="checkbox" data-context="early"><input type="checkbox" data-context="age"></div>`;
const ANNA = {
  name: "Anna",
  staying: "because",
  outcome: { decision: "taken", went: "well", words: "as expected" },
  estimate: { hours: 1.5, weeks: 2, rate: 30 },
  letter: { kind: "clarify", in: "ru", text: "Dear", greet: "Anna", better: "Olga" },
  notes: { pays: "late" },
  context: ["age"],
};

/** @param {import("node:test").TestContext} t */
function page(t) {
  const { one, document } = openPage(t, HTML);
  const values = () =>
    Object.fromEntries(
      [...document.querySelectorAll("[data-field], [data-note], [data-context]")].map((element) => {
        const field = /** @type {HTMLInputElement} */ (element);
        const { field: name, note, context } = field.dataset;
        return [name ?? note ?? context, field.type === "checkbox" ? field.checked : field.value];
      }),
    );
  /** @param {object} parts @param {boolean} isAnother */
  const render = (parts, isAnother = true) =>
    renderFields(
      one("div"),
      /** @type {any} */ ({ format: "client-case/1", rules: "7", id: "a", answers: {}, ...parts }),
      isAnother,
    );
  return { one, render, values };
}

describe("a client on the page", () => {
  it("has every field from the record", (t) => {
    const { render, values, one } = page(t);
    render(ANNA);
    assert.deepEqual(values(), {
      name: "Anna",
      staying: "because",
      decision: "taken",
      kind: "clarify",
      "letter-lang": "ru",
      greet: "Anna",
      better: "Olga",
      letter: "Dear",
      went: "well",
      "outcome-words": "as expected",
      weeks: "2",
      rate: "30",
      hours: "1.5",
      meeting: "",
      link: "",
      "link-name": false,
      sign: "",
      pays: "late",
      early: false,
      age: true,
    });
    assert.equal(one("details").open, true);
  });

  it("keeps blank notes closed or open as they were", (t) => {
    const { render, one } = page(t);
    render({ ...ANNA, notes: { other: "text" } });
    assert.equal(one("details").open, false);
  });

  it("leaves only the visitor's signature when another client opens", (t) => {
    const { render, values, one } = page(t);
    render({});
    const blank = values();
    render(ANNA);
    for (const name of ["meeting", "link", "sign", "greet", "better", "letter"]) {
      one(`[data-field="${name}"]`).value = "typed";
    }
    one('[data-field="link-name"]').checked = true;
    render({ id: "b" });
    assert.deepEqual(values(), { ...blank, sign: "typed" });
  });

  it("keeps input that belongs to no record while the same client is open", (t) => {
    const { render, values, one } = page(t);
    render(ANNA);
    one('[data-field="meeting"]').value = "typed";
    one('[data-field="letter"]').value = "edited";
    one('[data-field="kind"]').value = "refusal";
    one('[data-field="link-name"]').checked = true;
    render({ ...ANNA, name: "Olga" }, false);
    const { meeting, letter, name, kind } = values();
    assert.deepEqual([meeting, letter, name, kind], ["typed", "edited", "Olga", "refusal"]);
    assert.equal(values()["link-name"], true);
  });

  it("has its figures as the language writes them, unless they are there already", (t) => {
    const { render, values, one } = page(t);
    const field = one('[data-field="hours"]');
    field.ownerDocument.documentElement.lang = "ru";
    render(ANNA);
    assert.equal(values().hours, "1,5");
    field.value = " 1.50";
    render(ANNA, false);
    assert.equal(values().hours, " 1.50");
    render({ ...ANNA, estimate: { hours: 1000.5 } }, false);
    assert.equal(values().hours, "1000,5");
    field.value = "five";
    render({ ...ANNA, estimate: {} }, false);
    assert.equal(values().hours, "five");
    render({ ...ANNA, estimate: {} });
    assert.equal(values().hours, "");
  });

  it("does not overwrite the focused field, unless another client opens", (t) => {
    const { render, one } = page(t);
    const field = one('[data-field="name"]');
    field.focus();
    field.value = "Ann";
    render(ANNA, false);
    assert.equal(field.value, "Ann");
    render(ANNA, true);
    assert.equal(field.value, "Anna");
  });

  it("does not overwrite what was entered before it was open", (t) => {
    const { render, values, one } = page(t);
    for (const css of ['[data-field="name"]', "[data-note]"]) {
      one(css).value = "early";
      one(css).dataset.early = "";
    }
    one('[data-context="early"]').checked = true;
    one('[data-context="early"]').dataset.early = "";
    render(ANNA);
    const { name, pays, early } = values();
    assert.deepEqual([name, pays, early], ["early", "early", true]);
  });

  it("shows the default option instead of an unknown one", (t) => {
    const { render, values } = page(t);
    render({ letter: { kind: "unheard of", in: "xx" } });
    assert.deepEqual([values().kind, values()["letter-lang"]], ["refusal", "en"]);
  });

  it("does not set an equal value again, which would move the cursor", (t) => {
    const { render, one } = page(t);
    render(ANNA);
    let writes = 0;
    Object.defineProperty(one('[data-field="name"]'), "value", {
      get: () => "Anna",
      set: () => (writes += 1),
    });
    render(ANNA);
    assert.equal(writes, 0);
  });
});
