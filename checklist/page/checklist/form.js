/**
 * The form: what is ticked, and the marks on the questions.
 *
 * @typedef {import("../client/ticks.js").Ticks} Ticks
 * @typedef {Map<string, HTMLFieldSetElement>} Questions by the names of their radio buttons
 */
import { find } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { setAttribute, setSlot } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {Record<string, string>} messages the texts
 * @param {(name: string, value: string) => void} onChange called after each tick of the visitor
 */
export function createForm(root, messages, onChange) {
  const questions = questionsOf(root);
  const all = [...questions.values()];
  const facts = all.filter(({ dataset }) => dataset.fact !== undefined);
  const checks = all.filter(({ dataset }) => dataset.check !== undefined);

  /** @param {Event} event */
  function onEvent({ type, target }) {
    const question = /** @type {HTMLElement} */ (target).closest("fieldset");
    if (!(
      target instanceof HTMLInputElement &&
      target.type === "radio" &&
      question?.dataset.touched
    )) {
      return;
    }
    // A click on the default, "I don't know yet", is an answer, although nothing changes. Any other
    // click is followed by a change event, which is the one that counts.
    if (type === "change" || (question.dataset.touched !== "true" && target.defaultChecked)) {
      setTouched(question, true);
      countChecks();
      onChange(target.name, target.value);
    }
  }

  /** The checks are folded, so their title says how many are answered. */
  function countChecks() {
    const count = checks.filter(({ dataset }) => dataset.touched === "true").length;
    setSlot(root, "checked", fill(messages.checked, { count, total: checks.length }));
  }

  root.addEventListener("click", onEvent);
  root.addEventListener("change", onEvent);

  return {
    /** @param {Ticks} ticks questions that are missing are unanswered */
    write(ticks) {
      write(questions, ticks);
      countChecks();
    },

    /** @param {string} fact @param {unknown} answer */
    accepts(fact, answer) {
      const question = facts.find(({ dataset }) => dataset.fact === fact);
      return question !== undefined && radiosOf(question).some(({ value }) => value === answer);
    },

    /** @param {{ irrelevant: string[], next: string | null }} marks */
    mark({ irrelevant, next }) {
      for (const question of facts) {
        const fact = String(question.dataset.fact);
        setMark(question, "irrelevant", irrelevant.includes(fact));
        setMark(question, "next", fact === next);
      }
    },
  };
}

/** @param {HTMLElement} root @returns {Questions} */
export function questionsOf(root) {
  const questions = /** @type {NodeListOf<HTMLFieldSetElement>} */ (
    root.querySelectorAll("fieldset[data-touched]")
  );
  return new Map([...questions].map((question) => [radiosOf(question)[0].name, question]));
}

/** @param {Questions} questions @param {Ticks} ticks questions that are missing are unanswered */
export function write(questions, ticks) {
  for (const [name, question] of questions) {
    const tick = Object.hasOwn(ticks, name) ? ticks[name] : undefined;
    for (const radio of radiosOf(question)) {
      radio.checked = tick === undefined ? radio.defaultChecked : radio.value === tick;
    }
    setTouched(question, tick !== undefined);
  }
}

/** @param {HTMLFieldSetElement} question */
function radiosOf(question) {
  return [...question.querySelectorAll("input")].filter(({ type }) => type === "radio");
}

/** @param {HTMLFieldSetElement} question @param {boolean} isTouched */
function setTouched(question, isTouched) {
  question.dataset.touched = String(isTouched);
  if (question.dataset.stage === undefined) {
    setMark(question, "unanswered", !isTouched); // the stage always has an answer
  }
}

/** @param {HTMLElement} question @param {string} name @param {boolean} isOn */
function setMark(question, name, isOn) {
  find(question, `[data-mark="${name}"]`).hidden = !isOn;
  // A class would do, but the theme's `:not([class])` has the browser style all that is below again.
  question.toggleAttribute(`data-${name}`, isOn);
  // Hidden elements are part of a description too, so only the visible marks are referenced.
  const ids = [...question.querySelectorAll("[data-mark]:not([hidden])")].map(({ id }) => id);
  setAttribute(question, "aria-describedby", ids.join(" ") || null);
}
