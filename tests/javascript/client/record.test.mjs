import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withAnswers } from "../../../checklist/page/client/answers.js";
import {
  FORMAT,
  blank,
  canBeMerged,
  hasContent,
  isPlainObject,
  localTime,
  nameOf,
  newId,
  withContext,
  withField,
  withId,
  withLetter,
  withMeeting,
  withNote,
  withPart,
} from "../../../checklist/page/client/record.js";

/** @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord */

const NOON = "2026-11-28T12:00:00+00:00";
const IN_HALF_A_MINUTE = "2026-11-28T12:00:30+00:00";
const IN_A_MINUTE = "2026-11-28T12:01:00+00:00";
const IN_TEN_MINUTES = "2026-11-28T12:10:00+00:00";

/** @param {Partial<ClientRecord>} [parts] @returns {ClientRecord} */
const record = (parts) => ({ format: FORMAT, rules: "7", id: "a", answers: {}, ...parts });

describe("a new record", () => {
  it("has the format of this version, the rules and no answers", () => {
    const { id, ...rest } = blank("7");
    assert.deepEqual(rest, { format: "client-case/1", rules: "7", answers: {} });
    assert.match(id, /^[0-9a-f]{16}$/);
  });

  it("has a random id", () => {
    assert.notEqual(newId(), newId());
  });

  it("has an id of sixteen digits, with leading zeros", (t) => {
    t.mock.method(crypto, "getRandomValues", (/** @type {Uint8Array} */ bytes) => bytes.fill(10));
    assert.equal(newId(), "0a".repeat(8));
  });
});

describe("the name of a record", () => {
  for (const [what, name, expected] of /** @type {[string, any, string][]} */ ([
    ["a text", "Anna", "Anna"],
    ["nothing", undefined, "nobody"],
    ["an empty text", "", "nobody"],
    ["a number", 7, "nobody"],
    ["turned around", "\u202eannA\u2066", "annA"],
    ["only turned around", "\u202e", "nobody"],
    ["in Hebrew", "\u05d0\u200f", "\u05d0\u200f"],
  ])) {
    it(`that is ${what} is shown as ${expected}`, () => {
      assert.equal(nameOf(record({ name }), "nobody"), expected);
    });
  }
});

describe("local time", () => {
  for (const [offset, expected] of /** @type {[number, string][]} */ ([
    [0, "2026-11-28T12:00:00+00:00"],
    [-180, "2026-11-28T15:00:00+03:00"],
    [-345, "2026-11-28T17:45:00+05:45"],
    [210, "2026-11-28T08:30:00-03:30"],
    [-840, "2026-11-29T02:00:00+14:00"],
  ])) {
    it(`with the offset ${offset} is ${expected}`, () => {
      const date = new Date("2026-11-28T12:00:00.789Z");
      date.getTimezoneOffset = () => offset;
      assert.equal(localTime(date), expected);
    });
  }
});

describe("whether a record has content", () => {
  for (const [what, parts, expected] of /** @type {[string, Partial<ClientRecord>, boolean][]} */ ([
    ["a blank record", {}, false],
    ["an answer", { answers: { pays: "yes" } }, true],
    ["a name", { name: "Anna" }, true],
    ["an empty name", { name: "" }, false],
    ["a note", { notes: { pays: "late" } }, true],
    ["no notes", { notes: {} }, false],
    ["a time", { changed: NOON }, false],
    ["an outcome", { outcome: { went: "well" } }, true],
    ["a letter that is null", { letter: null }, false],
    ["a log", { log: [{ at: NOON, meeting: "x" }] }, true],
  ])) {
    it(`${what}: ${expected}`, () => {
      assert.equal(hasContent(record(parts)), expected);
    });
  }
});

describe("answers", () => {
  const answered = withAnswers(record(), { pays: "yes" }, NOON);

  it("are logged with their previous values", () => {
    assert.deepEqual(
      answered,
      record({
        answers: { pays: "yes" },
        log: [{ at: NOON, answers: { pays: [null, "yes"] } }],
        changed: NOON,
      }),
    );
  });

  it("do not modify the given record", () => {
    const before = record({ answers: { pays: "no" }, log: [] });
    withAnswers(before, { pays: "yes" }, NOON);
    assert.deepEqual(before, record({ answers: { pays: "no" }, log: [] }));
  });

  it("that change nothing return the same record", () => {
    assert.equal(withAnswers(answered, { pays: "yes", calls: null }, IN_A_MINUTE), answered);
  });

  it("are removed by null", () => {
    const { answers, log } = withAnswers(answered, { pays: null }, IN_A_MINUTE);
    assert.deepEqual(answers, {});
    assert.deepEqual(log?.at(-1), { at: IN_A_MINUTE, answers: { pays: ["yes", null] } });
  });

  it("that did not change are not logged", () => {
    const { log } = withAnswers(answered, { pays: "yes", calls: "no" }, NOON);
    assert.deepEqual(log?.at(-1), { at: NOON, answers: { calls: [null, "no"] } });
  });

  it("keep keys that this version does not know", () => {
    const later = /** @type {any} */ ({ ...record(), later: 1 });
    assert.equal(/** @type {any} */ (withAnswers(later, { pays: "yes" }, NOON)).later, 1);
  });

  for (const [what, at, facts, entries] of /** @type {[string, string, string[], any[]][]} */ ([
    [
      "within a minute replaces the last entry",
      IN_HALF_A_MINUTE,
      ["pays"],
      [{ at: NOON, answers: { pays: [null, "no"] } }],
    ],
    [
      "after a minute is another entry",
      IN_A_MINUTE,
      ["pays"],
      [
        { at: NOON, answers: { pays: [null, "yes"] } },
        { at: IN_A_MINUTE, answers: { pays: ["yes", "no"] } },
      ],
    ],
    [
      "after the clock was set back is another entry",
      "2026-11-28T11:00:00+00:00",
      ["pays"],
      [
        { at: NOON, answers: { pays: [null, "yes"] } },
        { at: "2026-11-28T11:00:00+00:00", answers: { pays: ["yes", "no"] } },
      ],
    ],
    [
      "of other answers is another entry",
      IN_HALF_A_MINUTE,
      ["calls"],
      [
        { at: NOON, answers: { pays: [null, "yes"] } },
        { at: IN_HALF_A_MINUTE, answers: { calls: [null, "no"] } },
      ],
    ],
    [
      "of more answers is another entry",
      IN_HALF_A_MINUTE,
      ["pays", "calls"],
      [
        { at: NOON, answers: { pays: [null, "yes"] } },
        { at: IN_HALF_A_MINUTE, answers: { pays: ["yes", "no"], calls: [null, "no"] } },
      ],
    ],
  ])) {
    it(`a change ${what}`, () => {
      const changes = Object.fromEntries(facts.map((fact) => [fact, /** @type {"no"} */ ("no")]));
      assert.deepEqual(withAnswers(answered, changes, at).log, entries);
    });
  }

  it("added and removed within a minute leave no entry", () => {
    const before = record({ log: [{ at: NOON, meeting: "hello" }] });
    const given = withAnswers(before, { pays: "yes" }, NOON);
    const { log } = withAnswers(given, { pays: null }, IN_HALF_A_MINUTE);
    assert.deepEqual(log, [{ at: NOON, meeting: "hello" }]);
  });

  it("do not replace an entry of another kind", () => {
    const before = record({ log: [{ at: NOON, meeting: "hello" }] });
    const { log } = withAnswers(before, { pays: "yes" }, NOON);
    assert.equal(log?.length, 2);
  });

  it("that are removed within a minute leave the entry of the others", () => {
    const given = withAnswers(record(), { pays: "yes", calls: "yes" }, NOON);
    const { log } = withAnswers(given, { pays: null, calls: "no" }, NOON);
    assert.deepEqual(log, [{ at: NOON, answers: { calls: [null, "no"] } }]);
  });

  it("of as many other facts are another entry", () => {
    const given = withAnswers(record(), { pays: "yes", calls: "yes" }, NOON);
    const { log } = withAnswers(given, { pays: null, late: "no" }, NOON);
    assert.equal(log?.length, 2);
  });
});

describe("notes", () => {
  const noted = withNote(record({ notes: { calls: "often" } }), "pays", "late", NOON);

  it("are added to others", () => {
    assert.deepEqual(
      noted,
      record({
        notes: { calls: "often", pays: "late" },
        log: [{ at: NOON, note: "pays", text: "late" }],
        changed: NOON,
      }),
    );
  });

  it("that are the same return the same record", () => {
    assert.equal(withNote(noted, "pays", "late", IN_A_MINUTE), noted);
  });

  it("that stay empty return the same record", () => {
    assert.equal(withNote(noted, "late", "", IN_A_MINUTE), noted);
  });

  it("are removed as a whole with the last one", () => {
    const one = withNote(record(), "pays", "late", NOON);
    assert.equal("notes" in withNote(one, "pays", "", NOON), false);
  });

  it("are removed when they are emptied", () => {
    const { notes, log } = withNote(noted, "pays", "", IN_TEN_MINUTES);
    assert.deepEqual(notes, { calls: "often" });
    assert.deepEqual(log?.at(-1), { at: IN_TEN_MINUTES, note: "pays", text: "" });
  });

  it("edited within ten minutes are one entry, with the first time", () => {
    assert.deepEqual(withNote(noted, "pays", "late again", "2026-11-28T12:09:59+00:00").log, [
      { at: NOON, note: "pays", text: "late again" },
    ]);
  });

  it("edited after ten minutes are two entries", () => {
    assert.deepEqual(withNote(noted, "pays", "late again", IN_TEN_MINUTES).log, [
      { at: NOON, note: "pays", text: "late" },
      { at: IN_TEN_MINUTES, note: "pays", text: "late again" },
    ]);
  });

  it("on another fact are two entries", () => {
    assert.equal(withNote(noted, "calls", "never", NOON).log?.length, 2);
  });

  it("that are edited keep earlier entries", () => {
    const two = withNote(noted, "calls", "never", NOON);
    assert.deepEqual(
      withNote(two, "calls", "ever", NOON).log?.map(({ text }) => text),
      ["late", "ever"],
    );
  });
});

describe("other changes", () => {
  const meetings = (/** @type {number} */ count, text = "") =>
    [...Array(count).keys()].map((one) => ({ at: NOON, meeting: one + text }));

  const before = record({ log: [{ at: NOON, meeting: "one" }] });

  it("a meeting is logged", () => {
    const { log, changed } = withMeeting(before, "two", IN_A_MINUTE);
    assert.deepEqual(log, [
      { at: NOON, meeting: "one" },
      { at: IN_A_MINUTE, meeting: "two" },
    ]);
    assert.equal(changed, IN_A_MINUTE);
  });

  it("the first meeting starts the log", () => {
    assert.deepEqual(withMeeting(record(), "one", NOON).log, [{ at: NOON, meeting: "one" }]);
  });

  it("the oldest entries of a long log are removed, and counted", () => {
    const first = withMeeting(record({ log: meetings(3_000) }), "last", NOON);
    const { log = [], trimmed } = withMeeting(first, "the very last", NOON);
    assert.deepEqual([log.length, log[0].meeting], [3_000, "2"]);
    assert.deepEqual([log.at(-1)?.meeting, trimmed], ["the very last", 2]);
  });

  for (const [letters, text, count] of /** @type {[string, string, number][]} */ ([
    ["one byte", "x", 1_100],
    ["two bytes", "ж", 600],
    ["three bytes", "中", 500],
    ["four bytes", "😀", 600],
    ["six bytes, as they are escaped", "\u0001", 250],
  ])) {
    it(`a log of letters of ${letters} keeps the newest four megabytes`, () => {
      const long = meetings(count, text.repeat(4_000 / text.length));
      const { log, trimmed } = withMeeting(record({ log: long }), "last", NOON);
      const size = new Blob([JSON.stringify(log)]).size;
      assert.ok(size > 3_500_000 && size <= 4_000_000, String(size));
      assert.equal(log?.at(-1)?.meeting, "last");
      assert.equal(trimmed, count + 1 - (log?.length ?? 0));
    });
  }

  it("a log has no more parts than a file may", () => {
    const facts = Object.fromEntries([...Array(40).keys()].map((id) => [id, ["no", "yes"]]));
    const long = Array(2_000).fill({ at: NOON, answers: facts });
    const { log } = withMeeting(record({ log: long }), "last", NOON);
    const parts = JSON.stringify(log).match(/[,[\]{}]/g)?.length ?? 0;
    assert.ok(parts > 150_000 && parts <= 190_000, String(parts));
  });

  it("a log within the limits keeps everything", () => {
    const small = record({ log: meetings(900, "x".repeat(4_000)) });
    const { log, trimmed } = withMeeting(small, "last", NOON);
    assert.deepEqual([log?.length, trimmed], [901, undefined]);
  });

  it("a decision is stored and logged", () => {
    const { log, outcome, changed } = withPart(before, "decision", "declined", IN_A_MINUTE);
    assert.deepEqual(outcome, { decision: "declined" });
    assert.deepEqual(log, [
      { at: NOON, meeting: "one" },
      { at: IN_A_MINUTE, decision: "declined" },
    ]);
    assert.equal(changed, IN_A_MINUTE);
  });

  it("the first decision starts the log", () => {
    const { log } = withPart(record(), "decision", "declined", NOON);
    assert.deepEqual(log, [{ at: NOON, decision: "declined" }]);
  });

  it("the same decision is not logged again", () => {
    const decided = withPart(record(), "decision", "declined", NOON);
    const { log } = withPart(decided, "decision", "declined", IN_A_MINUTE);
    assert.equal(log?.length, 1);
  });

  it("an outcome without a decision is not logged", () => {
    assert.deepEqual(
      withPart(record(), "went", "well", NOON),
      record({ outcome: { went: "well" }, changed: NOON }),
    );
  });

  it("a field is set", () => {
    assert.deepEqual(
      withField(record(), "name", "Anna", NOON),
      record({ name: "Anna", changed: NOON }),
    );
  });

  it("an empty field is removed", () => {
    const estimated = withField(record(), "estimate", { hours: 1 }, NOON);
    assert.deepEqual(withField(estimated, "estimate", {}, NOON), record({ changed: NOON }));
    const named = withField(record(), "name", "Anna", NOON);
    assert.deepEqual(withField(named, "name", "", NOON), record({ changed: NOON }));
  });

  for (const [field, value, expected] of /** @type {[string, string | number, any][]} */ ([
    ["name", "Anna", { name: "Anna" }],
    ["staying", "She pays", { staying: "She pays" }],
    ["went", "well", { outcome: { went: "well" } }],
    ["outcome-words", "Fine", { outcome: { words: "Fine" } }],
    [
      "decision",
      "taken",
      { outcome: { decision: "taken" }, log: [{ at: NOON, decision: "taken" }] },
    ],
    ["hours", 0, { estimate: { hours: 0 } }],
    ["rate", "", {}],
    ["greet", "Anna", { letter: { greet: "Anna" } }],
    ["letter-lang", "ru", { letter: { in: "ru" } }],
  ])) {
    it(`the part of the field ${field} is set to ${JSON.stringify(value)}`, () => {
      assert.deepEqual(
        withPart(record(), field, value, NOON),
        record({ ...expected, changed: NOON }),
      );
    });
  }

  for (const [before, note, isTicked, expected] of /** @type {[any, string, boolean, any][]} */ ([
    [undefined, "age", true, ["age"]],
    [["early"], "age", true, ["early", "age"]],
    [["early", "age"], "age", true, ["early", "age"]],
    [["early", "age"], "early", false, ["age"]],
    [["age"], "age", false, undefined],
  ])) {
    it(`the context ${before} with ${note} set to ${isTicked} becomes ${expected}`, () => {
      const start = record(before && { context: before });
      assert.deepEqual(withContext(start, note, isTicked, NOON).context, expected);
    });
  }

  it("a part of the letter is merged with the others, and an empty one is removed", () => {
    const greeted = withLetter(record(), { greet: "Anna", better: "" }, NOON);
    assert.deepEqual(greeted.letter, { greet: "Anna" });
    const drafted = withLetter(greeted, { kind: "refusal", text: "x" }, NOON);
    assert.deepEqual(drafted.letter, { greet: "Anna", kind: "refusal", text: "x" });
    const emptied = withLetter(drafted, { greet: "", kind: "", text: "" }, IN_A_MINUTE);
    assert.deepEqual(emptied, record({ changed: IN_A_MINUTE }));
  });

  it("an id is replaced by a given one, if there is one", () => {
    assert.equal(withId(record(), "b").id, "b");
    assert.deepEqual(withId(record(), undefined), record());
  });
});

describe("whether changes can be merged into a record", () => {
  for (const [what, stored, expected] of /** @type {[string, any, boolean][]} */ ([
    ["a blank record", record(), true],
    ["answers that are a list", record({ answers: /** @type {any} */ ([]) }), false],
    ["no answers", { id: "a" }, false],
    ["notes that are a text", { ...record(), notes: "late" }, false],
    ["a letter that is a text", { ...record(), letter: "Dear Anna" }, false],
    ["a log that is not a list", { ...record(), log: {} }, false],
  ])) {
    it(`${what}: ${expected}`, () => {
      assert.equal(canBeMerged(stored), expected);
    });
  }
});

describe("a plain object", () => {
  for (const [what, value, expected] of /** @type {[string, unknown, boolean][]} */ ([
    ["an object", {}, true],
    ["null", null, false],
    ["a list", [], false],
    ["a text", "a", false],
    ["nothing", undefined, false],
  ])) {
    it(`${what}: ${expected}`, () => {
      assert.equal(isPlainObject(value), expected);
    });
  }
});
