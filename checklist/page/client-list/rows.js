/**
 * The rows of the list: a client, or a stored record that cannot be read.
 *
 * @typedef {{ title: string, count: string, status: string, cells: string[] }} Sign
 * @typedef {{ id: string, name: string, state: string, verdict: string, next?: string,
 *   decision?: string, signs?: Sign[] }} Client as Python describes it, or by name alone
 */
import { create, find, findInput, fromTemplate } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { createItems, findSlot, setSlot } from "../ui/parts.js";

/**
 * @param {Client} client
 * @param {{ checklist: string, pick: string, changed: string, isPicked: boolean }} more the address
 *   of the checklist; the label of the checkbox, with a placeholder for the name; the time of the
 *   last change
 */
export function createRow(client, { checklist, pick, changed, isPicked }) {
  const { id, name, state, verdict, next = "", decision = "", signs = [] } = client;
  const item = fromTemplate("client");
  item.dataset.state = state;
  const texts = {
    name,
    verdict,
    next,
    when: [decision, changed].filter(Boolean).join(" · "),
    pick: fill(pick, { name }),
  };
  for (const [slot, text] of Object.entries(texts)) {
    setSlot(item, slot, text);
  }
  findSlot(item, "name").setAttribute("href", `${checklist}#case=${encode(id)}`);
  find(item, '[data-list="signs"]').append(...signs.map(createSign));
  findInput(item, "input").checked = isPicked;
  labelButtons(item, name);
  return item;
}

/** @param {string} name @param {string[]} problems */
export function createUnreadRow(name, problems) {
  const item = fromTemplate("unread");
  setSlot(item, "name", name);
  find(item, "ul").append(...createItems(problems));
  labelButtons(item, name);
  return item;
}

/** The rows have the same buttons, so the labels contain the name.
 * @param {HTMLElement} item @param {string} name */
function labelButtons(item, name) {
  for (const button of item.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  }
}

/** @param {string} text @returns {string} empty if it contains a lone surrogate */
function encode(text) {
  try {
    return encodeURIComponent(text);
  } catch {
    return "";
  }
}

/** @param {Sign} sign */
function createSign({ title, count, status, cells }) {
  const item = fromTemplate("client-sign");
  for (const state of cells) {
    const cell = create("i");
    cell.dataset.state = state;
    find(item, ".meter").append(cell);
  }
  setSlot(item, "sign", `${title}: ${count}, ${status}`);
  return item;
}
