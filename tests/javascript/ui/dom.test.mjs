import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as clipboard from "../../../checklist/page/ui/clipboard.js";
import { debounce } from "../../../checklist/page/ui/debounce.js";
import * as dom from "../../../checklist/page/ui/dom.js";
import * as downloads from "../../../checklist/page/ui/download.js";
import * as format from "../../../checklist/page/ui/format.js";
import * as parts from "../../../checklist/page/ui/parts.js";
import { readSettings } from "../../../checklist/page/ui/settings.js";
import { setGlobals } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const page = { ...clipboard, debounce, ...dom, ...downloads, ...format, ...parts };

describe("a text with placeholders", () => {
  for (const [text, values, expected] of /** @type {[string, any, string][]} */ ([
    ["{count} of {total}", { count: 1, total: 20 }, "1 of 20"],
    ["{a}{a}", { a: "b" }, "bb"],
    ["{none} stays", {}, "{none} stays"],
    ["{zero} counts", { zero: 0 }, "0 counts"],
    ["{empty}", { empty: "" }, ""],
    ["{a b} is no name", { a: 1 }, "{a b} is no name"],
    ["{a}", { a: "{b}", b: "c" }, "{b}"],
  ])) {
    it(`"${text}" is filled in as "${expected}"`, () => {
      assert.equal(page.fill(text, values), expected);
    });
  }
});

describe("the value of a field", () => {
  for (const [
    what,
    html,
    expected,
    isValid = true,
  ] of /** @type {[string, string, any, boolean?][]} */ ([
    ["a text", '<input value=" 12 ">', " 12 "],
    ["a number", '<input inputmode="decimal" value="12,5">', 12.5],
    ["zero", '<input inputmode="decimal" value="0">', 0],
    ["an empty number", '<input inputmode="decimal" value=" ">', " "],
    ["an invalid number", '<input inputmode="decimal" value="-1">', "", false],
    ["a choice", '<select><option value="a">b</option></select>', "a"],
  ])) {
    it(`${what} is ${JSON.stringify(expected)}`, (t) => {
      const { document, one } = openPage(t, html);
      document.documentElement.lang = "ru";
      assert.equal(page.fieldValue(one("input, select")), expected);
      assert.equal(page.isFieldValid(one("input, select")), isValid);
    });
  }
});

describe("a time", () => {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeZone: "UTC" });
  for (const [at, expected] of /** @type {[unknown, string][]} */ ([
    ["2026-11-28T12:00:00+00:00", "28/11/2026"],
    ["yesterday", ""],
    ["", ""],
    [undefined, ""],
    [null, ""],
    [{}, ""],
  ])) {
    it(`${JSON.stringify(at)} is written "${expected}"`, () => {
      assert.equal(page.formatTime(format, at), expected);
    });
  }
});

describe("a debounced function", () => {
  /** @param {import("node:test").TestContext} t */
  function setUp(t) {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const count = { runs: 0 };
    const debounced = page.debounce(() => (count.runs += 1), 400);
    return { count, debounced, tick: (/** @type {number} */ ms) => t.mock.timers.tick(ms) };
  }

  it("runs once, after the last call", (t) => {
    const { count, debounced, tick } = setUp(t);
    debounced.call();
    tick(399);
    debounced.call();
    tick(399);
    assert.equal(count.runs, 0);
    tick(1);
    assert.equal(count.runs, 1);
  });

  it("does not run after it is cancelled, even if it is flushed", (t) => {
    const { count, debounced, tick } = setUp(t);
    debounced.call();
    debounced.cancel();
    debounced.flush();
    tick(400);
    assert.equal(count.runs, 0);
  });

  it("runs immediately when it is flushed, and only once", (t) => {
    const { count, debounced, tick } = setUp(t);
    debounced.call();
    debounced.flush();
    assert.equal(count.runs, 1);
    debounced.flush();
    tick(400);
    assert.equal(count.runs, 1);
  });

  it("waits for a pause in typing by default", (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const run = t.mock.fn();
    page.debounce(run).call();
    t.mock.timers.tick(399);
    assert.equal(run.mock.callCount(), 0);
    t.mock.timers.tick(1);
    assert.equal(run.mock.callCount(), 1);
  });

  it("does not run when it is flushed without a pending call", (t) => {
    const { count, debounced, tick } = setUp(t);
    debounced.flush();
    debounced.call();
    tick(400);
    debounced.flush();
    assert.equal(count.runs, 1);
  });
});

describe("an element", () => {
  it("is found", (t) => {
    const { document, one } = openPage(t, '<p id="a"></p>');
    assert.equal(page.find(document, "#a"), one("#a"));
    assert.equal(page.findInput(document, "#a"), one("#a"));
  });

  for (const [attribute, found] of /** @type {[string, typeof page.find][]} */ ([
    ["slot", page.findSlot],
    ["block", page.findBlock],
    ["field", page.findField],
    ["action", page.findButton],
  ])) {
    it(`is found by its data-${attribute}`, (t) => {
      const { document, one } = openPage(t, `<p data-${attribute}="a"></p>`);
      assert.equal(found(document, "a"), one("p"));
    });
  }

  it("gets the text of a slot", (t) => {
    const { document, one } = openPage(t, '<p data-slot="a">before</p>');
    assert.deepEqual(
      [page.setSlot(document, "a", "b"), page.setSlot(document, "a", "b")],
      [true, false],
    );
    assert.equal(one("p").textContent, "b");
  });

  it("calls the handler of its action when it is clicked", (t) => {
    const { document, one, fire } = openPage(t, '<button data-action="a"></button>');
    const handler = t.mock.fn();
    page.onAction(document, "a", handler);
    fire(one("button"), "click");
    assert.equal(handler.mock.callCount(), 1);
  });

  it("gets, keeps and loses an attribute", (t) => {
    const { one } = openPage(t, "<p></p>");
    const set = t.mock.method(one("p"), "setAttribute");
    for (const value of ["a", "a", "b", null]) {
      page.setAttribute(one("p"), "title", value);
      assert.equal(one("p").getAttribute("title"), value);
    }
    assert.equal(set.mock.callCount(), 2);
  });

  it("throws an error with its selector if it is missing", (t) => {
    const { document } = openPage(t, "");
    assert.throws(() => page.find(document, "#a"), /the page has no #a/);
  });

  for (const [text, isChanged] of /** @type {[string, boolean][]} */ ([
    ["before", false],
    ["after", true],
  ])) {
    it(`with the text "before" is ${isChanged ? "changed" : "left alone"} by setText("${text}")`, (t) => {
      const { one } = openPage(t, "<p>before</p>");
      const node = one("p").firstChild;
      assert.equal(page.setText(one("p"), text), isChanged);
      assert.equal(one("p").textContent, text);
      assert.equal(one("p").firstChild === node, !isChanged);
    });
  }

  it("is created with its children", (t) => {
    openPage(t, "");
    assert.equal(page.create("p", "a", page.create("b", "c")).outerHTML, "<p>a<b>c</b></p>");
  });

  it("is created for each item of a list", (t) => {
    openPage(t, "");
    const items = page.createItems(["a", "<b>"]).map(({ outerHTML }) => outerHTML);
    assert.deepEqual(items, ["<li>a</li>", "<li>&lt;b&gt;</li>"]);
  });

  it("is created anew from a template each time", (t) => {
    openPage(t, '<template id="a"><p>b</p></template>');
    assert.equal(page.fromTemplate("a").outerHTML, "<p>b</p>");
    assert.notEqual(page.fromTemplate("a"), page.fromTemplate("a"));
  });
});

describe("an exported text", () => {
  it("is downloaded with a file name and a media type", async (t) => {
    const { window } = openPage(t, "");
    /** @type {any[]} */
    const events = [];
    t.mock.method(URL, "createObjectURL", (/** @type {Blob} */ blob) => {
      events.push(blob.type, blob.text());
      return "blob:a";
    });
    t.mock.method(URL, "revokeObjectURL", (/** @type {string} */ url) => events.push(url));
    t.mock.method(window.HTMLElement.prototype, "click", function (/** @type {any} */ _) {
      // @ts-expect-error it is the link
      events.push(this.href, this.download);
    });
    t.mock.timers.enable({ apis: ["setTimeout"] });
    page.download("text", "a.csv");
    assert.deepEqual(await Promise.all(events), ["text/csv", "text", "blob:a", "a.csv"]);
    t.mock.timers.tick(60_000);
    assert.equal(events.at(-1), "blob:a");
    assert.equal(events.length, 5);
  });

  for (const [name, type] of [
    ["a.json", "application/json"],
    ["a.b.md", "text/markdown"],
    ["a.txt", "text/plain"],
  ]) {
    it(`has the media type ${type} in ${name}`, (t) => {
      openPage(t, "");
      const create = t.mock.method(URL, "createObjectURL", (/** @type {Blob} */ _) => "blob:a");
      t.mock.method(URL, "revokeObjectURL", () => {});
      t.mock.timers.enable({ apis: ["setTimeout"] });
      page.download("text", name);
      const [blob] = /** @type {Blob[]} */ (create.mock.calls[0].arguments);
      assert.equal(blob.type, type);
    });
  }

  it("gets a file name with today's date", (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 10, 29, 12) });
    assert.equal(page.fileName("csv"), "client-case-2026-11-29.csv");
    assert.equal(page.fileName("md", "all"), "all-2026-11-29.md");
  });

  for (const [zone, hour, day] of /** @type {[string, number, string][]} */ ([
    ["Asia/Kamchatka", 12, "2026-01-01"],
    ["Pacific/Honolulu", 9, "2025-12-30"],
    ["UTC", 23, "2025-12-31"],
  ])) {
    it(`has the visitor's own day in its name in ${zone}`, (t) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      t.after(() => {
        process.env.TZ = before ?? "UTC";
      });
      t.mock.timers.enable({ apis: ["Date"], now: Date.UTC(2025, 11, 31, hour) });
      assert.equal(page.fileName("json"), `client-case-${day}.json`);
    });
  }

  it("is copied to the clipboard", async (t) => {
    /** @type {string[]} */
    const written = [];
    const clipboard = { writeText: async (/** @type {string} */ text) => void written.push(text) };
    const { one } = openPage(t, '<input value="a">', { navigator: { clipboard } });
    assert.equal(await page.copyText(one("input")), true);
    assert.deepEqual(written, ["a"]);
  });

  it("is selected and copied by a command without the Clipboard API", async (t) => {
    const { document, one } = openPage(t, '<input value="abc">', { navigator: {} });
    /** @type {string[]} */
    const commands = [];
    Object.assign(document, { execCommand: (/** @type {string} */ name) => !commands.push(name) });
    assert.equal(await page.copyText(one("input")), false);
    assert.deepEqual(commands, ["copy"]);
    assert.equal(document.activeElement, one("input"));
    assert.equal(one("input").selectionEnd, 3);
  });
});

describe("the settings of the page", () => {
  it("are read from the page", (t) => {
    openPage(t, '<script type="application/json" id="checklist-settings">{"root":"../"}</script>');
    assert.deepEqual(readSettings(), { root: "../", path: "/" });
  });

  it("are not left to the next test: the globals are restored", (t) => {
    setGlobals(t, {});
    assert.equal(typeof globalThis.document, "undefined");
  });
});
