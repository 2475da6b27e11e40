import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isFound } from "../../../checklist/page/client-list/filter.js";

describe("a client is found by its name", () => {
  for (const [name, query, what] of [
    ["Anna", "", "by nothing"],
    ["Anna", " NN ", "by a part, in capitals, with spaces around"],
    ["Алёна", "алена", "without the dots of «ё»"],
    ["Алена", "алёна", "with the dots of «ё»"],
    ["ООО\u00a0«Мост»", "ооо «мост", "with another space"],
    ["Мост  и  сын", "мост и сын", "with one space for several"],
    ["Йога", "Йога", "decomposed, as macOS has it in the names of files"],
    ["Ca\u0301fe", "cáfe", "composed"],
    ["по\u00adлу\u200bстанок", "полустанок", "without invisible characters"],
    ["полустанок", "\u202eполустанок\u202c", "with invisible characters"],
    ["ＡＢＣ", "abc", "with letters of another width"],
    ["a+b (c)", "+b (", "with punctuation"],
  ]) {
    it(what, () => assert.equal(isFound(name, query, "ru"), true));
  }

  it("but not by another name", () => assert.equal(isFound("Anna", "Anne", "en"), false));
});
