import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setUpOverlays } from "../../../checklist/page/every-page/overlays.js";
import { FakeMedia } from "../support/media.mjs";
import { openPage } from "../support/page.mjs";

const DRAWER_WIDE = "(min-width: 76.25em)";
const SEARCH_WIDE = "(min-width: 60em)";
const HTML = `<a class="md-skip" href="#t">skip</a>
  <input type="checkbox" id="__drawer"><input type="checkbox" id="__search">
  <header class="md-header"><nav class="md-header__inner">
    <a class="md-logo" href="./">home</a>
    <button id="menu" data-opens="__drawer" aria-expanded="false"></button>
    <div id="language" class="md-select"><button id="choose"></button>
      <ul><li><a id="other" href="en/">English</a></li></ul></div>
    <button id="lens" data-opens="__search" aria-expanded="false"></button>
    <div class="md-search"><input class="md-search__input"><a id="result" href="#here">r</a></div>
  </nav></header>
  <div class="md-tabs"></div>
  <div class="md-sidebar--primary"><button class="md-nav__close" data-opens="__drawer"></button></div>
  <div class="md-sidebar--secondary"></div>
  <div class="md-content"><a id="content" href="#c">c</a></div>
  <div class="md-footer"></div><div id="update" data-update></div>`;
const BEHIND = "md-skip md-tabs md-sidebar--secondary md-content md-footer update".split(" ");
const BEHIND_DRAWER = ["md-header", ...BEHIND].sort();
const BEHIND_SEARCH = [
  ..."md-logo menu language lens md-sidebar--primary".split(" "),
  ...BEHIND,
].sort();

/** @param {import("node:test").TestContext} t @param {string[]} [wide] */
function setUp(t, wide = []) {
  const media = new FakeMedia(wide);
  const page = openPage(t, HTML, { matchMedia: media.match });
  const { document, one, fire } = page;
  setUpOverlays();
  const inert = () =>
    [...document.querySelectorAll("*")]
      .filter((element) => /** @type {HTMLElement} */ (element).inert)
      .map(({ id, className }) => id || className)
      .sort();
  const focused = () => document.activeElement;
  const escape = () => fire(document.body, "keydown", { key: "Escape" });
  /** Press a button that has the focus. @param {string} selector */
  const press = (selector) => {
    one(selector).focus();
    one(selector).click();
  };
  const expanded = (/** @type {string} */ selector) => one(selector).getAttribute("aria-expanded");
  return { ...page, media, inert, focused, escape, press, expanded };
}

/** The drawer and the search on a narrow screen. */
const OVERLAYS = [
  {
    name: "the drawer",
    checkbox: "#__drawer",
    button: "#menu",
    first: ".md-nav__close",
    behind: BEHIND_DRAWER,
  },
  {
    name: "the search",
    checkbox: "#__search",
    button: "#lens",
    first: ".md-search__input",
    behind: BEHIND_SEARCH,
  },
];

for (const { name, checkbox, button, first, behind } of OVERLAYS) {
  describe(`${name} on a narrow screen`, () => {
    it("is closed at first", (t) => {
      const { one, inert, expanded } = setUp(t);
      assert.deepEqual([one(checkbox).checked, expanded(button), inert()], [false, "false", []]);
    });

    it("makes what it covers inert, and gets the focus", (t) => {
      const { one, inert, focused, press, expanded } = setUp(t);
      press(button);
      assert.equal(one(checkbox).checked, true);
      assert.equal(expanded(button), "true");
      assert.deepEqual(inert(), behind);
      assert.equal(focused(), one(first));
    });

    /** @type {[string, (page: ReturnType<typeof setUp>) => void][]} */
    const ways = [
      ["Escape", ({ escape }) => void escape()],
      ["its checkbox, whose label is the overlay", ({ one }) => one(checkbox).click()],
      ["its button", ({ press }) => press(button)],
    ];
    for (const [way, close] of ways) {
      it(`is closed by ${way}, and the focus returns`, (t) => {
        const page = setUp(t);
        page.press(button);
        close(page);
        assert.equal(page.one(checkbox).checked, false);
        assert.equal(page.expanded(button), "false");
        assert.deepEqual(page.inert(), []);
        assert.equal(page.focused(), page.one(button));
      });
    }

    it("stays as it is on other keys", (t) => {
      const { one, fire, press, document } = setUp(t);
      press(button);
      fire(document.body, "keydown", { key: "Enter" });
      assert.equal(one(checkbox).checked, true);
    });
  });
}

describe("Escape while nothing is open", () => {
  it("leaves the focus where it is", (t) => {
    const { one, focused, escape } = setUp(t);
    one("#content").focus();
    escape();
    assert.equal(focused(), one("#content"));
  });
});

describe("the drawer", () => {
  it("is closed by the button in it", (t) => {
    const { one, press, focused } = setUp(t);
    press("#menu");
    press(".md-nav__close");
    assert.equal(one("#__drawer").checked, false);
    assert.equal(focused(), one("#menu"));
  });

  it("is closed when the window becomes wide", (t) => {
    const { one, media, inert, press, expanded } = setUp(t);
    press("#menu");
    media.set(DRAWER_WIDE, true);
    assert.deepEqual([one("#__drawer").checked, expanded("#menu"), inert()], [false, "false", []]);
  });

  it("does not open when the window becomes wide", (t) => {
    const { one, media } = setUp(t);
    media.set(DRAWER_WIDE, true);
    assert.equal(one("#__drawer").checked, false);
  });
});

describe("the search", () => {
  it("opens when the focus comes to it, and covers nothing in a wide window", (t) => {
    const { one, inert, focused } = setUp(t, [SEARCH_WIDE]);
    one(".md-search__input").focus();
    assert.equal(one("#__search").checked, true);
    assert.deepEqual(inert(), []);
    assert.equal(focused(), one(".md-search__input"));
  });

  for (const [what, isWide, selector, isOpen] of /** @type {[string, boolean, any, boolean][]} */ ([
    ["closes when the focus leaves it in a wide window", true, "#content", false],
    ["stays open when the focus moves within it", true, "#result", true],
    ["stays open when the window loses the focus", true, null, true],
    ["stays open when the focus leaves it on a narrow screen", false, "#content", true],
  ])) {
    it(what, (t) => {
      const { one, fire } = setUp(t, isWide ? [SEARCH_WIDE] : []);
      const input = one(".md-search__input");
      input.focus();
      fire(input, "focusout", { relatedTarget: selector && one(selector) });
      assert.equal(one("#__search").checked, isOpen);
    });
  }

  it("closes when a result is chosen, which may be on this page", (t) => {
    const { one, press } = setUp(t);
    press("#lens");
    one(".md-search__input").click();
    assert.equal(one("#__search").checked, true);
    one("#result").click();
    assert.equal(one("#__search").checked, false);
  });

  it("loses the focus by Escape, also where its button is hidden", (t) => {
    const { document, one, focused, escape } = setUp(t, [SEARCH_WIDE]);
    one("#lens").remove();
    one(".md-search__input").focus();
    escape();
    assert.equal(one("#__search").checked, false);
    assert.equal(focused(), document.body);
  });

  it("covers what is behind it only while the window is narrow", (t) => {
    const { media, inert, press } = setUp(t);
    press("#lens");
    media.set(SEARCH_WIDE, true);
    assert.deepEqual(inert(), []);
    media.set(SEARCH_WIDE, false);
    assert.deepEqual(inert(), BEHIND_SEARCH);
  });

  it("covers nothing while it is closed, however wide the window", (t) => {
    const { media, inert } = setUp(t, [SEARCH_WIDE]);
    media.set(SEARCH_WIDE, false);
    assert.deepEqual(inert(), []);
  });
});

describe("the language menu", () => {
  /** @param {import("node:test").TestContext} t @param {string | null} at what has the focus */
  const opened = (t, at, isShown = true) => {
    const page = setUp(t);
    const menu = page.one("#language");
    // happy-dom does not know which elements are hovered.
    t.mock.method(menu, "matches", () => isShown);
    if (at) {
      page.one(at).focus();
    }
    return { ...page, menu, isClosed: () => menu.classList.contains("is-closed") };
  };

  it("is closed by Escape, and the focus returns to its button", (t) => {
    const { one, menu, focused, escape, isClosed } = opened(t, "#other");
    escape();
    assert.equal(isClosed(), true);
    assert.deepEqual(menu.matches.mock.calls[0].arguments, [":hover, :focus-within"]);
    assert.equal(focused(), one("#choose"));
  });

  it("is closed by Escape under the pointer, and the focus stays elsewhere", (t) => {
    const { one, focused, escape, isClosed } = opened(t, "#content");
    escape();
    assert.equal(isClosed(), true);
    assert.equal(focused(), one("#content"));
  });

  for (const [what, key, isShown] of /** @type {[string, string, boolean][]} */ ([
    ["by other keys", "a", true],
    ["while it is not shown", "Escape", false],
  ])) {
    it(`is not closed ${what}`, (t) => {
      const { document, fire, isClosed } = opened(t, null, isShown);
      fire(document.body, "keydown", { key });
      assert.equal(isClosed(), false);
    });
  }

  for (const type of ["click", "focusout", "mouseleave"]) {
    it(`can be opened again after ${type}`, (t) => {
      const { menu, fire, escape, isClosed } = opened(t, "#choose");
      escape();
      assert.equal(isClosed(), true);
      fire(menu, type);
      assert.equal(isClosed(), false);
    });
  }
});
