import assert from "node:assert/strict";
import { it } from "node:test";
import { setGlobals } from "../support/fakes.mjs";
import { openBrowser, record, tick } from "../support/browser.mjs";

const TEXTS = { framed: "framed", not_yet: "not yet", not_saved: "not saved" };

it("a page in a frame reads no client and stores none", async (t) => {
  const browser = await openBrowser(t);
  const own = browser.open();
  await own.put([record("a", { name: "Anna" })]);
  await own.setShown(record("a", { name: "Anna" }));
  own.saveSnapshot();
  browser.kill();
  const before = browser.items();
  setGlobals(t, { top: {}, self: {} });

  const framed = browser.open();
  assert.deepEqual(await framed.list(), []);
  assert.equal(await framed.get("a"), undefined);
  assert.equal(framed.snapshot(null), null);
  await tick(framed, record("b"), { decides: "no" });
  assert.deepEqual([framed.isStored(), framed.whyNotStored(TEXTS)], [false, "framed"]);
  assert.equal(await framed.wipe(), null);
  assert.deepEqual(browser.items(), before);

  Object.assign(globalThis, { top: undefined });
  const ids = (await browser.open().list()).map(({ id }) => id);
  assert.deepEqual(ids, ["a"]);
});
