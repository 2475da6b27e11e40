import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AdviceView } from "../../../checklist/page/checklist/advice.js";
import { openPage } from "../support/page.mjs";

/** @typedef {import("../../../checklist/page/python/protocol.js").Advice} Advice */

const WEIGHTS = ["stop", "settle", "mine"];
const LISTS = WEIGHTS.map(
  (weight) => `<div data-block="${weight}"><p data-slot="${weight}"></p>
    <ul data-list="${weight}"></ul></div>`,
);
const HTML = `<fieldset data-check="abusive" data-stops="before begun" data-text="Text abusive"
  data-advice="Advice abusive"></fieldset>
  <fieldset data-check="late" data-stops="begun" data-text="Text late" data-advice="Advice late">
  </fieldset><fieldset data-check="silent"></fieldset><div id="root"><p data-slot="stop-line"></p>${LISTS[0]}
  <div data-block="beside"><p data-block="beside-lead"></p>${LISTS[1]}${LISTS[2]}
  <div data-block="signing"><p data-slot="signing_title"></p><ul data-list="signing"></ul></div></div>
  <p data-block="uncounted"></p></div>
  <template id="notice"><details><summary data-slot="notice"></summary>
  <p data-slot="notice-advice"></p>
  <div data-block="notice-say"><p data-slot="notice-say"></p></div>
  <a href="guide/"></a></details></template>
  <template id="statement"><span><a></a></span></template>`;

/** @param {string} id @param {string} weight @param {string} [say] @returns {any} */
const notice = (id, weight, say = "Say") => ({
  ...{ id, weight, say, weight_text: `Title of ${weight}`, text: `Text ${id}` },
  advice: `Advice ${id}`,
});
const ABUSIVE = notice("abusive", "stop");
const LATE = notice("late", "settle");
const MINE = notice("money", "mine", "");
const SIGNING = [
  { id: "upfront", answer: "", text: "Part is paid", state_text: "to check" },
  { id: "signed", answer: "no", text: "Signed", state_text: "yes" },
];

/** @param {import("node:test").TestContext} t */
function setUp(t) {
  const { one, document } = openPage(t, HTML);
  const view = new AdviceView(one("#root"), { announce_notices: "Beside: {texts}." });
  return {
    one,
    document,
    view,
    show: (/** @type {any[]} */ notices, /** @type {any[]} */ signing = []) =>
      view.show(/** @type {Advice} */ ({ notices, signing, signing_title: "Check" })),
    ids: (/** @type {string} */ list) =>
      [...one(`[data-list="${list}"]`).children].map(({ dataset }) => dataset.notice),
    hidden: () =>
      [...document.querySelectorAll("[data-block]")]
        .filter((block) => /** @type {HTMLElement} */ (block).hidden)
        .map((block) => /** @type {HTMLElement} */ (block).dataset.block),
  };
}

describe("the notices", () => {
  it("are listed by weight, with the title of the weight", (t) => {
    const { show, ids, one } = setUp(t);
    show([ABUSIVE, LATE, MINE]);
    assert.deepEqual(WEIGHTS.map(ids), [["abusive"], ["late"], ["money"]]);
    assert.equal(one('[data-slot="settle"]').textContent, "Title of settle");
  });

  it("have what to do and to say, folded unless they call for a stop", (t) => {
    const { show, one } = setUp(t);
    show([ABUSIVE, LATE]);
    const late = one('[data-notice="late"]');
    assert.equal(late.querySelector("summary").textContent, "Text late");
    assert.equal(late.querySelector('[data-slot="notice-advice"]').textContent, "Advice late");
    assert.equal(late.querySelector('[data-slot="notice-say"]').textContent, "Say");
    assert.equal(late.querySelector("details").open, false);
    assert.equal(one('[data-notice="abusive"] details').open, true);
    assert.equal(one('[data-notice="abusive"] [data-block="notice-say"]').hidden, true);
  });

  it("about the visitor have nothing to say to the client", (t) => {
    const { show, one } = setUp(t);
    show([MINE]);
    assert.equal(one('[data-notice="money"] [data-block="notice-say"]').hidden, true);
  });

  it("lead to their place in the guide", (t) => {
    const { show, one } = setUp(t);
    show([LATE]);
    assert.equal(one('[data-notice="late"] a').getAttribute("href"), "guide/#check-late");
  });

  it("stay open while others come and go", (t) => {
    const { show, one } = setUp(t);
    show([LATE]);
    one('[data-notice="late"] details').open = true;
    show([LATE, MINE]);
    assert.equal(one('[data-notice="late"] details').open, true);
  });

  it("that call for a stop are in the line of the bar too", (t) => {
    const { show, one } = setUp(t);
    const line = one('[data-slot="stop-line"]');
    show([ABUSIVE, notice("harm", "stop"), LATE]);
    assert.deepEqual([line.hidden, line.textContent], [false, "Text abusive. Text harm"]);
    show([LATE]);
    assert.equal(line.hidden, true);
  });

  for (const [
    what,
    notices,
    signing,
    hidden,
  ] of /** @type {[string, any[], any[], string[]][]} */ ([
    ["none", [], [], ["stop", "beside", "beside-lead", "settle", "mine", "signing"]],
    ["a stop alone", [ABUSIVE], [], ["beside", "beside-lead", "settle", "mine", "signing"]],
    ["one to settle", [LATE], [], ["stop", "mine", "signing"]],
    ["what to check alone", [], SIGNING, ["stop", "beside-lead", "settle", "mine"]],
  ])) {
    it(`take no place where there is nothing to show: ${what}`, (t) => {
      const page = setUp(t);
      page.show(notices, signing);
      const expected = [...hidden, "uncounted"];
      assert.deepEqual(
        page.hidden().filter((block) => block !== "notice-say"),
        expected,
      );
    });
  }
});

describe("what to check before signing", () => {
  it("is ticked where it is answered, and leads to the question", (t) => {
    const { show, one, document } = setUp(t);
    show([], SIGNING);
    const items = [...document.querySelectorAll('[data-list="signing"] > li')].map((item) => {
      const { dataset, textContent } = /** @type {HTMLElement} */ (item);
      return [dataset.answer, textContent];
    });
    assert.deepEqual(items, [
      ["", "Part is paid (to check)"],
      ["no", "Signed (yes)"],
    ]);
    assert.equal(one('[data-slot="signing_title"]').textContent, "Check:");
    assert.equal(one('[data-list="signing"] a').getAttribute("href"), "#check-upfront");
  });
});

describe("without Python", () => {
  for (const [
    stage,
    checks,
    stops,
    isUncounted,
  ] of /** @type {[string, any, string[], boolean][]} */ ([
    ["before", {}, [], false],
    ["before", { late: "no", silent: "unknown", abusive: "no" }, [], false],
    ["before", { late: "yes" }, [], true],
    ["begun", { late: "yes" }, ["late"], false],
    ["before", { abusive: "yes" }, ["abusive"], false],
    ["begun", { late: "yes", abusive: "yes", silent: "yes" }, ["abusive", "late"], true],
  ])) {
    it(`the reasons to stop are shown, the rest is not denied: ${stage} ${JSON.stringify(checks)}`, (t) => {
      const { view, show, ids, one, hidden } = setUp(t);
      show([ABUSIVE, LATE, MINE], SIGNING);
      view.showWithoutPython({ checks, stage });
      assert.deepEqual(WEIGHTS.map(ids), [stops, [], []]);
      const line = one('[data-slot="stop-line"]');
      assert.equal(line.hidden, stops.length === 0);
      assert.equal(line.textContent, stops.map((id) => `Text ${id}`).join(". "));
      assert.equal(hidden().includes("beside"), true);
      assert.equal(hidden().includes("uncounted"), !isUncounted);
    });
  }
  it("a reason to stop looks as Python shows it", (t) => {
    const { view, show, document } = setUp(t);
    const visible = () =>
      [
        ...document.querySelectorAll(
          '[data-list="stop"] :is([data-slot="notice"], a, [data-slot="notice-advice"])',
        ),
      ].map((one) => [one.textContent, one.getAttribute("href")]);
    view.showWithoutPython({ checks: { abusive: "yes" }, stage: "before" });
    const shown = visible();
    assert.equal(shown.length, 3);
    show([ABUSIVE]);
    assert.deepEqual(visible(), shown);
  });
});

describe("what is announced beside the verdict", () => {
  it("is each notice once, until it comes again", (t) => {
    const { view, show } = setUp(t);
    /** @param {any[]} notices */
    const news = (notices) => {
      show(notices);
      return view.takeNews();
    };
    assert.equal(news([]), "");
    assert.equal(news([LATE, MINE]), "Beside: Text late; Text money.");
    assert.equal(news([LATE, MINE]), "");
    assert.equal(news([ABUSIVE, LATE]), "Beside: Text abusive.");
    assert.equal(news([notice("late", "stop")]), "Beside: Text late.");
    assert.equal(news([]), "");
    assert.equal(news([LATE]), "Beside: Text late.");
  });

  it("is everything again for another client, once Python has read it", (t) => {
    const { view, show } = setUp(t);
    show([LATE]);
    view.takeNews();
    view.forget();
    assert.equal(view.takeNews(), "");
    show([LATE]);
    assert.equal(view.takeNews(), "Beside: Text late.");
  });
});
