/**
 * Looks up a leaf in a decision diagram (`site/diagram.py`).
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {object} Diagram
 * @property {string[]} facts
 * @property {string[]} answers in the order of a node's references
 * @property {number[][]} nodes each a fact and, for each answer, how many nodes the next one is
 *   back, from 0, or the complement of a leaf's index
 * @property {any[]} leaves
 */

/** @param {Diagram} diagram @param {number} root @param {Answers} given @returns {any} */
export function findLeaf({ facts, answers, nodes, leaves }, root, given) {
  let place = root;
  while (place >= 0) {
    const [fact, ...branches] = nodes[place];
    const branch = branches[answers.indexOf(given[facts[fact]] ?? "unknown")];
    place = branch < 0 ? branch : place - 1 - branch;
  }
  return leaves[~place];
}
