/**
 * Looks up the reasons of a verdict, and what would change it, in a file that Python created from the
 * rules when the site was built (`site/assets/explanations.py`).
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../python/protocol.js").Statement} Statement
 * @typedef {import("../python/protocol.js").Explanation} Explanation
 * @typedef {Pick<Explanation, "because_title" | "because" | "not_no" | "more_reasons" | "change_lead"
 *   | "change" | "together">} Reasons
 * @typedef {import("./decision-diagram.js").Diagram & { rules: string, statements: Statement[],
 *   together: string, roots: { because: number, change: number } }} Explanations in the leaves,
 *   numbers stand for statements
 */
import { findLeaf } from "./decision-diagram.js";

/**
 * @param {Explanations} explanations
 * @returns {(answers: Answers) => Reasons}
 */
export function createExplanationTable(explanations) {
  const { roots, statements, together } = explanations;
  const stated = (/** @type {number[]} */ numbers) => numbers.map((number) => statements[number]);
  return (answers) => {
    const { because, not_no, ...titles } = findLeaf(explanations, roots.because, answers);
    const { change, change_lead } = findLeaf(explanations, roots.change, answers);
    return {
      ...titles,
      because: because.map(stated),
      not_no: stated(not_no),
      change: change.map(stated),
      change_lead,
      together,
    };
  };
}

/**
 * Fetch the file; reasons are then only Python's if it is missing or of other rules.
 *
 * @param {string} url
 * @param {string} rules the version of the rules that the modules are of
 * @returns {Promise<((answers: Answers) => Reasons) | null>}
 */
export async function loadExplanationTable(url, rules) {
  try {
    const explanations = await (await fetch(url, { priority: "low" })).json();
    return explanations.rules === rules ? createExplanationTable(explanations) : null;
  } catch {
    return null;
  }
}
