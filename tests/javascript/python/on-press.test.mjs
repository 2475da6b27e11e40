import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { onPress } from "../../../checklist/page/python/on-press.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const messages = { needs_python: "It needs Python.", waits_for_python: "Waiting." };

/** @param {import("node:test").TestContext} t @param {{ isReady: boolean, hasFailed: boolean }} python
 * @param {() => Promise<unknown>} task */
function setUp(t, python, task) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const warn = t.mock.method(console, "warn", () => {});
  const region = openPage(t, "<p></p>").one("p");
  const press = onPress({ python, region, messages }, task);
  const message = () => {
    t.mock.timers.tick(1_000);
    return region.textContent;
  };
  return { press, message, warn };
}

describe("a press of a button whose task needs Python", () => {
  it("runs the task at once and says nothing when Python is ready", async (t) => {
    let runs = 0;
    const { press, message } = setUp(
      t,
      { isReady: true, hasFailed: false },
      async () => (runs += 1),
    );
    await press();
    assert.deepEqual([runs, message()], [1, ""]);
  });

  it("says that it waits while Python loads, and nothing after that", async (t) => {
    let finish = () => {};
    const task = () => new Promise((resolve) => (finish = () => resolve(0)));
    const { press, message } = setUp(t, { isReady: false, hasFailed: false }, task);
    const pressed = press();
    assert.equal(message(), messages.waits_for_python);
    finish();
    await pressed;
    assert.equal(message(), "");
  });

  it("says why nothing is done after Python has failed", async (t) => {
    let runs = 0;
    const { press, message } = setUp(
      t,
      { isReady: false, hasFailed: true },
      async () => (runs += 1),
    );
    await press();
    assert.deepEqual([runs, message()], [0, messages.needs_python]);
  });

  it("does not reject when Python fails meanwhile, and says so", async (t) => {
    const python = { isReady: false, hasFailed: false };
    const { press, message, warn } = setUp(t, python, async () => {
      await settled();
      python.hasFailed = true;
      throw new Error("failed");
    });
    await press();
    assert.deepEqual([message(), warn.mock.callCount()], [messages.needs_python, 1]);
  });

  it("does not say that Python failed when it found problems", async (t) => {
    const { press, message } = setUp(t, { isReady: true, hasFailed: false }, () =>
      Promise.reject(new Error("a problem")),
    );
    await press();
    assert.equal(message(), "");
  });

  it("runs the task once however often the button is pressed meanwhile", async (t) => {
    let runs = 0;
    const { press } = setUp(t, { isReady: true, hasFailed: false }, async () => {
      runs += 1;
      await settled();
    });
    await Promise.all([press(), press()]);
    assert.equal(runs, 1);
    await press();
    assert.equal(runs, 2);
  });
});
