/**
 * The panels: words and meeting, decision and history, the losses in the result, and sharing beside
 * the client's name. A panel is updated by Python when it is opened and, while it is open, when the
 * client changes.
 *
 * @typedef {import("../../ui/documents.js").Document} Document
 * @typedef {import("../../python/protocol.js").Responses} Responses
 * @typedef {object} Options
 * @property {import("../open-client.js").OpenClient} open
 * @property {import("../../python/python.js").Python} python
 * @property {ReturnType<import("../../ui/printing.js").createPrinting>} printing
 * @property {ReturnType<import("../../ui/undo-bar.js").createUndoBar>} undoBar
 * @property {import("../../ui/settings.js").Settings} settings
 */
import { withPart } from "../../client/record.js";
import { showDocument } from "../../ui/documents.js";
import { debounce } from "../../ui/debounce.js";
import { fieldValue, find } from "../../ui/dom.js";
import { findField, setSlot } from "../../ui/parts.js";
import { onPress } from "../../python/on-press.js";
import { createAgenda } from "./agenda.js";
import { createEstimate, FIGURES } from "./estimate.js";
import { createHistory } from "./history.js";
import { Letters } from "./letters.js";
import { createSharing } from "./sharing.js";

const REFRESH_AFTER_MS = 150;

/** The parts that Python fills, by panel. @type {Record<string, string[]>} */
const FILLED = {
  words: ["letters", "agenda"],
  decision: ["estimate", "history"],
  losses: ["losses"],
  share: ["share"],
};

/** The fields that are saved as the visitor types, and the part to update after that.
 * @type {Record<string, string | undefined>} */
const TYPED = {
  greet: "letters",
  better: "letters",
  sign: "letters",
  staying: undefined,
  hours: "estimate",
  weeks: "estimate",
  rate: "estimate",
  "outcome-words": "history",
};

/** The fields that are saved when they change. @type {typeof TYPED} */
const CHOSEN = {
  decision: "history",
  went: "history",
  reason: "letters",
  "letter-lang": "letters",
};

export class Panels {
  root;
  open;
  printing;
  undoBar;
  messages;
  #python;
  #article;
  #letters;
  #estimate;
  #sharing;
  /** @type {Record<string, () => Promise<void>>} */
  #updates;
  /** @type {HTMLDetailsElement[]} */
  #elements;
  /** @type {Map<string, string[]>} the problems of each kind of request */
  #problems = new Map();
  #refresh = debounce(() => this.#refreshNow(), REFRESH_AFTER_MS);

  /** @param {HTMLElement} root @param {Options} options */
  constructor(root, { open, python, printing, undoBar, settings }) {
    this.root = root;
    this.open = open;
    this.printing = printing;
    this.undoBar = undoBar;
    this.messages = settings.texts.messages;
    this.limits = settings.limits;
    this.#python = python;
    this.#article = settings.article;
    this.#letters = new Letters(this);
    this.#estimate = createEstimate(this);
    this.#sharing = createSharing(this);
    this.#updates = {
      letters: () => this.#letters.update(),
      agenda: createAgenda(this),
      estimate: this.#estimate.update,
      losses: () => this.#updateLosses(),
      history: createHistory(this),
      share: this.#sharing.update,
    };
    this.#elements = [...root.querySelectorAll("details")].filter(({ dataset }) => dataset.panel);
    for (const panel of this.#elements) {
      panel.addEventListener("toggle", () => panel.open && this.#updatePanel(panel));
    }
    /** What was typed and is not saved yet. */
    this.typing = [this.#letters.typing, ...Object.keys(TYPED).map((name) => this.#onInput(name))];
    for (const name of Object.keys(CHOSEN)) {
      findField(root, name).addEventListener("change", () => this.#save(name, CHOSEN[name]));
    }
  }

  /**
   * @template {keyof Responses} Kind
   * @param {import("../../python/protocol.js").RequestFor<Kind>} request
   * @returns {Promise<Responses[Kind]>} rejects if Python fails or finds problems, which are shown
   */
  async ask(request) {
    const response = await this.#python.ask(request);
    this.#problems.set(request.do, response.problems ?? []);
    this.#showProblems();
    if (response.problems) {
      throw new Error(response.problems.join("\n"));
    }
    return response;
  }

  /** @param {HTMLElement} region a live region @param {() => Promise<unknown>} task
   * @returns {() => Promise<void>} handles a press of a button whose task needs Python */
  onPress(region, task) {
    return onPress({ python: this.#python, region, messages: this.messages }, task);
  }

  /** @param {Document} shown @param {string} name of the part
   * @param {"h3" | "h4" | "h5"} heading the level of its headings */
  show(shown, name, heading) {
    const target = find(this.root, `[data-document="${name}"]`);
    const { differs } = this.messages;
    showDocument(target, shown, { article: this.#article, differs, heading });
  }

  /** @param {string} part */
  async update(part) {
    if (!this.#python.isReady) {
      return;
    }
    try {
      await this.#updates[part]();
    } catch (error) {
      console.warn("checklist:", part, error);
    }
  }

  /** Update the open panels after a short pause. */
  refreshSoon() {
    this.#refresh.call();
  }

  /** Mark the figures that are not valid. */
  checkFigures() {
    this.#estimate.checkFigures();
  }

  /** Remove what is shown of the previous client, after another one is opened. */
  reset() {
    this.#problems.clear();
    this.#showProblems();
    this.printing.setDefault(null);
    this.root.querySelectorAll("[data-document]").forEach((one) => one.replaceChildren());
    this.#letters.reset();
    this.#sharing.reset();
  }

  async #refreshNow() {
    this.#elements.filter((one) => one.open).forEach((one) => this.#updatePanel(one));
    const sheet = this.#python.isReady ? await this.#sharing.sheet().catch(() => null) : null;
    this.printing.setDefault(sheet);
  }

  /** @param {HTMLElement} panel */
  #updatePanel({ dataset }) {
    FILLED[String(dataset.panel)].forEach((part) => this.update(part));
  }

  async #updateLosses() {
    const { document } = await this.ask({ do: "losses", record: this.open.record });
    this.show(document, "losses", "h3");
  }

  /** @param {string} name of a field */
  #onInput(name) {
    const saving = debounce(() => this.#save(name, TYPED[name]));
    findField(this.root, name).addEventListener("input", saving.call);
    return saving;
  }

  /** Save only this field's part of the client: another tab may have changed another part.
   * @param {string} name @param {string} [part] to update after that */
  async #save(name, part) {
    const value = fieldValue(findField(this.root, name));
    const saved = this.open.edit((record, at) => withPart(record, name, value, at));
    if (FIGURES.includes(name)) {
      this.checkFigures();
    }
    await saved;
    if (part) {
      this.update(part);
    }
  }

  #showProblems() {
    const all = new Set([...this.#problems.values()].flat());
    setSlot(this.root, "panels-problems", [...all].join("\n"));
  }
}
