// Every unit test in one process: a page without a browser takes half a second to load, once. All
// is loaded before the first test begins, so that no module is loaded among a test's globals.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { it } from "node:test";
import "./address.test.mjs";
import "./copies.test.mjs";
import "./copy.test.mjs";
import "./early.test.mjs";
import "./engine.test.mjs";
import "./failures.test.mjs";
import "./files.test.mjs";
import "./first.test.mjs";
import "./focus.test.mjs";
import "./form.test.mjs";
import "./image.test.mjs";
import "./prefetch.test.mjs";
import "./offline.test.mjs";
import "./open-client.test.mjs";
import "./ordinary.test.mjs";
import "./page.test.mjs";
import "./python.test.mjs";
import "./record.test.mjs";
import "./render.test.mjs";
import "./rescue.test.mjs";
import "./rows.test.mjs";
import "./say.test.mjs";
import "./service-worker/copy.test.mjs";
import "./service-worker/index.test.mjs";
import "./service-worker/site.test.mjs";
import "./status.test.mjs";
import "./store/cases.test.mjs";
import "./store/changes.test.mjs";
import "./store/database.test.mjs";
import "./store/journal.test.mjs";
import "./store/legacy.test.mjs";
import "./store/operations.test.mjs";
import "./store/random.test.mjs";
import "./store/refusals.test.mjs";
import "./store/store.test.mjs";
import "./switcher.test.mjs";
import "./table.test.mjs";
import "./understand.test.mjs";
import "./undo.test.mjs";
import "./worker.test.mjs";

it("runs every file of tests", () => {
  const text = readFileSync(import.meta.filename, "utf8");
  const files = readdirSync(import.meta.dirname, { recursive: true }).map(String);
  const missing = files.filter(
    (name) => name.endsWith(".test.mjs") && !text.includes(`./${name}"`),
  );
  assert.deepEqual(missing, []);
});
