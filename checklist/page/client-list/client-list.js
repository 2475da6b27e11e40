/**
 * The list of all clients: it owns the records, and shows them with what Python says of them.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./rows.js").Client} Client
 * @typedef {import("../python/protocol.js").UnreadableRecord} UnreadableRecord
 * @typedef {object} Options
 * @property {import("../ui/settings.js").ClientListSettings} settings
 * @property {import("../store/store.js").Store} store
 * @property {import("../python/python.js").Python} python
 * @property {import("./comparison.js").Comparison} comparison
 * @property {ReturnType<import("./last-copy.js").createLastCopy>} lastCopy
 * @property {import("../backup/backup.js").Backup} backup
 */
import { nameOf } from "../client/record.js";
import { announceIn } from "../ui/announce.js";
import { showDocument } from "../ui/documents.js";
import { find } from "../ui/dom.js";
import { formatTime } from "../ui/format.js";
import { findBlock, findSlot, setSlot } from "../ui/parts.js";
import { hide } from "../ui/focus.js";
import { firstControl, updateRows } from "../ui/keyed-list.js";
import { createFilter } from "./filter.js";
import { createRow, createUnreadableRow } from "./rows.js";

export class ClientList {
  /** @type {ReadonlyMap<string, ClientRecord>} by their ids */
  records = new Map();
  element;
  #root;
  #options;
  #filter;
  #dates;
  /** @type {Set<string>} the ids of the records that Python could not read last time */
  #unreadable = new Set();
  #refreshes = 0;

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    const { lang, texts } = options.settings;
    this.#root = root;
    this.#options = options;
    this.element = find(root, '[data-list="clients"]');
    this.#filter = createFilter(root, this.element, {
      lang,
      messages: texts.messages,
      nameOf: (id) => this.#nameOf(id),
    });
    this.#dates = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  }

  /** Show the stored clients: by name until Python is ready, then the most urgent ones first. */
  async refresh() {
    const { store, python, settings, lastCopy, backup } = this.#options;
    this.#refreshes += 1;
    const refresh = this.#refreshes;
    // The id of a damaged record may have another type than in the page.
    this.records = new Map((await store.list()).map((record) => [String(record.id), record]));
    const records = [...this.records.values()];
    this.#showSaved();
    this.#showEmpty(records.length === 0);
    lastCopy.show(records);
    if (!python.isReady) {
      const { messages, load } = settings.texts;
      const named = records.map((record) => ({
        id: String(record.id),
        name: nameOf(record, messages.unnamed),
        state: "open",
        verdict: python.hasFailed ? load.failed : load.waiting,
        next: "",
        stops: false,
        decision: "",
      }));
      this.#showRows(named, []);
      return;
    }
    // Notes and logs may be long, and are not needed here.
    const light = records.map(({ notes: _, log: __, ...record }) => record);
    const response = await python.ask({ do: "overview", records: light }).catch(() => null);
    if (!response || refresh !== this.#refreshes) {
      return;
    }
    if (response.problems) {
      announceIn(this.#root, response.problems.join(" "));
      return;
    }
    this.#unreadable = new Set(response.unreadable.map(({ id }) => String(id)));
    backup.leaveOut([...this.#unreadable]);
    this.#showRows(response.rows, response.unreadable);
    this.element.dataset.engine = "python";
    const diary = find(this.#root, '[data-document="diary"]');
    showDocument(diary, response.diary, { article: settings.article });
  }

  /** @param {boolean} isUnreadable @returns {ClientRecord[]} the records that Python cannot or can read */
  recordsThatAre(isUnreadable) {
    return [...this.records.values()].filter(({ id }) => this.#unreadable.has(id) === isUnreadable);
  }

  /** @param {unknown} [id] @returns {HTMLElement} the first control in a client's row, or in the list */
  focusTarget(id) {
    const rows = this.#filter.shown();
    const row = rows.find(({ dataset }) => dataset.id === String(id)) ?? rows[0];
    const fallback = this.records.size > 0 ? this.#filter.field : findBlock(this.#root, "none");
    return firstControl(row) ?? fallback;
  }

  #showSaved() {
    const { store, settings } = this.#options;
    const { storage } = settings.texts;
    const { saved } = storage;
    const words = store.isStored() ? saved : store.whyNotStored(storage);
    findSlot(this.#root, "keeping").hidden = words === saved; // only what is not as usual
    if (setSlot(this.#root, "keeping", words) && words !== saved) {
      announceIn(this.#root, words);
    }
  }

  /** @param {boolean} isEmpty */
  async #showEmpty(isEmpty) {
    const [some, none, wipe] = ["some", "none", "wipe"].map((name) => findBlock(this.#root, name));
    none.hidden = !isEmpty;
    if (!isEmpty) {
      some.hidden = false;
      wipe.hidden = false;
      return;
    }
    hide(some, none);
    const { store } = this.#options;
    const hasMore = (await store.unreadable()) !== null || (await store.backup());
    if (this.records.size === 0 && !hasMore) {
      hide(wipe, none);
    } else {
      wipe.hidden = false; // what cannot be read can be wiped as well
    }
  }

  /** @param {Client[]} clients @param {UnreadableRecord[]} unreadable */
  #showRows(clients, unreadable) {
    updateRows(this.element, [
      ...clients.map((client) => this.#row(client)),
      ...unreadable.map((one) => this.#unreadableRow(one)),
    ]);
    this.#options.comparison.keep(this.records);
    this.#filter.update();
  }

  /** @param {Client} client @returns {import("../ui/keyed-list.js").Row} */
  #row(client) {
    const { settings, comparison } = this.#options;
    const changed = this.records.get(client.id)?.changed;
    const more = {
      checklist: settings.checklist,
      pick: settings.texts.messages.pick,
      changed: formatTime(this.#dates, changed),
      isPicked: comparison.has(client.id),
    };
    const text = JSON.stringify([client, changed]);
    return { id: client.id, text, make: () => createRow(client, more) };
  }

  /** @param {UnreadableRecord} unreadable @returns {import("../ui/keyed-list.js").Row} */
  #unreadableRow(unreadable) {
    const id = String(unreadable.id);
    const shown = this.#nameOf(id);
    const text = JSON.stringify([unreadable, shown]);
    return { id, text, make: () => createUnreadableRow(shown, unreadable.problems) };
  }

  /** @param {string} id */
  #nameOf(id) {
    const record = this.records.get(id);
    if (this.#unreadable.has(id)) {
      return typeof record?.name === "string" ? record.name : id;
    }
    return record ? nameOf(record, this.#options.settings.texts.messages.unnamed) : "";
  }
}
