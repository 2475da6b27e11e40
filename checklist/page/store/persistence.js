/**
 * Access to the three storages of the browser, and the steps by which an operation is committed
 * (see store.js). The journal and the database may each fail, and the channel may be missing.
 *
 * @typedef {import("./database.js").Stores} Stores
 * @typedef {import("./operations.js").Epoch} Epoch
 * @typedef {import("./page-state.js").PageState} PageState
 */
import { Database } from "./database.js";
import { attempt } from "./guards.js";
import { migrateLegacy } from "./legacy.js";
import { areStored, readEpoch, writeOperations } from "./transactions.js";

const MAX_JOURNALED = 20; // operations at once: writing a thousand would block the page

export class Persistence {
  /** Whether the last transaction succeeded. */
  isReadable = true;
  /** Whether the journal holds the page's pending operations. */
  isJournaled = true;
  #page;
  #journal;
  #database;
  #channel;
  #onCommit;
  /** Journal entries of earlier pages, until their operations are committed. */
  #entries;
  /** @type {Promise<unknown>} the writes of pending operations, one after the other */
  #writing = Promise.resolve();

  /**
   * @param {string} name of the database and the channel
   * @param {PageState} page
   * @param {import("./journal.js").Journal} journal
   * @param {(ids: string[] | null) => void} onChange after another tab changed clients; null after
   *   a wipe
   * @param {() => void} onCommit after this page committed a change
   */
  constructor(name, page, journal, onChange, onCommit) {
    this.#page = page;
    this.#onCommit = onCommit;
    this.#journal = journal;
    this.#database = new Database(name);
    this.#channel = attempt(() => new BroadcastChannel(name));
    this.#entries = journal.read();
    page.adopt(this.#entries);
    this.#channel?.addEventListener("message", ({ data: { ids, wiped } }) => {
      if (wiped) {
        this.forget(wiped);
      }
      onChange(ids ?? null);
    });
    /** Resolves after what earlier pages left is committed, or the database failed. */
    this.ready = this.#start();
  }

  async #start() {
    try {
      await migrateLegacy(this.#database);
    } catch {
      this.isReadable = false;
      return;
    }
    await this.read(async () => {}); // the epoch
    await this.#commit();
  }

  /**
   * @template T
   * @param {(stores: Stores) => Promise<T>} run
   * @returns {Promise<T | undefined>} undefined if there is no database, or it fails
   */
  async read(run) {
    try {
      const result = (await this.#database.exists())
        ? await this.#database.read(async (stores) => {
            this.#page.setEpoch(await readEpoch(stores)); // another tab may have wiped everything
            return run(stores);
          })
        : undefined;
      this.isReadable = true;
      return result;
    } catch {
      this.isReadable = false;
      return undefined;
    }
  }

  /** @param {(stores: Stores) => Promise<unknown>} run
   * @returns {Promise<boolean>} whether it succeeded */
  async write(run) {
    this.isReadable = await this.#database.write(run).then(
      () => true,
      () => false,
    );
    return this.isReadable;
  }

  /** @param {import("./page-state.js").Request[]} requests
   * @returns {Promise<boolean>} whether they are committed */
  async submit(requests) {
    const operations = this.#page.addOperations(requests);
    if (operations.length <= MAX_JOURNALED) {
      this.writeJournal();
    }
    await this.ready;
    await this.#commit();
    const isCommitted = !operations.some((one) => this.#page.pending.includes(one));
    if (!isCommitted) {
      this.writeJournal();
    }
    return isCommitted;
  }

  /** Wait for the writes under way, then commit what is pending. */
  #commit() {
    this.#writing = this.#writing.then(() => this.#writePending());
    return this.#writing;
  }

  async #writePending() {
    const page = this.#page;
    const [operations, texts] = [[...page.pending], [...page.unreadable]];
    if (operations.length + texts.length === 0) {
      return;
    }
    const isStored =
      (await this.write((stores) => writeOperations(stores, page, operations, texts))) &&
      (await this.read((stores) => areStored(stores, page, operations)));
    if (!isStored) {
      page.fail(operations);
      return;
    }
    page.commit(operations, texts);
    this.#entries.splice(0).forEach((entry) => this.#journal.remove(entry));
    this.writeJournal();
    this.#post({ ids: [...new Set(operations.map(({ id }) => id))] });
    this.#onCommit();
  }

  /** Write the page's journal entry, and remove earlier snapshots, which it replaces. */
  replaceSnapshots() {
    if (this.writeJournal()) {
      const snapshots = this.#entries.filter(({ entry }) => entry?.pending.length === 0);
      snapshots.forEach((entry) => this.#journal.remove(entry));
    }
  }

  /** @returns {boolean} whether it succeeded */
  writeJournal() {
    const { id, epoch, shown, ownPending } = this.#page;
    const entry = { at: Date.now(), epoch: epoch.id, record: shown, pending: ownPending };
    this.isJournaled = this.#journal.write(id, entry);
    return this.isJournaled;
  }

  /** @param {Epoch} wiped after this page wiped the database */
  announceWipe(wiped) {
    this.forget(wiped);
    this.#post({ wiped });
  }

  /** @param {Epoch} wiped */
  forget(wiped) {
    this.#page.wipe(wiped);
    this.writeJournal();
  }

  /** @param {object} message to the other tabs */
  #post(message) {
    attempt(() => this.#channel?.postMessage(message));
  }
}
