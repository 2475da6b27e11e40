import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OpenClient } from "../../../checklist/page/checklist/open-client.js";
import { settled } from "../support/fakes.mjs";

/** @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord */

/** @param {Partial<ClientRecord>} [parts] @returns {ClientRecord} */
const record = (parts) => ({ format: "client-case/1", rules: "7", id: "a", answers: {}, ...parts });

/** @param {{ slow?: boolean }} [how] */
function page({ slow = false } = {}) {
  /** @type {ClientRecord[]} */
  const shown = [];
  /** @type {{ before: ClientRecord, after: ClientRecord, end(stored?: ClientRecord): void }[]} */
  const updates = [];
  const notified = { saved: 0, elsewhere: 0, deleted: 0 };
  const worth = { reports: 0 };
  const there = {
    stored: /** @type {ClientRecord | undefined} */ (undefined),
    reads: 0,
    isReadable: true,
  };
  /** @type {(ids: string[] | null) => void} */
  let tell = () => {};
  const store = /** @type {any} */ ({
    subscribe: (/** @type {typeof tell} */ call) => (tell = call),
    setShown: (/** @type {ClientRecord} */ one) => shown.push(one),
    isReadable: () => there.isReadable,
    async get() {
      there.reads += 1;
      return there.stored;
    },
    update: (/** @type {ClientRecord} */ before, /** @type {ClientRecord} */ after) =>
      new Promise((go) => {
        updates.push({ before, after, end: (stored = after) => go(stored) });
        if (!slow) {
          go(after);
        }
      }),
  });
  const open = new OpenClient({
    store,
    rules: "7",
    onSaved: () => (notified.saved += 1),
    onWorthKeeping: () => (worth.reports += 1),
    onChangedElsewhere: () => (notified.elsewhere += 1),
    onDeleted: () => (notified.deleted += 1),
  });
  return {
    open,
    shown,
    updates,
    notified,
    worth,
    there,
    tell: (/** @type {any} */ ids) => tell(ids),
  };
}

describe("before a client is open", () => {
  it("there is a blank record", () => {
    const { answers, rules } = page().open.record;
    assert.deepEqual(answers, {});
    assert.equal(rules, "7");
  });

  it("there is nothing to undo or redo, and no shared client", () => {
    const { canUndo, canRedo, isShared } = page().open;
    assert.deepEqual([canUndo, canRedo, isShared], [false, false, false]);
  });

  it("nothing is changed", async () => {
    const { open, updates, notified } = page();
    await open.tick({ pays: "yes" });
    assert.deepEqual(open.record.answers, {});
    assert.equal(updates.length, 0);
    assert.equal(notified.saved, 0);
  });
});

describe("a client that is worth keeping", () => {
  const three = /** @type {const} */ ({ pays: "yes", decides: "no", other: "unknown" });

  for (const [what, change] of /** @type {[string, any][]} */ ([
    ["has several answers", (/** @type {ClientRecord} */ one) => ({ ...one, answers: three })],
    ["has a note", (/** @type {ClientRecord} */ one) => ({ ...one, notes: { pays: "late" } })],
    ["has a name", (/** @type {ClientRecord} */ one) => ({ ...one, name: "Anna" })],
    ["has a reason to stay", (/** @type {ClientRecord} */ one) => ({ ...one, staying: "s" })],
  ])) {
    it(`${what}: it is reported once, without a name too`, async () => {
      const { open, worth } = page();
      open.open(record());
      await open.tick({ pays: "yes" });
      assert.equal(worth.reports, 0);
      await open.edit(change);
      assert.equal(worth.reports, 1);
      await open.edit((one) => ({ ...one, name: "Olga" }));
      assert.equal(worth.reports, 1);
    });
  }
});

describe("a client that is opened", () => {
  it("is shown", () => {
    const { open, shown } = page();
    open.open(record());
    assert.equal(open.record, shown[0]);
    assert.equal(open.isShared, false);
  });

  it("by a link is not the client that the next page opens", () => {
    const { open, shown } = page();
    open.open(record(), { isShared: true });
    assert.equal(open.isShared, true);
    assert.deepEqual(shown, []);
  });

  it("by a link is saved completely with its first change", async () => {
    const { open, updates, shown } = page();
    open.open(record({ name: "Anna" }), { isShared: true });
    await open.tick({ pays: "yes" });
    assert.equal(open.isShared, false);
    const { id } = open.record;
    assert.equal(shown.at(-1)?.id, id);
    assert.notEqual(id, "a");
    assert.deepEqual(updates[0].before, record({ id }));
    assert.deepEqual([updates[0].after.id, updates[0].after.name], [id, "Anna"]);
  });

  it("keeps its id with later changes", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    assert.equal(open.record.id, "a");
  });

  it("has none of the previous client's changes to undo or redo", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    await open.tick({ pays: "no" });
    await open.undo();
    assert.deepEqual([open.canUndo, open.canRedo], [true, true]);
    open.open(record({ id: "b" }));
    assert.deepEqual([open.canUndo, open.canRedo], [false, false]);
  });
});

describe("a change", () => {
  it("is in the record immediately, before it is stored", async () => {
    const { open, updates, notified } = page({ slow: true });
    open.open(record());
    open.tick({ pays: "yes" });
    assert.deepEqual(open.record.answers, { pays: "yes" });
    assert.equal(notified.saved, 0);
    updates[0].end();
    await settled();
    assert.deepEqual(notified, { saved: 1, elsewhere: 0, deleted: 0 });
  });

  it("that has no effect is not stored", async () => {
    const { open, updates, notified } = page();
    open.open(record());
    await open.edit((there) => there);
    await open.edit((there, changed) => ({ ...there, changed }));
    assert.equal(updates.length, 0);
    assert.equal(notified.saved, 0);
  });

  it("has the time of the visitor's clock", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    assert.match(String(open.record.changed), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  });

  it("merges what another tab has stored", async () => {
    const { open, updates, notified, shown } = page({ slow: true });
    open.open(record());
    open.tick({ pays: "yes" });
    const whole = record({ answers: { pays: "yes", calls: "no" } });
    updates[0].end(whole);
    await settled();
    assert.deepEqual(open.record, whole);
    assert.deepEqual(shown.at(-1), whole);
    assert.deepEqual(notified, { saved: 1, elsewhere: 1, deleted: 0 });
  });

  it("that is read back with its keys in another order is not reported as new", async () => {
    const { open, updates, notified } = page({ slow: true });
    open.open(record({ answers: { calls: "no" } }));
    open.tick({ pays: "yes" });
    const { answers, ...others } = open.record;
    updates[0].end({ answers: { pays: "yes", calls: answers.calls }, ...others });
    await settled();
    assert.equal(notified.elsewhere, 0);
  });

  it("of a client that is no longer open does not affect the next one", async () => {
    const { open, updates } = page({ slow: true });
    open.open(record());
    open.tick({ pays: "yes" });
    open.open(record({ id: "b" }));
    updates[0].end(record({ name: "Olga" }));
    await settled();
    assert.deepEqual(open.record, record({ id: "b" }));
  });

  it("is reported if the client was deleted", async () => {
    const { open, updates, notified } = page({ slow: true });
    open.open(record());
    open.tick({ pays: "yes" });
    updates[0].end(/** @type {any} */ (null));
    await settled();
    assert.equal(notified.deleted, 1);
  });
});

describe("a change in another tab", () => {
  it("is shown, and clears the redo stack", async () => {
    const { open, notified, there, shown, tell } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    await open.undo();
    there.stored = record({ name: "Olga" });
    tell(["b", "a"]);
    await settled();
    assert.deepEqual(open.record, there.stored);
    assert.deepEqual(shown.at(-1), there.stored);
    assert.equal(notified.elsewhere, 1);
    assert.equal(open.canRedo, false);
  });

  for (const [what, ids] of /** @type {[string, string[] | null][]} */ ([
    ["of another client", ["b"]],
    ["of all clients", null],
  ])) {
    it(`${what} is not read`, async () => {
      const { open, there, tell } = page();
      open.open(record());
      tell(ids);
      await settled();
      assert.equal(there.reads, 0);
    });
  }

  for (const [
    what,
    answers,
    isReadable,
    deleted,
  ] of /** @type {[string, any, boolean, number][]} */ ([
    ["of a client with answers is reported", { pays: "yes" }, true, 1],
    ["of a blank client is not", {}, true, 0],
    ["is none where the database does not answer", { pays: "yes" }, false, 0],
  ])) {
    it(`by deleting it: that ${what}`, async () => {
      const { open, notified, there, tell } = page();
      open.open(record({ answers }));
      there.isReadable = isReadable;
      tell(["a"]);
      await settled();
      assert.equal(notified.deleted, deleted);
    });
  }

  it("does not affect a client that was opened while it was read", async () => {
    const { open, there, tell } = page();
    open.open(record());
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    open.open(record({ id: "b" }));
    await settled();
    assert.deepEqual(open.record, record({ id: "b" }));
  });

  it("does not affect a shared client", async () => {
    const { open, there, tell } = page();
    open.open(record(), { isShared: true });
    there.stored = record({ name: "Olga" });
    tell(["a"]);
    await settled();
    assert.deepEqual(open.record, record());
  });
});

describe("undo and redo", () => {
  it("step through the answers", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    await open.tick({ pays: "no", calls: "yes" });
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

  it("step through checks and the stage too", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ "check-pays_late": "yes" });
    await open.tick({ stage: "begun" });
    await open.undo();
    assert.deepEqual([open.record.checks, open.record.stage], [{ pays_late: "yes" }, undefined]);
    await open.undo();
    assert.equal(open.record.checks, undefined);
    await open.redo();
    await open.redo();
    assert.deepEqual([open.record.checks, open.record.stage], [{ pays_late: "yes" }, "begun"]);
  });

  it("ignore a tick of the stage that is the default", async () => {
    const { open, updates } = page();
    open.open(record());
    await open.tick({ stage: "before" });
    assert.deepEqual([open.canUndo, updates.length], [false, 0]);
  });

  it("do nothing at the ends of the history", async () => {
    const { open, updates } = page();
    open.open(record());
    await open.undo();
    await open.redo();
    assert.equal(updates.length, 0);
    assert.deepEqual([open.canUndo, open.canRedo], [false, false]);
  });

  it("ignore an answer that was in the record already", async () => {
    const { open, updates } = page();
    open.open(record({ answers: { pays: "yes" } }));
    await open.tick({ pays: "yes", calls: null });
    assert.equal(open.canUndo, false);
    assert.equal(updates.length, 0);
  });

  it("include a change of which only a part was in the record already", async () => {
    const { open } = page();
    open.open(record({ answers: { pays: "yes" } }));
    await open.tick({ pays: "yes", calls: "no" });
    assert.equal(open.canUndo, true);
  });

  it("cannot redo after another answer", async () => {
    const { open } = page();
    open.open(record());
    await open.tick({ pays: "yes" });
    await open.undo();
    await open.tick({ pays: "no" });
    assert.equal(open.canRedo, false);
  });
});
