/**
 * The checks that matter more than any verdict, for pages where Python has not made the advice yet.
 * The form has what Python would say of them, and at which stages it would.
 *
 * @typedef {{ id: string, text: string, advice: string }} Reason
 */

/**
 * @param {ParentNode} page with the form
 * @param {{ checks: import("../client/record.js").Answers, stage: string }} situation
 * @returns {Reason[]} the checks that are answered "yes", in their order
 */
export function reasonsToStop(page, { checks, stage }) {
  return [...page.querySelectorAll(`[data-check][data-stops~="${stage}"]`)]
    .map((element) => /** @type {HTMLElement} */ (element).dataset)
    .filter(({ check }) => checks[String(check)] === "yes")
    .map(({ check = "", text = "", advice = "" }) => ({ id: check, text, advice }));
}
