/**
 * Shows the advice beside the verdict: notices by weight, and what to check before signing. Python
 * makes it. Until then only the reasons to stop are shown, which is no claim that there is no more.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../python/protocol.js").Advice} Advice
 * @typedef {Advice["notices"][number]} Notice
 * @typedef {Advice["signing"][number]} Signing
 * @typedef {import("../ui/keyed-list.js").Row} Row
 */
import { create, find, fromTemplate, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { updateRows } from "../ui/keyed-list.js";
import { findBlock, findSlot, setSlot } from "../ui/parts.js";
import { reasonsToStop } from "./reasons-to-stop.js";

const WEIGHTS = /** @type {const} */ (["stop", "settle", "mine"]);

export class AdviceView {
  #root;
  #messages;
  /** @type {Notice[]} */
  #notices = [];
  /** @type {Set<string>} the keys of the notices that were announced */
  #announced = new Set();

  /** @param {HTMLElement} root the element `#checklist-result`
   * @param {Record<string, string>} messages the texts */
  constructor(root, messages) {
    this.#root = root;
    this.#messages = messages;
  }

  /** @param {Advice} advice */
  show({ notices, signing, signing_title }) {
    const root = this.#root;
    this.#notices = notices;
    for (const weight of WEIGHTS) {
      showNotices(
        root,
        weight,
        notices.filter((one) => one.weight === weight),
      );
    }
    const hasNotices = notices.some(({ weight }) => weight !== "stop");
    findBlock(root, "beside").hidden = !hasNotices && signing.length === 0;
    findBlock(root, "beside-lead").hidden = !hasNotices;
    findBlock(root, "signing").hidden = signing.length === 0;
    setSlot(root, "signing_title", `${signing_title}:`);
    updateRows(find(root, '[data-list="signing"]'), signing.map(signingRow));
    findBlock(root, "uncounted").hidden = true;
  }

  /** Show only the reasons to stop, as Python has not made the advice for these answers.
   * @param {{ checks: Answers, stage: string }} situation */
  showWithoutPython(situation) {
    const root = this.#root;
    const weight_text = findSlot(root, "stop").textContent;
    const reasons = reasonsToStop(root.ownerDocument, situation);
    this.#notices = reasons.map((one) => ({ ...one, weight: "stop", weight_text, say: "" }));
    WEIGHTS.forEach((weight) => showNotices(root, weight, weight === "stop" ? this.#notices : []));
    findBlock(root, "beside").hidden = true;
    const answered = Object.values(situation.checks).filter((answer) => answer === "yes");
    findBlock(root, "uncounted").hidden = answered.length === reasons.length;
  }

  /** Announce all notices again: another client is shown. */
  forget() {
    this.#notices = [];
    this.#announced.clear();
  }

  /** @returns {string} the notices that were not announced yet; after this they are */
  takeNews() {
    const news = this.#notices.filter((one) => !this.#announced.has(keyOf(one)));
    this.#announced = new Set(this.#notices.map(keyOf));
    const texts = news.map(({ text }) => text).join("; ");
    return texts && fill(this.#messages.announce_notices, { texts });
  }
}

/** @param {Notice} notice */
function keyOf({ id, weight }) {
  return `${weight} ${id}`;
}

/** @param {HTMLElement} root @param {Notice["weight"]} weight @param {Notice[]} notices */
function showNotices(root, weight, notices) {
  findBlock(root, weight).hidden = notices.length === 0;
  if (notices.length > 0) {
    setSlot(root, weight, notices[0].weight_text);
  }
  updateRows(find(root, `[data-list="${weight}"]`), notices.map(noticeRow));
  if (weight === "stop") {
    const line = findSlot(root, "stop-line"); // in the bar on a phone, where the list is folded
    line.hidden = notices.length === 0;
    setText(line, notices.map(({ text }) => text).join(". "));
  }
}

/** @param {Notice} notice @returns {Row} */
function noticeRow(notice) {
  const { id, weight, text, advice, say } = notice;
  return {
    id,
    text: JSON.stringify(notice),
    make() {
      const details = /** @type {HTMLDetailsElement} */ (fromTemplate("notice"));
      details.open = weight === "stop";
      setSlot(details, "notice", text);
      setSlot(details, "notice-advice", advice);
      setSlot(details, "notice-say", say);
      // Beside a reason to stop there is nothing to negotiate.
      findBlock(details, "notice-say").hidden = say === "" || weight === "stop";
      const link = find(details, "a");
      link.setAttribute("href", `${link.getAttribute("href")}#check-${id}`);
      const item = create("li", details);
      item.dataset.notice = id;
      return item;
    },
  };
}

/** @param {Signing} signing @returns {Row} */
function signingRow(signing) {
  const { id, answer, text, state_text } = signing;
  return {
    id,
    text: JSON.stringify(signing),
    make() {
      const statement = fromTemplate("statement");
      const link = find(statement, "a");
      link.setAttribute("href", `#check-${id}`);
      setText(link, text);
      const state = create("span", ` (${state_text})`);
      state.className = "visually-hidden";
      const item = create("li", statement, state);
      item.dataset.answer = answer;
      return item;
    },
  };
}
