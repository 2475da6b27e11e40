import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadImage } from "../../../checklist/page/python/image-start.js";
import { setGlobals } from "../support/fakes.mjs";
import { PACKED, fakeImage, runtimeOf, setRuntime } from "../support/python.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

describe("the file of an image", () => {
  /** @param {TestContext} t @param {Uint8Array<ArrayBuffer>[]} files one after another */
  const fetching = (t, ...files) => {
    const image = fakeImage(() => "answer");
    setRuntime(t);
    /** @type {string[]} */
    const fetched = [];
    setGlobals(t, {
      self: { setTimeout, crypto },
      WebAssembly: image.assembly,
      fetch: async (/** @type {URL} */ url) => {
        fetched.push(url.href);
        return new Response(files.shift());
      },
    });
    /** @type {unknown[][]} */
    const reports = [];
    return {
      image,
      fetched,
      reports,
      loaded: loadImage("image.packed", runtimeOf(), (...all) => reports.push(all)),
    };
  };

  it("is decompressed, compiled and can be called", async (t) => {
    const { image, loaded, reports } = fetching(t, PACKED);
    assert.equal((await loaded)("ask"), "answer");
    assert.equal(image.seen.compiled, "image");
    assert.deepEqual(reports.at(-1), ["start", PACKED.length, PACKED.length]);
  });

  it("is all that is fetched: the decoder's own code is not", async (t) => {
    const { loaded, fetched } = fetching(t, PACKED);
    await loaded;
    assert.deepEqual(fetched, [`${runtimeOf().base}image.packed`]);
  });

  it("is fetched and decompressed again if it is damaged", async (t) => {
    const { image, loaded } = fetching(t, new Uint8Array(PACKED.length), PACKED);
    await loaded;
    assert.equal(image.seen.compiled, "image");
  });

  it("is a failure with its name if it is damaged twice", async (t) => {
    const damaged = () => new Uint8Array(PACKED.length);
    const { loaded } = fetching(t, damaged(), damaged());
    await assert.rejects(loaded, { reason: "damaged", file: "image.packed" });
  });
});
