/**
 * The heap of Pyodide's allocator, dlmalloc: a row of chunks from its first byte to its last.
 *
 * A chunk begins with the size of the one before it and its own size, four bytes each. The lowest
 * bits of a size are flags. A free chunk has links to other free chunks after that, which must be
 * kept; the rest of it is free.
 */
const SIZE_OFFSET = 4;
const FLAGS = 7;
const IN_USE = 2;
const SMALLEST_CHUNK = 16;
const LINKS_END = 32;
const LARGEST_REST = 65_536;

/**
 * Find the free memory in a heap.
 *
 * @param {Uint32Array} words the memory
 * @param {number} start the address of the heap
 * @param {number} end
 * @returns {[start: number, end: number][]} throws if the chunks do not lead from the first byte to
 *   the last, as would be so with another allocator
 */
export function freeRanges(words, start, end) {
  /** @type {[number, number][]} */
  const ranges = [];
  let chunk = start;
  while (chunk < end) {
    const head = words[(chunk + SIZE_OFFSET) >> 2];
    const size = head & ~FLAGS;
    if (size < SMALLEST_CHUNK) {
      break;
    }
    if (!(head & IN_USE)) {
      ranges.push([chunk + LINKS_END, Math.min(chunk + size, end)]);
    }
    chunk += size;
  }
  // The last chunk only marks the end and is smaller than any other.
  if (Math.abs(end - chunk) > LARGEST_REST) {
    throw new Error(`its chunks lead from ${start} to ${chunk}, not to ${end}`);
  }
  return ranges;
}

/**
 * Fill what is free with zeros, which an image leaves out: free chunks and the unused stack.
 *
 * @param {import("./interpreter.mjs").Emscripten} python
 * @param {(name: string) => number} addressOf finds what the linker has named
 * @returns {number} where the heap ends
 */
export function clearFreeMemory(python, addressOf) {
  python._malloc_trim(0);
  const end = python.HEAPU32[python._emscripten_get_sbrk_ptr() >> 2];
  // The heap begins where the stack ends.
  for (const range of freeRanges(python.HEAPU32, addressOf("__stack_high"), end)) {
    python.HEAPU8.fill(0, ...range);
  }
  python.HEAPU8.fill(0, addressOf("__stack_low"), addressOf("__stack_pointer"));
  return end;
}
