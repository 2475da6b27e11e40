/** Two tabs that use the store at the same time. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openBrowser, record, refuseTransactions, tick } from "../support/browser.mjs";

describe("two tabs", () => {
  it("merge their changes of one client", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    const base = record("a", { context: ["age"], outcome: { decision: "taken" } });
    await one.put([base]);
    const changes = [
      one.update(base, { ...base, context: ["age", "early"] }),
      other.update(base, { ...base, context: [], outcome: { decision: "taken", went: "well" } }),
    ];
    await Promise.all(changes);
    const merged = record("a", {
      context: ["early"],
      outcome: { decision: "taken", went: "well" },
    });
    for (const page of [one, other, browser.open()]) {
      assert.deepEqual(await page.get("a"), merged);
    }
  });

  it("notify each other of changes and of a wipe", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    /** @type {unknown[]} */
    const received = [];
    other.subscribe((ids) => received.push(ids));
    await tick(one, record("a"), { pays: "no" });
    await one.delete(["a"]);
    await one.wipe();
    assert.deepEqual(received, [["a"], ["a"], null]);
  });

  it("do not store again what the other deleted or wiped", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    const first = await tick(one, record("a"), { pays: "no" });
    await one.put([record("b", { name: "B" })]);
    await other.get("b");
    await one.delete(["a"]);
    assert.equal(await tick(other, first, { asks: "no" }), undefined);
    browser.kill(); // they no longer hear each other
    await one.wipe();
    assert.equal(await tick(other, record("b", { name: "B" }), { asks: "no" }), undefined);
    assert.deepEqual(await other.list(), []);
  });

  it("store what is added or created after a wipe that they have not read of", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    await other.list();
    browser.kill();
    await one.wipe();
    await other.put([record("b")]);
    await tick(other, record("c"), { pays: "no" });
    const ids = (await browser.open().list()).map(({ id }) => id);
    assert.deepEqual(ids.sort(), ["b", "c"]);
  });

  it("do not overwrite a newer answer of the other when they retry an update", async (t) => {
    const browser = await openBrowser(t);
    const [one, late] = [browser.open(), browser.open()];
    const stored = await tick(one, record("a"), { pays: "no" });
    const mend = refuseTransactions(t);
    await tick(late, stored, { pays: "unknown" });
    mend();
    await tick(one, stored, { pays: "yes" });
    await tick(late, stored, { asks: "no" });
    const now = await browser.open().get("a");
    assert.deepEqual(now?.answers, { pays: "yes", asks: "no" });
  });
});
