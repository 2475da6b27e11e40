import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setGlobals } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const WORDS = {
  start: "Type.",
  loading: "Loading.",
  found: "Found: {count}",
  none: "Nothing.",
  failed: "Failed.",
};
const PARTS = `<form><input class="md-search__input"><button type="reset"></button>
  <div class="md-search__suggest"></div></form>
  <div class="md-search-result__meta"></div><ol class="md-search-result__list"></ol>`;
const FOLDERS = /** @type {const} */ ({ ru: "", en: "en/" });
let copies = 0;

class FakeWorker extends EventTarget {
  /** @type {FakeWorker[]} */
  static all = [];
  /** @type {string[]} */
  queries = [];
  isTerminated = false;

  /** @param {URL} url @param {{ type: string, name: string }} options */
  constructor(url, options) {
    super();
    this.url = url.href;
    this.options = options;
    FakeWorker.all.push(this);
  }
  /** @param {string} query */
  postMessage(query) {
    this.queries.push(query);
  }
  terminate() {
    this.isTerminated = true;
  }
  /** @param {object} data */
  respond(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** @param {string} text @param {boolean} [isMatch] */
const segment = (text, isMatch = false) => ({ text, isMatch });

/** @param {string} location @param {string} title @param {string} [excerpt] */
const hit = (location, title, excerpt) => ({
  location,
  title: [segment(title)],
  excerpt: excerpt ? [segment(excerpt)] : [],
});

const FOUND = [
  { page: hit("refuse/", "Refusal", "Of clients"), sections: [hit("refuse/#why", "Why")] },
  { page: hit("", "Home"), sections: [] },
];

/** @param {import("node:test").TestContext} t
 * @param {{ lang?: "ru" | "en", value?: string }} [how] `value` was typed before the module was there */
async function setUp(t, { lang = "en", value = "" } = {}) {
  FakeWorker.all = [];
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = openPage(t, "", { Worker: FakeWorker });
  const { document, one, fire } = page;
  const root = document.createElement("div");
  root.className = "md-search";
  root.dataset.search = JSON.stringify({
    worker: "app/search-worker.js",
    index: `${FOLDERS[lang]}search/index.json`,
    lang,
    words: WORDS,
  });
  root.innerHTML = PARTS;
  document.body.append(root);
  const input = one("input");
  input.value = value;
  await import(`../../../checklist/page/search/search-field.js?field=${(copies += 1)}`);
  const type = (/** @type {string} */ text) => {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    fire(input, "input");
  };
  const worker = () => /** @type {FakeWorker} */ (FakeWorker.all.at(-1));
  const find = (/** @type {string} */ query, pages = FOUND, completion = "") => {
    type(query);
    worker().respond({ query, pages, completion });
  };
  const press = (/** @type {string} */ key, target = document.activeElement) =>
    fire(/** @type {Element} */ (target), "keydown", { key });
  const links = () => [...document.querySelectorAll("a")];
  const status = () => one(".md-search-result__meta").textContent;
  const suggestion = () => one(".md-search__suggest").textContent;
  return { ...page, root, input, type, worker, find, press, links, status, suggestion };
}

describe("the search field", () => {
  it("starts no worker before something is typed", async (t) => {
    const { status, type } = await setUp(t);
    assert.equal(status(), "Type.");
    type("  ");
    assert.deepEqual(FakeWorker.all, []);
  });

  for (const lang of /** @type {const} */ (["ru", "en"])) {
    it(`starts one worker with the index: ${lang}`, async (t) => {
      const { type, worker } = await setUp(t, { lang });
      type("a");
      type("ab");
      assert.equal(FakeWorker.all.length, 1);
      const { url, options, queries } = worker();
      assert.equal(url, "https://example.org/site/app/search-worker.js");
      assert.equal(options.type, "module");
      assert.deepEqual(JSON.parse(options.name), {
        index: `https://example.org/site/${FOLDERS[lang]}search/index.json`,
        lang,
      });
      assert.deepEqual(queries, ["a", "ab"]);
    });

    it(`links to pages and sections in the folder of the language: ${lang}`, async (t) => {
      const { find, links } = await setUp(t, { lang });
      find("a");
      assert.deepEqual(
        links().map(({ href }) => href),
        ["refuse/", "refuse/#why", ""].map(
          (path) => `https://example.org/site/${FOLDERS[lang]}${path}`,
        ),
      );
    });
  }

  it("searches for what was typed before it was loaded", async (t) => {
    const { worker, status } = await setUp(t, { value: "early" });
    assert.deepEqual(worker().queries, ["early"]);
    assert.equal(status(), "Loading.");
  });

  it("says how many pages were found", async (t) => {
    const { find, status } = await setUp(t);
    find("a");
    assert.equal(status(), "Found: 2");
    find("ab", []);
    assert.equal(status(), "Nothing.");
  });

  it("keeps results and status until the next response", async (t) => {
    const { find, type, links, status } = await setUp(t);
    find("a");
    type("ab");
    assert.equal(links().length, 3);
    assert.equal(status(), "Found: 2");
  });

  it("ignores a response to an earlier query", async (t) => {
    const { type, worker, links, status } = await setUp(t);
    type("a");
    type("ab");
    worker().respond({ query: "a", pages: FOUND, completion: "b" });
    assert.deepEqual(links(), []);
    assert.equal(status(), "Loading.");
    worker().respond({ query: "ab", pages: FOUND, completion: "" });
    assert.equal(links().length, 3);
  });

  it("ignores a response after the field was emptied", async (t) => {
    const { find, type, worker, links, status, suggestion } = await setUp(t);
    find("a", FOUND, "b");
    type("");
    assert.deepEqual([links(), status(), suggestion()], [[], "Type.", ""]);
    worker().respond({ query: "a", pages: FOUND, completion: "b" });
    assert.deepEqual([links(), status(), suggestion()], [[], "Type.", ""]);
  });

  it("is reset, with the focus in the field", async (t) => {
    const { document, one, fire, find, input, links } = await setUp(t);
    find("a");
    fire(one("form"), "reset");
    input.value = ""; // as the browser does after the event
    assert.equal(document.activeElement, input);
    t.mock.timers.tick(0);
    assert.deepEqual(links(), []);
  });

  it("opens the first result on submission, and the form is not sent", async (t) => {
    const { one, fire, find, links } = await setUp(t);
    assert.equal(fire(one("form"), "submit").defaultPrevented, true);
    find("a");
    /** @type {string[]} */
    const clicked = [];
    for (const link of links()) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        clicked.push(link.href);
      });
    }
    fire(one("form"), "submit");
    assert.deepEqual(clicked, ["https://example.org/site/en/refuse/"]);
  });
});

describe("a result", () => {
  it("shows title, excerpt and marks, and tells pages from sections", async (t) => {
    const { find, one, links } = await setUp(t);
    const page = {
      location: "a/",
      title: [segment("The "), segment("client", true)],
      excerpt: [segment("… a "), segment("client", true), segment(".")],
    };
    find("client", [{ page, sections: [hit("a/#b", "Section")] }]);
    assert.deepEqual(
      links().map(({ textContent }) => textContent),
      ["The client … a client.", "Section"],
    );
    assert.deepEqual(
      links().map(({ firstElementChild }) => firstElementChild?.className),
      ["search-hit__page", "search-hit__section"],
    );
    assert.equal(one(".search-hit__page mark").textContent, "client");
    assert.equal(one(".search-hit__text mark").textContent, "client");
    assert.equal(one("ol").children.length, 1);
  });

  it("shows HTML as text", async (t) => {
    const { find, one, links } = await setUp(t);
    const html = "<img src=x onerror=alert(1)>";
    const page = { location: "a/", title: [segment(html, true)], excerpt: [segment(html)] };
    find("img", [{ page, sections: [] }], html);
    assert.equal(links()[0].textContent, `${html} ${html}`);
    assert.equal(one("img"), null);
  });
});

describe("a search that fails", () => {
  it("is reported if the browser refuses workers", async (t) => {
    const { type, status } = await setUp(t);
    const refuse = class {
      constructor() {
        throw new DOMException("no", "SecurityError");
      }
    };
    setGlobals(t, { Worker: refuse });
    type("a");
    assert.equal(status(), "Failed.");
  });

  /** @type {[string, (worker: FakeWorker) => void][]} */
  const failures = [
    ["the worker cannot be started", (worker) => worker.dispatchEvent(new MessageEvent("error"))],
    ["the index cannot be loaded", (worker) => worker.respond({ query: "x", failed: true })],
  ];
  for (const [what, fail] of failures) {
    it(`is reported, and the next input starts a new worker: ${what}`, async (t) => {
      const { find, type, worker, links, status, suggestion } = await setUp(t);
      find("a", FOUND, "b");
      const first = worker();
      fail(first);
      assert.deepEqual([links(), status(), suggestion()], [[], "Failed.", ""]);
      assert.equal(first.isTerminated, true);
      type("ab");
      assert.equal(status(), "Loading.");
      assert.equal(FakeWorker.all.length, 2);
      assert.deepEqual([first.queries, worker().queries], [["a"], ["ab"]]);
      worker().respond({ query: "ab", pages: FOUND, completion: "" });
      assert.equal(status(), "Found: 2");
    });
  }
});

describe("the keys", () => {
  it("move the focus through field and results, and around", async (t) => {
    const { document, input, find, press, links } = await setUp(t);
    find("a");
    input.focus();
    const stops = [input, ...links()];
    const at = () => stops.indexOf(document.activeElement);
    for (const expected of [1, 2, 3, 0]) {
      assert.equal(press("ArrowDown").defaultPrevented, true);
      assert.equal(at(), expected);
    }
    for (const expected of [3, 2]) {
      press("ArrowUp");
      assert.equal(at(), expected);
    }
  });

  it("leave the focus where it is on other elements", async (t) => {
    const { document, one, find, press } = await setUp(t);
    find("a");
    one("button").focus();
    assert.equal(press("ArrowDown").defaultPrevented, false);
    assert.equal(document.activeElement, one("button"));
  });

  for (const key of ["Escape", "Tab", "a"]) {
    it(`are left to others: ${key}`, async (t) => {
      const { document, input, find, press, links } = await setUp(t);
      find("a", FOUND, "b");
      input.focus();
      assert.equal(press(key).defaultPrevented, false);
      assert.deepEqual([document.activeElement, input.value, links().length], [input, "a", 3]);
    });
  }

  it("complete the word at the end of the field", async (t) => {
    const { input, find, press, worker, suggestion } = await setUp(t);
    find("my Cli", FOUND, "ent");
    assert.equal(suggestion(), "my Client");
    press("ArrowRight", input);
    assert.equal(input.value, "my Client");
    assert.deepEqual(worker().queries, ["my Cli", "my Client"]);
  });

  it("complete nothing while the worker has not read what was typed last", async (t) => {
    const { input, find, type, press, suggestion } = await setUp(t);
    find("gl", FOUND, "ossary");
    type("glos");
    assert.equal(suggestion(), "");
    press("ArrowRight", input);
    assert.equal(input.value, "glos");
  });

  it("complete nothing within the text, without a completion, or by another key", async (t) => {
    const { input, find, press, suggestion } = await setUp(t);
    find("cli", FOUND, "ent");
    press("ArrowLeft", input);
    input.setSelectionRange(1, 1);
    press("ArrowRight", input);
    assert.equal(input.value, "cli");
    find("cl", FOUND, "");
    assert.equal(suggestion(), "");
    press("ArrowRight", input);
    assert.equal(input.value, "cl");
  });

  it("complete no word before a space", async (t) => {
    const { find, worker } = await setUp(t);
    find("cli ");
    assert.deepEqual(worker().queries, ["cli "]); // which has no completion
  });
});
