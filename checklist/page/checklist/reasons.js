/**
 * Shows why the verdict is what it is, and what would change it. What is longer than a few lines is
 * folded, so that the result fits on a phone.
 *
 * @typedef {import("./explanation-table.js").Reasons} Reasons
 * @typedef {import("../python/protocol.js").Statement} Statement
 */
import { create, find, fromTemplate, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findBlock, setSlot } from "../ui/parts.js";

const LINE_LENGTH = 36; // characters, about as many as fit in a line of a phone
const MAX_REASON_LINES = 5;
const FEW_REASON_LINES = 2;
const MAX_CHANGE_LINES = 3;

/**
 * Show the first reason, apart from why it is not a refusal where that is the verdict; the others,
 * which are equally good, are with the signs.
 *
 * @param {HTMLElement} root
 * @param {Reasons} reasons
 * @param {string} rest says how many answers follow those that are not folded
 */
export function showReasons(
  root,
  { because, because_title, not_no, more_reasons, together, change_lead },
  rest,
) {
  // A verdict that nothing would change for the better leads to a list of what to check.
  const maxLines = change_lead === "" ? FEW_REASON_LINES : MAX_REASON_LINES;
  const [first = [], ...others] = because;
  const isFolded = (/** @type {Statement} */ _, /** @type {number} */ index) =>
    linesOf(first.slice(0, index + 1)) > maxLines;
  const folded = first.filter(isFolded);
  findBlock(root, "because").hidden = because.length === 0;
  setSlot(root, "because_title", because_title);
  fillList(root, "because", first.slice(0, first.length - folded.length), createItem);
  setSlot(root, "rest", fill(rest, { count: folded.length }));
  fillFolded(root, "rest", folded, createItem);
  fillFolded(root, "not_no", not_no, createItem);
  setSlot(root, "more", more_reasons);
  fillFolded(root, "more", others, (statements) => createSetItem(statements, together));
}

/** Show the sets of answers that would change the verdict. What can help is folded; a long list is
 * folded as a whole.
 * @param {HTMLElement} root @param {Reasons} reasons
 * @param {Record<string, string>} texts */
export function showChanges(root, { change, change_lead, together }, { help, change: title }) {
  const isShort = linesOf(change.flat()) <= MAX_CHANGE_LINES;
  const plain = change.map((statements) => statements.map(({ fact, text }) => ({ fact, text })));
  const createOne = (/** @type {Statement[]} */ one) => createSetItem(one, together);
  findBlock(root, "change").hidden = change_lead === "" || !isShort;
  setSlot(root, "change_lead", change_lead);
  fillList(root, "change", isShort ? plain : [], createOne);
  setSlot(root, "help", isShort ? help : title);
  setSlot(root, "help_lead", isShort ? "" : change_lead);
  fillFolded(root, "help", change, createOne);
}

/** @param {Statement[]} statements @returns {number} about how many lines they take on a phone */
function linesOf(statements) {
  return statements.reduce((sum, { text }) => sum + Math.ceil(text.length / LINE_LENGTH), 0);
}

/**
 * @template T
 * @param {HTMLElement} root
 * @param {string} name of a block and of the list in it, which are hidden if there is no item
 * @param {T[]} items
 * @param {(item: T) => HTMLElement} createOne
 */
function fillFolded(root, name, items, createOne) {
  findBlock(root, name).hidden = items.length === 0;
  fillList(root, name, items, createOne);
}

/** @type {WeakMap<HTMLElement, string>} what each list shows, so that it is created only once */
const shown = new WeakMap();

/**
 * @template T
 * @param {HTMLElement} root
 * @param {string} name
 * @param {T[]} items
 * @param {(item: T) => HTMLElement} createOne
 */
function fillList(root, name, items, createOne) {
  const list = find(root, `[data-list="${name}"]`);
  const text = JSON.stringify(items);
  if (shown.get(list) !== text) {
    shown.set(list, text);
    list.replaceChildren(...items.map(createOne));
  }
}

/** @param {Statement[]} statements @param {string} together the lead of several */
function createSetItem(statements, together) {
  return statements.length === 1
    ? createItem(statements[0])
    : create("li", together, create("ul", ...statements.map(createItem)));
}

/** @param {Statement} statement */
function createItem({ fact, text, remedy }) {
  const element = fromTemplate("statement");
  const link = find(element, "a");
  link.setAttribute("href", `#q-${fact}`);
  setText(link, text);
  const item = create("li", element);
  if (remedy) {
    const help = create("p", remedy);
    help.className = "small";
    item.append(help);
  }
  return item;
}
