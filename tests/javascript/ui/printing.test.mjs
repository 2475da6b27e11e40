import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPrinting } from "../../../checklist/page/ui/printing.js";
import { setGlobals } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const CHOSEN = { title: "chosen", blocks: [] };
const DEFAULT = { title: "default", blocks: [] };

/** @param {import("node:test").TestContext} t @param {string[]} events that `print()` sends */
function setUp(t, events = []) {
  const { window, document, one } = openPage(t, '<div><p data-block="print"></p></div>');
  const send = (/** @type {string} */ type) => window.dispatchEvent(new window.Event(type));
  setGlobals(t, { print: () => events.forEach(send) });
  const printing = createPrinting(one("div"), "article", "differs");
  const onPaper = () =>
    document.body.classList.contains("prints-document") ? one("p").textContent : null;
  return { printing, send, onPaper };
}

describe("printing", () => {
  it("prints the chosen document where afterprint comes before the pages are laid out", (t) => {
    const { printing, onPaper } = setUp(t, ["beforeprint", "afterprint"]);
    printing.setDefault(DEFAULT);
    printing.print(CHOSEN);
    assert.equal(onPaper(), "chosen");
  });

  it("prints the chosen document where the events come after print() has returned", (t) => {
    const { printing, send, onPaper } = setUp(t);
    printing.setDefault(DEFAULT);
    printing.print(CHOSEN);
    send("beforeprint");
    send("afterprint");
    assert.equal(onPaper(), "chosen");
  });

  it("prints the default document by the browser's own command", (t) => {
    const { printing, send, onPaper } = setUp(t);
    printing.setDefault(DEFAULT);
    send("beforeprint");
    send("afterprint");
    assert.equal(onPaper(), "default");
  });

  for (const type of ["pointerdown", "keydown", "focus"]) {
    it(`is over with ${type}: then the browser's own command prints the default`, (t) => {
      const { printing, send, onPaper } = setUp(t, ["beforeprint", "afterprint"]);
      printing.print(CHOSEN);
      send(type);
      assert.equal(onPaper(), null);
      printing.setDefault(DEFAULT);
      send("beforeprint");
      assert.equal(onPaper(), "default");
    });
  }

  it("prints the page itself once there is no default document any more", (t) => {
    const { printing, send, onPaper } = setUp(t);
    printing.setDefault(DEFAULT);
    send("beforeprint");
    printing.setDefault(null);
    send("beforeprint");
    assert.equal(onPaper(), null);
  });
});
