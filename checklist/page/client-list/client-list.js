/**
 * The list of all clients: it owns the records, and shows them with what Python says of them.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./rows.js").Client} Client
 * @typedef {import("../python/protocol.js").UnreadRecord} Unread
 * @typedef {object} Options
 * @property {import("../ui/settings.js").ClientListSettings} settings
 * @property {import("../store/store.js").Store} store
 * @property {import("../python/python.js").Python} python
 * @property {import("./comparison.js").Comparison} comparison
 * @property {ReturnType<import("./last-copy.js").createLastCopy>} lastCopy
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
import { createRow, createUnreadRow } from "./rows.js";

export class ClientList {
  /** @type {ReadonlyMap<string, ClientRecord>} by their ids */
  records = new Map();
  element;
  #root;
  #options;
  #filter;
  #dates;
  /** @type {Set<string>} the ids of the records that Python could not read last time */
  #unread = new Set();
  #refreshes = 0;

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    const { lang, texts } = options.settings;
    this.#root = root;
    this.#options = options;
    this.element = find(root, '[data-list="clients"]');
    this.#filter = createFilter(root, this.element, {
      lang,
      says: texts.says,
      nameOf: (id) => this.#nameOf(id),
    });
    this.#dates = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  }

  /** Show the stored clients: by name until Python is ready, then the most urgent ones first. */
  async refresh() {
    const { store, python, settings, lastCopy } = this.#options;
    this.#refreshes += 1;
    const refresh = this.#refreshes;
    // The id of a damaged record may have another type than in the page.
    this.records = new Map((await store.list()).map((record) => [String(record.id), record]));
    const records = [...this.records.values()];
    this.#showSaved();
    this.#showEmpty(records.length === 0);
    lastCopy.show(records);
    if (!python.isReady) {
      const { says, load } = settings.texts;
      const named = records.map((record) => ({
        id: String(record.id),
        name: nameOf(record, says.unnamed),
        state: "open",
        verdict: load.waiting,
        next: "",
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
    this.#unread = new Set(response.unread.map(({ id }) => String(id)));
    this.#showRows(response.rows, response.unread);
    this.element.dataset.engine = "python";
    const diary = find(this.#root, '[data-document="diary"]');
    showDocument(diary, response.diary, { article: settings.article });
  }

  /** @param {boolean} isDamaged @returns {ClientRecord[]} the records that Python can or cannot read */
  recordsThatAre(isDamaged) {
    return [...this.records.values()].filter(({ id }) => this.#unread.has(id) === isDamaged);
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
    findSlot(this.#root, "keeping").hidden = words === saved; // the page's first sentence says it
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
    const aside = await this.#options.store.quarantined();
    if (this.records.size === 0 && aside === null) {
      hide(wipe, none);
    } else {
      wipe.hidden = false; // what was set aside can be erased as well
    }
  }

  /** @param {Client[]} clients @param {Unread[]} unread */
  #showRows(clients, unread) {
    updateRows(this.element, [
      ...clients.map((client) => this.#row(client)),
      ...unread.map((one) => this.#unreadRow(one)),
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
      pick: settings.texts.says.pick,
      changed: formatTime(this.#dates, changed),
      isPicked: comparison.has(client.id),
    };
    const text = JSON.stringify([client, changed]);
    return { id: client.id, text, make: () => createRow(client, more) };
  }

  /** @param {Unread} unread @returns {import("../ui/keyed-list.js").Row} */
  #unreadRow(unread) {
    const id = String(unread.id);
    const shown = this.#nameOf(id);
    const text = JSON.stringify([unread, shown]);
    return { id, text, make: () => createUnreadRow(shown, unread.problems) };
  }

  /** @param {string} id */
  #nameOf(id) {
    const record = this.records.get(id);
    if (this.#unread.has(id)) {
      return typeof record?.name === "string" ? record.name : id;
    }
    return record ? nameOf(record, this.#options.settings.texts.says.unnamed) : "";
  }
}
