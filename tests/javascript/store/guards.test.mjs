import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { attempt, withTimeout } from "../../../checklist/page/store/guards.js";

describe("attempt", () => {
  it("returns the result", () => {
    assert.equal(
      attempt(() => 5),
      5,
    );
  });

  it("returns undefined if the function throws", () => {
    const refuse = () => {
      throw new Error("refused");
    };
    assert.equal(attempt(refuse), undefined);
  });
});

describe("withTimeout", () => {
  it("settles as the promise does", async () => {
    assert.equal(await withTimeout(Promise.resolve(5), 1_000), 5);
    await assert.rejects(withTimeout(Promise.reject(new Error("no")), 1_000), /no/);
  });

  it("rejects at the limit, and not before", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    /** @type {Error | null} */
    let failure = null;
    const never = new Promise(() => {});
    const waiting = withTimeout(never, 1_000).catch((error) => (failure = error));
    t.mock.timers.tick(999);
    await Promise.resolve();
    assert.equal(failure, null);
    t.mock.timers.tick(1);
    await waiting;
    assert.match(String(failure), /does not answer/);
  });

  it("clears its timer", async (t) => {
    const set = t.mock.method(globalThis, "setTimeout");
    const clear = t.mock.method(globalThis, "clearTimeout");
    await withTimeout(Promise.resolve(), 1_000);
    assert.equal(set.mock.callCount(), 1);
    assert.deepEqual(clear.mock.calls[0]?.arguments, [set.mock.calls[0].result]);
  });
});
