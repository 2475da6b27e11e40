import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openImage } from "../../../checklist/python_image/loader.js";
import { setGlobals } from "../support/fakes.mjs";
import { fakeImage } from "../support/python.mjs";

/** @typedef {import("node:test").TestContext} TestContext */
const MODULE = /** @type {WebAssembly.Module} */ ({});

/**
 * @param {TestContext} t
 * @param {(request: string) => string} answer
 * @param {Parameters<typeof fakeImage>[1]} [parts]
 */
function setUp(t, answer, parts) {
  const image = fakeImage(answer, parts);
  setGlobals(t, { WebAssembly: image.assembly });
  return { ...image, ...openImage(MODULE) };
}

describe("a request to an image", () => {
  for (const [what, request, response] of [
    ["in ASCII", "ask", "ask: answered"],
    ["with multi-byte characters", "спросить 🙂", "спросить 🙂: answered"],
    ["that is empty", "", ": answered"],
  ]) {
    it(`${what} is answered`, (t) => {
      const { call } = setUp(t, (request) => `${request}: answered`);
      assert.equal(call(request), response);
    });
  }

  it("leaks no memory", (t) => {
    const { call, left } = setUp(t, () => "answer");
    call("ask");
    assert.deepEqual(left(), { objects: [], places: 0 });
  });

  it("throws an error with Python's message if Python raises", (t) => {
    const { call } = setUp(t, () => {
      throw new TypeError("no such word");
    });
    assert.throws(() => call("ask"), new Error("<TypeError: no such word>"));
  });

  for (const name of /** @type {const} */ (["PyMem_Malloc", "PyUnicode_FromStringAndSize"])) {
    it(`throws an error if ${name} has no memory`, (t) => {
      const image = setUp(t, () => "answer");
      const python = /** @type {Record<string, unknown>} */ (image.python);
      const { [name]: works } = python;
      python[name] = () => {
        python[name] = works;
        return 0;
      };
      assert.throws(() => image.call("ask"), new Error("<>"));
    });
  }
});

describe("an import of an image", () => {
  /** @param {string} name @param {string} [kind] @param {string} [module] */
  const wanted = (name, kind = "function", module = "env") => ({ module, name, kind });

  it("is memory that can grow to the maximum of WebAssembly", (t) => {
    const { seen, memory } = setUp(t, () => "", {
      facts: { pages: 3 },
      imports: [wanted("emscripten_resize_heap")],
    });
    assert.equal(seen.imports.env.memory, memory);
    assert.equal(memory.buffer.byteLength, 3 * 65_536);
    assert.equal(seen.imports.env.emscripten_resize_heap(4 * 65_536 + 1), 1);
    assert.equal(memory.buffer.byteLength, 5 * 65_536);
  });

  it("is memory that stops growing at the limit of the browser", (t) => {
    const { seen } = setUp(t, () => "", { imports: [wanted("emscripten_resize_heap")] });
    const { mock } = t.mock.method(WebAssembly.Memory.prototype, "grow", () => {
      throw new RangeError("no more");
    });
    assert.equal(seen.imports.env.emscripten_resize_heap(-1), 0);
    assert.deepEqual(mock.calls[0].arguments, [65_535]);
  });

  it("is a table of the given size", (t) => {
    const { seen } = setUp(t, () => "", {
      facts: { tableSize: 7 },
      imports: [wanted("__indirect_function_table", "table")],
    });
    assert.equal(seen.imports.env.__indirect_function_table.length, 7);
  });

  it("is a function that calls functions by pointer", (t) => {
    const { seen } = setUp(t, () => "", { imports: [wanted("_PyEM_TrampolineCall_JS")] });
    const { mock } = t.mock.method(WebAssembly.Table.prototype, "get", () => {
      return (/** @type {any[]} */ ...values) => values;
    });
    assert.deepEqual(seen.imports.env._PyEM_TrampolineCall_JS(1, "self", "args", "names"), [
      "self",
      "args",
      "names",
    ]);
    assert.deepEqual(mock.calls[0].arguments, [1]);
  });

  it("is a global from the custom section", (t) => {
    const { seen } = setUp(t, () => "", {
      facts: {
        globals: [
          ["GOT.mem", "a", 11, true],
          ["env", "b", 12, false],
        ],
      },
      imports: [wanted("a", "global", "GOT.mem"), wanted("b", "global"), wanted("a", "global")],
    });
    const { "GOT.mem": got, env } = seen.imports;
    assert.deepEqual([got.a.value, env.b.value, env.a.value], [11, 12, 0]);
    got.a.value = 1;
    env.a.value = 1;
    assert.throws(() => (env.b.value = 1), TypeError);
  });

  it("is a function that throws if the function was removed", (t) => {
    const { seen } = setUp(t, () => "", { imports: [wanted("clock")] });
    assert.throws(seen.imports.env.clock, new Error("the image has no clock"));
  });

  it("is a tag, for exceptions", (t) => {
    const { seen } = setUp(t, () => "", { imports: [wanted("__cpp_exception", "tag")] });
    assert.ok(seen.imports.env.__cpp_exception instanceof /** @type {any} */ (WebAssembly).Tag);
  });
});
