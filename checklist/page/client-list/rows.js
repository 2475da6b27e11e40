/**
 * The rows of the list: a client, or a stored record that cannot be read.
 *
 * @typedef {import("../python/protocol.js").OverviewRow} Client
 */
import { find, findInput, fromTemplate } from "../ui/dom.js";
import { createItems, findSlot, setSlot, setSlotWithName } from "../ui/parts.js";

/**
 * @param {Client} client
 * @param {{ checklist: string, pick: string, changed: string, isPicked: boolean }} more the address
 *   of the checklist; the label of the checkbox, with a placeholder for the name; the time of the
 *   last change
 */
export function createRow(client, { checklist, pick, changed, isPicked }) {
  const { id, name, state, verdict, next, stops, decision } = client;
  const item = fromTemplate("client");
  item.dataset.verdict = state;
  const texts = {
    name,
    verdict,
    next: decision || next,
    when: changed,
  };
  for (const [slot, text] of Object.entries(texts)) {
    setSlot(item, slot, text);
  }
  if (stops && !decision) {
    const reason = findSlot(item, "next");
    reason.classList.add("verdict");
    reason.dataset.verdict = "stop";
  }
  setSlotWithName(item, "pick", pick, name);
  findSlot(item, "name").setAttribute("href", `${checklist}#case=${encode(id)}`);
  findInput(item, "input").checked = isPicked;
  labelControls(item, name);
  return item;
}

/** @param {string} name @param {string[]} problems */
export function createUnreadableRow(name, problems) {
  const item = fromTemplate("unreadable");
  setSlot(item, "name", name);
  find(item, "ul").append(...createItems(problems));
  labelControls(item, name);
  return item;
}

/** The rows have the same controls, so the labels contain the name.
 * @param {HTMLElement} item @param {string} name */
function labelControls(item, name) {
  for (const control of item.querySelectorAll("button, summary")) {
    control.setAttribute("aria-label", `${control.textContent}: ${name}`);
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
