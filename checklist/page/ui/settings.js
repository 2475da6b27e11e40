/**
 * What the build passes to the scripts of the pages with Python (`checklist/site/render/content.py`).
 *
 * @typedef {{ idle: string, download: string, start: string, check: string, ready: string,
 *   waiting: string, failed: string, reason: Record<string, string> }} LoadTexts
 * @typedef {{ load: LoadTexts, storage: Record<string, string>, messages: Record<string, string>,
 *   result: Record<string, string> }} Texts
 *   sections of the texts
 *
 * @typedef {object} Settings
 * @property {string} lang of the page
 * @property {string} article the article's address, up to the id of a phrase
 * @property {string} root the address of the site's root
 * @property {string} path its path
 * @property {string} rules the version of the rules
 * @property {number} watchdog how long the worker may send nothing, in milliseconds
 * @property {Limits} limits
 * @property {Texts} texts
 *
 * @typedef {{ largest: number, most_clients: number, most_parts: number }} Limits of a file to be
 *   imported: its bytes, its clients, its commas and brackets
 *
 * @typedef {Settings & { table: Table, explanations: string }} ChecklistSettings `explanations`
 *   is the address of the file for `explanation-table.js`
 * @typedef {object} Table of verdicts (`verdict-table.js`)
 * @property {string} rules the version that it was made of
 * @property {string[]} facts
 * @property {string[]} answers in the order of a node's references
 * @property {number[][]} nodes each a fact and, for each answer, how many nodes the next one is
 *   back, from 0, or the complement of a leaf's index
 * @property {Record<string, number>} roots of the verdicts, of the order of questions
 *   (`ranks`) and of each sign
 * @property {Leaf[]} leaves
 * @typedef {{ state: string, possible: string[], title: string, lead: string, next: string }
 *   | { ranks: string } | { status: string, status_text: string }} Leaf a verdict, the place of each
 *   fact in the order of questions (a digit, 0 if it cannot change the verdict), or the status of a
 *   sign
 *
 * @typedef {Settings & { checklist: string, file: FileTexts }} ClientListSettings with the address
 *   of the checklist
 * @typedef {object} FileTexts what to say of a file that is not imported
 * @property {string} without_id the id of a client that has none
 * @property {string} too_large
 * @property {string} unreadable
 * @property {string} not_text
 */

/** @template {Settings} T @returns {T} the settings of this page */
export function readSettings() {
  const element = /** @type {HTMLElement} */ (document.getElementById("checklist-settings"));
  const settings = JSON.parse(element.textContent ?? "");
  return { ...settings, path: new URL(settings.root, document.baseURI).pathname };
}
