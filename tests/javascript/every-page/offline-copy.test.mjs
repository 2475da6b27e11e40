import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { showOfflineCopy } from "../../../checklist/page/every-page/offline-copy.js";
import { FakeCaches } from "../support/caches.mjs";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

/** @typedef {import("../../../checklist/page/every-page/offline.js").Outcome} Outcome */

const ROOT = "https://example.org/site/";
const WORKER = `${ROOT}service-worker.js`;
const NAME = "client-checklist-/site/#h-1";
const OTHERS = { "client-checklist-/#h-1": { "?whole": "" }, other: {} };
const WORDS = ["ready", "failed", "refused", "save-data", "removed"];
const HTML = `<div id="block"><p data-slot="copy"></p><button data-action="remove-copy" hidden></button>
  ${WORDS.map((what) => `<template data-copy-message="${what}">${what}</template>`).join("")}</div>`;

/**
 * @param {import("node:test").TestContext} t
 * @param {{ cached?: Record<string, Record<string, string>>, served?: string | null }} [how]
 */
function setUp(t, { cached = {}, served = null } = {}) {
  /** @type {string[]} */
  const unregistered = [];
  const registrations = [ROOT, "https://example.org/"].map((scope) => ({
    scope,
    unregister: async () => void unregistered.push(scope),
  }));
  const caches = new FakeCaches(ROOT, { ...cached, ...OTHERS });
  const { one, fire, document } = openPage(t, HTML, {
    caches,
    navigator: {
      serviceWorker: {
        controller: served && { scriptURL: served },
        getRegistrations: async () => registrations,
      },
    },
  });
  const removal = new AbortController();
  /** @type {(what: Outcome) => void} */
  let settle = () => {};
  /** @type {Promise<Outcome>} */
  const outcome = new Promise((go) => (settle = go));
  const done = showOfflineCopy(one("#block"), WORKER, outcome, removal);
  const message = () => one('[data-slot="copy"]').textContent;
  const button = one("button");
  const press = async () => {
    fire(button, "click");
    await settled(20);
  };
  return { document, one, caches, removal, unregistered, settle, done, message, button, press };
}

describe("the privacy page", () => {
  for (const [
    what,
    how,
    expected,
  ] of /** @type {[string, Parameters<typeof setUp>[1], string][]} */ ([
    ["shows nothing before the outcome is known", {}, ""],
    [
      "shows immediately that the precache is complete",
      { served: WORKER, cached: { [NAME]: { "?whole": "" } } },
      "ready",
    ],
    [
      "shows nothing yet for an incomplete precache",
      { served: WORKER, cached: { [NAME]: { a: "" } } },
      "",
    ],
    [
      "shows nothing yet for a precache without an active service worker",
      { cached: { [NAME]: { "?whole": "" } } },
      "",
    ],
    [
      "shows nothing yet if another service worker is active",
      { served: `${ROOT}other.js`, cached: { [NAME]: { "?whole": "" } } },
      "",
    ],
  ])) {
    it(what, async (t) => {
      const { message } = setUp(t, how);
      await settled(10);
      assert.equal(message(), expected);
    });
  }

  for (const what of /** @type {Outcome[]} */ (WORDS)) {
    it(`shows the outcome: ${what}`, async (t) => {
      const { settle, done, message, button } = setUp(t);
      settle(what);
      await done;
      assert.deepEqual([message(), button.hidden], [what, true]);
    });
  }

  it("shows that the precache is complete, whatever the outcome", async (t) => {
    const { settle, done, message, button } = setUp(t, { cached: { [NAME]: { "?whole": "" } } });
    settle("save-data");
    await done;
    assert.deepEqual([message(), button.hidden], ["ready", false]);
  });

  it("offers to remove an incomplete precache", async (t) => {
    const { settle, done, message, button } = setUp(t, { cached: { [NAME]: { a: "" } } });
    settle("failed");
    await done;
    assert.deepEqual([message(), button.hidden], ["failed", false]);
  });

  it("works if the Cache API fails", async (t) => {
    const { caches, settle, done, message, button } = setUp(t, {
      cached: { [NAME]: { "?whole": "" } },
    });
    t.mock.method(caches, "keys", () => Promise.reject(new Error("refused")));
    settle("refused");
    await done;
    assert.deepEqual([message(), button.hidden], ["refused", true]);
  });
});

describe("removing the precache", () => {
  const cached = { [NAME]: { "?whole": "" }, "client-checklist-/site/#h-0": {} };

  it("removes only this site's precaches and service worker", async (t) => {
    const { caches, unregistered, press, message } = setUp(t, { served: WORKER, cached });
    await settled(10);
    await press();
    assert.deepEqual(await caches.keys(), Object.keys(OTHERS));
    assert.deepEqual(unregistered, [ROOT]);
    assert.equal(message(), "removed");
  });

  it("stops the installation, and the message stays", async (t) => {
    const { removal, press, settle, done, message } = setUp(t, { served: WORKER, cached });
    await press();
    assert.equal(removal.signal.aborted, true);
    settle("failed");
    await done;
    assert.equal(message(), "removed");
  });

  it("moves the focus from the button to the message", async (t) => {
    const { document, one, button, press } = setUp(t, { served: WORKER, cached });
    await settled(10);
    button.focus();
    await press();
    assert.equal(button.hidden, true);
    assert.equal(document.activeElement, one('[data-slot="copy"]'));
  });
});
