import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cachePrefix, COMPLETE_MARK } from "../../../checklist/page/service-worker/cache-names.js";

describe("the name of a precache", () => {
  for (const [root, expected] of [
    ["https://example.org/", "client-checklist-/#"],
    ["https://example.org/site/", "client-checklist-/site/#"],
    ["https://example.org/%23/", "client-checklist-/%23/#"],
  ]) {
    it(`of ${root} begins with ${expected}`, () => {
      assert.equal(cachePrefix(root), expected);
    });
  }

  it("has an entry for completeness that is not the address of a file", () => {
    assert.equal(COMPLETE_MARK, "?whole");
  });
});
