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
import { create, find, fromTemplate, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findBlock, findSlot, setSlot } from "../ui/parts.js";

// Arrow keys tick each radio on the way: only the one where the visitor stops is announced.
const ANNOUNCE_AFTER_MS = 500;

export class ResultView {
  #root;
  #says;
  #article;
  /** What to announce next. */
  #pending = { text: "", title: "" };
  /** What was announced last. */
  #announced = this.#pending;
  #prefix = "";
  #announceSoon = debounce(() => this.#announceNow(), ANNOUNCE_AFTER_MS);

  /**
   * @param {HTMLElement} root the element `#checklist-result`
   * @param {string} article the article's address, up to the id of a phrase
   * @param {Record<string, string>} says texts of announcements
   */
  constructor(root, article, says) {
    this.#root = root;
    this.#says = says;
    this.#article = article;
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
   * @param {Question | null} next the question that is shown in the bar
   */
  show(result, explanation, next) {
    const root = this.#root;
    // The table's verdict is not announced again when Python confirms it.
    const isAnnounced =
      root.dataset.engine === "table" && explanation.title === this.#announced.title;
    mark(root, "python", explanation.state, result.possible);
    showTexts(root, { ...explanation, meanwhile: "" });
    findBlock(root, "signs").hidden = false;
    explanation.signs.forEach((sign) => showSign(root, sign));
    showSource(root, explanation.source, this.#article);
    showQuestion(root, next);
    showReasons(root, explanation);
    showChanges(root, explanation);
    if (!isAnnounced) {
      this.#announce(this.#announcement(explanation.title, next), explanation.title);
    }
  }

  /** Show the table's result, until Python has more.
   * @param {TableResult} result @param {string} meanwhile a text about what is missing
   * @param {Question | null} next the question that is shown in the bar */
  showTableResult(result, meanwhile, next) {
    showTable(this.#root, result);
    this.#clear(result.state === "empty" ? "" : meanwhile);
    findBlock(this.#root, "signs").hidden = false;
    this.#announce(this.#announcement(result.title, next), result.title);
  }

  /** @param {string} title @param {Question | null} next */
  #announcement(title, next) {
    // A question that has the focus is read out already.
    const isRead = findBlock(this.#root, "next-question").contains(document.activeElement);
    const { announce, announce_and_ask } = this.#says;
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
    this.#clear("");
    findBlock(this.#root, "signs").hidden = true;
    this.#announce(title, title);
  }

  /** Hide what only Python can tell. @param {string} meanwhile */
  #clear(meanwhile) {
    showTexts(this.#root, { margin: "", progress: "", meanwhile });
    for (const name of ["source", "ask", "because", "change"]) {
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
    if (text !== this.#announced.text) {
      this.#announced = this.#pending;
      setSlot(this.#root, "announcement", `${this.#prefix} ${text}`.trim());
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
  for (const name of ["title", "lead", "next", "margin", "progress", "meanwhile"]) {
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

/**
 * Show the first reason in full, apart from why it is not a refusal where that is the verdict; the
 * others, which are equally good, are behind a line with their number.
 *
 * @param {HTMLElement} root
 * @param {Explanation} explanation
 */
function showReasons(root, { because, because_title, not_no, more_reasons, together }) {
  const [first = [], ...others] = because;
  setSlot(root, "because_title", because_title);
  findBlock(root, "not_no").hidden = not_no.length === 0;
  fillList(root, "not_no", not_no, createItem);
  findBlock(root, "because").hidden = because.length === 0;
  fillList(root, "because", first, createItem);
  findBlock(root, "more").hidden = others.length === 0;
  setSlot(root, "more", more_reasons);
  fillList(root, "more", others, (statements) => createSetItem(statements, together));
}

/** @param {HTMLElement} root @param {Explanation} explanation */
function showChanges(root, { change, change_lead, together }) {
  findBlock(root, "change").hidden = change_lead === "";
  setSlot(root, "change_lead", change_lead);
  fillList(root, "change", change, (statements) => createSetItem(statements, together));
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
    const help = fromTemplate("remedy");
    setText(find(help, "span"), remedy);
    item.append(help);
  }
  return item;
}
