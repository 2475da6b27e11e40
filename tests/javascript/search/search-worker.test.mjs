import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setGlobals, settled } from "../support/fakes.mjs";

const INDEX = "https://example.org/site/en/search/index.json";
const SECTIONS = [{ location: "refuse/", title: "Refusal", text: "Of a client" }];
let copies = 0;

/** @param {import("node:test").TestContext} t @param {() => Promise<Response>} respond */
async function setUp(t, respond) {
  /** @type {any[]} */
  const sent = [];
  /** @type {unknown[]} */
  const fetched = [];
  const self = Object.assign(new EventTarget(), {
    name: JSON.stringify({ index: INDEX, lang: "en" }),
  });
  const errors = t.mock.method(console, "error", () => {});
  setGlobals(t, {
    self,
    postMessage: (/** @type {unknown} */ message) => sent.push(message),
    fetch: (/** @type {unknown} */ address) => {
      fetched.push(address);
      return respond();
    },
  });
  await import(`../../../checklist/page/search/search-worker.js?worker=${(copies += 1)}`);
  /** @param {string[]} queries */
  const ask = async (...queries) => {
    for (const data of queries) {
      self.dispatchEvent(new MessageEvent("message", { data }));
    }
    await settled(20);
  };
  return { sent, fetched, errors, ask };
}

describe("the worker of the search", () => {
  it("loads the index once and answers each query, in order", async (t) => {
    const { sent, fetched, ask } = await setUp(t, async () => Response.json(SECTIONS));
    await ask("refusals", "зззз");
    await ask("clients");
    assert.deepEqual(fetched, [INDEX]);
    assert.deepEqual(
      sent.map(({ query, pages }) => [query, pages.length]),
      [
        ["refusals", 1],
        ["зззз", 0],
        ["clients", 1],
      ],
    );
    assert.deepEqual(sent[0].pages[0].page.title, [{ text: "Refusal", isMatch: true }]);
  });

  /** @type {[string, () => Promise<Response>, RegExp][]} */
  const failures = [
    ["is missing", async () => new Response("[]", { status: 404 }), /index\.json: 404/],
    ["is no JSON", async () => new Response("<html>"), /JSON/],
    ["cannot be fetched", () => Promise.reject(new TypeError("no network")), /no network/],
  ];
  for (const [what, respond, message] of failures) {
    it(`reports for each query that the index ${what}`, async (t) => {
      const { sent, errors, ask } = await setUp(t, respond);
      await ask("one", "two");
      assert.deepEqual(sent, [
        { query: "one", failed: true },
        { query: "two", failed: true },
      ]);
      assert.match(String(errors.mock.calls[0].arguments[0]), message);
    });
  }
});
