/**
 * The next question in the result bar, with its three answers. They press the radio buttons of the
 * form (see `boot/first-paint.js`), so the form and the bar agree.
 *
 * "Don't know" puts a question aside: the next one is suggested. When only such questions are left,
 * the bar offers to ask the client, or to go through them again.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {{ fact: string, question: string, words: string, findOut: string }} Question
 */
import { find, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findBlock, findButton, findSlot, onAction, setSlot } from "../ui/parts.js";

export class NextQuestion {
  #root;
  #form;
  #messages;
  /** @type {string[]} the facts that can change the verdict, best first */
  #order = [];
  /** @type {Answers} */
  #answers = {};
  /** @type {string[]} the questions that the visitor goes through again */
  #again = [];

  /**
   * @param {HTMLElement} root the element `#checklist-result`
   * @param {HTMLElement} form
   * @param {Record<string, string>} messages the texts
   */
  constructor(root, form, messages) {
    this.#root = root;
    this.#form = form;
    this.#messages = messages;
    onAction(root, "again", () => {
      this.#again = [...this.#order];
      this.#render();
    });
    find(root, "[data-next-fact]").addEventListener("click", ({ target }) => {
      const { answer } = /** @type {HTMLElement} */ (target).dataset;
      if (answer && this.#again.shift() && answer === "unknown") {
        this.#render(); // the answer has not changed, so nothing else shows the next question
      }
    });
  }

  /**
   * @param {string[]} order the facts that can change the verdict, best first
   * @param {Answers} answers
   * @returns {Question | null} the question that is shown
   */
  show(order, answers) {
    this.#order = order;
    this.#answers = answers;
    this.#again = this.#again.filter((fact) => order.includes(fact));
    return this.#render();
  }

  /** @returns {Question | null} the first that can change the verdict, even if it was put aside */
  get first() {
    return this.#order.length > 0 ? questionIn(this.#form, this.#order[0]) : null;
  }

  /** Show neither a question nor a way on: the answers of a link are not read yet. */
  hide() {
    setSlot(this.#root, "next-question", "");
    findBlock(this.#root, "next-question").hidden = true;
    findBlock(this.#root, "end").hidden = true;
  }

  #render() {
    const fact = this.#order.find((one) => !(one in this.#answers)) ?? this.#again[0];
    const question = fact ? questionIn(this.#form, fact) : null;
    showCount(this.#root, this.#form, this.#answers, this.#messages.considered);
    if (question) {
      showNext(this.#root, question);
    } else {
      this.#showEnd();
    }
    return question;
  }

  /** Show that no question is left, or none that the visitor can answer now. */
  #showEnd() {
    const root = this.#root;
    const left = this.#order.length;
    const text = left > 0 ? fill(this.#messages.left, { count: left }) : this.#messages.settled;
    setSlot(root, "next-question", text);
    setText(findButton(root, "words"), left > 0 ? this.#messages.words_ask : this.#messages.words);
    findButton(root, "again").hidden = left === 0;
    findBlock(root, "end").hidden = false;
    const block = findBlock(root, "next-question");
    if (find(root, ".result__next").contains(document.activeElement)) {
      findButton(root, "words").focus({ preventScroll: true });
    }
    block.hidden = true;
  }
}

/**
 * Show how many questions about the client are answered by "yes" or "no". The folded one, whether
 * there is a client to choose at all, is not counted: it is taken as "yes".
 *
 * @param {HTMLElement} root the element `#checklist-result` @param {HTMLElement} form
 * @param {Answers} answers @param {string} text with `{count}` and `{total}`
 */
export function showCount(root, form, answers, text) {
  const facts = [...form.querySelectorAll("[data-fact]")]
    .filter((question) => !question.closest(".assumption"))
    .map((question) => answers[String(/** @type {HTMLElement} */ (question).dataset.fact)]);
  const count = facts.filter((answer) => answer === "yes" || answer === "no").length;
  setSlot(root, "considered", fill(text, { count, total: facts.length }));
}

/**
 * Show a question in the bar. If the focus is in the bar, it moves to the new question.
 *
 * @param {HTMLElement} root the element `#checklist-result` @param {Question} question
 */
export function showNext(root, { fact, question }) {
  const answers = find(root, "[data-next-fact]");
  const isNew = answers.dataset.nextFact !== fact;
  const [block, end] = [findBlock(root, "next-question"), findBlock(root, "end")];
  const hasFocus = find(root, ".result__next").contains(document.activeElement);
  answers.dataset.nextFact = fact;
  block.hidden = false;
  setSlot(root, "next-question", question);
  if (hasFocus && (isNew || !end.hidden)) {
    // A browser would scroll to where the bar would be.
    findSlot(root, "next-question").focus({ preventScroll: true });
  }
  end.hidden = true;
}

/** @param {HTMLElement} form @param {string} fact @returns {Question} the texts of the form */
export function questionIn(form, fact) {
  const question = find(form, `[data-fact="${fact}"]`);
  const text = (/** @type {string} */ selector) =>
    question.querySelector(selector)?.textContent?.trim() ?? "";
  return {
    fact,
    question: text("legend"),
    words: text("[data-how='ask']"),
    findOut: text("[data-how='find-out']"),
  };
}
