import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createExplanationTable,
  loadExplanationTable,
} from "../../../checklist/page/checklist/explanation-table.js";
import { setGlobals } from "../support/fakes.mjs";

const GOAL = { fact: "goal", text: "They have no goal." };
const TRUST = { fact: "trust", text: "They trust you.", remedy: "Show your work." };
const FILE = {
  rules: "1.0",
  facts: ["goal"],
  answers: ["yes", "no", "unknown"],
  nodes: [
    [0, -1, -2, -1],
    [0, -3, -4, -3],
  ],
  roots: { because: 0, change: 1 },
  leaves: [
    { because_title: "", because: [], not_no: [], more_reasons: "" },
    { because_title: "Why", because: [[0]], not_no: [1], more_reasons: "1 more" },
    { change_lead: "", change: [] },
    { change_lead: "If", change: [[1, 0]] },
  ],
  statements: [GOAL, TRUST],
  together: "Together:",
};

describe("the table of explanations", () => {
  it("has the statements of the leaves", () => {
    assert.deepEqual(createExplanationTable(FILE)({ goal: "no" }), {
      because_title: "Why",
      because: [[GOAL]],
      not_no: [TRUST],
      more_reasons: "1 more",
      change_lead: "If",
      change: [[TRUST, GOAL]],
      together: "Together:",
    });
  });

  it("takes a missing answer for an unknown one", () => {
    assert.deepEqual(createExplanationTable(FILE)({}).because, []);
  });

  for (const [what, fetch] of /** @type {[string, () => Promise<Response>][]} */ ([
    ["of other rules", async () => Response.json({ ...FILE, rules: "0.9" })],
    ["missing", async () => new Response("", { status: 404 })],
    ["out of reach", () => Promise.reject(new Error("offline"))],
  ])) {
    it(`is not used if its file is ${what}`, async (t) => {
      setGlobals(t, { fetch });
      assert.equal(await loadExplanationTable("explanations.json", "1.0"), null);
    });
  }

  it("is loaded from its file", async (t) => {
    setGlobals(t, { fetch: async () => Response.json(FILE) });
    const found = await loadExplanationTable("explanations.json", "1.0");
    assert.deepEqual(found?.({ goal: "no" }).because, [[GOAL]]);
  });
});
