import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSharing } from "../../../checklist/page/checklist/panels/sharing.js";
import { onPress } from "../../../checklist/page/python/on-press.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const HTML = `<input data-field="link"><input type="checkbox" data-field="link-name">
  <input type="checkbox" data-field="link-notes"><span data-slot="link-copied"></span>
  <div data-block="link-long" hidden><p data-slot="link-long"></p></div>
  <span data-slot="file-saved"></span>
  ${["copy-link", "save-json", "save-csv", "save-md", "print-sheet"]
    .map((action) => `<button data-action="${action}"></button>`)
    .join("")}`;
const messages = {
  copied: "Copied.",
  not_copied: "Not copied.",
  nothing_to_copy: "Nothing.",
  needs_python: "It needs Python.",
  waits_for_python: "Waiting.",
  link_long: "{count} characters",
};

/** @param {import("node:test").TestContext} t @param {{ isReady?: boolean, hasFailed?: boolean }} python
 * @param {string} [payload] */
function setUp(t, { isReady = true, hasFailed = false }, payload = "2z") {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(console, "warn", () => {});
  /** @type {string[]} */
  const copied = [];
  /** @type {Blob[]} */
  const files = [];
  const { one, fire } = openPage(t, HTML, {
    navigator: {
      clipboard: { writeText: async (/** @type {string} */ text) => copied.push(text) },
    },
  });
  t.mock.method(URL, "createObjectURL", (/** @type {Blob} */ blob) => {
    files.push(blob);
    return "blob:x";
  });
  t.mock.method(URL, "revokeObjectURL", () => {});
  const root = one("body");
  const python = { isReady, hasFailed };
  /** @type {any[]} */
  const requests = [];
  const panels = {
    root,
    messages,
    limits: { largest: 10_000, most_clients: 10, most_parts: 1_000 },
    open: { record: { id: "1", name: "a\ud800", answers: {} } },
    printing: { print() {} },
    update: async () => {},
    async ask(/** @type {any} */ request) {
      requests.push(request);
      if (!python.isReady) {
        throw new Error("not ready");
      }
      return { payload, text: "text", document: {} };
    },
    onPress: (/** @type {any} */ region, /** @type {any} */ task) =>
      onPress({ python, region, messages }, task),
  };
  const sharing = createSharing(/** @type {any} */ (panels));
  const press = async (/** @type {string} */ action) => {
    fire(one(`[data-action="${action}"]`), "click");
    await settled();
    t.mock.timers.tick(1_000);
  };
  const text = (/** @type {string} */ slot) => one(`[data-slot="${slot}"]`).textContent;
  return { panels, sharing, press, text, copied, files, requests, one };
}

describe("the link", () => {
  it("is made first and then copied if there is none yet", async (t) => {
    const { press, text, copied } = setUp(t, {});
    await press("copy-link");
    assert.deepEqual(copied, ["https://example.org/site/#c=2z"]);
    assert.equal(text("link-copied"), messages.copied);
  });

  it("is not made anew if the client is the same", async (t) => {
    const { press, copied, requests } = setUp(t, {});
    await press("copy-link");
    await press("copy-link");
    assert.deepEqual([copied.length, requests.length], [2, 1]);
  });

  it("is made anew after a change of the client", async (t) => {
    const { press, panels, requests } = setUp(t, {});
    await press("copy-link");
    panels.open.record = { ...panels.open.record };
    await press("copy-link");
    assert.equal(requests.length, 2);
  });

  it("is made anew after the visitor chose what is in it", async (t) => {
    const { press, one, requests } = setUp(t, {});
    await press("copy-link");
    const box = one('[data-field="link-name"]');
    box.checked = true;
    box.dispatchEvent(new /** @type {any} */ (globalThis).Event("change"));
    await press("copy-link");
    assert.deepEqual(
      requests.map(({ name }) => name),
      [false, true],
    );
  });

  it("keeps the message that it was copied, unless another link takes its place", async (t) => {
    const { press, panels, sharing, text } = setUp(t, {});
    await press("copy-link");
    await sharing.update();
    assert.equal(text("link-copied"), messages.copied);
    panels.ask = async () => ({ payload: "3z", text: "", document: {} });
    await sharing.update();
    assert.equal(text("link-copied"), "");
  });

  for (const [state, message] of /** @type {const} */ ([
    [{ isReady: false, hasFailed: true }, messages.needs_python],
    [{ isReady: false, hasFailed: false }, ""],
  ])) {
    it(`is never copied empty: ${JSON.stringify(state)}`, async (t) => {
      const { press, text, copied } = setUp(t, state);
      await press("copy-link");
      assert.deepEqual([copied, text("link-copied")], [[], message]);
    });
  }

  it("is removed when another client is opened", async (t) => {
    const { press, sharing, one } = setUp(t, {});
    await press("copy-link");
    sharing.reset();
    assert.equal(one('[data-field="link"]').value, "");
  });

  for (const [length, isHidden] of /** @type {const} */ ([
    [2_000, true],
    [2_001, false],
  ])) {
    it(`of ${length} characters comes ${isHidden ? "without" : "with"} a warning`, async (t) => {
      const payload = "x".repeat(length - "https://example.org/site/#c=".length);
      const { sharing, one, text } = setUp(t, {}, payload);
      await sharing.update();
      assert.equal(one('[data-block="link-long"]').hidden, isHidden);
      assert.equal(text("link-long"), isHidden ? "" : `${length} characters`);
    });
  }
});

describe("files", () => {
  it("with JSON need no Python, and have no lone surrogates", async (t) => {
    const { press, files, requests } = setUp(t, { isReady: false, hasFailed: true });
    await press("save-json");
    assert.deepEqual(JSON.parse(await files[0].text()), { id: "1", name: "a\ufffd", answers: {} });
    assert.equal(requests.length, 0);
  });

  for (const action of ["save-csv", "save-md", "print-sheet"]) {
    it(`${action} says why there is none without Python`, async (t) => {
      const { press, files, text } = setUp(t, { isReady: false, hasFailed: true });
      await press(action);
      assert.deepEqual([files, text("file-saved")], [[], messages.needs_python]);
    });
  }
});
