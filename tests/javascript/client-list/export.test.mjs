import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileOf, filesOf } from "../../../checklist/page/backup/json-files.js";
import { createExport } from "../../../checklist/page/client-list/export.js";
import { settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const messages = { needs_python: "It needs Python.", waits_for_python: "Waiting." };
const limits = { largest: 10_000, most_clients: 10, most_parts: 1_000 };
const readable = /** @type {any[]} */ ([{ id: "1", answers: {} }]);
const unreadable = /** @type {any[]} */ ([{ id: 2 }]);

/** @param {import("node:test").TestContext} t
 * @param {{ isReady?: boolean, hasFailed?: boolean, response?: object }} how */
function setUp(t, { isReady = true, hasFailed = false, response = { text: "text" } } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(console, "warn", () => {});
  /** @type {Blob[]} */
  const files = [];
  t.mock.method(URL, "createObjectURL", (/** @type {Blob} */ blob) => {
    files.push(blob);
    return "blob:x";
  });
  t.mock.method(URL, "revokeObjectURL", () => {});
  const region = openPage(t, "<p></p>").one("p");
  const python = /** @type {any} */ ({
    isReady,
    hasFailed,
    ask: async () => (isReady ? response : Promise.reject(new Error("not ready"))),
  });
  const all = () => ({ readable, unreadable });
  const exporting = createExport(all, { python, limits, region, messages });
  const run = async (/** @type {"json" | "csv" | "md"} */ kind) => {
    const running = exporting[kind]();
    for (let turn = 0; turn < 5; turn += 1) {
      await settled();
      t.mock.timers.tick(1_000);
    }
    await running;
    t.mock.timers.tick(1_000);
    return Promise.all(files.map(async (file) => [file.type, await file.text()]));
  };
  return { run, region };
}

const types = (/** @type {string[][]} */ files) => files.map(([type]) => type);

describe("the export of all clients", () => {
  it("as JSON needs no Python", async (t) => {
    const files = await setUp(t, { isReady: false, hasFailed: true }).run("json");
    assert.deepEqual(types(files), ["application/json", "application/json"]);
    assert.deepEqual(JSON.parse(files[0][1]), { format: "client-cases/1", cases: readable });
    assert.deepEqual(JSON.parse(files[1][1]).cases, unreadable);
  });

  it("as JSON is indented unless that makes a file too large", () => {
    const record = { id: "1", answers: {}, log: Array(100).fill({ at: "" }) };
    const size = (/** @type {unknown} */ one) => JSON.stringify(one).length;
    assert.match(fileOf(record, { ...limits, largest: 4 * size(record) }), /\n {2}"id"/);
    assert.equal(fileOf(record, { ...limits, largest: size(record) }), JSON.stringify(record));
    assert.equal(filesOf([/** @type {any} */ (record)], { ...limits, largest: 1 }).length, 1);
  });

  for (const kind of /** @type {const} */ (["csv", "md"])) {
    it(`as ${kind} is written by Python; the unreadable records stay JSON`, async (t) => {
      const files = await setUp(t).run(kind);
      const expected = { csv: "text/csv", md: "text/markdown" }[kind];
      assert.deepEqual(types(files), [expected, "application/json"]);
    });

    it(`as ${kind} never becomes JSON: without Python the page says why`, async (t) => {
      const { run, region } = setUp(t, { isReady: false, hasFailed: true });
      assert.deepEqual(await run(kind), []);
      assert.equal(region.textContent, messages.needs_python);
    });

    it(`as ${kind} is not written where Python finds problems`, async (t) => {
      const { run } = setUp(t, { response: { problems: ["a problem"] } });
      assert.deepEqual(await run(kind), []);
    });
  }
});
