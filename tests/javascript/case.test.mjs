import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createOpenCase } from "../../checklist/page/case.js";
import { setStorages, settled } from "./support/fakes.mjs";

/** @typedef {import("../../checklist/page/record.js").CaseRecord} CaseRecord */

const LAST = "client-checklist:last";
const SNAPSHOT = "client-checklist:snapshot";

/** @param {Partial<CaseRecord>} [parts] @returns {CaseRecord} */
const record = (parts) => ({ format: "client-case/1", rules: "7", id: "a", answers: {}, ...parts });

/** @param {import("node:test").TestContext} t @param {{ slow?: boolean }} [how] */
function page(t, { slow = false } = {}) {
  const { localStorage } = setStorages(t);
  /** @type {CaseRecord[]} */
  const known = [];
  /** @type {{ record: CaseRecord, end(stored?: CaseRecord): void }[]} */
  const saves = [];
  const told = { saved: 0, elsewhere: 0 };
  const there = { stored: /** @type {CaseRecord | undefined} */ (undefined), reads: 0 };
  /** @type {(ids: string[] | null) => void} */
  let tell = () => {};
  const storage = /** @type {any} */ ({
    watch: (/** @type {typeof tell} */ run) => (tell = run),
    know: (/** @type {CaseRecord} */ one) => known.push(one),
    async get() {
      there.reads += 1;
      return there.stored;
    },
    save: (/** @type {CaseRecord} */ one) =>
      new Promise((go) => {
        saves.push({ record: one, end: (stored = one) => go(stored) });
        if (!slow) {
          go(one);
        }
      }),
  });
  const open = createOpenCase({
    storage,
    rules: "7",
    onSaved: () => (told.saved += 1),
    onElsewhere: () => (told.elsewhere += 1),
  });
  const snapshot = () => JSON.parse(localStorage.getItem(SNAPSHOT) ?? "{}").record;
  const last = () => localStorage.getItem(LAST);
  return {
    open,
    known,
    saves,
    told,
    there,
    snapshot,
    last,
    tell: (/** @type {any} */ ids) => tell(ids),
  };
}

describe("before a client is open", () => {
  it("there is a blank record", (t) => {
    const { answers, rules } = page(t).open.record;
    assert.deepEqual(answers, {});
    assert.equal(rules, "7");
  });

  it("nothing is changed", async (t) => {
    const { open, saves, told } = page(t);
    await open.answer({ pays: "yes" });
    assert.deepEqual(open.record.answers, {});
    assert.equal(saves.length, 0);
    assert.equal(told.saved, 0);
  });
});

describe("a client that is opened", () => {
  it("is known, remembered and kept as a snapshot", (t) => {
    const { open, known, snapshot, last } = page(t);
    open.open(record());
    assert.equal(open.record, known[0]);
    assert.deepEqual(known, [record()]);
    assert.equal(last(), "a");
    assert.deepEqual(snapshot(), record());
    assert.equal(open.isBorrowed, false);
  });

  it("is known as it lies in the browser where that is something else", (t) => {
    const { open, known } = page(t);
    open.open(record({ name: "Anna" }), { saved: record() });
    assert.deepEqual(known, [record()]);
  });

  it("by a link is neither known nor remembered", (t) => {
    const { open, known, snapshot, last } = page(t);
    open.open(record(), { borrowed: true });
    assert.equal(open.isBorrowed, true);
    assert.deepEqual(known, []);
    assert.equal(last(), null);
    assert.equal(snapshot(), undefined);
  });

  it("by a link becomes one of the visitor's own with the first change", async (t) => {
    const { open, saves, last } = page(t);
    open.open(record(), { borrowed: true });
    await open.answer({ pays: "yes" });
    assert.equal(open.isBorrowed, false);
    assert.notEqual(open.record.id, "a");
    assert.equal(saves[0].record.id, open.record.id);
    assert.equal(last(), open.record.id);
  });

  it("keeps its id with later changes", async (t) => {
    const { open } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    assert.equal(open.record.id, "a");
  });

  it("has nothing of the one before to undo or redo", async (t) => {
    const { open } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    await open.answer({ pays: "no" });
    await open.undo();
    assert.deepEqual([open.canUndo, open.canRedo], [true, true]);
    open.open(record({ id: "b" }));
    assert.deepEqual([open.canUndo, open.canRedo], [false, false]);
  });
});

describe("a change", () => {
  it("is there at once, and a snapshot, before it is saved", async (t) => {
    const { open, saves, told, snapshot } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    assert.deepEqual(open.record.answers, { pays: "yes" });
    assert.deepEqual(snapshot().answers, { pays: "yes" });
    assert.equal(told.saved, 0);
    saves[0].end();
    await settled();
    assert.deepEqual(told, { saved: 1, elsewhere: 0 });
  });

  it("that changes nothing is not saved", async (t) => {
    const { open, saves, told } = page(t);
    open.open(record());
    await open.edit((there) => there);
    assert.equal(saves.length, 0);
    assert.equal(told.saved, 0);
  });

  it("bears the time of the clock on the wall", async (t) => {
    const { open } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    assert.match(String(open.record.changed), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  });

  it("brings in what another tab has put there", async (t) => {
    const { open, saves, told, known, snapshot } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    const whole = record({ answers: { pays: "yes", calls: "no" } });
    saves[0].end(whole);
    await settled();
    assert.deepEqual(open.record, whole);
    assert.deepEqual(known.at(-1), whole);
    assert.deepEqual(snapshot(), whole);
    assert.deepEqual(told, { saved: 1, elsewhere: 1 });
  });

  it("is not undone by what an earlier one brings back", async (t) => {
    const { open, saves, told } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    open.answer({ calls: "no" });
    saves[0].end(record({ name: "Olga" }));
    await settled();
    assert.deepEqual(open.record.answers, { pays: "yes", calls: "no" });
    assert.deepEqual(told, { saved: 1, elsewhere: 0 });
    saves[1].end();
    await settled();
    assert.deepEqual(told, { saved: 2, elsewhere: 0 });
  });

  it("of a client left meanwhile changes nothing of the next one", async (t) => {
    const { open, saves } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    open.open(record({ id: "b" }));
    saves[0].end(record({ name: "Olga" }));
    await settled();
    assert.deepEqual(open.record, record({ id: "b" }));
  });
});

describe("what another tab has changed", () => {
  it("is taken in", async (t) => {
    const { open, told, there, known, snapshot, tell } = page(t);
    open.open(record());
    there.stored = record({ name: "Olga" });
    tell(["b", "a"]);
    await settled();
    assert.deepEqual(open.record, there.stored);
    assert.deepEqual(known.at(-1), there.stored);
    assert.deepEqual(snapshot(), there.stored);
    assert.equal(told.elsewhere, 1);
  });

  it("leaves nothing to redo", async (t) => {
    const { open, there, tell } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    await open.undo();
    there.stored = record();
    tell(["a"]);
    await settled();
    assert.equal(open.canRedo, false);
  });

  for (const [what, ids] of /** @type {[string, string[] | null][]} */ ([
    ["of another client", ["b"]],
    ["of all clients", null],
  ])) {
    it(`${what} is not read`, async (t) => {
      const { open, there, tell } = page(t);
      open.open(record());
      tell(ids);
      await settled();
      assert.equal(there.reads, 0);
    });
  }

  it("by erasing it leaves it on the page", async (t) => {
    const { open, told, tell } = page(t);
    open.open(record());
    tell(["a"]);
    await settled();
    assert.deepEqual(open.record, record());
    assert.equal(told.elsewhere, 0);
  });

  it("waits while a change is being saved", async (t) => {
    const { open, saves, there, tell } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    await settled();
    assert.equal(there.reads, 0);
    saves[0].end();
    await settled();
    assert.deepEqual(open.record, there.stored);
  });

  it("is read once for all that has waited", async (t) => {
    const { open, saves, there, tell } = page(t, { slow: true });
    open.open(record());
    open.answer({ pays: "yes" });
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    saves[0].end();
    await settled();
    open.answer({ calls: "yes" });
    saves[1].end();
    await settled();
    assert.equal(there.reads, 1);
  });

  it("gives way to a change made while it was read", async (t) => {
    const { open, told, there, tell } = page(t, { slow: true });
    open.open(record());
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    open.answer({ pays: "yes" });
    await settled();
    assert.deepEqual(open.record.answers, { pays: "yes" });
    assert.equal(told.elsewhere, 0);
  });

  it("is nothing to a client opened while it was read", async (t) => {
    const { open, there, tell } = page(t);
    open.open(record());
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    open.open(record({ id: "b" }));
    await settled();
    assert.deepEqual(open.record, record({ id: "b" }));
    await open.answer({ pays: "yes" });
    await settled();
    assert.equal(there.reads, 1);
  });
});

describe("undo and redo", () => {
  it("go back and forth through the answers", async (t) => {
    const { open } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    await open.answer({ pays: "no", calls: "yes" });
    const seen = [];
    for (const step of /** @type {const} */ (["undo", "undo", "redo", "redo", "undo"])) {
      await open[step]();
      seen.push([open.record.answers, open.canUndo, open.canRedo]);
    }
    assert.deepEqual(seen, [
      [{ pays: "yes" }, true, true],
      [{}, false, true],
      [{ pays: "yes" }, true, true],
      [{ pays: "no", calls: "yes" }, true, false],
      [{ pays: "yes" }, true, true],
    ]);
  });

  it("do nothing where there is nothing to go to", async (t) => {
    const { open, saves } = page(t);
    open.open(record());
    await open.undo();
    await open.redo();
    assert.equal(saves.length, 0);
    assert.deepEqual([open.canUndo, open.canRedo], [false, false]);
  });

  it("know nothing of an answer that was there already", async (t) => {
    const { open, saves } = page(t);
    open.open(record({ answers: { pays: "yes" } }));
    await open.answer({ pays: "yes", calls: null });
    assert.equal(open.canUndo, false);
    assert.equal(saves.length, 0);
  });

  it("know of an answer that is there in part", async (t) => {
    const { open } = page(t);
    open.open(record({ answers: { pays: "yes" } }));
    await open.answer({ pays: "yes", calls: "no" });
    assert.equal(open.canUndo, true);
  });

  it("have nothing to redo after another answer", async (t) => {
    const { open } = page(t);
    open.open(record());
    await open.answer({ pays: "yes" });
    await open.undo();
    await open.answer({ pays: "no" });
    assert.equal(open.canRedo, false);
  });
});
