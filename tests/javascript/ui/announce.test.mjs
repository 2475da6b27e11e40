import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hush, say, voiceOf } from "../../../checklist/page/ui/announce.js";
import { openPage } from "../support/page.mjs";

describe("a live region", () => {
  /** @param {import("node:test").TestContext} t */
  const region = (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { document, one } = openPage(t, '<p data-slot="said">old</p>');
    return {
      document,
      region: one("p"),
      tick: (/** @type {number} */ ms) => t.mock.timers.tick(ms),
    };
  };

  it("is found on the page", (t) => {
    const { document, region: line } = region(t);
    assert.equal(voiceOf(document), line);
  });

  it("is emptied, and has all new texts a moment later, each once", (t) => {
    const { region: line, tick } = region(t);
    say(line, "one");
    say(line, "two");
    say(line, "one");
    assert.equal(line.textContent, "");
    tick(99);
    assert.equal(line.textContent, "");
    tick(1);
    assert.equal(line.textContent, "one two");
  });

  it("announces the same text again later", (t) => {
    const { region: line, tick } = region(t);
    say(line, "one");
    tick(100);
    say(line, "one");
    assert.equal(line.textContent, "");
    tick(100);
    assert.equal(line.textContent, "one");
  });

  it("does not announce a text that was withdrawn", (t) => {
    const { region: line, tick } = region(t);
    hush(line);
    assert.equal(line.textContent, "");
    say(line, "one");
    hush(line);
    tick(100);
    assert.equal(line.textContent, "");
  });
});
