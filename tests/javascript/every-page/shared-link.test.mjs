import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openPage } from "../support/page.mjs";

const HTML = ["/site/checklist/", "/site/en/checklist/"]
  .map((href) => `<div data-shared-link hidden><a href="${href}">open</a></div>`)
  .join("");

let copies = 0;

describe("the page for wrong addresses", () => {
  for (const [address, hrefs] of /** @type {[string, string[]][]} */ ([
    ["checklist/wrong", []],
    [
      "checklist/%23c=2z1.0zyn?fbclid=x",
      ["/site/checklist/#c=2z1.0zyn?fbclid=x", "/site/en/checklist/#c=2z1.0zyn?fbclid=x"],
    ],
  ])) {
    it(`offers ${hrefs.length} links at ${address}`, async (t) => {
      const { document, window } = openPage(t, HTML);
      window.happyDOM.setURL(`https://example.org/site/${address}`);
      await import(`../../../checklist/page/every-page/shared-link.js?page=${(copies += 1)}`);
      const shown = [...document.querySelectorAll("[data-shared-link]:not([hidden]) a")];
      const { origin } = window.location;
      assert.deepEqual(
        shown.map((link) => /** @type {HTMLAnchorElement} */ (link).href.replace(origin, "")),
        hrefs,
      );
    });
  }
});
