import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadFallback } from "../../../checklist/page/python/ordinary-start.js";
import { setGlobals } from "../support/fakes.mjs";
import { runtimeOf, setRuntime } from "../support/python.mjs";

const BASE = "https://example.org/runtime/";

/**
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof setRuntime>[1]} [found]
 */
function setUp(t, found) {
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
    loadFallback(
      runtimeOf(),
      () => {},
      (error) => failures.push(error),
    );
  const reject = (/** @type {unknown} */ reason) =>
    self.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
  return { self, start, fetched, failures, reject, entryPoint, destroyed };
}

describe("the fallback", () => {
  it("passes all URLs to Pyodide's loader", async (t) => {
    /** @type {any[]} */
    const starts = [];
    const { start, entryPoint, destroyed } = setUp(t, {
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

  it("fetches all files except the image", async (t) => {
    const { start, fetched } = setUp(t);
    await start();
    assert.deepEqual(fetched, ["a.wasm"]);
  });

  it("fails if a file fails", async (t) => {
    const { start } = setUp(t, { files: {} });
    await assert.rejects(start(), { reason: "missing", file: "a.wasm" });
  });

  for (const name of ["pyodide.mjs", "pyodide.asm.js"]) {
    it(`fails if ${name} cannot be imported`, async (t) => {
      const { start } = setUp(t, { modules: { [name]: "throw new Error('forbidden')" } });
      await assert.rejects(start(), { reason: "blocked", file: name, detail: "forbidden" });
    });
  }

  it("fails if the package is missing", async (t) => {
    const { start } = setUp(t, { load: async () => ({ loadedPackages: {} }) });
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
    ["a URL", () => `${BASE}a.wasm`],
    ["a request", () => new Request(`${BASE}a.wasm`)],
  ])) {
    it(`gets the verified bytes for ${what}`, async (t) => {
      const { start, self, fetched } = setUp(
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

  it("gets the media type of wasm only for a URL that ends in .wasm", async (t) => {
    const { start, self } = setUp(t, {
      files: { "a.wasm": new TextEncoder().encode("wasm") },
      ...loading(async () => {
        const response = await self.fetch(`${BASE}old/a.wasm?`);
        assert.equal(response.status, 404);
      }),
    });
    await start();
  });

  it("gets other files from the network", async (t) => {
    const { start, self, fetched } = setUp(
      t,
      loading(async () => {
        assert.equal((await self.fetch(`${BASE}b.js`)).status, 404);
      }),
    );
    await start();
    assert.deepEqual(fetched, ["a.wasm", "b.js"]);
  });

  it("is reported immediately if it cannot compile the wasm", async (t) => {
    const refused = new Error("no wasm here");
    t.mock.method(WebAssembly, "instantiateStreaming", async () => {
      throw refused;
    });
    const { start, failures } = setUp(
      t,
      loading(async () => {
        await WebAssembly.instantiateStreaming(new Response());
      }),
    );
    await assert.rejects(start(), refused);
    assert.deepEqual(failures, [refused]);
  });

  it("compiles the wasm with its own arguments", async (t) => {
    const { mock } = t.mock.method(WebAssembly, "instantiateStreaming", async () => "made");
    const { start, failures } = setUp(
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

  it("is reported for an unhandled rejection", async (t) => {
    const { start, reject, failures } = setUp(
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
    it(`is no longer intercepted once it ${what}`, async (t) => {
      const { start, self, reject, failures } = setUp(t, found);
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
