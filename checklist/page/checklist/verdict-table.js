/**
 * Looks up the verdict in a table: a decision tree with a leaf for every state of the answers. Python
 * created it from the rules when the site was built.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../ui/settings.js").Table} Table
 * @typedef {{ id: string, status: string, status_text: string }} SignStatus
 * @typedef {{ state: string, possible: string[], title: string, lead: string, next: string,
 *   signs: SignStatus[], ask_next: string[] }} TableResult `ask_next` has the
 *   facts that can change the verdict, best first; it is empty if the verdict is settled
 */
import { findLeaf } from "./decision-diagram.js";

/**
 * @param {Table} table
 * @param {string} rules the version of the rules that the modules are of
 * @returns {{ lookUp(answers: Answers): TableResult, accepts(fact: string, answer: unknown): boolean }
 *   | null} null for a table of other rules
 */
export function createTable(table, rules) {
  const { rules: made, facts, answers: order, roots } = table;
  if (made !== rules) {
    console.warn(`checklist: the table is of rules ${made}, the modules of ${rules}`);
    return null;
  }
  const { verdicts, ranks, ...signs } = roots;

  /** @param {Answers} answers */
  const askNext = (answers) => {
    const digits = findLeaf(table, ranks, answers).ranks;
    const rankOf = (/** @type {string} */ fact) => Number(digits[facts.indexOf(fact)]);
    return facts
      .filter((fact) => (answers[fact] ?? "unknown") === "unknown" && rankOf(fact) > 0)
      .sort((one, other) => rankOf(one) - rankOf(other));
  };

  return {
    accepts: (fact, answer) => facts.includes(fact) && order.some((one) => one === answer),
    lookUp: (answers) => ({
      ...findLeaf(table, verdicts, answers),
      ask_next: askNext(answers),
      signs: Object.entries(signs).map(([id, root]) => ({ id, ...findLeaf(table, root, answers) })),
    }),
  };
}
