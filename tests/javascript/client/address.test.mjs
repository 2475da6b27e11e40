import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { idOf, namesClient, payloadOf } from "../../../checklist/page/client/address.js";

/** The fragment, the payload of a shared link, the id of the visitor's own client. */
const ADDRESSES = /** @type {[string, string | null, string | null][]} */ ([
  ["", null, null],
  ["#", null, null],
  ["#check", null, null],
  ["#q-decides", null, null],
  ["#c", null, null],
  ["#c=", "", null],
  ["#c=1~1.0~yn", "1~1.0~yn", null],
  ["#C=1~1.0~YN", "1~1.0~YN", null],
  ["#c%3D1~yn", "1~yn", null],
  ["#c%3d1~yn", "1~yn", null],
  ["#c=1%7E%201", "1~ 1", null],
  ["#c=1%E0%A4%A", "1%E0%A4%A", null],
  ["#c=1\n2", "1\n2", null],
  ["#case=abc", null, "abc"],
  ["#case=a%20b%2Fc", null, "a b/c"],
  ["#case=", null, ""],
  ["#CASE=abc", null, null],
]);

describe("the fragment of the address", () => {
  for (const [hash, payload, id] of ADDRESSES) {
    it(`${JSON.stringify(hash)} has the payload ${payload} and the id ${id}`, () => {
      assert.deepEqual([payloadOf(hash), idOf(hash)], [payload, id]);
      assert.equal(namesClient(hash), payload !== null || id !== null);
    });
  }
});
