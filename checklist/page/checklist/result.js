/**
 * Shows a result: puts each text from Python, or from the table of verdicts, in its place.
 *
 * @typedef {import("../python/protocol.js").Statement} Statement
 * @typedef {import("../python/protocol.js").Sign} Sign
 * @typedef {import("../python/protocol.js").Explanation} Explanation
 * @typedef {import("../python/protocol.js").Result} Result
 * @typedef {import("./next-question.js").Question} Question
 * @typedef {import("./verdict-table.js").TableResult} TableResult
 */
import { debounce } from "../ui/debounce.js";
import { find, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findBlock, findSlot, setSlot } from "../ui/parts.js";
import { showChanges, showReasons } from "./reasons.js";

// Arrow keys tick each radio on the way: only the one where the visitor stops is announced.
const ANNOUNCE_AFTER_MS = 500;

export class ResultView {
  #root;
  #texts;
  #article;
  #takeNews;
  /** What to announce next. */
  #pending = { text: "", title: "" };
  /** What was announced last. */
  #announced = this.#pending;
  #prefix = "";
  #announceSoon = debounce(() => this.#announceNow(), ANNOUNCE_AFTER_MS);

  /**
   * @param {HTMLElement} root the element `#checklist-result`
   * @param {object} options
   * @param {string} options.article the article's address, up to the id of a phrase
   * @param {Record<string, string>} options.texts
   * @param {() => string} options.takeNews returns what to announce beside the verdict
   */
  constructor(root, { article, texts, takeNews }) {
    this.#root = root;
    this.#texts = texts;
    this.#article = article;
    this.#takeNews = takeNews;
  }

  /** Announce the next result even if it is the same, as a button was pressed.
   * @param {string} [prefix] announced before it */
  announceAgain(prefix = "") {
    this.#prefix = prefix;
    this.#announced = { text: "", title: "" };
    setSlot(this.#root, "announcement", "");
  }

  /**
   * Show Python's result.
   *
   * @param {Result} result
   * @param {Explanation} explanation
   * @param {{ next: Question | null, toAsk: Question | null }} questions the one in the bar, and the
   *   one to put to the client
   */
  show(result, explanation, { next, toAsk }) {
    const root = this.#root;
    // The table's verdict is not announced again when Python confirms it.
    const isAnnounced =
      root.dataset.engine === "table" && explanation.title === this.#announced.title;
    mark(root, "python", explanation.state, result.possible);
    showTexts(root, explanation);
    findBlock(root, "signs").hidden = false;
    explanation.signs.forEach((sign) => showSign(root, sign));
    showSource(root, explanation.source, this.#article);
    showQuestion(root, toAsk);
    this.#showReasons(explanation);
    if (isAnnounced) {
      this.#announceSoon.call(); // there may be news beside it
    } else {
      this.#announce(this.#announcement(explanation.title, next), explanation.title);
    }
  }

  /** Show the table's result, until Python has more.
   * @param {TableResult} result @param {Question | null} next the question in the bar
   * @param {import("./explanation-table.js").Reasons | null} reasons null until they are loaded */
  showTableResult(result, next, reasons) {
    showTable(this.#root, result);
    this.#clear();
    if (reasons) {
      this.#showReasons(reasons);
    }
    findBlock(this.#root, "signs").hidden = false;
    this.#announce(this.#announcement(result.title, next), result.title);
  }

  /** @param {import("./explanation-table.js").Reasons} reasons */
  #showReasons(reasons) {
    showReasons(this.#root, reasons, this.#texts.rest);
    showChanges(this.#root, reasons, this.#texts);
  }

  /** @param {string} title @param {Question | null} next */
  #announcement(title, next) {
    // A question that has the focus is read out already.
    const isRead = find(this.#root, ".result__next").contains(document.activeElement);
    const { announce, announce_and_ask } = this.#texts;
    return next && !isRead
      ? fill(announce_and_ask, { title, question: next.question })
      : fill(announce, { title });
  }

  /**
   * Show that there is no verdict now, and no old one.
   *
   * @param {"none" | "failed"} engine
   * @param {{ title: string, isAnswered: boolean }} what
   */
  showNone(engine, { title, isAnswered }) {
    const state = isAnswered ? "open" : "empty";
    mark(this.#root, engine, state, ["work", "clarify_first", "step_back"]);
    showTexts(this.#root, { title, lead: "", next: "" });
    this.#clear();
    findBlock(this.#root, "signs").hidden = true;
    this.#announce(title, title);
  }

  /** Hide what only Python can tell. */
  #clear() {
    showTexts(this.#root, { margin: "" });
    for (const name of ["source", "ask", "because", "change", "help", "more"]) {
      findBlock(this.#root, name).hidden = true;
    }
  }

  /** @param {string} text @param {string} title */
  #announce(text, title) {
    this.#pending = { text, title };
    this.#announceSoon.call();
  }

  #announceNow() {
    const { text } = this.#pending;
    const news = this.#takeNews();
    if (text !== this.#announced.text || news) {
      this.#announced = this.#pending;
      setSlot(this.#root, "announcement", `${this.#prefix} ${text} ${news}`.trim());
      this.#prefix = "";
    }
  }
}

/** @param {HTMLElement} root @param {TableResult} result */
export function showTable(root, result) {
  mark(root, "table", result.state, result.possible);
  showTexts(root, result);
  result.signs.forEach((sign) => showStatus(root, sign));
}

/** @param {HTMLElement} root @param {Record<string, unknown>} texts those that are there are shown */
function showTexts(root, texts) {
  for (const name of ["title", "lead", "next", "margin"]) {
    if (name in texts) {
      setSlot(root, name, String(texts[name]));
    }
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} engine
 * @param {string} state
 * @param {string[]} possible
 */
function mark(root, engine, state, possible) {
  root.dataset.verdict = state;
  root.dataset.settled = String(possible.length === 1);
  root.dataset.possible = possible.join(" ");
  root.dataset.engine = engine;
}

/** @param {HTMLElement} root @param {import("./verdict-table.js").SignStatus} sign */
function showStatus(root, { id, status, status_text }) {
  const element = find(root, `[data-sign="${id}"]`);
  element.dataset.status = status;
  setSlot(element, "status", status_text);
  return element;
}

/** @param {HTMLElement} root @param {Sign} sign */
function showSign(root, sign) {
  const element = showStatus(root, sign);
  setSlot(element, "count", sign.count);
  const cells = element.querySelectorAll(".meter > *");
  const rows = element.querySelectorAll(".sign__conditions > li");
  sign.conditions.forEach(({ state, state_text, text }, index) => {
    const row = /** @type {HTMLElement} */ (rows[index]);
    const cell = /** @type {HTMLElement} */ (cells[index]);
    row.dataset.state = cell.dataset.state = state;
    setSlot(row, "state", `${state_text}:`);
    setSlot(row, "text", text);
  });
}

/** @param {HTMLElement} root @param {Explanation["source"]} source @param {string} article */
function showSource(root, source, article) {
  const block = findBlock(root, "source");
  block.hidden = source === null;
  if (source) {
    find(block, "a").setAttribute("href", article + source.id);
    setText(find(block, "q"), source.text);
  }
}

/** @param {HTMLElement} root @param {Question | null} question */
function showQuestion(root, question) {
  findBlock(root, "ask").hidden = question === null;
  if (question) {
    setSlot(root, "ask-question", question.question);
    findSlot(root, "ask-question").setAttribute("href", `#q-${question.fact}`);
    setSlot(root, "ask-words", question.words);
    setSlot(root, "ask-find-out", question.findOut);
  }
}
