/**
 * Showing a result: every sentence comes from Python, this only puts it in its place.
 *
 * @typedef {{ fact: string, text: string, remedy?: string }} Statement
 * @typedef {{ state: string, state_text: string, text: string }} Condition
 * @typedef {{ id: string, status: string, status_text: string, count: string,
 *   conditions: Condition[] }} Sign
 * @typedef {{ fact: string, question: string, words: string, find_out: string }} Ask
 * @typedef {{ state: string, title: string, lead: string, next: string, progress: string,
 *   margin: string, signs: Sign[], because: Statement[][], change: Statement[][],
 *   because_title: string, not_no: Statement[], change_lead: string, ask: Ask | null,
 *   source: { id: string, text: string } | null,
 *   announcement: string, together: string,
 *   more_reasons: string }} Explanation
 * @typedef {{ settled: boolean, possible: string[], irrelevant: string[] }} Result
 */
import { find, fromTemplate, setText } from "../ui/dom.js";

const ANNOUNCE_AFTER_MS = 500;

/**
 * @param {HTMLElement} root the element `#checklist-result`
 * @param {string} article where the article's phrases are, all but the id of the phrase
 */
export function createResultView(root, article) {
  let announcing = 0;
  let announced = "";
  let announcedTitle = "";
  let first = "";

  /** @param {string} name */
  const slot = (name) => find(root, `[data-slot="${name}"]`);
  /** @param {string} name @param {boolean} shown */
  const showBlock = (name, shown) => {
    find(root, `[data-block="${name}"]`).hidden = !shown;
  };

  // Arrow keys move through a group answer by answer: only where the visitor stops is said.
  /** @param {string} text @param {string} title */
  const announce = (text, title) => {
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      if (text !== announced) {
        announced = text;
        announcedTitle = title;
        setText(slot("announcement"), first ? `${first} ${text}` : text);
        first = "";
      }
    }, ANNOUNCE_AFTER_MS);
  };

  return {
    /**
     * The next result is said even where it is the same: a button was pressed.
     *
     * @param {string} [before] what to say before it
     */
    sayAgain(before = "") {
      first = before;
      announced = "";
      announcedTitle = "";
      setText(slot("announcement"), "");
    },

    /** @param {Result} result @param {Explanation} explanation */
    show(result, explanation) {
      // What the table has said already is not said again as Python takes over.
      const isSaid = root.dataset.engine === "table" && explanation.title === announcedTitle;
      mark(root, "python", explanation.state, result.possible);
      setText(slot("meanwhile"), "");
      for (const name of /** @type {const} */ (["title", "lead", "next", "margin", "progress"])) {
        setText(slot(name), explanation[name]);
      }
      explanation.signs.forEach((sign) => showSign(root, sign));
      showSource(root, explanation.source, article);
      showAsk(root, explanation.ask);
      showReasons(root, explanation);
      showChanges(root, explanation);
      if (!isSaid) {
        announce(explanation.announcement, explanation.title);
      }
    },

    /**
     * Show what the table holds, until Python has more to say.
     *
     * @param {import("./verdict-table.js").Looked} looked
     * @param {string} meanwhile what to say of the rest
     */
    showLooked(looked, meanwhile) {
      showTable(root, looked);
      setText(slot("meanwhile"), looked.state === "empty" ? "" : meanwhile);
      hideWhatPythonSays();
      showBlock("signs", true);
      announce(looked.announcement, looked.title);
    },

    /**
     * Say that there is no verdict now, without showing an old one.
     *
     * @param {"none" | "failed"} engine
     * @param {{ title: string, answered: boolean }} what
     */
    showNone(engine, { title, answered }) {
      mark(root, engine, answered ? "open" : "empty", ["work", "clarify_first", "step_back"]);
      setText(slot("title"), title);
      for (const name of ["lead", "next", "meanwhile"]) {
        setText(slot(name), "");
      }
      hideWhatPythonSays();
      showBlock("signs", false);
      announce(title, title);
    },
  };

  function hideWhatPythonSays() {
    for (const name of ["margin", "progress"]) {
      setText(slot(name), "");
    }
    for (const name of ["source", "ask", "because", "change"]) {
      showBlock(name, false);
    }
  }
}

/** @param {HTMLElement} root @param {import("./verdict-table.js").Looked} looked */
export function showTable(root, looked) {
  mark(root, "table", looked.state, looked.possible);
  for (const name of /** @type {const} */ (["title", "lead", "next"])) {
    setText(find(root, `[data-slot="${name}"]`), looked[name]);
  }
  looked.signs.forEach((sign) => showStatus(root, sign));
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
function showStatus(root, sign) {
  const element = find(root, `[data-sign="${sign.id}"]`);
  element.dataset.status = sign.status;
  setText(find(element, '[data-slot="status"]'), sign.status_text);
  return element;
}

/** @param {HTMLElement} root @param {Sign} sign */
function showSign(root, sign) {
  find(root, `[data-block="signs"]`).hidden = false;
  const element = showStatus(root, sign);
  setText(find(element, '[data-slot="count"]'), sign.count);
  const cells = element.querySelectorAll(".meter > *");
  const rows = element.querySelectorAll(".sign__conditions > li");
  sign.conditions.forEach((condition, index) => {
    const row = /** @type {HTMLElement} */ (rows[index]);
    const cell = /** @type {HTMLElement} */ (cells[index]);
    row.dataset.state = cell.dataset.state = condition.state;
    setText(find(row, '[data-slot="state"]'), `${condition.state_text}:`);
    setText(find(row, '[data-slot="text"]'), condition.text);
  });
}

/**
 * @param {HTMLElement} root
 * @param {Explanation["source"]} source
 * @param {string} article
 */
function showSource(root, source, article) {
  const block = find(root, '[data-block="source"]');
  block.hidden = source === null;
  if (source) {
    find(block, "a").setAttribute("href", article + source.id);
    setText(find(block, "q"), source.text);
  }
}

/** @param {HTMLElement} root @param {Ask | null} ask */
function showAsk(root, ask) {
  find(root, '[data-block="ask"]').hidden = ask === null;
  if (ask) {
    const link = /** @type {HTMLAnchorElement} */ (find(root, '[data-slot="ask-question"]'));
    setText(link, ask.question);
    link.setAttribute("href", `#q-${ask.fact}`);
    setText(find(root, '[data-slot="ask-words"]'), ask.words);
    setText(find(root, '[data-slot="ask-find-out"]'), ask.find_out);
  }
}

/**
 * The first reason in full, apart from what keeps it from a refusal where that is not the verdict;
 * the others, as good as it, behind a line that says how many.
 *
 * @param {HTMLElement} root
 * @param {Explanation} explanation
 */
function showReasons(root, { because, because_title, not_no, more_reasons, together }) {
  const [first = [], ...others] = because;
  setText(find(root, '[data-slot="because_title"]'), because_title);
  find(root, '[data-block="not_no"]').hidden = not_no.length === 0;
  fillList(root, "not_no", not_no, itemFor);
  find(root, '[data-block="because"]').hidden = because.length === 0;
  fillList(root, "because", first, itemFor);
  find(root, '[data-block="more"]').hidden = others.length === 0;
  setText(find(root, '[data-slot="more"]'), more_reasons);
  fillList(root, "more", others, (statements) => itemOfSet(statements, together));
}

/** @param {HTMLElement} root @param {Explanation} explanation */
function showChanges(root, { change, change_lead, together }) {
  find(root, '[data-block="change"]').hidden = change_lead === "";
  setText(find(root, '[data-slot="change_lead"]'), change_lead);
  fillList(root, "change", change, (statements) => itemOfSet(statements, together));
}

/** @type {WeakMap<HTMLElement, string>} what each list shows, so that it is not made again */
const shown = new WeakMap();

/**
 * @template T
 * @param {HTMLElement} root
 * @param {string} name
 * @param {T[]} items
 * @param {(item: T) => HTMLElement} made
 */
function fillList(root, name, items, made) {
  const list = find(root, `[data-list="${name}"]`);
  const text = JSON.stringify(items);
  if (shown.get(list) !== text) {
    shown.set(list, text);
    list.replaceChildren(...items.map(made));
  }
}

/** @param {Statement[]} statements @param {string} together said where there are several */
function itemOfSet(statements, together) {
  if (statements.length === 1) {
    return itemFor(statements[0]);
  }
  const item = document.createElement("li");
  const list = document.createElement("ul");
  list.append(...statements.map(itemFor));
  item.append(together, list);
  return item;
}

/** @param {Statement} statement */
function itemFor(statement) {
  const item = document.createElement("li");
  item.append(linkTo(statement));
  if (statement.remedy) {
    const help = fromTemplate("remedy");
    setText(find(help, "span"), statement.remedy);
    item.append(help);
  }
  return item;
}

/** @param {Statement} statement */
function linkTo({ fact, text }) {
  const element = fromTemplate("statement");
  const link = /** @type {HTMLAnchorElement} */ (find(element, "a"));
  link.setAttribute("href", `#q-${fact}`);
  setText(link, text);
  return element;
}
