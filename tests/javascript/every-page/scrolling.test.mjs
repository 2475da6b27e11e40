import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setUpScrolling } from "../../../checklist/page/every-page/scrolling.js";
import { openPage } from "../support/page.mjs";

const TOC = `<div class="md-sidebar__scrollwrap"><ul data-toc>
  <a href="#a">A</a><a href="#b">B</a><a href="#gone">no such heading</a></ul></div>`;
const TITLE = '<div class="md-header__title"></div>';
const HEADINGS = '<h1>T</h1><h2 id="a">A</h2><h2 id="b">B</h2>';

/** A page whose elements have positions at will.
 * @param {import("node:test").TestContext} t
 * @param {{ title?: string, toc?: string, headings?: string }} [parts] */
function setUp(t, { title = TITLE, toc = TOC, headings = HEADINGS } = {}) {
  /** @type {(() => void)[]} */
  const frames = [];
  const html = `<div class="md-header">${title}</div>${toc}<div class="md-main">${headings}</div>`;
  const page = openPage(t, html, {
    requestAnimationFrame: (/** @type {() => void} */ run) => frames.push(run),
  });
  const { one, fire, window } = page;
  Object.defineProperty(one(".md-header"), "offsetHeight", { value: 48 });
  /** @param {Record<string, number>} tops of elements, by selector; a heading is 40 px high */
  const place = (tops) => {
    for (const [selector, top] of Object.entries(tops)) {
      one(selector).getBoundingClientRect = () => ({ top, bottom: top + 40 });
    }
  };
  place({ ".md-main": 100 });
  const draw = () => frames.splice(0).forEach((run) => run());
  /** @param {Record<string, number>} tops */
  const scroll = (tops) => {
    place(tops);
    fire(window, "scroll");
    draw();
  };
  /** @param {string} selector @param {string} name */
  const has = (selector, name) => one(selector).classList.contains(name);
  /** The numbers of the links with a class. @param {string} name */
  const linksWith = (name) =>
    [...page.document.querySelectorAll("a")].flatMap((link, index) =>
      link.classList.contains(`md-nav__link--${name}`) ? [index] : [],
    );
  setUpScrolling();
  return { ...page, frames, place, draw, scroll, has, linksWith };
}

describe("the header", () => {
  it("has a shadow while it is over the page", (t) => {
    const { has, scroll } = setUp(t);
    for (const [top, expected] of /** @type {[number, boolean][]} */ ([
      [49, false],
      [48, true],
      [-500, true],
      [49, false],
    ])) {
      scroll({ ".md-main": top });
      assert.equal(has(".md-header", "md-header--shadow"), expected, String(top));
    }
  });

  it("shows the title of the page while the heading is out of sight", (t) => {
    const { has, scroll } = setUp(t);
    for (const [top, expected] of /** @type {[number, boolean][]} */ ([
      [0, false],
      [-40, false],
      [-41, true],
      [0, false],
    ])) {
      scroll({ h1: top });
      assert.equal(has(".md-header__title", "md-header__title--active"), expected, String(top));
    }
  });

  it("works on a page without title, heading and table of contents", (t) => {
    const { has, scroll } = setUp(t, { title: "", toc: "", headings: "" });
    scroll({ ".md-main": 0 });
    assert.equal(has(".md-header", "md-header--shadow"), true);
  });
});

describe("the table of contents", () => {
  it("marks the current heading, and those before it", (t) => {
    const { scroll, linksWith } = setUp(t);
    /** @type {[number, number, number[], number[]][]} */
    const positions = [
      [100, 400, [], []],
      [99, 400, [], [0]],
      [-300, 100, [], [0]],
      [-301, 99, [0], [1]],
      [99, 400, [], [0]],
      [100, 400, [], []],
    ];
    for (const [a, b, passed, active] of positions) {
      scroll({ "#a": a, "#b": b });
      assert.deepEqual([linksWith("passed"), linksWith("active")], [passed, active], `${a} ${b}`);
    }
  });

  for (const [what, height, expected] of /** @type {[string, number, number][]} */ ([
    ["is scrolled to the current heading", 301, 550],
    ["is not scrolled if all of it is in sight", 300, 7],
  ])) {
    it(what, (t) => {
      const { one, scroll } = setUp(t);
      const box = one(".md-sidebar__scrollwrap");
      Object.defineProperties(box, {
        scrollHeight: { value: height },
        clientHeight: { value: 300 },
        scrollTop: { value: 7, writable: true },
      });
      Object.defineProperty(one('[href="#b"]'), "offsetTop", { value: 700 });
      scroll({ "#a": 100, "#b": 400 });
      assert.equal(box.scrollTop, 7);
      scroll({ "#a": 0, "#b": 0 });
      assert.equal(box.scrollTop, expected);
    });
  }
});

describe("scrolling and resizing", () => {
  it("are measured at first, and then once in each frame", (t) => {
    const { frames, draw, fire, window } = setUp(t);
    assert.equal(frames.length, 1);
    fire(window, "scroll");
    assert.equal(frames.length, 1);
    draw();
    for (const type of ["scroll", "resize", "scroll"]) {
      fire(window, type);
    }
    assert.equal(frames.length, 1);
    draw();
    fire(window, "resize");
    assert.equal(frames.length, 1);
  });
});
