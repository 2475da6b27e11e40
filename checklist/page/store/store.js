/**
 * Where the clients are: the only way of a page to what a browser stores.
 *
 * The database is the one source of truth. A change is written to this page's journal, which
 * outlives the page, then applied to what the database has, in one transaction, and read back. It
 * has a revision (the page and a number) that the stored row keeps, so that a journal older than
 * the database changes nothing.
 *
 * Each of the browser's interfaces may be missing or refuse: without the journal a change is stored
 * a moment later, without the database the journal keeps it, without both it lasts as long as the
 * page; without the channel a tab sees another's changes when it is shown again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./database.js").Transaction} Transaction
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {import("./operations.js").Row} Row
 */
import { canBeMerged, hasContent, newId } from "../client/record.js";
import { difference, isSame } from "./changes.js";
import { CLIENTS, createDatabase, STATE } from "./database.js";
import { attempt, createJournal } from "./journal.js";
import { readLegacy, removeLegacy } from "./legacy.js";
import { afterOperation, contains, FIRST, isEpoch, isRow, withRevision } from "./operations.js";

const MOST_JOURNALED = 20; // at once: a thousand clients of a file would hold the page up

/** @param {string} path the site's, since other sites may lie on the same host */
export function createStore(path) {
  const name = `client-checklist:${path}`;
  const page = newId();
  const journal = createJournal(path);
  const database = createDatabase(name);
  const channel = attempt(() => new BroadcastChannel(name));
  /** @type {Set<(ids: string[] | null) => void>} */
  const subscribers = new Set();
  /** @type {Map<string, ClientRecord>} clients as this page has read and changed them */
  const known = new Map();
  const found = journal.read();
  const shownAt = found.find(({ entry }) => entry?.record)?.entry?.at ?? 0;
  /** What the database may not have yet, also of pages that are gone: each page's in its order. */
  let pending = found
    .map(({ entry }) => entry?.pending ?? [])
    .sort(([one], [other]) => (one?.at ?? 0) - (other?.at ?? 0))
    .flatMap((own) => own.sort((one, other) => one.revision - other.revision));
  /** Texts that could not be understood, and are not in the database yet. */
  let aside = found.filter(({ entry }) => !entry).map(({ text }) => text);
  /** @type {WeakSet<Operation>} what this page tried to store, and could not */
  const retried = new WeakSet();
  /** @type {ClientRecord | null} */
  let shown = null;
  let epoch = FIRST;
  let isEpochRead = false;
  let isReadable = true;
  let isJournaled = true;
  let revision = 0;
  /** @type {Promise<unknown>} the writes, one after the other */
  let writing = Promise.resolve();

  channel?.addEventListener("message", ({ data: { ids, wiped } }) => {
    if (wiped) {
      forget(wiped);
    }
    subscribers.forEach((call) => call(ids ?? null));
  });
  const ready = moveLegacy()
    .then(() => read(async () => {}))
    .then(flush, () => {
      isReadable = false;
    });

  /** A record is moved once: one that was deleted or wiped since does not come back, should the
   * old database. */
  async function moveLegacy() {
    const legacy = await readLegacy();
    if (!legacy) {
      return;
    }
    const { records, aside: texts } = legacy;
    if (records.length + texts.length > 0) {
      await database.write((transaction) => writeLegacy(transaction, legacy));
    }
    await removeLegacy();
  }

  /** @param {Transaction} transaction
   * @param {NonNullable<Awaited<ReturnType<typeof readLegacy>>>} legacy */
  async function writeLegacy(transaction, legacy) {
    const [clients, state] = storesOf(transaction);
    const moved = new Set(textsOf(await state.get("moved")));
    for (const record of legacy.records) {
      const version = JSON.stringify([record.id, record.changed]);
      const row = await clients.get(record.id);
      if (!moved.has(version) && row?.record !== null && !isSame(row?.record, record)) {
        const id = row ? newId() : record.id;
        await clients.put({ id, record: { ...record, id }, revisions: {} });
      }
      moved.add(version);
    }
    await addAside(transaction, legacy.aside);
    await state.put([...moved], "moved");
    if (legacy.open && !(await state.get("open"))) {
      await state.put({ id: legacy.open, at: FIRST.at }, "open");
    }
  }

  /** @param {Transaction} transaction */
  async function readEpoch(transaction) {
    const stored = await storesOf(transaction)[1].get("epoch");
    epoch = isEpoch(stored) ? stored : FIRST;
    isEpochRead = true;
  }

  /**
   * @template T
   * @param {(transaction: Transaction) => Promise<T>} run
   * @returns {Promise<T | undefined>} nothing where nothing is stored, or the browser refuses
   */
  async function read(run) {
    try {
      const result = (await database.exists())
        ? await database.read(async (transaction) => {
            await readEpoch(transaction); // another tab may have wiped everything
            return run(transaction);
          })
        : undefined;
      isReadable = true;
      return result;
    } catch {
      isReadable = false;
      return undefined;
    }
  }

  /** @param {(transaction: Transaction) => Promise<unknown>} run @returns {Promise<boolean>} */
  async function write(run) {
    isReadable = await database.write(run).then(
      () => true,
      () => false,
    );
    return isReadable;
  }

  /** @param {string} id @param {unknown} stored @returns {ClientRecord[]} one, or none */
  function withPending(id, stored) {
    const before = rowOf(stored);
    // Another page may have stored what it found in this one's journal.
    pending = pending.filter((one) => one.id !== id || !contains(before, one));
    const row = pending.filter((one) => one.id === id).reduce(next, before);
    if (!row?.record) {
      return [];
    }
    known.set(id, row.record);
    return [row.record];
  }

  /** @param {Row | undefined} row @param {Operation} operation @returns {Row | undefined} */
  function next(row, operation) {
    const { id } = operation;
    const isShown = shown?.id === id && epoch.at === FIRST.at;
    const seen = known.get(id) ?? (shown && isShown ? shown : undefined);
    const isRetried = retried.has(operation);
    return afterOperation(row, operation, epoch, { page, isRetried, seen });
  }

  /**
   * @param {{ id: string, rules?: string, record?: ClientRecord,
   *   change?: import("./changes.js").Part[] }[]} changes
   * @returns {Promise<boolean>} whether they are stored
   */
  async function submit(changes) {
    const made = changes.map((one) => {
      revision += 1;
      const when = { at: Date.now(), epoch: isEpochRead ? epoch.id : null };
      return { rules: "", ...one, page, revision, ...when };
    });
    pending.push(...made);
    if (made.length <= MOST_JOURNALED) {
      writeJournal();
    }
    await ready;
    await flush();
    const isStored = !made.some((one) => pending.includes(one));
    if (!isStored) {
      writeJournal();
    }
    return isStored;
  }

  function writeJournal() {
    const own = pending.filter((one) => one.page === page);
    const when = { at: Date.now(), epoch: epoch.id };
    isJournaled = journal.write(page, { ...when, record: shown, pending: own });
    return isJournaled;
  }

  function flush() {
    writing = writing.then(writePending);
    return writing;
  }

  async function writePending() {
    const [batch, texts] = [[...pending], [...aside]];
    const ids = [...new Set(batch.map(({ id }) => id))];
    if (batch.length + texts.length === 0) {
      return;
    }
    const isWritten = await write((transaction) => writeBatch(transaction, batch, ids, texts));
    if (isWritten && (await read((transaction) => areStored(transaction, batch, ids)))) {
      pending = pending.filter((one) => !batch.includes(one));
      aside = aside.filter((one) => !texts.includes(one));
      found.splice(0).forEach(journal.remove);
      writeJournal();
      attempt(() => channel?.postMessage({ ids }));
    } else {
      batch.forEach((one) => retried.add(one));
    }
  }

  /** @param {Transaction} transaction @param {Operation[]} batch @param {string[]} ids
   * @param {string[]} texts */
  async function writeBatch(transaction, batch, ids, texts) {
    const [clients, state] = storesOf(transaction);
    await readEpoch(transaction);
    const stored = await Promise.all(ids.map((id) => clients.get(id)));
    const rows = new Map(ids.map((id, index) => [id, rowOf(stored[index])]));
    batch.forEach((one) => applyTo(rows, one));
    await Promise.all([...rows.values()].map((row) => row && clients.put(row)));
    if (shown && batch.some((one) => one.page === page && one.id === shown?.id)) {
      await state.put({ id: shown.id, at: Date.now() }, "open");
    }
    const damaged = stored.filter((row) => row && !isRow(row)).map((row) => JSON.stringify(row));
    const values = await takeDamagedState(state);
    await addAside(transaction, [...texts, ...damaged, ...values]);
  }

  /** A stored record that is damaged stays as it is: what was changed stands beside it.
   * @param {Map<string, Row | undefined>} rows @param {Operation} one */
  function applyTo(rows, one) {
    const row = rows.get(one.id);
    if (!one.change || !row?.record || canBeMerged(row.record)) {
      rows.set(one.id, next(row, one));
    } else if (!contains(row, one)) {
      const id = newId();
      rows.set(id, next(undefined, { ...one, id }));
      rows.set(one.id, { ...row, revisions: withRevision(row.revisions, one) });
    }
  }

  /** @param {Transaction} transaction @param {Operation[]} batch @param {string[]} ids */
  async function areStored(transaction, batch, ids) {
    const [clients] = storesOf(transaction);
    const rows = await Promise.all(ids.map(async (id) => rowOf(await clients.get(id))));
    return batch.every((one) => {
      const row = rows[ids.indexOf(one.id)];
      return contains(row, one) || next(row, one) === row; // or it no longer applies
    });
  }

  /** Nothing that was there before a wipe may be written again. @param {typeof epoch} wiped */
  function forget(wiped) {
    [pending, aside, shown, epoch, isEpochRead] = [[], [], null, wiped, true];
    known.clear();
    writeJournal();
  }

  /** Have no page begin with a client that is gone.
   * @param {(id: string, wipe: string) => boolean} isGone of what a page showed, and the last wipe
   *   that it knew of */
  function dropShown(isGone) {
    for (const one of journal.read()) {
      const { record, pending: own, epoch: wipe } = one.entry ?? {};
      if (record && own?.length === 0 && isGone(record.id, wipe ?? FIRST.id)) {
        journal.remove(one);
      }
    }
  }

  /** @param {string} id @returns {Promise<ClientRecord | undefined>} */
  async function get(id) {
    await ready;
    const stored = await read((transaction) => storesOf(transaction)[0].get(id));
    return withPending(id, stored)[0];
  }

  async function list() {
    await ready;
    const stored = (await read((transaction) => storesOf(transaction)[0].getAll())) ?? [];
    const damaged = stored.filter((row) => !isRow(row));
    if (damaged.length > 0) {
      await write(async (transaction) => {
        await Promise.all(damaged.map(({ id }) => storesOf(transaction)[0].delete(id)));
        await addAside(
          transaction,
          damaged.map((row) => JSON.stringify(row)),
        );
      });
    }
    const rows = new Map(stored.filter(isRow).map((row) => [row.id, row]));
    if (isReadable) {
      dropShown((id, wipe) => (rows.has(id) ? !rows.get(id)?.record : wipe !== epoch.id));
    }
    const ids = new Set([...rows.keys(), ...pending.map(({ id }) => id)]);
    return [...ids].flatMap((id) => withPending(id, rows.get(id)));
  }

  /** @param {ClientRecord[]} records replace those with their ids @returns {Promise<boolean>} */
  function put(records) {
    return submit(records.map((record) => ({ id: record.id, record })));
  }

  /** @returns {Promise<string | null>} what could not be understood, parted by empty lines */
  async function setAside() {
    await ready;
    const stored = await read((transaction) => storesOf(transaction)[1].get("aside"));
    return [...textsOf(stored), ...aside].join("\n\n") || null;
  }

  /** @param {string | null} text in place of what is set aside */
  async function replaceSetAside(text) {
    aside = [];
    await write(async (transaction) => {
      await storesOf(transaction)[1].put(text === null ? [] : [text], "aside");
    });
  }

  return {
    list,
    get,
    put,
    setAside,
    replaceSetAside,

    /**
     * Apply what was changed between two versions of a client to the one that is stored.
     *
     * @param {ClientRecord} before
     * @param {ClientRecord} after
     * @returns {Promise<ClientRecord | undefined>} as it is now; nothing where it was deleted
     */
    async update(before, after) {
      const { id, rules } = after;
      shown = shown && after;
      if (known.has(id)) {
        known.set(id, after);
      }
      const changes = [{ id, rules, change: difference(before, after) }];
      let isStored = await submit(changes);
      let record = await get(id);
      if (!record && isStored && !hasContent(before)) {
        isStored = await submit(changes); // a new client, begun before a wipe was heard of
        record = await get(id);
      }
      return record ?? (isStored && isReadable ? undefined : after);
    },

    /** Add clients beside those that are here: one whose id is taken gets another.
     * @param {ClientRecord[]} records @returns {Promise<ClientRecord[]>} as they were added */
    async add(records) {
      const taken = new Set((await list()).map(({ id }) => id));
      const added = records.map((one) => (taken.has(one.id) ? { ...one, id: newId() } : one));
      await put(added);
      return added;
    },

    /** @param {string[]} ids @returns {Promise<boolean>} whether they are deleted */
    remove(ids) {
      ids.forEach((id) => known.delete(id));
      dropShown((id) => ids.includes(id));
      return submit(ids.map((id) => ({ id })));
    },

    /** Erase every client, and all else that is stored of the visitor's.
     * @returns {Promise<(() => Promise<void>) | null>} brings it back; null where the browser did
     *   not let the database be erased */
    async wipe() {
      const [records, texts] = [await list(), await setAside()];
      revision += 1;
      const wiped = { id: `${page}:${revision}`, at: Date.now() };
      const isWiped = await write(async (transaction) => {
        const [clients, state] = storesOf(transaction);
        const erased = [clients.clear(), state.delete("open"), state.delete("aside")];
        await Promise.all([...erased, state.put(wiped, "epoch")]);
      });
      if (!isWiped && globalThis.indexedDB) {
        return null;
      }
      await removeLegacy().catch(() => {});
      const restoreSettings = journal.wipe();
      forget(wiped);
      attempt(() => channel?.postMessage({ wiped }));
      return async () => {
        await put(records);
        await replaceSetAside(texts);
        restoreSettings();
      };
    },

    /** @param {ClientRecord} record that this page shows now: the next page begins with it */
    async show(record) {
      shown = record;
      if (writeJournal()) {
        found.filter(({ entry }) => entry?.pending.length === 0).forEach(journal.remove);
      }
      const { id } = record;
      const open = known.has(id) ? await read(readOpen) : { id };
      if (isReadable && open?.id !== id && shown === record) {
        const mark = { id, at: Date.now() };
        await write((transaction) => storesOf(transaction)[1].put(mark, "open"));
      }
    },

    /** Leave the next page what this one shows, whatever other tabs have removed meanwhile. */
    leave: writeJournal,

    /** @param {string | null} id of the client that this tab showed before, if that is known
     * @returns {ClientRecord | null} what can be shown until the database answers */
    shownLast: (id) => journal.shown(id),

    /** @returns {Promise<ClientRecord | undefined>} the same client where all journals are older, as
     *   after a browser was killed; else nothing */
    async openedSince() {
      await ready;
      const open = await read(readOpen);
      return open && open.at > shownAt ? get(open.id) : undefined;
    },

    /** @returns {Promise<ClientRecord | undefined>} the client that was opened last in any tab, or
     *   nothing where it was deleted; the one changed last where no tab is known */
    async openedLast() {
      const open = await read(readOpen);
      if (open) {
        return get(open.id);
      }
      const time = (/** @type {ClientRecord} */ { changed }) => Date.parse(String(changed)) || 0;
      return (await list()).sort((one, other) => time(other) - time(one))[0];
    },

    /** @returns {boolean} whether everything that this page changed is in the database */
    isStored: () => isReadable && pending.length === 0,

    /** @returns {boolean} whether the journal has what the database has not */
    isJournaled: () => isJournaled,

    /** @returns {boolean} whether the database answered last */
    isReadable: () => isReadable,

    /** @param {(ids: string[] | null) => void} call with the clients that another tab changed; null
     *   where it wiped everything */
    subscribe: (call) => subscribers.add(call),
  };
}

/** @param {Transaction} transaction */
function storesOf(transaction) {
  return [transaction.objectStore(CLIENTS), transaction.objectStore(STATE)];
}

/** @param {Transaction} transaction */
async function readOpen(transaction) {
  const open = await storesOf(transaction)[1].get("open");
  return isEpoch(open) ? open : undefined;
}

/** Remove what is damaged beside the clients. @param {ReturnType<typeof storesOf>[0]} state
 * @returns {Promise<string[]>} its texts */
async function takeDamagedState(state) {
  const texts = [];
  for (const key of ["epoch", "open"]) {
    const value = await state.get(key);
    if (value !== undefined && !isEpoch(value)) {
      texts.push(JSON.stringify({ [key]: value }));
      await state.delete(key);
    }
  }
  return texts;
}

/** @param {Transaction} transaction @param {string[]} texts */
async function addAside(transaction, texts) {
  if (texts.length > 0) {
    const [, state] = storesOf(transaction);
    await state.put([...textsOf(await state.get("aside")), ...texts], "aside");
  }
}

/** @param {unknown} found @returns {Row | undefined} nothing where it is not a valid row */
function rowOf(found) {
  return isRow(found) ? found : undefined;
}

/** @param {unknown} value @returns {string[]} */
function textsOf(value = []) {
  const isList = Array.isArray(value) && value.every((one) => typeof one === "string");
  return isList ? value : [JSON.stringify(value)];
}
