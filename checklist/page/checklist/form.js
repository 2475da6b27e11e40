/**
 * The form: the ticked answers, and the marks on the questions.
 *
 * @typedef {import("../client/record.js").Answer} Answer
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {Map<string, HTMLFieldSetElement>} Questions by the facts' ids
 */
import { find } from "../ui/dom.js";
import { setAttribute } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {(fact: string, answer: Answer) => void} onChange called after each answer of the visitor
 */
export function createForm(root, onChange) {
  const questions = questionsOf(root);

  /** @param {Event} event */
  function onEvent({ type, target }) {
    const question = /** @type {HTMLElement} */ (target).closest("fieldset");
    if (!(
      target instanceof HTMLInputElement &&
      target.type === "radio" &&
      question?.dataset.fact
    )) {
      return;
    }
    // A click on the default, "I don't know yet", is an answer, although nothing changes.
    if (type === "change" || question.dataset.touched !== "true") {
      setTouched(question, true);
      onChange(target.name, /** @type {Answer} */ (target.value));
    }
  }

  root.addEventListener("click", onEvent);
  root.addEventListener("change", onEvent);

  return {
    /** @param {Answers} answers facts that are missing are unanswered */
    write(answers) {
      write(questions, answers);
    },

    /** @param {string} fact @param {unknown} answer */
    accepts(fact, answer) {
      const question = questions.get(fact);
      return question !== undefined && radiosOf(question).some(({ value }) => value === answer);
    },

    /** @param {{ irrelevant: string[], next: string | null }} marks */
    mark({ irrelevant, next }) {
      for (const [fact, question] of questions) {
        setMark(question, "irrelevant", irrelevant.includes(fact));
        setMark(question, "next", fact === next);
      }
    },
  };
}

/** @param {HTMLElement} root @returns {Questions} */
export function questionsOf(root) {
  const questions = /** @type {NodeListOf<HTMLFieldSetElement>} */ (
    root.querySelectorAll("fieldset[data-fact]")
  );
  return new Map([...questions].map((question) => [String(question.dataset.fact), question]));
}

/** @param {Questions} questions @param {Answers} answers facts that are missing are unanswered */
export function write(questions, answers) {
  for (const [fact, question] of questions) {
    const answer = Object.hasOwn(answers, fact) ? answers[fact] : undefined;
    for (const radio of radiosOf(question)) {
      radio.checked = radio.value === (answer ?? "unknown");
    }
    setTouched(question, answer !== undefined);
  }
}

/** @param {HTMLFieldSetElement} question */
function radiosOf(question) {
  return [...question.querySelectorAll("input")].filter(({ type }) => type === "radio");
}

/** @param {HTMLFieldSetElement} question @param {boolean} isTouched */
function setTouched(question, isTouched) {
  question.dataset.touched = String(isTouched);
  setMark(question, "unanswered", !isTouched);
}

/** @param {HTMLElement} question @param {string} name @param {boolean} isOn */
function setMark(question, name, isOn) {
  find(question, `[data-mark="${name}"]`).hidden = !isOn;
  question.classList.toggle(`question--${name}`, isOn);
  // Hidden elements are part of a description too, so only the visible marks are referenced.
  const ids = [...question.querySelectorAll("[data-mark]:not([hidden])")].map(({ id }) => id);
  setAttribute(question, "aria-describedby", ids.join(" ") || null);
}
