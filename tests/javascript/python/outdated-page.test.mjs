import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isPageOutdated } from "../../../checklist/page/python/outdated-page.js";
import { openPage } from "../support/page.mjs";

const PAGE = `<link rel="modulepreload" href="../app/1/main.js">
  <script type="application/json" id="python-runtime">{"worker": "../app/1/worker.js"}</script>`;

describe("a page is outdated", () => {
  for (const [what, response, expected] of /** @type {[string, () => any, boolean][]} */ ([
    ["not if the host has the same", () => new Response(`<html>${PAGE}</html>`), false],
    ["if its module is another", () => new Response(PAGE.replace("1/main", "2/main")), true],
    ["if its worker is another", () => new Response(PAGE.replace("1/worker", "2/worker")), true],
    ["not if a network answers with a page of its own", () => new Response("Sign in"), false],
    [
      "not if the host has none",
      () => new Response(PAGE.replace("1/", "2/"), { status: 404 }),
      false,
    ],
    ["not if there is no network", () => Promise.reject(new Error("none")), false],
  ])) {
    it(what, async (t) => {
      /** @type {unknown[]} */
      const requests = [];
      openPage(t, PAGE, {
        fetch: async (/** @type {unknown[]} */ ...request) => {
          requests.push(request);
          return response();
        },
      });
      assert.equal(await isPageOutdated(), expected);
      assert.deepEqual(requests, [["/site/", { cache: "reload" }]]);
    });
  }
});
