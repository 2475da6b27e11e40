/**
 * The comparison of two to four clients, side by side.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {object} Options
 * @property {Record<string, any>} settings from the build
 * @property {import("../python/python.js").Python} python
 * @property {(shown: import("../ui/documents.js").Document) => void} print
 */
import { announce, clearAnnouncements } from "../ui/announce.js";
import { showDocument } from "../ui/documents.js";
import { find } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findBlock, findButton, findSlot, onAction, setSlot } from "../ui/parts.js";

const MIN = 2;
const MAX = 4;

export class Comparison {
  #root;
  #options;
  #says;
  #help;
  /** @type {Set<string>} the ids of the clients to compare */
  #picked = new Set();
  /** @type {import("../ui/documents.js").Document | null} */
  #document = null;

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#says = options.settings.texts.says;
    this.#help = findSlot(root, "compare-help");
    onAction(root, "print-compare", () => this.#document && options.print(this.#document));
  }

  /** @param {string} id */
  has(id) {
    return this.#picked.has(id);
  }

  /** @param {string} id @param {boolean} isPicked */
  pick(id, isPicked) {
    this.#picked[isPicked ? "add" : "delete"](id);
    this.#showPicked();
  }

  /** Drop the clients that were deleted. @param {ReadonlyMap<string, ClientRecord>} records */
  keep(records) {
    [...this.#picked].filter((id) => !records.has(id)).forEach((id) => this.#picked.delete(id));
    this.#showPicked();
  }

  /** @param {ReadonlyMap<string, ClientRecord>} records */
  async show(records) {
    if (!this.#canCompare) {
      announce(this.#help, this.#says.compare_help);
      return;
    }
    clearAnnouncements(this.#help);
    const { python, settings } = this.#options;
    if (!python.isReady) {
      const { needs_python, waits_for_python } = this.#says;
      announce(this.#help, python.hasFailed ? needs_python : waits_for_python);
    }
    const picked = [...this.#picked].map((id) => records.get(id));
    const response = await python.askWhenReady({ do: "compare", records: picked });
    clearAnnouncements(this.#help);
    if (response.problems) {
      announce(this.#help, response.problems.join(" "));
      return;
    }
    this.#document = response.document;
    const { article } = settings;
    showDocument(this.#target, response.document, { article, differs: this.#says.differs });
    const section = findBlock(this.#root, "compare");
    section.hidden = false;
    find(section, "h2").focus();
  }

  close() {
    this.#picked.clear();
    this.#document = null;
    findBlock(this.#root, "compare").hidden = true;
    this.#target.replaceChildren();
  }

  get #target() {
    return find(this.#root, '[data-document="compare"]');
  }

  get #canCompare() {
    return this.#picked.size >= MIN && this.#picked.size <= MAX;
  }

  #showPicked() {
    findButton(this.#root, "compare").setAttribute("aria-disabled", String(!this.#canCompare));
    setSlot(this.#root, "picked", fill(this.#says.picked, { count: this.#picked.size }));
  }
}
