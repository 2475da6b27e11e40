import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { beginningOf, WHOLE } from "../../../checklist/page/service-worker/cache-names.js";

describe("the name of a copy", () => {
  for (const [root, expected] of [
    ["https://example.org/", "client-checklist-/#"],
    ["https://example.org/site/", "client-checklist-/site/#"],
    ["https://example.org/%23/", "client-checklist-/%23/#"],
  ]) {
    it(`of ${root} begins with ${expected}`, () => {
      assert.equal(beginningOf(root), expected);
    });
  }

  it("has a mark that is not the address of any file", () => {
    assert.equal(WHOLE, "?whole");
  });
});
