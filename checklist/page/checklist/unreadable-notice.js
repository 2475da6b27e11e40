/**
 * The notice about stored data that could not be read completely: it lists the problems, and offers
 * to save the data as a file or to delete it.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {object} Options
 * @property {import("../store/store.js").Store} store
 * @property {import("../python/python.js").Python} python
 * @property {ReturnType<import("../ui/undo-bar.js").createUndoBar>} undoBar
 * @property {import("../ui/settings.js").Texts} texts
 * @property {() => boolean} hasAnswers whether some answers of the record are shown
 */
import { announceIn } from "../ui/announce.js";
import { find } from "../ui/dom.js";
import { download } from "../ui/download.js";
import { findBlock, onAction, setSlot } from "../ui/parts.js";
import { focusOn } from "../ui/focus.js";
import { announceItems } from "../ui/announce-items.js";

const NOTHING = { text: /** @type {string | null} */ (null), record: undefined };

export class UnreadableNotice {
  #root;
  #options;
  #notice;
  /** `record` is set if the data is one of the clients, else it is what the store could not read.
   * @type {{ text: string | null, record?: ClientRecord }} */
  #shown = NOTHING;

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#notice = findBlock(root, "notice");
    onAction(root, "download-unreadable", () =>
      download(this.#shown.text ?? "", "client-case-unreadable.txt"),
    );
    onAction(root, "delete-unreadable", () => this.#delete());
  }

  forget() {
    this.#shown = NOTHING;
  }

  /** @param {ClientRecord} record @param {string[]} problems */
  showRecord(record, problems) {
    this.#shown = { text: JSON.stringify(record, null, 2), record };
    this.render(problems);
  }

  /** Show what the store could not read; it is offered until it is deleted. */
  async showUnreadable() {
    const text = await this.#options.store.unreadable();
    if (text !== null && this.#shown.text === null) {
      this.#shown = { text };
      this.render();
    }
  }

  /** @param {string[]} [problems] if they are known */
  render(problems = []) {
    const { hasAnswers, texts } = this.#options;
    const { text } = this.#shown;
    const wasHidden = this.#notice.hidden;
    this.#notice.hidden = text === null;
    if (text === null) {
      return;
    }
    const words = hasAnswers() ? texts.storage.damaged : texts.storage.damaged_all;
    setSlot(this.#root, "notice", words);
    if (wasHidden) {
      announceIn(this.#root, words);
    }
    announceItems(this.#root, "problems", problems);
    if (problems.length === 0) {
      this.#askForProblems(text);
    }
  }

  /** @param {string} text */
  async #askForProblems(text) {
    const { problems } = await this.#options.python.askWhenReady({ do: "read", case: text });
    if (text === this.#shown.text) {
      announceItems(this.#root, "problems", problems ?? []);
    }
  }

  async #delete() {
    const { store, undoBar, texts } = this.#options;
    const clientBar = find(this.#root, ".client-bar");
    const { text, record } = this.#shown;
    focusOn(clientBar);
    this.forget();
    this.render();
    await (record ? store.delete([record.id]) : store.replaceUnreadable(null));
    const undo = async () => {
      await (record ? store.put([record]) : store.replaceUnreadable(text));
      this.#shown = { text, record };
      this.render();
    };
    undoBar.offer(texts.messages.unreadable_deleted, undo, () => clientBar);
  }
}
