/**
 * The verdict at once: a table that Python made of the rules when the site was built, with a leaf
 * for every state of the answers. It is only walked here.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {{ rules: string, facts: string[], answers: string[], nodes: number[][],
 *   begins: Record<string, number>, leaves: any[] }} Table
 * @typedef {{ state: string, possible: string[], title: string, lead: string, next: string,
 *   announcement: string }} Verdicts
 * @typedef {{ id: string, status: string, status_text: string }} SignStatus
 * @typedef {Verdicts & { signs: SignStatus[] }} Looked
 */

/**
 * @param {Table} table
 * @param {string} rules the version of the rules that the modules are of
 * @returns {{ look(answers: Answers): Looked, accepts(fact: string, answer: unknown): boolean }
 *   | null} null for a table of other rules
 */
export function createTable({ rules: made, facts, answers: order, nodes, begins, leaves }, rules) {
  if (made !== rules) {
    console.warn(`checklist: the table is of rules ${made}, the modules of ${rules}`);
    return null;
  }
  const { verdicts, ...signs } = begins;

  /** @param {number} begin @param {Answers} given */
  const leafOf = (begin, given) => {
    let place = begin;
    while (place >= 0) {
      const [fact, ...leads] = nodes[place];
      place = leads[order.indexOf(given[facts[fact]] ?? "unknown")];
    }
    return leaves[~place];
  };

  return {
    accepts: (fact, answer) => facts.includes(fact) && order.some((one) => one === answer),
    look: (given) => ({
      ...leafOf(verdicts, given),
      signs: Object.entries(signs).map(([id, begin]) => ({ id, ...leafOf(begin, given) })),
    }),
  };
}
