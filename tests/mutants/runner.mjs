/**
 * Stryker's test runner for the tests under `tests/javascript`: all of them in one process, again
 * and again, each mutant met by the tests that reach it. The tests' `node:test` is the one below,
 * as Node's own runs a test only once; its mocks are Node's.
 *
 * @typedef {{ after(run: () => unknown): void, mock: any }} Context
 * @typedef {{ id: string, run(t: Context): unknown }} Test
 * @typedef {Record<string, Record<string, number>>} Coverage
 * @typedef {{ activeMutant?: string, currentTestId?: string,
 *   mutantCoverage?: { static: Record<string, number>, perTest: Coverage }, hitLimit?: number, hitCount?: number }} Instrumented what Stryker's instrumented code reads
 */
import { existsSync } from "node:fs";
import { register } from "node:module";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";

const ALL = "tests/javascript/all.mjs";
const [SUCCESS, FAILED] = [0, 1];
const Mock = /** @type {new () => typeof mock} */ (mock.constructor);

const global = /** @type {any} */ (globalThis);
/** @type {Instrumented} */
const instrumented = (global.__stryker__ ??= {});
/** @type {Map<string, Test>} */
const tests = new Map();
/** @type {(error: unknown) => void} */
let onLateError = () => {};
/** Called when the process has nothing left to do. */
let onIdle = () => {};
process.on("beforeExit", () => onIdle());
process.on("uncaughtException", (error) => onLateError(error));
process.on("unhandledRejection", (error) => onLateError(error));

/** @type {string[]} */
const titles = [];
Object.assign(globalThis, {
  testsOfMutants: {
    /** @param {string} title @param {() => void} run */
    describe(title, run) {
      titles.push(title);
      run();
      titles.pop();
    },
    /** @param {string} title @param {Test["run"]} run */
    it(title, run) {
      const name = [...titles, title].join(" ");
      const id = tests.has(name) ? `${name} (${tests.size})` : name;
      tests.set(id, { id, run });
    },
  },
});
const OWN = "data:text/javascript,export const { describe, it } = globalThis.testsOfMutants;";
const HOOKS = `export const resolve = (name, context, next) =>
  name === "node:test" && context.parentURL.includes("/tests/javascript/")
    ? { url: ${JSON.stringify(OWN)}, format: "module", shortCircuit: true } : next(name, context);`;

class Runner {
  isLoaded = false;
  isUnfit = false;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async load(file = ALL) {
    if (!this.isLoaded) {
      this.isLoaded = true;
      register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
      await import(pathToFileURL(file).href);
    }
  }

  async dryRun() {
    await this.load();
    const results = [];
    for (const { id } of tests.values()) {
      const begun = performance.now();
      instrumented.currentTestId = id;
      const failure = await failureOf(id);
      const timeSpentMs = performance.now() - begun;
      results.push({
        id,
        name: id,
        timeSpentMs,
        ...(failure === null
          ? { status: SUCCESS }
          : { status: FAILED, failureMessage: String(failure) }),
      });
    }
    instrumented.currentTestId = undefined;
    // What a test reaches needs no other process, though it ran as the files were loaded, too.
    const { perTest, ...loaded } = instrumented.mutantCoverage ?? { perTest: {}, static: {} };
    const reached = new Set(Object.values(perTest).flatMap(Object.keys));
    const others = Object.entries(loaded.static).filter(([id]) => !reached.has(id));
    return {
      status: "complete",
      tests: results,
      mutantCoverage: { perTest, static: Object.fromEntries(others) },
    };
  }

  /** @param {{ activeMutant: { id: string }, mutantActivation: string, testFilter?: string[],
   *   hitLimit?: number, sandboxFileName: string }} options */
  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, sandboxFileName }) {
    if (this.isUnfit) {
      throw new Error("a mutant has left something behind: another process is wanted");
    }
    instrumented.hitLimit = hitLimit;
    instrumented.hitCount = 0;
    if (mutantActivation === "static") {
      instrumented.activeMutant = activeMutant.id;
    }
    try {
      // For what only the loading of a module reaches, its own tests are enough, and quicker.
      const own = `tests/javascript/${sandboxFileName.split("checklist/page/")[1]}`;
      const file = own.replace(/\.js$/, ".test.mjs");
      await this.load(mutantActivation === "static" && existsSync(file) ? file : ALL);
    } catch (error) {
      return { status: "killed", killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    instrumented.activeMutant = activeMutant.id;
    let nrOfTests = 0;
    for (const id of testFilter?.filter((one) => tests.has(one)) ?? tests.keys()) {
      nrOfTests += 1;
      const failure = await failureOf(id);
      if (hitLimit !== undefined && Number(instrumented.hitCount) > hitLimit) {
        this.isUnfit = true;
        return { status: "timeout", reason: "it runs for ever" };
      }
      if (failure !== null) {
        instrumented.activeMutant = undefined;
        this.isUnfit = mutantActivation === "runtime" && (await failureOf(id)) !== null;
        return { status: "killed", killedBy: [id], failureMessage: String(failure), nrOfTests };
      }
    }
    instrumented.activeMutant = undefined;
    return { status: "survived", nrOfTests };
  }
}

/** @param {string} id @returns {Promise<unknown>} why the test fails, null where it passes */
async function failureOf(id) {
  const { run } = /** @type {Test} */ (tests.get(id));
  /** @type {(() => unknown)[]} */
  const cleaning = [];
  const own = new Mock();
  /** @type {unknown} */
  let failure = null;
  const attend = ignoreStryker();
  const running = (async () => run({ after: (go) => cleaning.push(go), mock: own }))();
  const late = new Promise((_, reject) => (onLateError = reject));
  late.catch(() => {});
  const idle = new Promise((_, reject) => {
    onIdle = () => reject(new Error("it waits for what can never come"));
  });
  idle.catch(() => {});
  try {
    await Promise.race([running, late, idle]);
    await new Promise((go) => setImmediate(go)); // what it left to fail
    await Promise.race([late, null]);
  } catch (error) {
    failure = error ?? "undefined";
  }
  attend();
  onIdle = () => {};
  onLateError = () => {};
  running.catch(() => {});
  for (const clean of cleaning) {
    try {
      await clean();
    } catch (error) {
      failure ??= error;
    }
  }
  own.reset();
  return failure;
}

/**
 * Lets Node tell that a test can never end, whether the machine is fast or slow: it then has nothing
 * left to do and emits `beforeExit`. Node's own runner fails such a test for the same reason. The
 * connections to Stryker, over which anything may come at any time, must not count for that.
 *
 * A test that never ends although something goes on, such as a timer, is stopped by Stryker at
 * `timeoutMS`, and is reported as a timeout.
 *
 * @returns {() => void} lets them count again
 */
function ignoreStryker() {
  /** @type {{ ref?(): void, unref?(): void }[]} */
  const connections = /** @type {any} */ (process)._getActiveHandles();
  connections.forEach((one) => one.unref?.());
  return () => connections.forEach((one) => one.ref?.());
}

export const strykerPlugins = [
  { kind: "TestRunner", name: "one-process", injectableClass: Runner },
];
