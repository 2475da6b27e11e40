import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { showCopy } from "../../../checklist/page/every-page/offline-copy.js";
import { FakeCaches } from "../support/caches.mjs";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

/** @typedef {import("../../../checklist/page/every-page/offline.js").Outcome} Outcome */

const ROOT = "https://example.org/site/";
const WORKER = `${ROOT}service-worker.js`;
const OURS = "client-checklist-/site/#h-1";
const OTHERS = { "client-checklist-/#h-1": { "?whole": "" }, other: {} };
const WORDS = ["ready", "failed", "refused", "spared", "removed"];
const HTML = `<div id="block"><p data-slot="copy"></p><button data-action="remove-copy" hidden></button>
  ${WORDS.map((what) => `<template data-copy-says="${what}">${what}</template>`).join("")}</div>`;

/**
 * @param {import("node:test").TestContext} t
 * @param {{ kept?: Record<string, Record<string, string>>, served?: string | null }} [how]
 */
function shown(t, { kept = {}, served = null } = {}) {
  /** @type {string[]} */
  const unregistered = [];
  const registrations = [ROOT, "https://example.org/"].map((scope) => ({
    scope,
    unregister: async () => void unregistered.push(scope),
  }));
  const caches = new FakeCaches(ROOT, { ...kept, ...OTHERS });
  const { one, fire, document } = openPage(t, HTML, {
    caches,
    navigator: {
      serviceWorker: {
        controller: served && { scriptURL: served },
        getRegistrations: async () => registrations,
      },
    },
  });
  const removing = new AbortController();
  /** @type {(what: Outcome) => void} */
  let comesOf = () => {};
  /** @type {Promise<Outcome>} */
  const outcome = new Promise((go) => (comesOf = go));
  const done = showCopy(one("#block"), WORKER, outcome, removing);
  const message = () => one('[data-slot="copy"]').textContent;
  const button = one("button");
  const press = async () => {
    fire(button, "click");
    await settled(20);
  };
  return { document, one, caches, removing, unregistered, comesOf, done, message, button, press };
}

describe("the privacy page", () => {
  for (const [
    what,
    how,
    expected,
  ] of /** @type {[string, Parameters<typeof shown>[1], string][]} */ ([
    ["says nothing before it is known whether there is a copy", {}, ""],
    [
      "says at once that there is a copy",
      { served: WORKER, kept: { [OURS]: { "?whole": "" } } },
      "ready",
    ],
    ["says nothing yet of half a copy", { served: WORKER, kept: { [OURS]: { a: "" } } }, ""],
    ["says nothing yet of a copy that is not served", { kept: { [OURS]: { "?whole": "" } } }, ""],
    [
      "says nothing yet of a copy where another serves",
      { served: `${ROOT}other.js`, kept: { [OURS]: { "?whole": "" } } },
      "",
    ],
  ])) {
    it(what, async (t) => {
      const { message } = shown(t, how);
      await settled(10);
      assert.equal(message(), expected);
    });
  }

  for (const what of /** @type {Outcome[]} */ (WORDS)) {
    it(`reports the outcome: ${what}`, async (t) => {
      const { comesOf, done, message, button } = shown(t);
      comesOf(what);
      await done;
      assert.deepEqual([message(), button.hidden], [what, true]);
    });
  }

  it("says that there is a copy, whatever the outcome", async (t) => {
    const { comesOf, done, message, button } = shown(t, { kept: { [OURS]: { "?whole": "" } } });
    comesOf("spared");
    await done;
    assert.deepEqual([message(), button.hidden], ["ready", false]);
  });

  it("offers to remove an incomplete copy", async (t) => {
    const { comesOf, done, message, button } = shown(t, { kept: { [OURS]: { a: "" } } });
    comesOf("failed");
    await done;
    assert.deepEqual([message(), button.hidden], ["failed", false]);
  });

  it("works where the browser's cache fails", async (t) => {
    const { caches, comesOf, done, message, button } = shown(t, {
      kept: { [OURS]: { "?whole": "" } },
    });
    t.mock.method(caches, "keys", () => Promise.reject(new Error("refused")));
    comesOf("refused");
    await done;
    assert.deepEqual([message(), button.hidden], ["refused", true]);
  });
});

describe("removing the copy", () => {
  const kept = { [OURS]: { "?whole": "" }, "client-checklist-/site/#h-0": {} };

  it("removes this site's copies and service worker, and no other's", async (t) => {
    const { caches, unregistered, press, message } = shown(t, { served: WORKER, kept });
    await settled(10);
    await press();
    assert.deepEqual(await caches.keys(), Object.keys(OTHERS));
    assert.deepEqual(unregistered, [ROOT]);
    assert.equal(message(), "removed");
  });

  it("prevents it from being made at the same time, and the message stays", async (t) => {
    const { removing, press, comesOf, done, message } = shown(t, { served: WORKER, kept });
    await press();
    assert.equal(removing.signal.aborted, true);
    comesOf("failed");
    await done;
    assert.equal(message(), "removed");
  });

  it("moves the focus from the button to the message", async (t) => {
    const { document, one, button, press } = shown(t, { served: WORKER, kept });
    await settled(10);
    button.focus();
    await press();
    assert.equal(button.hidden, true);
    assert.equal(document.activeElement, one('[data-slot="copy"]'));
  });
});
