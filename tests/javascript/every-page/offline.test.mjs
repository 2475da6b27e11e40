import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setUpOffline } from "../../../checklist/page/every-page/offline.js";
import { setGlobals, settled } from "../support/fakes.mjs";
import { openPage } from "../support/page.mjs";

const ROOT = "https://example.org/site/";
const URL_ = `${ROOT}service-worker.js`;
const HTML = `<h1>Title</h1><p data-slot="offline"></p><input id="field"><div id="bar">
  <template data-update-message="ready">A new version</template>
  <template data-update-message="failed">{file} is blocked</template>
  <template data-update-message="failed-somewhere">No copy</template>
  <template data-update-message="elsewhere">Changed elsewhere</template>
  <p data-slot="update"></p><div class="update__buttons" hidden>
  <button data-action="reload">load</button><button data-action="later">later</button></div></div>`;

class FakeServiceWorker extends EventTarget {
  /** @type {unknown[]} */
  messages = [];
  state = "installed";
  /** @param {Record<string, unknown>} [answers] @param {string} [scriptURL] */
  constructor(answers = {}, scriptURL = URL_) {
    super();
    this.answers = answers;
    this.scriptURL = scriptURL;
  }
  /** @param {string} what @param {any[]} [ports] */
  postMessage(what, ports = []) {
    this.messages.push(what);
    ports[0]?.postMessage(this.answers[what]);
  }
  /** @param {string} state */
  become(state) {
    this.state = state;
    this.dispatchEvent(new MessageEvent("statechange"));
  }
}

/**
 * @param {import("node:test").TestContext} t
 * @param {{ controller?: FakeServiceWorker | null, registration?: any, refusal?: unknown,
 *   script?: Response | Error, known?: any, saveData?: boolean, isSupported?: boolean, readyState?: string, python?: boolean,
 *   isPending?: boolean }} [how] `isPending` if Python never gets ready and the time-out is not reached
 */
async function setUp(t, how = {}) {
  const { controller = null, registration = registrationOf({ active: active() }) } = how;
  const { known = { scope: ROOT }, isSupported = true, saveData, refusal, isPending = true } = how;
  const { script = new Response("") } = how;
  /** @type {unknown[][]} */
  const registered = [];
  /** @type {unknown[][]} */
  const fetched = [];
  /** @type {number[]} */
  const waited = [];
  const workers = Object.assign(new EventTarget(), {
    controller,
    /** @param {unknown[]} all */
    async register(...all) {
      registered.push(all);
      if (refusal) {
        throw refusal;
      }
      return registration;
    },
    getRegistration: async () => known,
  });
  const page = openPage(t, HTML, {
    navigator: {
      serviceWorker: isSupported ? workers : undefined,
      connection: saveData && { saveData },
    },
    MessageChannel: class {
      /** @type {any} */
      port1 = {};
      port2 = {
        postMessage: (/** @type {unknown} */ data) =>
          setImmediate(() => this.port1.onmessage({ data })),
      };
    },
  });
  const { window, document, one } = page;
  await window.happyDOM.waitUntilComplete();
  Object.defineProperty(document, "readyState", { value: how.readyState ?? "complete" });
  if (how.python) {
    document.body.insertAdjacentHTML("beforeend", '<p id="python-runtime"></p>');
  }
  setGlobals(t, {
    async fetch(/** @type {unknown[]} */ ...request) {
      fetched.push(request);
      if (script instanceof Error) {
        throw script;
      }
      return script;
    },
    setTimeout: (/** @type {() => void} */ go, /** @type {number} */ ms) => {
      waited.push(ms);
      return ms === 60_000 && isPending ? 0 : setImmediate(go);
    },
  });
  const reload = t.mock.method(window.location, "reload", () => {});
  const removal = new AbortController();
  /** @type {{ outcome: string | null }} */
  const result = { outcome: null };
  const finished = setUpOffline(one("#bar"), URL_, removal.signal);
  finished.then((outcome) => (result.outcome = outcome));
  const changed = async (/** @type {FakeServiceWorker} */ next) => {
    workers.controller = next;
    workers.dispatchEvent(new MessageEvent("controllerchange"));
    await settled(10);
  };
  const message = () => one('[data-slot="update"]').textContent;
  const isShown = () => one("#bar").classList.contains("update--shown");
  return {
    ...page,
    finished,
    result,
    removal,
    registered,
    fetched,
    waited,
    workers,
    reload,
    changed,
    message,
    isShown,
  };
}

/** @param {object} [parts] */
const registrationOf = (parts) => Object.assign(new EventTarget(), { active: null, ...parts });
const active = () => new FakeServiceWorker({ keep: true });

describe("the precache of the site", () => {
  for (const [
    what,
    how,
    expected,
  ] of /** @type {[string, Parameters<typeof setUp>[1], string][]} */ ([
    [
      "is reported as refused if the browser has no service workers",
      { isSupported: false },
      "refused",
    ],
    [
      "is reported as refused if the browser allows no registration",
      { refusal: new Error("no") },
      "refused",
    ],
    ["is reported as refused if there is no registration", { registration: null }, "refused"],
    [
      "is reported as failed if the service worker cannot be loaded",
      { refusal: new TypeError("no") },
      "failed",
    ],
    ["is not installed with data saving", { saveData: true }, "save-data"],
    [
      "is reported as ready if the service worker has it",
      { registration: registrationOf({ active: active() }) },
      "ready",
    ],
    [
      "is reported as failed if the service worker cannot install it again",
      { registration: registrationOf({ active: new FakeServiceWorker({ keep: false }) }) },
      "failed",
    ],
    [
      "is reported as removed if it was removed in another tab",
      { controller: new FakeServiceWorker({ version: "1" }), known: null },
      "removed",
    ],
    [
      "is reported as removed if only another site's is left",
      {
        controller: new FakeServiceWorker({ version: "1" }),
        known: { scope: "https://example.org/" },
      },
      "removed",
    ],
  ])) {
    it(what, async (t) => {
      const { finished } = await setUp(t, how);
      assert.equal(await finished, expected);
    });
  }

  it("is not requested with data saving", async (t) => {
    const { finished, registered } = await setUp(t, { saveData: true });
    await finished;
    assert.deepEqual(registered, []);
  });

  it("is installed by a service worker that is revalidated", async (t) => {
    const { finished, registered } = await setUp(t, {
      registration: registrationOf({ active: active() }),
    });
    await finished;
    assert.deepEqual(registered, [[URL_, { updateViaCache: "none" }]]);
  });

  it("is not checked with data saving if it exists", async (t) => {
    const worker = active();
    const { finished, registered } = await setUp(t, {
      saveData: true,
      controller: new FakeServiceWorker({ version: "1" }),
      registration: registrationOf({ active: worker }),
    });
    assert.equal(await finished, "save-data");
    assert.deepEqual([registered.length, worker.messages], [1, []]);
  });

  it("is not installed if the visitor removes it before", async (t) => {
    const { finished, removal, registered } = await setUp(t);
    removal.abort();
    assert.equal(await finished, "removed");
    assert.deepEqual(registered, []);
  });

  for (const [state, expected] of [
    ["installed", "ready"],
    ["redundant", "failed"],
  ]) {
    it(`is reported as ${expected} once the first service worker is ${state}`, async (t) => {
      const installing = new FakeServiceWorker();
      const { result } = await setUp(t, { registration: registrationOf({ installing }) });
      await settled(20);
      assert.equal(result.outcome, null);
      installing.become(state);
      await settled();
      assert.equal(result.outcome, expected);
    });
  }
});

describe("the installation of the precache", () => {
  const registration = () => registrationOf({ active: active() });

  it("waits until the page has been idle for three seconds", async (t) => {
    const { finished, waited } = await setUp(t, { registration: registration() });
    await finished;
    assert.equal(waited[0], 3_000);
  });

  it("waits at most three more seconds for an idle callback", async (t) => {
    setGlobals(t, {
      requestIdleCallback(/** @type {() => void} */ go, /** @type {IdleRequestOptions} */ how) {
        assert.equal(how.timeout, 3_000);
        setImmediate(go);
      },
    });
    const { finished, registered } = await setUp(t);
    assert.equal(await finished, "ready");
    assert.equal(registered.length, 1);
  });

  it("waits for the load event", async (t) => {
    const { window, fire, result, registered } = await setUp(t, {
      registration: registration(),
      readyState: "interactive",
    });
    await settled(20);
    assert.deepEqual(registered, []);
    fire(window, "load");
    await settled(20);
    assert.equal(result.outcome, "ready");
  });

  it("waits until Python is ready or has failed", async (t) => {
    const { window, fire, result, registered } = await setUp(t, {
      registration: registration(),
      python: true,
    });
    await settled(20);
    assert.deepEqual(registered, []);
    fire(window, "python-settled");
    await settled(20);
    assert.equal(result.outcome, "ready");
  });

  it("does not wait for Python that is ready already", async (t) => {
    const { document, finished, result } = await setUp(t, {
      registration: registration(),
      python: true,
      readyState: "interactive",
    });
    document.documentElement.dataset.python = "ready";
    dispatchEvent(new /** @type {any} */ (globalThis).Event("load"));
    await finished;
    assert.equal(result.outcome, "ready");
  });

  it("waits at most a minute for Python", async (t) => {
    const { finished, waited } = await setUp(t, {
      registration: registration(),
      python: true,
      isPending: false,
    });
    await finished;
    assert.deepEqual(waited.slice(0, 2), [60_000, 3_000]);
  });

  it("does not wait for Python on a page without it", async (t) => {
    const { finished, waited } = await setUp(t, { registration: registration() });
    await finished;
    assert.ok(!waited.includes(60_000));
  });
});

describe("a new version", () => {
  /** @param {import("node:test").TestContext} t */
  const offered = async (t) => {
    const waiting = new FakeServiceWorker();
    const page = await setUp(t, {
      controller: new FakeServiceWorker({ version: "1" }),
      registration: registrationOf({ active: active(), waiting }),
    });
    await page.finished;
    const press = (/** @type {string} */ action) => page.one(`[data-action="${action}"]`).click();
    return { ...page, waiting, press };
  };

  it("is offered if it is waiting", async (t) => {
    const { one, message, isShown } = await offered(t);
    assert.deepEqual([message(), isShown()], ["A new version", true]);
    assert.equal(one(".update__buttons").hidden, false);
  });

  it("is not offered if no version was active before", async (t) => {
    const waiting = new FakeServiceWorker();
    const { finished, isShown } = await setUp(t, {
      registration: registrationOf({ active: active(), waiting }),
    });
    await finished;
    assert.equal(isShown(), false);
  });

  it("is offered once it is installed", async (t) => {
    const registration = /** @type {any} */ (registrationOf({ active: active() }));
    const { finished, isShown } = await setUp(t, {
      controller: new FakeServiceWorker({ version: "1" }),
      registration,
    });
    await finished;
    registration.installing = new FakeServiceWorker();
    registration.dispatchEvent(new MessageEvent("updatefound"));
    registration.waiting = registration.installing;
    registration.waiting.become("installed");
    assert.equal(isShown(), true);
  });

  it("is activated and loaded on the visitor's request", async (t) => {
    const { waiting, press, reload, changed, isShown } = await offered(t);
    press("reload");
    assert.deepEqual(waiting.messages, ["take over"]);
    assert.deepEqual([reload.mock.callCount(), isShown()], [0, false]);
    await changed(waiting);
    assert.equal(reload.mock.callCount(), 1);
  });

  it("is not loaded if it was replaced by another", async (t) => {
    const { waiting, press, reload, changed } = await offered(t);
    press("reload");
    waiting.state = "redundant";
    await changed(new FakeServiceWorker({ version: "1" }));
    assert.equal(reload.mock.callCount(), 0);
  });

  it("can be postponed", async (t) => {
    const { one, waiting, press, message, isShown } = await offered(t);
    press("later");
    assert.deepEqual([waiting.messages, message(), isShown()], [[], "", false]);
    assert.equal(one(".update__buttons").hidden, true);
  });

  it("returns the focus from its bar to where it was before", async (t) => {
    const { document, one, fire, press } = await offered(t);
    one('[data-action="later"]').focus();
    fire(one('[data-action="later"]'), "focusin", { relatedTarget: one("#field") });
    fire(one('[data-action="later"]'), "focusin", { relatedTarget: one('[data-action="reload"]') });
    press("later");
    assert.equal(document.activeElement, one("#field"));
  });

  it("moves the focus from its bar to the page's title if nothing had it before", async (t) => {
    const { document, one, press } = await offered(t);
    one('[data-action="later"]').focus();
    press("later");
    assert.equal(document.activeElement, one("h1"));
  });

  it("does not move the focus if it is outside its bar", async (t) => {
    const { document, one, press } = await offered(t);
    one("#field").focus();
    press("later");
    assert.equal(document.activeElement, one("#field"));
  });
});

describe("a version that was activated by another tab", () => {
  for (const [what, next, expected] of /** @type {[string, FakeServiceWorker, string][]} */ ([
    ["is reported", new FakeServiceWorker({ version: "2" }), "Changed elsewhere"],
    ["is not reported if it is the same", new FakeServiceWorker({ version: "1" }), ""],
    ["is not reported if it is another site's", new FakeServiceWorker({ version: "2" }, ROOT), ""],
  ])) {
    it(what, async (t) => {
      const { one, changed, message, reload } = await setUp(t, {
        controller: new FakeServiceWorker({ version: "1" }),
      });
      await changed(next);
      assert.equal(message(), expected);
      one('[data-action="reload"]').click();
      assert.equal(reload.mock.callCount(), expected ? 1 : 0);
    });
  }

  it("is not reported if none was active before", async (t) => {
    const { changed, message } = await setUp(t);
    await changed(new FakeServiceWorker({ version: "2" }));
    assert.equal(message(), "");
  });
});

describe("a precache that could not be installed", () => {
  /** @param {import("node:test").TestContext} t @param {object} how @param {object} [data] */
  const failed = async (t, how, data) => {
    const { finished, workers, one } = await setUp(t, how);
    workers.dispatchEvent(new MessageEvent("message", { data }));
    await finished;
    return one('[data-slot="offline"]').textContent;
  };
  const evicted = () => ({
    registration: registrationOf({ active: new FakeServiceWorker({ keep: false }) }),
  });

  it("is reported with the file that is blocked", async (t) => {
    assert.equal(await failed(t, evicted(), { failedFile: "a.woff2" }), "a.woff2 is blocked");
  });

  it("is reported with the home page, which has no name", async (t) => {
    assert.equal(await failed(t, evicted(), { failedFile: "" }), "index.html is blocked");
  });

  it("is reported without a file if there is another reason", async (t) => {
    assert.equal(await failed(t, evicted(), { failedFile: null }), "No copy");
  });

  it("is reported if the service worker's script is blocked", async (t) => {
    assert.equal(await failed(t, { refusal: new TypeError("no") }), "No copy");
  });

  it("is not reported where the previous version serves the page", async (t) => {
    const data = { failedFile: "a.woff2" };
    assert.equal(
      await failed(t, { controller: new FakeServiceWorker({ version: "1" }) }, data),
      "",
    );
  });
});
