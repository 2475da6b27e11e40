import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FakeMedia } from "../support/media.mjs";
import { openPage } from "../support/page.mjs";

let copies = 0;

describe("the script at the start of the body", () => {
  for (const [stored, scheme] of /** @type {[string | null, string][]} */ ([
    [null, "default"],
    ['{"index":2}', "slate"],
  ])) {
    it(`marks that scripts run, and sets the palette: ${scheme}`, async (t) => {
      const { document } = openPage(t, "", { matchMedia: new FakeMedia().match });
      document.documentElement.className = "no-js other";
      document.body.dataset.root = ".";
      if (stored) {
        localStorage.setItem("/site/.__palette", stored);
      }
      await import(`../../../checklist/page/boot/before-content.js?page=${(copies += 1)}`);
      assert.equal(document.documentElement.className, "js other");
      assert.equal(document.body.dataset.mdColorScheme, scheme);
    });
  }
});
