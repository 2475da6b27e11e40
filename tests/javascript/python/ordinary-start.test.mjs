import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadOrdinary } from "../../../checklist/page/python/ordinary-start.js";
import { setGlobals } from "../support/fakes.mjs";
import { runtimeOf, setRuntime } from "../support/python.mjs";

const BASE = "https://example.org/runtime/";

/**
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof setRuntime>[1]} [found]
 */
function starting(t, found) {
  const { fetched } = setRuntime(t, {
    load: async () => ({ loadedPackages: { rules: "" }, pyimport: () => module }),
    ...found,
  });
  /** @type {unknown[]} */
  const destroyed = [];
  const entryPoint = () => "answer";
  const module = { handle: { copy: () => entryPoint }, destroy: () => destroyed.push(module) };
  const self = Object.assign(new EventTarget(), { setTimeout, crypto, fetch });
  setGlobals(t, {
    self,
    addEventListener: self.addEventListener.bind(self),
    removeEventListener: self.removeEventListener.bind(self),
  });
  /** @type {any[]} */
  const failures = [];
  const start = () =>
    loadOrdinary(
      runtimeOf(),
      () => {},
      (error) => failures.push(error),
    );
  const reject = (/** @type {unknown} */ reason) =>
    self.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
  return { self, start, fetched, failures, reject, entryPoint, destroyed };
}

describe("the ordinary start", () => {
  it("gets the addresses of all files", async (t) => {
    /** @type {any[]} */
    const starts = [];
    const { start, entryPoint, destroyed } = starting(t, {
      load: async (options) => {
        starts.push(options);
        return { loadedPackages: { rules: "" }, pyimport: imported };
      },
    });
    /** @type {string[]} */
    const names = [];
    const imported = (/** @type {string} */ name) => {
      names.push(name);
      return { handle: { copy: () => entryPoint }, destroy: () => destroyed.push(name) };
    };
    assert.equal(await start(), entryPoint);
    assert.deepEqual(starts, [
      {
        indexURL: BASE,
        lockFileURL: `${BASE}pyodide-lock.json`,
        stdLibURL: `${BASE}python_stdlib.zip`,
        packages: ["rules"],
      },
    ]);
    assert.deepEqual([names, destroyed], [["rules.entry"], ["rules.entry"]]);
  });

  it("fetches every file but the image", async (t) => {
    const { start, fetched } = starting(t);
    await start();
    assert.deepEqual(fetched, ["a.wasm"]);
  });

  it("fails where a file fails", async (t) => {
    const { start } = starting(t, { files: {} });
    await assert.rejects(start(), { reason: "missing", file: "a.wasm" });
  });

  for (const name of ["pyodide.mjs", "pyodide.asm.js"]) {
    it(`fails where ${name} cannot be imported`, async (t) => {
      const { start } = starting(t, { modules: { [name]: "throw new Error('forbidden')" } });
      await assert.rejects(start(), { reason: "blocked", file: name, detail: "forbidden" });
    });
  }

  it("fails where the package is missing though nothing failed", async (t) => {
    const { start } = starting(t, { load: async () => ({ loadedPackages: {} }) });
    await assert.rejects(start(), {
      reason: "python",
      file: null,
      detail: "the package is not there, though nothing failed",
    });
  });
});

describe("Pyodide's loader", () => {
  /** @param {() => Promise<void>} run what it does @returns {any} */
  const loading = (run) => ({
    load: async () => {
      await run();
      return {
        loadedPackages: { rules: "" },
        pyimport: () => ({ handle: { copy() {} }, destroy() {} }),
      };
    },
  });

  for (const [what, wanted] of /** @type {[string, () => string | Request][]} */ ([
    ["an address", () => `${BASE}a.wasm`],
    ["a request", () => new Request(`${BASE}a.wasm`)],
  ])) {
    it(`gets the bytes that were checked for ${what}`, async (t) => {
      const { start, self, fetched } = starting(
        t,
        loading(async () => {
          const response = await self.fetch(wanted());
          assert.equal(await response.text(), "wasm");
          assert.equal(response.headers.get("Content-Type"), "application/wasm");
        }),
      );
      await start();
      assert.deepEqual(fetched, ["a.wasm"]);
    });
  }

  it("gets no media type with a file that is not wasm", async (t) => {
    const { start, self } = starting(t, {
      files: { "a.wasm": new TextEncoder().encode("wasm") },
      ...loading(async () => {
        const response = await self.fetch(`${BASE}old/a.wasm?`);
        assert.equal(response.status, 404);
      }),
    });
    await start();
  });

  it("gets other files from the network", async (t) => {
    const { start, self, fetched } = starting(
      t,
      loading(async () => {
        assert.equal((await self.fetch(`${BASE}b.js`)).status, 404);
      }),
    );
    await start();
    assert.deepEqual(fetched, ["a.wasm", "b.js"]);
  });

  it("that cannot compile the wasm is reported at once", async (t) => {
    const refused = new Error("no wasm here");
    t.mock.method(WebAssembly, "instantiateStreaming", async () => {
      throw refused;
    });
    const { start, failures } = starting(
      t,
      loading(async () => {
        await WebAssembly.instantiateStreaming(new Response());
      }),
    );
    await assert.rejects(start(), refused);
    assert.deepEqual(failures, [refused]);
  });

  it("compiles the wasm with its own imports", async (t) => {
    const { mock } = t.mock.method(WebAssembly, "instantiateStreaming", async () => "made");
    const { start, failures } = starting(
      t,
      loading(async () => {
        const made = await /** @type {any} */ (WebAssembly).instantiateStreaming("a", "b");
        assert.equal(made, "made");
      }),
    );
    await start();
    assert.deepEqual(mock.calls[0].arguments, ["a", "b"]);
    assert.deepEqual(failures, []);
  });

  it("that leaves a rejection unhandled is reported", async (t) => {
    const { start, reject, failures } = starting(
      t,
      loading(async () => void reject("lost")),
    );
    await start();
    assert.deepEqual(failures, ["lost"]);
  });

  for (const [what, found] of /** @type {[string, object][]} */ ([
    ["has started", {}],
    ["has failed", { modules: { "pyodide.mjs": "throw new Error('forbidden')" } }],
  ])) {
    it(`gets no more files once it ${what}`, async (t) => {
      const { start, self, reject, failures } = starting(t, found);
      const { fetch } = self;
      const { instantiateStreaming } = WebAssembly;
      await start().catch(() => {});
      reject("late");
      assert.equal(self.fetch, fetch);
      assert.equal(WebAssembly.instantiateStreaming, instantiateStreaming);
      assert.deepEqual(failures, []);
    });
  }
});
