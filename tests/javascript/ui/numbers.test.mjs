import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatNumber, parseNumber } from "../../../checklist/page/ui/numbers.js";

const BOTH = /** @type {const} */ (["ru", "en"]);

describe("a number as it was typed or pasted", () => {
  for (const [text, expected] of /** @type {[string, number | null][]} */ ([
    ["0", 0],
    ["007", 7],
    ["12,5", 12.5],
    ["12.5", 12.5],
    [" 12,5\n", 12.5],
    [",5", 0.5],
    [".5", 0.5],
    ["5,", 5],
    ["5.", 5],
    ["0,125", 0.125],
    ["1234,567", 1234.567],
    ["1 234,5", 1234.5],
    ["1\u00a0234.5", 1234.5],
    ["1\u202f234\u202f567", 1_234_567],
    ["1\u2009234", 1234],
    ["1\u00a0234 567", 1_234_567],
    ["1'234.50", 1234.5],
    ["1’234,50", 1234.5],
    ["1,234.5", 1234.5],
    ["1.234,5", 1234.5],
    ["1,234,567", 1_234_567],
    ["1.234.567", 1_234_567],
    ["12,34,567", 1_234_567],
    ["$1,234", 1_234],
    ["1.234 €", 1_234],
    ["1 234,50 ₽", 1234.5],
    ["1′234", 1_234],
    ["1  234", 1_234],
    ["\u200e123\u200b", 123],
    ["１２３．５", 123.5],
    ["12,345,6", null],
    ["1½", null],
    ["10²", null],
    ["100 руб.", null],
    ["1e-7", 1e-7],
    ["5E2", 500],
    ["999999999", 999_999_999],
    ["999 999 999", 999_999_999],
    ["1000000000", null],
    ["1e400", null],
    ["", null],
    [" ", null],
    [".", null],
    [",", null],
    ["e5", null],
    ["-1", null],
    ["\u22121", null],
    ["1-2", null],
    ["5 10", null],
    ["12 34", null],
    ["1 23", null],
    ["1 2345", null],
    ["1,2,3", null],
    ["1.2.3", null],
    ["1,234.567.8", null],
    ["1,5.", null],
    ["12 h", null],
    ["five", null],
    ["Infinity", null],
    ["NaN", null],
    ["0x10", null],
    ["\u0661", null],
  ])) {
    for (const lang of BOTH) {
      it(`${JSON.stringify(text)} is ${expected} in ${lang}`, () => {
        assert.equal(parseNumber(text, lang), expected);
      });
    }
  }

  for (const [text, russian, english] of /** @type {[string, number, number][]} */ ([
    ["1,234", 1.234, 1234],
    ["12,000", 12, 12_000],
    ["1.234", 1.234, 1.234],
    ["0,500", 0.5, 0.5],
  ])) {
    it(`"${text}" follows the language of the page`, () => {
      assert.deepEqual([parseNumber(text, "ru"), parseNumber(text, "en")], [russian, english]);
    });
  }
});

describe("a number that is shown", () => {
  for (const value of [0, 0.1, 1.234, 1234.5, 123_456.789, 1e-7, 999_999_999]) {
    for (const lang of BOTH) {
      it(`${value} can be read back in ${lang}`, () => {
        assert.equal(parseNumber(formatNumber(value, lang), lang), value);
      });
    }
  }

  it("has the decimal separator of the language", () => {
    assert.deepEqual([formatNumber(12.5, "ru"), formatNumber(12.5, "en")], ["12,5", "12.5"]);
  });
});
