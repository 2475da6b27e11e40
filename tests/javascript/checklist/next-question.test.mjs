import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NextQuestion } from "../../../checklist/page/checklist/next-question.js";
import { openPage } from "../support/page.mjs";

const FACTS = ["pays", "calls", "plans"];
const MESSAGES = {
  considered: "{count} of {total}",
  left: "Left: {count}",
  settled: "Settled",
  words: "Words",
  words_ask: "Questions",
};
const HTML = `${FACTS.map(
  (fact) => `<fieldset data-fact="${fact}"><legend>Question ${fact}?</legend>
    <blockquote data-how="ask">Ask ${fact}</blockquote><span data-how="find-out">See ${fact}</span>
    </fieldset>`,
).join("")}<details class="assumption"><fieldset data-fact="fits"></fieldset></details>
<div id="checklist-result"><span data-slot="considered"></span>
  <div class="result__next"><span data-slot="next-question" tabindex="-1"></span>
  <div data-block="next-question"><div data-next-fact="">
  ${["yes", "no", "unknown"].map((one) => `<button data-answer="${one}"></button>`).join("")}
  </div></div>
  <div data-block="end" hidden><button data-action="words"></button>
  <button data-action="again"></button></div></div></div>`;

/** @param {import("node:test").TestContext} t */
function setUp(t) {
  const { document, one, fire } = openPage(t, HTML);
  const bar = new NextQuestion(one("#checklist-result"), document.body, MESSAGES);
  return {
    bar,
    one,
    document,
    text: () => one('[data-slot="next-question"]').textContent,
    press: (/** @type {string} */ selector) => fire(one(selector), "click"),
    isHidden: (/** @type {string} */ name) => one(`[data-block="${name}"]`).hidden,
  };
}

describe("the next question", () => {
  for (const [what, answers, expected] of /** @type {[string, any, string]} */ (
    /** @type {unknown} */ ([
      ["is the first that can change the verdict", {}, "calls"],
      ["is not one that was put aside", { calls: "unknown" }, "pays"],
      ["is never one that has an answer", { calls: "unknown", pays: "yes" }, "plans"],
    ])
  )) {
    it(`${what}`, (t) => {
      const { bar, text, one } = setUp(t);
      const shown = bar.show(["calls", "pays", "plans"], /** @type {any} */ (answers));
      assert.equal(shown?.fact, expected);
      assert.equal(text(), `Question ${expected}?`);
      assert.equal(one("[data-next-fact]").dataset.nextFact, expected);
    });
  }

  it("comes with the words of the form", (t) => {
    const { bar } = setUp(t);
    assert.deepEqual(bar.show(["pays"], {}), {
      fact: "pays",
      question: "Question pays?",
      words: "Ask pays",
      findOut: "See pays",
    });
  });

  it("to put to the client is the first one, even if it was put aside", (t) => {
    const { bar } = setUp(t);
    bar.show(["calls", "pays"], { calls: "unknown", pays: "unknown" });
    assert.equal(bar.first?.fact, "calls");
    bar.show([], { calls: "yes" });
    assert.equal(bar.first, null);
  });

  it("gets the focus if the focus is in the bar", (t) => {
    const { bar, one, document } = setUp(t);
    bar.show(["pays", "calls"], {});
    one('[data-answer="yes"]').focus();
    bar.show(["calls"], { pays: "yes" });
    assert.equal(document.activeElement, one('[data-slot="next-question"]'));
  });

  it("leaves the focus in the form", (t) => {
    const { bar, document } = setUp(t);
    const before = document.activeElement;
    bar.show(["pays"], {});
    assert.equal(document.activeElement, before);
  });

  it("stands beside the number of answers, without those put aside and the assumption", (t) => {
    const { bar, one } = setUp(t);
    bar.show(["calls"], { pays: "yes", plans: "unknown", fits: "yes" });
    assert.equal(one('[data-slot="considered"]').textContent, "1 of 3");
  });
});

describe("the end of the questions", () => {
  it("offers the words when the verdict is settled", (t) => {
    const { bar, text, one, isHidden } = setUp(t);
    assert.equal(bar.show([], { pays: "yes" }), null);
    assert.deepEqual([isHidden("next-question"), isHidden("end")], [true, false]);
    assert.equal(text(), "Settled");
    assert.equal(one('[data-action="words"]').textContent, "Words");
    assert.equal(one('[data-action="again"]').hidden, true);
  });

  it("says how many questions are left to ask the client", (t) => {
    const { bar, text, one } = setUp(t);
    bar.show(["pays", "calls"], { pays: "unknown", calls: "unknown" });
    assert.equal(text(), "Left: 2");
    assert.equal(one('[data-action="words"]').textContent, "Questions");
    assert.equal(one('[data-action="again"]').hidden, false);
  });

  it("moves the focus to the words", (t) => {
    const { bar, one, document } = setUp(t);
    bar.show(["pays"], {});
    one('[data-answer="yes"]').focus();
    bar.show([], { pays: "yes" });
    assert.equal(document.activeElement, one('[data-action="words"]'));
  });

  it("leads through the questions that were put aside", (t) => {
    const { bar, text, press } = setUp(t);
    const aside = /** @type {any} */ ({ pays: "unknown", calls: "unknown" });
    bar.show(["pays", "calls"], aside);
    press('[data-action="again"]');
    assert.equal(text(), "Question pays?");
    press('[data-answer="unknown"]');
    assert.equal(text(), "Question calls?");
    press('[data-answer="yes"]');
    bar.show(["pays"], { ...aside, calls: "yes" });
    assert.equal(text(), "Left: 1");
  });
});

describe("answers that are not read yet", () => {
  it("have neither a question nor an end", (t) => {
    const { bar, text, isHidden } = setUp(t);
    bar.show(["pays"], {});
    bar.hide();
    assert.deepEqual([text(), isHidden("next-question"), isHidden("end")], ["", true, true]);
  });
});
