/**
 * The rows of the list: what Python says of each client, or what it could not read.
 *
 * @typedef {{ title: string, count: string, status: string, cells: string[] }} SignRow
 * @typedef {{ id: string, name: string, state: string, verdict: string, next: string,
 *   decision: string, signs: SignRow[] }} Row
 */
import { create, fill, find, findInput, fromTemplate, setText } from "../ui/dom.js";

/**
 * @param {Row} row
 * @param {{ checklist: string, pick: string, when: string, isPicked: boolean }} more the page that
 *   the name leads to; the label of the box with a place for the name; when the client was changed
 */
export function clientRow(row, { checklist, pick, when, isPicked }) {
  const item = fromTemplate("client");
  item.dataset.state = row.state;
  const link = find(item, '[data-slot="name"]');
  setText(link, row.name);
  link.setAttribute("href", `${checklist}#case=${encoded(row.id)}`);
  setText(find(item, '[data-slot="verdict"]'), row.verdict);
  setText(find(item, '[data-slot="next"]'), row.next);
  setText(find(item, '[data-slot="when"]'), [row.decision, when].filter(Boolean).join(" · "));
  find(item, '[data-list="signs"]').append(...row.signs.map(signRow));
  findInput(item, "input").checked = isPicked;
  setText(find(item, '[data-slot="pick"]'), fill(pick, { name: row.name }));
  nameButtons(item, row.name);
  return item;
}

/** @param {string} name @param {string[]} problems */
export function unreadRow(name, problems) {
  const item = fromTemplate("unread");
  setText(find(item, '[data-slot="name"]'), name);
  nameButtons(item, name);
  find(item, "ul").append(...problems.map((problem) => create("li", problem)));
  return item;
}

/** Many buttons have the same word: the label says whose each is.
 * @param {HTMLElement} item @param {string} name */
function nameButtons(item, name) {
  for (const button of item.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  }
}

/** @param {string} text @returns {string} empty where it contains a lone surrogate */
function encoded(text) {
  try {
    return encodeURIComponent(text);
  } catch {
    return "";
  }
}

/** @param {SignRow} sign */
function signRow({ title, count, status, cells }) {
  const item = fromTemplate("client-sign");
  const shown = cells.map((state) => {
    const cell = create("i");
    cell.dataset.state = state;
    return cell;
  });
  find(item, ".meter").append(...shown);
  setText(find(item, '[data-slot="sign"]'), `${title}: ${count}, ${status}`);
  return item;
}
