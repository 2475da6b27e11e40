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

/**
 * @param {Table} table
 * @param {string} rules the version of the rules that the modules are of
 * @returns {{ lookUp(answers: Answers): TableResult, accepts(fact: string, answer: unknown): boolean }
 *   | null} null for a table of other rules
 */
export function createTable({ rules: made, facts, answers: order, nodes, roots, leaves }, rules) {
  if (made !== rules) {
    console.warn(`checklist: the table is of rules ${made}, the modules of ${rules}`);
    return null;
  }
  const { verdicts, ranks, ...signs } = roots;

  /** @param {number} root @param {Answers} answers @returns {any} a leaf of the root's kind */
  const leafOf = (root, answers) => {
    let place = root;
    while (place >= 0) {
      const [fact, ...branches] = nodes[place];
      const branch = branches[order.indexOf(answers[facts[fact]] ?? "unknown")];
      place = branch < 0 ? branch : place - 1 - branch;
    }
    return leaves[~place];
  };

  /** @param {Answers} answers */
  const askNext = (answers) => {
    const digits = leafOf(ranks, answers).ranks;
    const rankOf = (/** @type {string} */ fact) => Number(digits[facts.indexOf(fact)]);
    return facts
      .filter((fact) => (answers[fact] ?? "unknown") === "unknown" && rankOf(fact) > 0)
      .sort((one, other) => rankOf(one) - rankOf(other));
  };

  return {
    accepts: (fact, answer) => facts.includes(fact) && order.some((one) => one === answer),
    lookUp: (answers) => ({
      ...leafOf(verdicts, answers),
      ask_next: askNext(answers),
      signs: Object.entries(signs).map(([id, root]) => ({ id, ...leafOf(root, answers) })),
    }),
  };
}
