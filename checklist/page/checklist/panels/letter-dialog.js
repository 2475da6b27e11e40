/** The dialog that shows the form of a letter over the page; otherwise the form is in its panel. */
import { findBlock, onAction } from "../../ui/parts.js";

export class LetterDialog {
  #dialog;
  #form;
  #options;
  #onToggle;

  /** @param {HTMLElement} root @param {{ onToggle: () => void }} options */
  constructor(root, { onToggle }) {
    this.#dialog = /** @type {HTMLDialogElement} */ (findBlock(root, "words"));
    this.#form = findBlock(root, "letter-form");
    this.#options = /** @type {HTMLDetailsElement} */ (this.#form.querySelector("details"));
    this.#onToggle = onToggle;
    const home = /** @type {HTMLElement} */ (this.#form.parentElement);
    this.#dialog.addEventListener("close", () => {
      home.append(this.#form);
      this.#foldOptions(false);
    });
    onAction(root, "close-words", () => this.#dialog.close());
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    findBlock(this.#dialog, "words-body").append(this.#form);
    this.#dialog.showModal();
    this.#foldOptions(true);
  }

  /** Show greeting, signature, language and the button that writes the letter again. */
  unfoldOptions() {
    this.#options.open = true;
  }

  /** @param {boolean} isFolded */
  #foldOptions(isFolded) {
    this.#options.open = !isFolded;
    this.#onToggle();
  }
}
