import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyPalette, setUpPalette } from "../../../checklist/page/every-page/palette.js";
import { FakeMedia } from "../support/media.mjs";
import { openPage } from "../support/page.mjs";

const KEY = "/site/.__palette"; // the name that Material uses
const DARK = "(prefers-color-scheme: dark)";
const HTML = [0, 1, 2]
  .map(
    (index) => `<input type="radio" name="__palette" id="__palette_${index}">
      <label for="__palette_${(index + 1) % 3}" hidden></label>`,
  )
  .join("");

/** @param {import("node:test").TestContext} t
 * @param {{ stored?: string, isDark?: boolean, storage?: object }} [how] */
function setUp(t, { stored, isDark = false, storage } = {}) {
  const media = new FakeMedia(isDark ? [DARK] : []);
  const page = openPage(t, HTML, { matchMedia: media.match });
  const { document, window } = page;
  // As on a page one folder down.
  document.body.dataset.root = "..";
  window.happyDOM.setURL("https://example.org/site/guide/");
  if (stored !== undefined) {
    localStorage.setItem(KEY, stored);
  }
  if (storage) {
    Object.defineProperty(globalThis, "localStorage", { configurable: true, ...storage });
  }
  const scheme = () => document.body.dataset.mdColorScheme;
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll("input");
  const checked = () => [...inputs].findIndex((input) => input.checked);
  /** The palettes that a label offers. */
  const offered = () =>
    [...document.querySelectorAll("label")]
      .filter((label) => !label.hidden)
      .map((one) => one.htmlFor);
  return { ...page, media, scheme, inputs, checked, offered };
}

describe("the palette before the first paint", () => {
  for (const [what, stored, isDark, expected] of /** @type {[string, any, boolean, string][]} */ ([
    ["is that of a light system", undefined, false, "default"],
    ["is that of a dark system", undefined, true, "slate"],
    ["is that of the system if this was chosen", '{"index":0}', true, "slate"],
    ["is light if this was chosen", '{"index":1}', true, "default"],
    ["is dark if this was chosen", '{"index":2}', false, "slate"],
    ["is dark if Material stored it", '{"index":2,"color":{"scheme":"slate"}}', false, "slate"],
  ])) {
    it(what, (t) => {
      const { scheme } = setUp(t, { stored, isDark });
      applyPalette();
      assert.equal(scheme(), expected);
    });
  }
});

describe("the choice of a palette", () => {
  it("is that of the system at first, and nothing is stored", (t) => {
    const { checked, offered } = setUp(t);
    setUpPalette();
    assert.equal(checked(), 0);
    assert.deepEqual(offered(), ["__palette_1"]);
    assert.equal(localStorage.length, 0);
  });

  for (const [index, next] of [
    [1, "__palette_2"],
    [2, "__palette_0"],
  ]) {
    it(`is shown if it is stored: ${index}`, (t) => {
      const { checked, offered } = setUp(t, { stored: JSON.stringify({ index }) });
      setUpPalette();
      assert.equal(checked(), index);
      assert.deepEqual(offered(), [next]);
    });
  }

  it("goes around by the labels, and is applied and stored", (t) => {
    const { document, scheme, checked, offered } = setUp(t);
    setUpPalette();
    for (const [index, expected] of [
      [1, "default"],
      [2, "slate"],
      [0, "default"],
    ]) {
      const [id] = offered();
      /** @type {any} */ (document.querySelector(`label[for="${id}"]`)).click();
      assert.deepEqual([checked(), scheme()], [index, expected]);
      assert.deepEqual(JSON.parse(String(localStorage.getItem(KEY))), { index });
      assert.equal(offered().length, 1);
    }
  });

  it("of the system follows the system's changes", (t) => {
    const { media, scheme } = setUp(t);
    setUpPalette();
    media.set(DARK, true);
    assert.equal(scheme(), "slate");
    media.set(DARK, false);
    assert.equal(scheme(), "default");
  });

  it("of a palette does not change with the system", (t) => {
    const { inputs, media, scheme } = setUp(t);
    setUpPalette();
    inputs[1].click();
    media.set(DARK, true);
    assert.equal(scheme(), "default");
    inputs[0].click();
    assert.equal(scheme(), "slate");
  });
});

describe("what is stored may be damaged", () => {
  for (const stored of [
    "",
    "{",
    "null",
    "5",
    "[]",
    "{}",
    '{"index":null}',
    '{"index":3}',
    '{"index":-1}',
    '{"index":1.5}',
    '{"index":"1"}',
    '{"index":"length"}',
    '{"index":"map"}',
    '{"index":[2]}',
  ]) {
    it(`and is then the system's: ${stored}`, (t) => {
      const { scheme, checked, offered } = setUp(t, { stored });
      applyPalette();
      setUpPalette();
      assert.deepEqual([scheme(), checked(), offered()], ["default", 0, ["__palette_1"]]);
    });
  }
});

describe("where storage", () => {
  const refuse = () => {
    throw new Error("refused");
  };
  for (const [what, storage] of /** @type {[string, object][]} */ ([
    ["is blocked", { get: refuse }],
    ["is full", { value: { getItem: () => null, setItem: refuse } }],
  ])) {
    it(`${what}, the choice holds for the page`, (t) => {
      const { inputs, scheme, checked, media } = setUp(t, { storage });
      applyPalette();
      setUpPalette();
      assert.deepEqual([scheme(), checked()], ["default", 0]);
      inputs[2].click();
      assert.deepEqual([scheme(), checked()], ["slate", 2]);
      media.set(DARK, true);
      media.set(DARK, false);
      assert.equal(scheme(), "slate");
    });
  }
});
