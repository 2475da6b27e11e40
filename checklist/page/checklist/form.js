/**
 * The form: what is ticked, and the marks that a result puts on the questions.
 *
 * @typedef {import("../client/record.js").Answer} Answer
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {Map<string, HTMLFieldSetElement>} Questions by their facts' ids
 */

/**
 * @param {HTMLElement} root
 * @param {(fact: string, answer: Answer) => void} onChange called after each change the visitor
 *   makes
 */
export function createForm(root, onChange) {
  const questions = questionsOf(root);

  // A click on the answer that is ticked already changes nothing, yet it is an answer:
  // "I don't know yet", said rather than left.
  root.addEventListener("click", (event) => {
    const input = /** @type {HTMLElement} */ (event.target);
    const question = input.closest("fieldset");
    if (
      !(input instanceof HTMLInputElement) ||
      !question?.dataset.fact ||
      input.type !== "radio" ||
      question.dataset.touched === "true"
    ) {
      return;
    }
    answer(question, input);
  });
  root.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const question = input.closest("fieldset");
    if (question?.dataset.fact && input.type === "radio") {
      answer(question, input);
    }
  });

  /** @param {HTMLFieldSetElement} question @param {HTMLInputElement} input */
  function answer(question, input) {
    setTouched(question, true);
    onChange(input.name, /** @type {Answer} */ (input.value));
  }

  return {
    /** @param {Answers} answers facts that are missing go back to the start */
    write(answers) {
      write(questions, answers);
    },

    /** @param {string} fact @param {unknown} answer */
    accepts(fact, answer) {
      const question = questions.get(fact);
      return question !== undefined && radios(question).some((radio) => radio.value === answer);
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
  return new Map(
    [...root.querySelectorAll("fieldset[data-fact]")].map((element) => {
      const question = /** @type {HTMLFieldSetElement} */ (element);
      return [String(question.dataset.fact), question];
    }),
  );
}

/** @param {Questions} questions @param {Answers} answers facts that are missing are unanswered */
export function write(questions, answers) {
  for (const [fact, question] of questions) {
    const answer = Object.hasOwn(answers, fact) ? answers[fact] : undefined;
    for (const radio of radios(question)) {
      radio.checked = radio.value === (answer ?? "unknown");
    }
    setTouched(question, answer !== undefined);
  }
}

/** @param {HTMLFieldSetElement} question @returns {HTMLInputElement[]} */
function radios(question) {
  return [...question.querySelectorAll("input")].filter(({ type }) => type === "radio");
}

/** @param {HTMLFieldSetElement} question @param {boolean} touched */
function setTouched(question, touched) {
  question.dataset.touched = String(touched);
  setMark(question, "unanswered", !touched);
}

/**
 * @param {HTMLElement} question
 * @param {string} name
 * @param {boolean} on
 */
function setMark(question, name, on) {
  const mark = /** @type {HTMLElement} */ (question.querySelector(`[data-mark="${name}"]`));
  mark.hidden = !on;
  question.classList.toggle(`question--${name}`, on);
  describe(question);
}

/** Add the visible marks to the accessible description, which would include hidden elements too.
 * @param {HTMLElement} question */
function describe(question) {
  const marks = [...question.querySelectorAll("[data-mark]:not([hidden])")];
  const ids = marks.map(({ id }) => id).join(" ");
  if (ids === "") {
    question.removeAttribute("aria-describedby");
  } else if (question.getAttribute("aria-describedby") !== ids) {
    question.setAttribute("aria-describedby", ids);
  }
}
