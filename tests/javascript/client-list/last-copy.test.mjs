import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLastCopy } from "../../../checklist/page/client-list/last-copy.js";
import { openPage } from "../support/page.mjs";

const COPIED = Date.UTC(2026, 10, 20, 12, 0, 0, 500);
const TEXTS = {
  copy_none: "none",
  copy_old: "{day}: {count} changed",
  copy_complete: "{day}: all",
};

describe("the line about the last copy", () => {
  for (const [what, at, changes, expected] of /** @type {[string, any, any[], string][]} */ ([
    ["is empty without clients", COPIED, [], ""],
    ["is empty if the database cannot be read", undefined, ["2026-11-01T00:00:00Z"], ""],
    ["says that there is none", 0, ["2026-11-01T00:00:00Z"], "none"],
    ["says that it is complete", COPIED, ["2026-11-20T11:59:59Z"], "20 November 2026: all"],
    [
      "counts what changed since, in any time zone",
      COPIED,
      ["2026-11-20T15:00:01+03:00", "2026-11-20T14:59:59+03:00", "2026-11-21T00:00:00Z"],
      "20 November 2026: 2 changed",
    ],
    [
      "counts a change in the same second",
      COPIED,
      ["2026-11-20T12:00:00Z"],
      "20 November 2026: 1 changed",
    ],
    ["counts a change at an unknown time", COPIED, [undefined, "x"], "20 November 2026: 2 changed"],
  ])) {
    it(what, async (t) => {
      const { one } = openPage(t, '<div><p data-slot="last-copy">old</p></div>');
      const lastCopy = createLastCopy(one("div"), {
        store: /** @type {any} */ ({ copiedAt: async () => at }),
        settings: { lang: "en-GB", texts: { storage: TEXTS } },
      });
      await lastCopy.show(changes.map((changed) => /** @type {any} */ ({ changed })));
      assert.equal(one("p").textContent, expected);
    });
  }
});
