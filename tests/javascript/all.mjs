// Every unit test in one process: a page without a browser takes half a second to load, once. All
// is loaded before the first test begins, so that no module is loaded among a test's globals.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import "./client/address.test.mjs";
import "./client-list/read-files.test.mjs";
import "./service-worker/cache-names.test.mjs";
import "./every-page/offline-copy.test.mjs";
import "./boot/start-python.test.mjs";
import "./python/engine.test.mjs";
import "./python/failures.test.mjs";
import "./python/verified-fetch.test.mjs";
import "./boot/first-paint.test.mjs";
import "./ui/focus.test.mjs";
import "./checklist/form.test.mjs";
import "./python/image-start.test.mjs";
import "./python-image/heap.test.mjs";
import "./python-image/loader.test.mjs";
import "./every-page/prefetch.test.mjs";
import "./every-page/offline.test.mjs";
import "./checklist/open-client.test.mjs";
import "./python/ordinary-start.test.mjs";
import "./ui/dom.test.mjs";
import "./python/python.test.mjs";
import "./client/record.test.mjs";
import "./checklist/render.test.mjs";
import "./boot/module-watchdog.test.mjs";
import "./ui/keyed-list.test.mjs";
import "./ui/announce.test.mjs";
import "./service-worker/precache.test.mjs";
import "./service-worker/index.test.mjs";
import "./service-worker/responses.test.mjs";
import "./python/load-status.test.mjs";
import "./store/changes.test.mjs";
import "./store/database.test.mjs";
import "./store/failures.test.mjs";
import "./store/guards.test.mjs";
import "./store/journal.test.mjs";
import "./store/legacy.test.mjs";
import "./store/migration.test.mjs";
import "./store/opened.test.mjs";
import "./store/operations.test.mjs";
import "./store/page-state.test.mjs";
import "./store/quarantine.test.mjs";
import "./store/random.test.mjs";
import "./store/replay.test.mjs";
import "./store/tabs.test.mjs";
import "./store/updates.test.mjs";
import "./store/wipe.test.mjs";
import "./checklist/client-switcher.test.mjs";
import "./checklist/verdict-table.test.mjs";
import "./client/validate.test.mjs";
import "./ui/undo-bar.test.mjs";
import "./python/worker.test.mjs";

it("runs every file of tests", () => {
  const text = readFileSync(import.meta.filename, "utf8");
  const files = readdirSync(import.meta.dirname, { recursive: true }).map(String);
  const missing = files.filter(
    (name) => name.endsWith(".test.mjs") && !text.includes(`./${name}"`),
  );
  assert.deepEqual(missing, []);
});
