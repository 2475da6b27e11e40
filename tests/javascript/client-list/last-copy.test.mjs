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

/** @param {import("node:test").TestContext} t @param {any} stored */
function setUp(t, stored) {
  const { one } = openPage(t, '<div><p data-slot="last-copy">old</p></div>');
  const there = { stored };
  const lastCopy = createLastCopy(one("div"), {
    store: /** @type {any} */ ({
      lastCopy: async () => there.stored,
      setLastCopy: async (/** @type {any} */ copy) => (there.stored = copy),
    }),
    settings: { lang: "en-GB", texts: { storage: TEXTS } },
  });
  return { lastCopy, there, line: () => one("p").textContent };
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

  it("is complete right after a copy was saved", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: COPY.at });
    const { lastCopy, line, there } = setUp(t, null);
    const records = /** @type {any[]} */ ([{ id: "a", changed: TIME }, { id: "b" }]);
    await lastCopy.remember(records);
    assert.deepEqual(there.stored, COPY);
    await lastCopy.show(records);
    assert.equal(line(), "20 November 2026: all");
  });
});
