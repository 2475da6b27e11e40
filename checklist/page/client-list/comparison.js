/**
 * The comparison of two to four clients, side by side.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {object} Options
 * @property {import("../ui/settings.js").Settings} settings
 * @property {import("../python/python.js").Python} python
 * @property {(shown: import("../ui/documents.js").Document) => void} print
 */
import { announce, clearAnnouncements } from "../ui/announce.js";
import { publishHeight } from "../ui/bar-height.js";
import { showDocument } from "../ui/documents.js";
import { find } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { hide } from "../ui/focus.js";
import { findBlock, findButton, findField, findSlot, onAction, setSlot } from "../ui/parts.js";

const MIN = 2;
const MAX = 4;

export class Comparison {
  #root;
  #options;
  #messages;
  #help;
  #bar;
  #all;
  /** @type {Set<string>} the ids of the clients to compare */
  #picked = new Set();
  /** @type {import("../ui/documents.js").Document | null} */
  #document = null;

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#messages = options.settings.texts.messages;
    this.#help = findSlot(root, "compare-help");
    this.#bar = findBlock(root, "compare-bar");
    this.#all = findField(root, "compare-all");
    publishHeight(this.#bar, "--compare-height");
    onAction(root, "print-compare", () => this.#document && options.print(this.#document));
    onAction(root, "close-compare", () => this.close());
    onAction(root, "unpick", () => this.clear());
    this.#all.addEventListener("change", () => this.#showRows());
  }

  /** @param {string} id */
  has(id) {
    return this.#picked.has(id);
  }

  /** @param {string} id @param {boolean} isPicked */
  pick(id, isPicked) {
    this.#picked[isPicked ? "add" : "delete"](id);
    clearAnnouncements(this.#help);
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
      announce(this.#help, this.#messages.compare_help);
      return;
    }
    clearAnnouncements(this.#help);
    const { python, settings } = this.#options;
    if (!python.isReady) {
      const { needs_python, waits_for_python } = this.#messages;
      announce(this.#help, python.hasFailed ? needs_python : waits_for_python);
    }
    const picked = [...this.#picked].flatMap((id) => records.get(id) ?? []);
    const response = await python.askWhenReady({ do: "compare", records: picked });
    clearAnnouncements(this.#help);
    if (response.problems) {
      announce(this.#help, response.problems.join(" "));
      return;
    }
    this.#document = response.document;
    const { article } = settings;
    const { differs } = this.#messages;
    showDocument(this.#target, response.document, { article, differs, columnsAreNames: true });
    this.#showRows();
    const section = findBlock(this.#root, "compare");
    section.hidden = false;
    const heading = find(section, "h2");
    heading.focus({ preventScroll: true }); // otherwise it ends at the lower edge of the window
    heading.scrollIntoView();
  }

  /** Hide the comparison; the focus moves to what was compared. */
  close() {
    this.#document = null;
    hide(findBlock(this.#root, "compare"), this.#boxes[0] ?? findField(this.#root, "filter"));
    this.#target.replaceChildren();
  }

  /** Hide the comparison, and compare no client. */
  clear() {
    const next = this.#boxes[0] ?? findField(this.#root, "filter");
    this.#boxes.forEach((box) => {
      box.checked = false;
    });
    this.#picked.clear();
    hide(this.#bar, next);
    this.#showPicked();
    this.close();
  }

  /** @returns {HTMLInputElement[]} of the clients to compare */
  get #boxes() {
    return [...this.#root.querySelectorAll(".client__pick input:checked")].filter(
      (box) => box instanceof HTMLInputElement,
    );
  }

  get #target() {
    return find(this.#root, '[data-document="compare"]');
  }

  get #canCompare() {
    return this.#picked.size >= MIN && this.#picked.size <= MAX;
  }

  #showPicked() {
    const count = this.#picked.size;
    if (count === 0) {
      hide(this.#bar, findField(this.#root, "filter"));
      return;
    }
    this.#bar.hidden = false;
    findButton(this.#root, "compare").setAttribute("aria-disabled", String(!this.#canCompare));
    const { picked, picked_enough } = this.#messages;
    setSlot(this.#root, "picked", fill(this.#canCompare ? picked_enough : picked, { count }));
  }

  /** Show the verdict and what differs, or every row. */
  #showRows() {
    const [verdict, ...rest] = this.#target.querySelectorAll("tbody tr");
    const differing = [verdict, ...rest].filter((row) => row?.classList.contains("differs"));
    for (const row of rest) {
      row.toggleAttribute("hidden", !this.#all.checked && !differing.includes(row));
    }
    this.#target.classList.toggle("document--differences", !this.#all.checked);
    setSlot(
      this.#root,
      "compare-same",
      differing.length === 0 ? this.#messages.nothing_differs : "",
    );
  }
}
