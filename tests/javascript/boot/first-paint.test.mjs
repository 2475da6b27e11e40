import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EarlyStart } from "../../../checklist/page/python/early-start.js";
import { setGlobals } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const JOURNAL = "client-checklist:/site/:";
const TABLE = {
  rules: "7",
  facts: ["pays"],
  answers: ["yes", "no", "unknown"],
  nodes: [
    [0, ~1, ~2, ~0],
    [0, ~4, ~4, ~3],
  ],
  roots: { verdicts: 0, ranks: 1 },
  leaves: [
    ...["empty", "work", "leave"].map((state) => ({
      state,
      possible: [state],
      title: `Title: ${state}`,
      lead: "",
      next: "",
    })),
    { ranks: "10" },
    { ranks: "00" },
  ],
};
const MARKS = ["irrelevant", "next", "unanswered"];
const question = `<fieldset data-fact="pays" data-touched="false"><legend>Does he pay?</legend>
  ${MARKS.map((mark) => `<p data-mark="${mark}" id="${mark}"></p>`).join("")}${[
    "yes",
    "no",
    "unknown",
  ]
    .map((one) => `<input type="radio" name="pays" value="${one}">`)
    .join("")}</fieldset>`;
const HTML = `${question}<textarea data-note="pays"></textarea><input data-field="name">
  <input data-field="staying"><input type="checkbox" data-context="new">
  <div id="checklist-result"><p data-slot="considered">0</p><p data-slot="title"></p><p data-slot="lead"></p>
  <p data-slot="next"></p><div class="result__next"><p data-slot="next-question"></p>
  <div data-block="next-question" hidden><div data-next-fact="">
  <button data-answer="no"></button></div></div><div data-block="end" hidden></div></div></div>`;
const SAVED = {
  format: "client-case/1",
  rules: "7",
  id: "a",
  answers: { pays: "yes" },
  name: "Anna",
};
let copies = 0;

/** @param {{ early?: Record<string, string> | null, isAwaited?: boolean }} how `early` is null once a
 *   client is open */
function createStart({ early = {}, isAwaited = true }) {
  const start = new EarlyStart("worker.js", () => /** @type {Worker} */ (new EventTarget()));
  for (const [fact, answer] of Object.entries(early ?? {})) {
    start.keepTick(fact, answer);
  }
  if (early === null) {
    start.takeTicks();
  }
  if (!isAwaited) {
    start.takeWorker(null);
  }
  return start;
}

/**
 * @param {import("node:test").TestContext} t
 * @param {{ saved?: any, open?: string | null, hash?: string, table?: object,
 *   early?: Record<string, string> | null, isAwaited?: boolean }} [how] `open` is the client that
 *   this tab showed before
 */
async function setUp(t, how = {}) {
  const { saved = null, open = null, hash = "", table = TABLE } = how;
  const texts = { messages: { considered: "{count} of {total}" } };
  const settings = JSON.stringify({ rules: "7", table, root: "./", texts });
  const html = `${HTML}<script type="application/json" id="checklist-settings">${settings}</script>`;
  const page = openPage(t, html);
  const { window, document, one, fire } = page;
  window.location.hash = hash;
  const { localStorage } = window;
  if (saved) {
    localStorage.setItem(`${JOURNAL}x`, JSON.stringify({ at: 1, record: saved, pending: [] }));
  }
  const start = createStart(how);
  const history = { state: open && { client: open } };
  setGlobals(t, { pythonStart: start, BUNDLED_FOR_RULES: "7", crypto, history });
  t.mock.method(console, "warn", () => {});
  await import(`../../../checklist/page/boot/first-paint.js?page=${(copies += 1)}`);
  const ticked = () => document.querySelector("input:checked")?.getAttribute("value") ?? null;
  const title = () => one('[data-slot="title"]').textContent;
  const count = () => one('[data-slot="considered"]').textContent;
  const leave = () => fire(window, "pagehide");
  /** The journal entry of this page. */
  const entry = () => {
    const own = Object.keys(localStorage).find((key) => key !== `${JOURNAL}x`);
    return own === undefined ? null : JSON.parse(localStorage.getItem(own) ?? "");
  };
  const kept = () => entry()?.record;
  /** @param {string} selector @param {string} value */
  const write = (selector, value) => {
    one(selector).value = value;
    one(selector).dataset.early = "";
  };
  return { ...page, start, ticked, title, count, leave, entry, kept, write };
}

describe("before the first paint", () => {
  for (const [what, how, ticked, title] of /** @type {[string, any, string | null, string][]} */ ([
    [
      "the answers of the client that was open last are shown",
      { saved: SAVED },
      "yes",
      "Title: work",
    ],
    ["nothing is shown if no client was open", {}, null, ""],
    ["nothing is shown if this tab has another client open", { saved: SAVED, open: "b" }, null, ""],
    [
      "nothing is shown if the address has a shared client",
      { saved: SAVED, hash: "#c=x" },
      null,
      "",
    ],
    [
      "nothing is shown if the address has the id of a client",
      { saved: SAVED, hash: "#case=x" },
      null,
      "",
    ],
    [
      "other fragments of the address are ignored",
      { saved: SAVED, hash: "#check" },
      "yes",
      "Title: work",
    ],
    [
      "nothing is shown of an invalid record",
      { saved: { ...SAVED, answers: { pays: "perhaps" } } },
      null,
      "",
    ],
    [
      "nothing is shown with a table of other rules",
      { saved: SAVED, table: { ...TABLE, rules: "6" } },
      null,
      "",
    ],
    [
      "answers that were already ticked have priority",
      { saved: SAVED, early: { pays: "no" } },
      "no",
      "Title: leave",
    ],
    ["nothing is shown once a client is open", { saved: SAVED, early: null }, null, ""],
    [
      "nothing is shown once the page's module has started",
      { saved: SAVED, isAwaited: false },
      null,
      "",
    ],
  ])) {
    it(what, async (t) => {
      const page = await setUp(t, how);
      assert.deepEqual([page.ticked(), page.title()], [ticked, title]);
      assert.equal(page.count(), ticked ? "1 of 1" : "0");
    });
  }
});

describe("until the page's module starts", () => {
  for (const type of ["click", "change"]) {
    it(`the verdict is updated on ${type}`, async (t) => {
      const { window, fire, start, title } = await setUp(t);
      start.keepTick("pays", "no");
      fire(window, type);
      assert.equal(title(), "Title: leave");
    });
  }
});

describe("input before a client is open", () => {
  for (const type of ["pagehide", "visibilitychange"]) {
    it(`is written to the journal on ${type}, as pending`, async (t) => {
      const { window, fire, start, entry } = await setUp(t, { saved: SAVED });
      start.keepTick("pays", "no");
      fire(window, type);
      const { record, pending } = entry();
      assert.deepEqual(record.answers, { pays: "no" });
      assert.deepEqual([record.id, record.name], ["a", "Anna"]);
      const [{ id, revision, epoch, change }] = pending;
      assert.deepEqual([id, revision, epoch], ["a", 1, null]);
      assert.deepEqual(change[0], { path: '["answers","pays"]', before: "yes", after: "no" });
    });
  }

  it("is written again as another revision when it changes", async (t) => {
    const { start, leave, one, write, entry } = await setUp(t, { saved: SAVED });
    start.keepTick("pays", "no");
    leave();
    write('[data-field="name"]', "Boris");
    leave();
    assert.equal(one('[data-field="name"]').value, "Boris");
    assert.deepEqual([entry().record.name, entry().pending[0].revision], ["Boris", 2]);
  });

  it("includes checks and the stage", async (t) => {
    const { start, leave, kept } = await setUp(t, { saved: SAVED });
    start.keepTick("check-pays_late", "yes");
    start.keepTick("stage", "begun");
    leave();
    const { answers, checks, stage } = kept();
    assert.deepEqual([answers, checks, stage], [SAVED.answers, { pays_late: "yes" }, "begun"]);
  });

  it("includes notes, fields and the context", async (t) => {
    const { one, leave, kept, write } = await setUp(t, { saved: SAVED });
    write("[data-note]", "a note");
    write('[data-field="name"]', "Boris");
    write('[data-field="staying"]', "She pays well");
    one("[data-context]").checked = true;
    one("[data-context]").dataset.early = "";
    leave();
    assert.deepEqual(kept().notes, { pays: "a note" });
    assert.deepEqual([kept().name, kept().context], ["Boris", ["new"]]);
    assert.equal(kept().staying, "She pays well");
  });

  it("belongs to a new client if none was open", async (t) => {
    const { start, leave, kept } = await setUp(t);
    start.keepTick("pays", "no");
    leave();
    assert.deepEqual([kept().rules, kept().answers], ["7", { pays: "no" }]);
    assert.match(kept().id, /^[0-9a-f]{16}$/);
  });

  it("belongs to the open client even if its record is not in the journal", async (t) => {
    const { start, leave, kept } = await setUp(t, { open: "b" });
    start.keepTick("pays", "no");
    leave();
    assert.deepEqual([kept().id, kept().answers], ["b", { pays: "no" }]);
  });

  it("belongs to a new client if the address has a shared one", async (t) => {
    const { start, leave, kept } = await setUp(t, { saved: SAVED, hash: "#c=x" });
    start.keepTick("pays", "no");
    leave();
    assert.notEqual(kept().id, "a");
  });

  it("is not written if there is none", async (t) => {
    const { leave, entry } = await setUp(t);
    leave();
    assert.equal(entry(), null);
  });

  it("is left to the page's module once a client is open", async (t) => {
    const { start, leave, entry, write } = await setUp(t, { saved: SAVED });
    start.takeTicks();
    write("[data-note]", "a note");
    leave();
    assert.equal(entry(), null);
  });
});

describe("the answers in the result bar", () => {
  it("show the next question of the client that was open last", async (t) => {
    const { one } = await setUp(t, { saved: { ...SAVED, answers: {} } });
    assert.equal(one('[data-slot="next-question"]').textContent, "Does he pay?");
  });

  it("press the radio button of the question that is shown", async (t) => {
    const { one, fire } = await setUp(t);
    one("[data-next-fact]").dataset.nextFact = "pays";
    fire(one('[data-answer="no"]'), "click");
    assert.equal(one('input[value="no"]').checked, true);
  });
});
