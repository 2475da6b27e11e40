/**
 * A model-based test: several tabs of one browser make random steps. At the end each tab, and a page
 * that is opened then, must have the clients of the model. The model holds the parts of each client
 * and follows three rules:
 *
 * - A change that is stored stays, unless its client is deleted or everything is wiped.
 * - A change that the database refused is kept until a new page can store it. It is dropped if its
 *   client was deleted or wiped, or if the part was changed since.
 * - A browser that is killed loses a part of `localStorage`, and with it what was kept only there.
 *
 * Not tested: a wipe or a put while the database refuses, and a tab that tries again itself, since a
 * page is always opened once the database answers. The clock is never set back.
 *
 * `npm test` always makes the same runs. SOAK=1 makes many others. A run that fails has its SEED in
 * its name and its message; SEED=… repeats it.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openBrowser, record } from "../support/browser.mjs";

/**
 * @typedef {import("node:test").TestContext} TestContext
 * @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord
 * @typedef {Map<string, string>} Parts by names such as "notes.pays"
 * @typedef {{ id: string, epoch: number, isStored: boolean, part?: string, before?: string,
 *   after?: string }} Done a change of one part; else a deletion
 * @typedef {{ items: Record<string, string>, kept: Done[] }} Past
 * @typedef {{ store: ReturnType<Awaited<ReturnType<typeof openBrowser>>["open"]>,
 *   views: Map<string, ClientRecord>, channel: unknown }} Tab `views` has the clients as it last saw
 *   them
 */

const { SEED, SOAK } = process.env;
const STEPS = 60;
const FIRST_SEED = SOAK ? Date.now() % 1_000_000 : 1;
const RUNS = SOAK ? 1_000 : 6;
const SEEDS = SEED ? [Number(SEED)] : [...Array(RUNS).keys()].map((run) => FIRST_SEED + run);
const PASTS_KEPT = 12; // a browser writes localStorage late, but within some time

/** Few, so that conflicts are frequent. */
const PARTS = ["answers.pays", "notes.pays", "context.age", "outcome.went", "name"];
const CLIENTS = 4;
/** The frequency of each step. */
const OFTEN = {
  ...{ change: 12, twoTabsAtOnce: 1, put: 1, remove: 3, wipe: 2, look: 2, show: 1 },
  ...{ killOneTab: 1, refuse: 3, mend: 3, killBrowser: 3 },
};

/** @param {number} seed @returns {(below: number) => number} integers, the same for a seed */
function createDice(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** @param {ClientRecord} client @returns {Parts} */
function partsOf({ format: _, rules: __, id: ___, context = [], ...fields }) {
  const parts = Object.entries(fields).flatMap(([key, value]) =>
    typeof value === "object" && value !== null
      ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, String(one)])
      : [[key, String(value)]],
  );
  const ticked = context.map((one) => [`context.${one}`, "ticked"]);
  return new Map(/** @type {[string, string][]} */ ([...parts, ...ticked]));
}

/** @param {string} id @param {Parts} parts @returns {ClientRecord} */
function recordOf(id, parts) {
  /** @type {any} */
  const made = record(id);
  for (const [part, value] of parts) {
    const [key, inner] = part.split(".");
    if (key === "context") {
      made.context = [...(made.context ?? []), inner];
    } else if (inner) {
      made[key] = { ...made[key], [inner]: value };
    } else {
      made[key] = value;
    }
  }
  return made;
}

/** @param {Iterable<[string, Parts]>} clients in whatever order */
function plain(clients) {
  const entries = [...clients].map(([id, parts]) => [id, Object.fromEntries([...parts].sort())]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The expected content of the store. */
function createModel() {
  /** @type {Map<string, Parts | null>} null if it was deleted */
  const clients = new Map();
  let epoch = 0;
  /** @type {Done[]} */
  let kept = [];

  const living = () =>
    [...clients].flatMap(([id, parts]) =>
      parts ? [/** @type {[string, Parts]} */ ([id, parts])] : [],
    );

  /** @param {Done} done */
  function apply(done) {
    const parts = clients.get(done.id);
    done.isStored = true;
    if (!done.part) {
      clients.set(done.id, null);
    } else if (parts !== null) {
      const next = new Map(parts);
      next.delete(done.part);
      clients.set(done.id, done.after ? next.set(done.part, done.after) : next);
    }
  }

  return {
    living,
    apply,
    /** @param {string} id */
    isDeleted: (id) => clients.get(id) === null,
    /** @param {string} id */
    has: (id) => Boolean(clients.get(id)),
    epoch: () => epoch,
    kept: () => [...kept],
    /** @param {Done} done */
    keep: (done) => kept.push(done),
    /** @param {Done[]} before */
    putBack: (before) => (kept = [...before]),
    /** @param {string} id @param {Parts} parts */
    put: (id, parts) => clients.set(id, parts),
    wipe() {
      clients.clear();
      kept = [];
      epoch += 1;
    },
    /** A new page finds the kept changes. */
    replay() {
      for (const done of kept.splice(0)) {
        const now = done.part && clients.get(done.id)?.get(done.part);
        if (!done.isStored && done.epoch === epoch) {
          if (!done.part || now === done.before) {
            apply(done);
          } else if (!clients.has(done.id)) {
            clients.set(done.id, new Map());
          }
        }
        done.isStored = true;
      }
    },
  };
}

/** @param {TestContext} t @param {number} seed @param {string[]} taken what was done */
async function createWorld(t, seed, taken) {
  const browser = await openBrowser(t);
  const dice = createDice(seed);
  const model = createModel();
  let [clock, count] = [1_000_000, 0];
  t.mock.method(Date, "now", () => (clock += 1));
  /** @type {Tab[]} */
  let tabs = [];
  /** @type {Past[]} */
  let pasts = [];
  /** @type {(() => void) | null} */
  let mend = null;

  /** @template T @param {T[]} list @returns {T} */
  const one = (list) => list[dice(list.length)];
  const channels = () => /** @type {any} */ (globalThis.BroadcastChannel);
  const numberOf = (/** @type {Tab} */ tab) => tabs.indexOf(tab) + 1;

  function open() {
    const store = browser.open();
    /** @type {Tab} */
    const tab = { store, views: new Map(), channel: channels().all.at(-1) };
    store.subscribe((ids) => ids ?? tab.views.clear());
    return tab;
  }

  /** A state to which `localStorage` may return. */
  function remember(kept = model.kept()) {
    pasts = [...pasts, { items: browser.items(), kept }].slice(-PASTS_KEPT);
  }

  /** @param {Tab} tab */
  async function look(tab) {
    const all = await tab.store.list();
    tab.views = new Map(all.map((client) => [client.id, client]));
  }

  /** @param {Tab} tab @param {string} id @param {string} part */
  function changeOf(tab, id, part) {
    const before = tab.views.get(id) ?? record(id);
    const parts = partsOf(before);
    const was = parts.get(part);
    const isTicking = part.startsWith("context.");
    const isRemoved = was !== undefined && (isTicking || dice(4) === 0);
    const after = isRemoved ? undefined : isTicking ? "ticked" : `value ${(count += 1)}`;
    parts.delete(part);
    const next = recordOf(id, after ? parts.set(part, after) : parts);
    /** @type {Done} */
    const done = { id, part, before: was, after, epoch: model.epoch(), isStored: false };
    return { before, next, done };
  }

  /** @param {Tab} tab @param {Done} done */
  function finish(tab, done) {
    const isStored = tab.store.isStored();
    assert.ok(isStored || mend, "a change is not stored though nothing refuses");
    if (isStored) {
      model.apply(done);
    } else {
      model.keep(done);
    }
  }

  /** @param {Tab} tab @param {string} id @param {string} part */
  async function change(tab, id, part) {
    const { before, next, done } = changeOf(tab, id, part);
    taken.push(`tab ${numberOf(tab)}: ${id} ${part}: ${done.before} > ${done.after}`);
    const updating = tab.store.update(before, next);
    remember([...model.kept(), done]);
    const now = await updating;
    finish(tab, done);
    if (!done.isStored) {
      assert.equal(now && partsOf(now).get(part), done.after, "the page has lost its own change");
    }
    tab.views.delete(id);
    if (now) {
      tab.views.set(id, now);
    }
  }

  const newId = () => `client ${(count += 1)}`;
  const steps = {
    async change() {
      const tab = one(tabs);
      const ids = [...tab.views.keys()];
      const isNew = ids.length === 0 || (ids.length < CLIENTS && dice(4) === 0);
      const id = isNew ? newId() : one(ids);
      await change(tab, id, one(PARTS));
    },
    async twoTabsAtOnce() {
      const shared = [...tabs[0].views.keys()].filter((id) => tabs[1].views.has(id));
      if (shared.length > 0 && !mend) {
        const id = one(shared);
        const first = dice(PARTS.length);
        const second = (first + 1 + dice(PARTS.length - 1)) % PARTS.length;
        await Promise.all([change(tabs[0], id, PARTS[first]), change(tabs[1], id, PARTS[second])]);
      }
    },
    async put() {
      if (!mend) {
        const id = newId();
        taken.push(`put ${id}`);
        const parts = new Map([["name", `value ${(count += 1)}`]]);
        await one(tabs).store.put([recordOf(id, parts)]);
        model.put(id, parts);
      }
    },
    async remove() {
      const tab = one(tabs);
      const id = one([...tab.views.keys(), ""]);
      if (id) {
        taken.push(`tab ${numberOf(tab)}: remove ${id}`);
        const [client] = [tab.views.get(id)];
        const wasThere = model.has(id);
        const removing = tab.store.delete([id]);
        /** @type {Done} */
        const done = { id, epoch: model.epoch(), isStored: false };
        remember(); // a deletion is only kept once the database has refused it
        await removing;
        finish(tab, done);
        remember();
        tab.views.delete(id);
        if (done.isStored && wasThere && client && dice(3) === 0) {
          taken.push("undo");
          await tab.store.put([client]);
          model.put(id, partsOf(client));
        }
      }
    },
    async wipe() {
      if (!mend) {
        taken.push("wipe");
        const before = model.living();
        const tab = one(tabs);
        const restore = await tab.store.wipe();
        tab.views.clear();
        model.wipe();
        assert.notEqual(restore, null);
        remember();
        if (dice(3) === 0) {
          taken.push("undo");
          await restore?.();
          before.forEach(([id, parts]) => model.put(id, parts));
        }
      }
    },
    async look() {
      if (!mend) {
        await look(one(tabs));
      }
    },
    async show() {
      const tab = one(tabs);
      const shown = one([...tab.views.values(), null]);
      if (shown) {
        taken.push(`tab ${numberOf(tab)}: show ${shown.id}`);
        await tab.store.setShown(shown);
        remember();
      }
    },
    async killOneTab() {
      const dead = dice(tabs.length);
      taken.push(`tab ${dead + 1} is killed`);
      const { channel, views } = tabs[dead];
      channels().all = channels().all.filter((/** @type {unknown} */ each) => each !== channel);
      tabs[dead] = open();
      await tabs[dead].store.list();
      if (mend) {
        tabs[dead].views = views; // it shows the client that was shown before
      } else {
        model.replay();
      }
    },
    async refuse() {
      if (!mend) {
        const isOfNewPages = dice(2) === 0;
        taken.push(`the database refuses ${isOfNewPages ? "new pages" : "every page"}`);
        const closed = t.mock.method(IDBDatabase.prototype, "transaction", () => {
          throw new Error("refused");
        });
        const restore = browser.refuse();
        mend = () => [restore(), closed.mock.restore()];
        if (isOfNewPages) {
          closed.mock.restore();
          await steps.killOneTab();
        }
      }
    },
    /** A page that opens then stores what was kept. */
    async mend() {
      if (mend) {
        taken.push("the database answers again");
        mend();
        mend = null;
        await steps.killOneTab();
        await check();
      }
    },
    async killBrowser() {
      browser.kill();
      const past = one([...pasts, null]);
      taken.push(`the browser is killed; localStorage ${past ? "goes back" : "stays"}`);
      if (past) {
        browser.putBack(past.items);
        model.putBack(past.kept);
      }
      mend?.();
      mend = null;
      pasts = [];
      tabs = tabs.map(open);
      await check();
    },
  };

  async function check() {
    await Promise.all(tabs.map((tab) => tab.store.list()));
    model.replay();
    for (const tab of [...tabs, open()]) {
      const all = await tab.store.list();
      const found = all.map(
        (client) => /** @type {[string, Parts]} */ ([client.id, partsOf(client)]),
      );
      assert.deepEqual(plain(found), plain(model.living()));
      const last = await tab.store.openedLast();
      assert.ok(!last || model.has(last.id), "the client that was opened last no longer exists");
      if (tab.views.size === 0) {
        await look(tab);
      }
    }
  }

  tabs = [...Array(2 + dice(3)).keys()].map(open);
  const names = /** @type {(keyof typeof steps)[]} */ (Object.keys(steps));
  const all = names.flatMap((name) => Array(OFTEN[name]).fill(name));
  return {
    step: () => steps[/** @type {keyof typeof steps} */ (one(all))](),
    async end() {
      await steps.mend();
      await check();
    },
  };
}

describe("tabs that make random steps agree with the model", () => {
  for (const seed of SEEDS) {
    it(`SEED=${seed}`, async (t) => {
      /** @type {string[]} */
      const taken = [];
      try {
        const world = await createWorld(t, seed, taken);
        for (let step = 0; step < STEPS; step += 1) {
          await world.step();
        }
        await world.end();
      } catch (error) {
        const steps = taken.join("\n");
        throw new Error(`with SEED=${seed}, after these steps:\n${steps}`, { cause: error });
      }
    });
  }
});
