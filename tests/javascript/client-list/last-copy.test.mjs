import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLastCopy } from "../../../checklist/page/client-list/last-copy.js";
import { openPage } from "../support/page.mjs";

const TIME = "2026-11-20T15:00:01+03:00";
const LATER = "2026-11-20T15:00:02+03:00";
const COPY = { at: Date.UTC(2026, 10, 20, 12), changed: { a: TIME, b: "undefined" } };
const TEXTS = {
  copy_none: "none",
  copy_old: "{day}: {count} changed",
  copy_complete: "{day}: all",
};

const DAY = 24 * 60 * 60_000;
const PAGE = `<div><p data-slot="last-copy">old</p>
  <p data-block="copy-reminder" hidden><span data-slot="copy-reminder"></span></p></div>`;

/** @param {import("node:test").TestContext} t @param {any} stored @param {number} [days] since then
 * @param {boolean} [isInterrupted] */
function setUp(t, stored, days = 0, isInterrupted = false) {
  t.mock.timers.enable({ apis: ["Date"], now: COPY.at + days * DAY });
  const { one } = openPage(t, PAGE);
  const lastCopy = createLastCopy(one("div"), {
    store: /** @type {any} */ ({
      lastCopy: async () => stored,
    }),
    isBackupInterrupted: () => isInterrupted,
    settings: { lang: "en-GB", texts: { storage: TEXTS } },
  });
  const reminder = () =>
    one('[data-block="copy-reminder"]').hidden
      ? ""
      : one('[data-slot="copy-reminder"]').textContent;
  return { lastCopy, line: () => one("p").textContent, reminder };
}

describe("the line about the last copy", () => {
  for (const [what, copy, records, expected] of /** @type {[string, any, any[], string][]} */ ([
    ["is empty without clients", COPY, [], ""],
    ["is empty if the database cannot be read", undefined, [{ id: "a" }], ""],
    ["says that there is none", null, [{ id: "a" }], "none"],
    [
      "says that it is complete, also after a client is deleted",
      COPY,
      [{ id: "a", changed: TIME }],
      "20 November 2026: all",
    ],
    [
      "counts a client that was changed since",
      COPY,
      [{ id: "a", changed: LATER }, { id: "b" }],
      "20 November 2026: 1 changed",
    ],
    [
      "counts a client that was imported since, however old it is",
      COPY,
      [
        { id: "a", changed: TIME },
        { id: "c", changed: "2020-01-01T00:00:00Z" },
      ],
      "20 November 2026: 1 changed",
    ],
  ])) {
    it(what, async (t) => {
      const { lastCopy, line } = setUp(t, copy);
      await lastCopy.show(records);
      assert.equal(line(), expected);
    });
  }
});

describe("the reminder to save a copy", () => {
  const changed = { id: "a", changed: LATER };
  for (const [what, copy, days, records, expected] of /** @type {
    [string, any, number, any[], string][]} */ ([
    ["waits for a week", COPY, 6, [changed], ""],
    ["then says what the copy lacks", COPY, 8, [changed], "20 November 2026: 1 changed"],
    ["is none while the copy has everything", COPY, 80, [{ id: "a", changed: TIME }], ""],
    ["is none in the first week", null, 6, [changed], ""],
    ["comes after a week without any copy", null, 8, [changed], "none"],
    ["is none where no time is known", null, 80, [{ id: "a" }], ""],
    ["is none if the database cannot be read", undefined, 80, [changed], ""],
  ])) {
    it(what, async (t) => {
      const { lastCopy, reminder } = setUp(t, copy, days);
      await lastCopy.show(records);
      assert.equal(reminder(), expected);
    });
  }

  it("does not wait if the file that is kept up to date cannot be written", async (t) => {
    const { lastCopy, reminder } = setUp(t, COPY, 0, true);
    await lastCopy.show(/** @type {any[]} */ ([changed]));
    assert.equal(reminder(), "20 November 2026: 1 changed");
    await lastCopy.show(/** @type {any[]} */ ([{ id: "a", changed: TIME }]));
    assert.equal(reminder(), "");
  });
});
