import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  announce,
  announceIn,
  clearAnnouncements,
  liveRegionOf,
} from "../../../checklist/page/ui/announce.js";
import { openPage } from "../support/page.mjs";

describe("a live region", () => {
  /** @param {import("node:test").TestContext} t */
  const setUp = (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { document, one } = openPage(t, '<p data-slot="said">old</p>');
    return {
      document,
      line: one("p"),
      tick: (/** @type {number} */ ms) => t.mock.timers.tick(ms),
    };
  };

  it("is found in the page", (t) => {
    const { document, line } = setUp(t);
    assert.equal(liveRegionOf(document), line);
  });

  it("keeps what is announced right after it was cleared", (t) => {
    const { line, tick } = setUp(t);
    announce(line, "one");
    clearAnnouncements(line);
    announce(line, "two");
    tick(1_000);
    assert.equal(line.textContent, "two");
  });

  it("is cleared, and gets all new texts 100 ms later, without duplicates", (t) => {
    const { line, tick } = setUp(t);
    announce(line, "one");
    announce(line, "two");
    announce(line, "one");
    assert.equal(line.textContent, "");
    tick(99);
    assert.equal(line.textContent, "");
    tick(1);
    assert.equal(line.textContent, "one two");
  });

  it("is the general one of the page by default", (t) => {
    const { document, line, tick } = setUp(t);
    announceIn(document, "one");
    tick(100);
    assert.equal(line.textContent, "one");
  });

  it("announces the same text again", (t) => {
    const { line, tick } = setUp(t);
    announce(line, "one");
    tick(100);
    announce(line, "one");
    assert.equal(line.textContent, "");
    tick(100);
    assert.equal(line.textContent, "one");
  });

  it("does not announce a text that was cleared", (t) => {
    const { line, tick } = setUp(t);
    clearAnnouncements(line);
    assert.equal(line.textContent, "");
    announce(line, "one");
    clearAnnouncements(line);
    tick(100);
    assert.equal(line.textContent, "");
  });
});
