import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createStatusView } from "../../../checklist/page/python/load-status.js";
import { openPage } from "../support/page.mjs";

describe("the state of the engine", () => {
  const HTML = `<div><p data-slot="engine">old</p><progress data-slot="progress-bar"></progress>
    <div data-block="failed"><p data-slot="failure"></p></div><p data-slot="engine-said"></p></div>`;
  const TEXTS = {
    idle: "idle",
    download: "{loaded} of {total} MB",
    start: "start",
    check: "check",
    ready: "ready",
    failed: "failed",
    reason: { missing: "{file} is missing" },
  };
  /** @param {import("node:test").TestContext} t @param {any} state @param {any[]} [before] */
  const shown = (t, state, before = []) => {
    const { one } = openPage(t, HTML);
    const view = createStatusView(one("div"), /** @type {any} */ (TEXTS), "ru");
    [...before, state].forEach((each) => view.show(each));
    return {
      line: one('[data-slot="engine"]').textContent,
      bar: one("progress"),
      isFailed: !one('[data-block="failed"]').hidden,
      failure: one('[data-slot="failure"]').textContent,
      announced: one('[data-slot="engine-said"]').textContent,
    };
  };
  /** @param {string} stage @param {number} loaded @param {number} total */
  const loading = (stage, loaded, total) => ({ status: "loading", stage, loaded, total });

  for (const [what, state, line] of /** @type {[string, any, string][]} */ ([
    ["idle", { status: "idle" }, "idle"],
    ["before the first byte", loading("download", 0, 0), "idle"],
    ["downloading", loading("download", 1_250_000, 5_000_000), "1,3 of 5,0 MB"],
    ["starting", loading("start", 5, 5), "start"],
    ["checking, which has no size", loading("check", 0, 0), "check"],
    ["ready", { status: "ready" }, "ready"],
  ])) {
    it(`${what} is shown: ${line}`, (t) => {
      const { isFailed, announced, ...rest } = shown(t, state);
      assert.equal(rest.line, line);
      assert.equal(isFailed, false);
      assert.equal(announced, "");
    });
  }

  it("is a progress bar while loading", (t) => {
    const { bar } = shown(t, loading("download", 1, 4));
    assert.deepEqual([bar.value, bar.max, bar.classList.contains("is-idle")], [1, 4, false]);
  });

  it("is an empty bar for an unknown size", (t) => {
    assert.equal(shown(t, loading("check", 0, 0)).bar.max, 1);
  });

  it("has no bar when it is not loading", (t) => {
    assert.equal(shown(t, { status: "ready" }).bar.classList.contains("is-idle"), true);
  });

  for (const [what, failed, words] of /** @type {[string, any, string][]} */ ([
    ["names the file", { reason: "missing", file: "a.wasm" }, "a.wasm is missing"],
    ["names Python where there is no file", { reason: "missing", file: null }, "Python is missing"],
    ["has no text for an unknown reason", { reason: "other", file: null }, ""],
  ])) {
    it(`after a failure ${what}, and is announced`, (t) => {
      const { line, isFailed, failure, announced } = shown(t, { status: "failed", ...failed });
      assert.deepEqual([line, isFailed, failure, announced], ["", true, words, words]);
    });
  }

  it("clears the announcement after a failure", (t) => {
    const { announced } = shown(t, { status: "ready" }, [
      { status: "failed", reason: "missing", file: null, detail: "" },
    ]);
    assert.equal(announced, "");
  });
});
