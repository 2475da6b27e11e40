import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  failure,
  toFailure,
  isFailure,
  errorText,
} from "../../../checklist/page/python/failures.js";

const DAMAGED = failure("damaged", "a.wasm", "3 bytes of 4");

describe("a failure", () => {
  it("is a plain object", () => {
    assert.deepEqual(DAMAGED, {
      type: "failed",
      reason: "damaged",
      file: "a.wasm",
      detail: "3 bytes of 4",
    });
  });

  for (const [what, value, expected] of /** @type {[string, unknown, boolean][]} */ ([
    ["a failure", DAMAGED, true],
    ["an error", new Error("failed"), false],
    ["a message of another type", { type: "ready" }, false],
    ["null", null, false],
    ["a text", "failed", false],
    ["nothing", undefined, false],
  ])) {
    it(`is recognised: ${what}: ${expected}`, () => {
      assert.equal(isFailure(value), expected);
    });
  }

  it("is not wrapped in another failure", () => {
    assert.equal(toFailure(DAMAGED), DAMAGED);
  });

  for (const [message, reason] of /** @type {[string, string][]} */ ([
    ["Out of memory", "memory"],
    ["cannot allocate", "memory"],
    ["MemoryError: ", "memory"],
    ["KeyError: 1", "python"],
  ])) {
    it(`for an error with the message "${message}" has the reason ${reason}`, () => {
      assert.deepEqual(
        toFailure(new Error(message)),
        failure(/** @type {any} */ (reason), null, message),
      );
    });
  }
});

describe("the text of an error", () => {
  for (const [what, error, expected] of /** @type {[string, unknown, string][]} */ ([
    ["a failure", DAMAGED, "damaged: a.wasm: 3 bytes of 4"],
    ["a failure without a file", failure("no-wasm", null, ""), "no-wasm"],
    ["an error", new TypeError("no"), "no"],
    ["a text", "no", "no"],
    ["nothing", undefined, "undefined"],
  ])) {
    it(`describes ${what}`, () => {
      assert.equal(errorText(error), expected);
    });
  }
});
