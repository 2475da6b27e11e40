import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  idOf,
  namesClient,
  payloadInPath,
  payloadOf,
} from "../../../checklist/page/client/address.js";

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
  ["#c%253D1~yn", "1~yn", null],
  ["#%E2%80%8Bc=1", "1", null],
  ["#c%C2%AD=1", "1", null],
  ["#c==3D1", "=3D1", null],
  ["#%63ase=1", null, null],
  ["##c=1", "1", null],
  ["#!c=1", "1", null],
  ["#/c=1", "1", null],
  ["#?&c=1", "1", null],
  ["#c&#61;1", "1", null],
  ["#c&#x3D;1", "1", null],
  ["#abc=1", null, null],
  ["#at=12,check,c=1", null, null],
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

/** The path and query of an address without a fragment, and the payload of a shared link in it. */
const PATHS = /** @type {[string, string | null][]} */ ([
  ["/site/checklist/", null],
  ["/site/%23case=1", null],
  ["/site/checklist/%23c=2z1.0zyn", "2z1.0zyn"],
  ["/site/checklist/%2523c%3D2z1.0zyn", "2z1.0zyn"],
  ["/en/checklist%23C%3d1%7E2?fbclid=x", "1~2?fbclid=x"],
  ["/checklist/%23%E2%80%8Bc=1", "1"],
  ["/checklist/?x=%23c=1", "1"],
  ["/checklist/%EF%BC%83c=1", "1"],
  ["/checklist/&#35;c=1", "1"],
  ["/checklist/&#x23;c=1", "1"],
  ["/wrong/#c=1", "1"],
  ["/wrong/#case=1", null],
]);

describe("an address whose # was encoded", () => {
  for (const [path, payload] of PATHS) {
    it(`${path} has the payload ${payload}`, () => assert.equal(payloadInPath(path), payload));
  }
});
