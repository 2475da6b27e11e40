import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clearFreeMemory, freeRanges } from "../../../checklist/python_image/in_node/heap.mjs";

const START = 64;
const IN_USE = 2;
const PREVIOUS_IN_USE = 1;
const LARGE = 200_000;

/**
 * Memory with a heap of these chunks, filled with ones.
 * @param {[size: number, flags: number][]} chunks
 */
function heapOf(chunks) {
  const end = START + chunks.reduce((sum, [size]) => sum + size, 0);
  const bytes = new Uint8Array(end).fill(1);
  const words = new Uint32Array(bytes.buffer);
  let at = START;
  for (const [size, flags] of chunks) {
    words[at / 4 + 1] = size | flags;
    at += size;
  }
  return { bytes, words, end };
}

describe("the free memory of a heap", () => {
  it("is what follows the links of chunks that are not in use", () => {
    const { words, end } = heapOf([
      [48, IN_USE],
      [64, PREVIOUS_IN_USE],
      [40, IN_USE],
      [96, PREVIOUS_IN_USE],
    ]);
    assert.deepEqual(freeRanges(words, START, end), [
      [144, 176],
      [248, 312],
    ]);
  });

  it("ends with the heap, though the last chunk may be larger", () => {
    const { words, end } = heapOf([
      [48, IN_USE],
      [96, PREVIOUS_IN_USE],
    ]);
    assert.deepEqual(freeRanges(words, START, end - 16), [[144, end - 16]]);
  });

  it("does not include the mark of the end, which is smaller than a chunk", () => {
    const { words, end } = heapOf([
      [48, IN_USE],
      [8, 0],
    ]);
    assert.deepEqual(freeRanges(words, START, end), []);
  });

  it("is not known if a size leads beyond the heap", () => {
    const { words, end } = heapOf([[LARGE, IN_USE]]);
    assert.throws(() => freeRanges(words, START, end - LARGE / 2), /lead from 64 to 200064, not/);
  });

  it("is not known if the chunks stop before the end", () => {
    const { words } = heapOf([
      [48, IN_USE],
      [8, 0],
      [LARGE, IN_USE],
    ]);
    assert.throws(() => freeRanges(words, START, START + LARGE), /lead from 64 to 112, not/);
  });
});

it("free memory and the unused stack are filled with zeros, and nothing else", () => {
  const { bytes, words, end } = heapOf([
    [64, PREVIOUS_IN_USE],
    [48, IN_USE],
  ]);
  const before = [...bytes];
  words[0] = end;
  const python = {
    HEAPU8: bytes,
    HEAPU32: words,
    _malloc_trim() {},
    _emscripten_get_sbrk_ptr: () => 0,
  };
  /** @type {Record<string, number>} */
  const layout = { __stack_low: 16, __stack_pointer: 40, __stack_high: START };
  assert.equal(
    clearFreeMemory(python, (name) => layout[name]),
    end,
  );
  const cleared = (/** @type {number} */ at) => (at >= 16 && at < 40) || (at >= 96 && at < 128);
  for (let at = 4; at < end; at += 1) {
    assert.equal(bytes[at], cleared(at) ? 0 : before[at], `at ${at}`);
  }
});
