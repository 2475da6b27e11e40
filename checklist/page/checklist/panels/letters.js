/** A letter that fits the answers; the visitor can edit it. */
import { withLetter } from "../../client/record.js";
import { announce, announceIn, clearAnnouncements } from "../../ui/announce.js";
import { copyAndAnnounce, copyText } from "../../ui/clipboard.js";
import { debounce } from "../../ui/debounce.js";
import { groupOptions } from "../../ui/option-groups.js";
import { findBlock, findField, findSlot, onAction, setSlot } from "../../ui/parts.js";
import { shareEmail } from "../../ui/share-email.js";
import { LetterDialog } from "./letter-dialog.js";

const LINE_LENGTH = 90; // characters, about as many as fit in a line of the field
const MAX_LINES = 24;

export class Letters {
  /** Saves the visitor's draft. */
  typing = debounce(() => this.#saveDraft());
  #panels;
  #letter;
  #kind;
  #reason;
  #language;
  #copied;
  #dialog;
  #generated = ""; // the text that Python generated last
  #label = ""; // with which its subject begins
  /** The kind and the language of the letter that is shown. */
  #shown = { kind: "", in: "" };

  /** @param {import("./context.js").Context} panels */
  constructor(panels) {
    const { root, messages } = panels;
    this.#panels = panels;
    this.#letter = /** @type {HTMLTextAreaElement} */ (
      /** @type {HTMLElement} */ (findField(root, "letter"))
    );
    this.#kind = findField(root, "kind");
    this.#reason = findField(root, "reason");
    this.#language = findField(root, "letter-lang");
    this.#copied = findSlot(root, "copied");
    this.#letter.addEventListener("input", this.typing.call);
    this.#letter.addEventListener("input", () => {
      this.#kind.dataset.chosen = "true"; // the kind of the visitor's own text stays
    });
    this.#kind.addEventListener("change", () => {
      this.#kind.dataset.chosen = "true";
      this.#replace();
    });
    onAction(root, "rewrite", () => this.#replace());
    onAction(root, "copy-letter", () => copyAndAnnounce(this.#letter, this.#copied, messages));
    const region = findSlot(root, "fitting-copied");
    const copyFitting = panels.onPress(region, () => this.#copyFitting(region));
    onAction(root, "copy-fitting", copyFitting);
    onAction(
      root,
      "words",
      panels.onPress(region, () => this.#showFitting()),
    );
    // "Copied" was about the letter of the answers before.
    root.addEventListener("change", () => clearAnnouncements(region));
    onAction(root, "share-letter", () => shareEmail(this.#letter.value, this.#label));
    this.#dialog = new LetterDialog(root, { onToggle: () => this.#showRefusalFields() });
  }

  /** Show the letter that fits the verdict over the page. */
  async #showFitting() {
    this.#chooseFitting();
    await this.update();
    this.#dialog.open();
  }

  /** Copy the letter that fits; where the browser does not allow it, show it.
   * @param {HTMLElement} region a live region */
  async #copyFitting(region) {
    this.#chooseFitting();
    await this.update();
    if (await copyText(this.#letter)) {
      announce(region, this.#panels.messages.copied);
    } else {
      this.#dialog.open();
    }
  }

  /** Let Python choose the kind, unless the visitor has edited the letter. */
  #chooseFitting() {
    const { value } = this.#letter;
    if (value === "" || value === this.#generated) {
      delete this.#kind.dataset.chosen;
    }
  }

  /** Only a refusal has a reason and, in the dialog, a field for whom to recommend. */
  #showRefusalFields() {
    const { root } = this.#panels;
    const isRefusal = this.#kind.value === "refusal";
    findBlock(root, "letter-reason").hidden = !isRefusal;
    findBlock(root, "letter-better").hidden = this.#dialog.isOpen && !isRefusal;
  }

  /** @returns {Promise<void>} */
  async update() {
    const { root, open } = this.#panels;
    const [greet, better, sign, reason] = ["greet", "better", "sign", "reason"].map(
      (name) => findField(root, name).value,
    );
    const shown = { kind: this.#kind.value, in: this.#language.value };
    const { text, none, fitting, letters, reasons } = await this.#panels.ask({
      do: "letter",
      record: open.record,
      ...shown,
      options: { greet, better, sign, reason },
    });
    const titles = { fitting: this.#panels.messages.fitting, others: this.#panels.messages.others };
    groupOptions(selectOf(this.#kind), letters, titles);
    groupOptions(selectOf(this.#reason), reasons, titles);
    if (this.#kind.dataset.chosen !== "true" && fitting !== this.#kind.value) {
      this.#kind.value = fitting;
      return this.update();
    }
    const { value } = this.#letter;
    this.#label = /^[^\n:]+: /.exec(text)?.[0] ?? this.#label;
    this.#showRefusalFields();
    const isEdited = value !== this.#generated && value !== "";
    this.#warn(isEdited && text !== this.#generated);
    if (!isEdited) {
      this.#show(text);
      this.#shown = shown;
    }
    setSlot(root, "letter-none", none);
    this.#hideIfEmpty();
    this.#letter.lang = shown.in;
  }

  /** Another client was opened: its draft is shown, if there is one. */
  reset() {
    const draft = this.#panels.open.record.letter;
    delete this.#kind.dataset.chosen;
    if (typeof draft?.text === "string") {
      this.#generated = "";
      this.#kind.dataset.chosen = "true";
      this.#shown = { kind: draft.kind ?? "", in: draft.in ?? "" };
    } else {
      this.#show("");
    }
    this.#hideIfEmpty();
  }

  /** There is no letter before Python is ready, nor where no answers call for one. */
  #hideIfEmpty() {
    findBlock(this.#panels.root, "letter").hidden = this.#letter.value === "";
  }

  /** @param {boolean} isStale whether the client was changed after the visitor edited the letter */
  #warn(isStale) {
    const warning = findBlock(this.#panels.root, "letter-stale");
    if (isStale && warning.hidden) {
      announceIn(this.#panels.root, warning.textContent);
      this.#dialog.unfoldOptions();
    }
    warning.hidden = !isStale;
  }

  /** @param {string} text generated by Python */
  #show(text) {
    this.#generated = text;
    this.#letter.value = text;
    const lines = text.split("\n").map((line) => Math.ceil((line.length + 1) / LINE_LENGTH));
    const blankLine = 1; // to write in
    this.#letter.rows = Math.min(
      MAX_LINES,
      lines.reduce((sum, one) => sum + one, blankLine),
    );
    clearAnnouncements(this.#copied);
    clearAnnouncements(findSlot(this.#panels.root, "fitting-copied"));
  }

  async #saveDraft() {
    await this.#save({
      kind: this.#kind.value,
      in: this.#language.value,
      text: this.#letter.value,
    });
  }

  /** @param {import("../../client/record.js").Letter} draft */
  #save(draft) {
    return this.#panels.open.edit((record, at) => withLetter(record, draft, at));
  }

  /** Replace the letter by a new one, and offer to restore the visitor's draft. */
  async #replace() {
    const { value } = this.#letter;
    if (value && value !== this.#generated) {
      const shown = this.#shown;
      const undo = () => {
        choose(this.#kind, shown.kind);
        choose(this.#language, shown.in);
        this.#shown = shown;
        this.#letter.value = value;
        this.#saveDraft();
        this.#panels.update("letters");
      };
      this.#panels.undoBar.offer(this.#panels.messages.letter_replaced, undo, () => this.#letter);
    }
    this.typing.cancel();
    if (this.#panels.open.record.letter?.text) {
      this.#save({ kind: "", text: "" });
    }
    this.#show("");
    await this.#panels.update("letters");
  }
}

/** Choose an option, if there is one with this value.
 * @param {HTMLElement} field @param {string} value */
function choose(field, value) {
  const select = selectOf(field);
  if ([...select.options].some((option) => option.value === value)) {
    select.value = value;
  }
}

/** @param {HTMLElement} field */
function selectOf(field) {
  return /** @type {HTMLSelectElement} */ (field);
}
