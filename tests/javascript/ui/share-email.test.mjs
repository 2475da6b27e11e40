import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shareEmail } from "../../../checklist/page/ui/share-email.js";
import { setGlobals } from "../support/fakes.mjs";

const TEXTS = /** @type {[string, string, string, string][]} */ ([
  [
    "a letter with its subject",
    "Subject: Our terms\n\nHello,\n\nYours",
    "Our terms",
    "Hello,\n\nYours",
  ],
  ["a subject that is empty", "Subject: \n\nHello", "", "Hello"],
  ["a subject with a colon", "Subject: Price: more\n\nHello", "Price: more", "Hello"],
  ["a letter without a subject", "Hello,\n\nThis is it: no.", "", "Hello,\n\nThis is it: no."],
  ["one line", "Subject: only", "", "Subject: only"],
  ["a greeting with a colon", "Hello Ann: thank you\n\nBest", "", "Hello Ann: thank you\n\nBest"],
  ["an emoji cut in half", "Subject: A\n\nB \ud83d", "A", "B \ufffd"],
  ["a line right below", "Note: one\ntwo", "", "Note: one\ntwo"],
]);

describe("sharing an e-mail", () => {
  for (const [what, text, title, body] of TEXTS) {
    it(`gives an app the subject and the text: ${what}`, async (t) => {
      /** @type {unknown[]} */
      const shared = [];
      const share = async (/** @type {unknown} */ data) => shared.push(data);
      setGlobals(t, { navigator: { share } });
      await shareEmail(text, "Subject: ");
      assert.deepEqual(shared, [{ title, text: body }]);
    });

    it(`starts an e-mail where the browser shares nothing: ${what}`, async (t) => {
      const location = { href: "" };
      setGlobals(t, { navigator: {}, location });
      await shareEmail(text, "Subject: ");
      const { protocol, searchParams } = new URL(location.href);
      assert.equal(protocol, "mailto:");
      assert.deepEqual(
        [...searchParams],
        [
          ["subject", title],
          ["body", body],
        ],
      );
    });
  }

  it("ends quietly when the list of apps is closed", async (t) => {
    const share = () => Promise.reject(new Error("AbortError"));
    setGlobals(t, { navigator: { share } });
    await shareEmail("Hello", "");
  });
});
