/**
 * What comes after the verdict: letters, the next meeting, losses, history, ways out. Each panel
 * asks Python when it is opened and again when the answers change; closed ones ask for nothing.
 *
 * @typedef {import("../ui/documents.js").Document} Document
 */
import { showDocument } from "../ui/documents.js";
import {
  copyText,
  debounce,
  download,
  fileName,
  find,
  findInput,
  setText,
  fieldValue,
} from "../ui/dom.js";
import { withLetter, withMeeting, withPart } from "../client/record.js";
import { announce, clearAnnouncements, liveRegionOf } from "../ui/announce.js";

const REFRESH_AFTER_MS = 150;
const TYPING_MS = 400;
const LINE = 90;
const FIGURES = ["hours", "weeks", "rate"];
/** @type {Record<string, string | undefined>} the panel that shows what is typed in a field */
const TYPED = {
  greet: "letters",
  better: "letters",
  staying: undefined,
  hours: "losses",
  weeks: "losses",
  rate: "losses",
  "outcome-words": "history",
};
const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {ReturnType<import("./open-client.js").createOpenClient>} options.open
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {ReturnType<import("../ui/printing.js").createPrinting>} options.printing
 * @param {ReturnType<import("../ui/undo-bar.js").createUndoBar>} options.undoBar
 * @param {Record<string, any>} options.settings
 */
export function createPanels(root, { open, python, printing, undoBar, settings }) {
  const { article, texts } = settings;
  const voice = liveRegionOf(root);
  /** @type {Map<string, string[]>} what is wrong, by what was asked */
  const problems = new Map();
  /** @type {Record<string, HTMLDetailsElement>} */
  const panels = {};
  for (const element of root.querySelectorAll("details[data-panel]")) {
    const panel = /** @type {HTMLDetailsElement} */ (element);
    panels[String(panel.dataset.panel)] = panel;
    panel.addEventListener("toggle", () => panel.open && refreshOne(String(panel.dataset.panel)));
  }
  /** @type {Record<string, () => Promise<void>>} */
  const shows = {
    letters: showLetter,
    agenda: showAgenda,
    losses: showLosses,
    history: showHistory,
    share: showLink,
  };
  const refresh = debounce(() => {
    Object.keys(panels).forEach((name) => panels[name].open && refreshOne(name));
    keepSheet();
  }, REFRESH_AFTER_MS);

  /** @param {string} name */
  async function refreshOne(name) {
    if (!python.isReady) {
      return;
    }
    try {
      await shows[name]();
    } catch (error) {
      console.warn("checklist:", name, error);
    }
  }

  /**
   * @param {{ do: string } & Record<string, unknown>} request
   * @returns {Promise<any>} rejects where there is no answer to show
   */
  async function ask(request) {
    const said = await python.ask(request);
    problems.set(request.do, said.problems ?? []);
    showProblems();
    if (said.problems) {
      throw new Error(said.problems.join("\n"));
    }
    return said;
  }

  function showProblems() {
    const all = new Set([...problems.values()].flat());
    setText(find(root, '[data-slot="panels-problems"]'), [...all].join("\n"));
  }

  /** @param {Document} shown @param {HTMLElement} target */
  function show(shown, target) {
    showDocument(target, shown, { article, differs: texts.says.differs, heading: "h4" });
  }

  // Letters

  const letter = /** @type {HTMLTextAreaElement} */ (find(root, '[data-field="letter"]'));
  /** @type {string} what Python wrote last */
  let written = "";
  /** What the letter that stands there is: which of them, and in which language. */
  let standing = { kind: "", in: "" };

  async function showLetter() {
    const kindField = findInput(root, '[data-field="kind"]');
    const request = { do: "letter", record: open.record, kind: kindField.value, ...wishes() };
    const { text, none, fitting } = await ask(request);
    if (kindField.dataset.chosen !== "true" && fitting !== kindField.value) {
      kindField.value = fitting;
      return showLetter();
    }
    const edited = letter.value !== written && letter.value !== "";
    const stale = edited && text !== written;
    const warning = find(root, '[data-block="letter-stale"]');
    if (stale && warning.hidden) {
      announce(voice, warning.textContent);
    }
    warning.hidden = !stale;
    if (!edited) {
      write(text);
      standing = { kind: request.kind, in: request.in };
    }
    setText(find(root, '[data-slot="letter-none"]'), none);
    find(root, '[data-block="letter"]').hidden = text === "" && letter.value === "";
    letter.lang = request.in;
  }

  /** @param {string} text */
  function write(text) {
    written = text;
    letter.value = text;
    letter.rows = Math.min(
      24,
      text.split("\n").reduce((n, line) => n + Math.ceil((line.length + 1) / LINE), 1),
    );
    clearAnnouncements(find(root, '[data-slot="copied"]'));
  }

  function wishes() {
    /** @param {string} name */
    const value = (name) => findInput(root, `[data-field="${name}"]`).value;
    return {
      in: value("letter-lang"),
      options: { greet: value("greet"), better: value("better"), sign: value("sign") },
    };
  }

  /** What the visitor has made of the letter is kept with the client. */
  async function keepDraft() {
    const kind = findInput(root, '[data-field="kind"]').value;
    const draft = { kind, in: wishes().in, text: letter.value };
    await open.edit((there, at) => withLetter(there, draft, at));
  }

  /** Write the letter anew; the visitor's own version can be brought back. */
  async function rewrite() {
    const own = letter.value;
    if (own && own !== written) {
      const was = standing;
      const undo = () => {
        chooseLetter(was);
        standing = was;
        letter.value = own;
        keepDraft();
        refreshOne("letters");
      };
      undoBar.offer(texts.says.letter_replaced, undo, () => letter);
    }
    typedLetter.cancel();
    if (open.record.letter?.text) {
      open.edit((there, at) => withLetter(there, { kind: "", in: "", text: "" }, at));
    }
    write("");
    await refreshOne("letters");
  }

  const typedLetter = debounce(keepDraft, TYPING_MS);
  letter.addEventListener("input", typedLetter.call);

  for (const name of ["letter-lang", "sign"]) {
    const typed = debounce(() => refreshOne("letters"), TYPING_MS);
    findInput(root, `[data-field="${name}"]`).addEventListener("input", typed.call);
  }
  findInput(root, '[data-field="kind"]').addEventListener("change", (event) => {
    /** @type {HTMLElement} */ (event.target).dataset.chosen = "true";
    rewrite();
  });
  press("rewrite", rewrite);
  press("copy-letter", async () => {
    const done = await copyText(letter);
    announce(find(root, '[data-slot="copied"]'), done ? texts.says.copied : texts.says.not_copied);
  });

  // The next meeting

  async function agenda() {
    const { value } = findInput(root, '[data-field="agenda-lang"]');
    const answer = await ask({ do: "agenda", record: open.record, in: value });
    find(root, '[data-document="agenda"]').lang = value;
    return /** @type {Document} */ (answer.document);
  }

  async function showAgenda() {
    show(await agenda(), find(root, '[data-document="agenda"]'));
  }

  findInput(root, '[data-field="agenda-lang"]').addEventListener("change", () => {
    refreshOne("agenda");
  });
  press("print-agenda", async () => printing.print(await agenda()));

  // Losses, and going on anyway

  const figures = FIGURES.map((name) => findInput(root, `[data-field="${name}"]`));

  async function showLosses() {
    const { document: shown } = await ask({ do: "losses", record: open.record });
    show(shown, find(root, '[data-document="losses"]'));
    const { text } = await ask({ do: "estimate", figures: open.record.estimate ?? {} });
    if (areRight()) {
      setText(estimate, text);
    }
  }

  /** Mark the figures that are none; the line of the sum says what is wrong with them. */
  function areRight() {
    const wrong = figures.filter(({ validity }) => !validity.valid);
    for (const field of figures) {
      for (const [name, value] of [
        ["aria-invalid", "true"],
        ["aria-describedby", estimate.id],
      ]) {
        if (wrong.includes(field)) {
          field.setAttribute(name, value);
        } else {
          field.removeAttribute(name);
        }
      }
    }
    if (wrong.length > 0) {
      setText(estimate, texts.says.not_a_figure);
    }
    return wrong.length === 0;
  }

  const estimate = find(root, '[data-slot="estimate"]');

  // History

  async function showHistory() {
    const { document: shown } = await ask({ do: "history", record: open.record });
    show(shown, find(root, '[data-document="history"]'));
  }

  press("add-meeting", async () => {
    const field = findInput(root, '[data-field="meeting"]');
    const { value } = field;
    await open.edit((there, at) => withMeeting(there, value, at));
    field.value = "";
    announce(voice, texts.says.meeting_added);
    refreshOne("history");
  });

  // Ways out

  const link = findInput(root, '[data-field="link"]');

  async function showLink() {
    const [name, notes] = ["link-name", "link-notes"].map(
      (field) => findInput(root, `[data-field="${field}"]`).checked,
    );
    const { payload } = await ask({ do: "link", record: open.record, name, notes });
    link.value = `${location.origin}${location.pathname}#c=${payload}`;
    clearAnnouncements(find(root, '[data-slot="link-copied"]'));
  }

  for (const field of ["link-name", "link-notes"]) {
    findInput(root, `[data-field="${field}"]`).addEventListener("change", () => {
      refreshOne("share");
    });
  }
  press("copy-link", async () => {
    const done = await copyText(link);
    const said = done ? texts.says.copied : texts.says.not_copied;
    announce(find(root, '[data-slot="link-copied"]'), said);
  });
  for (const kind of /** @type {const} */ (["json", "csv", "md"])) {
    press(`save-${kind}`, async () => {
      const request = { do: "export", records: [open.record], as: kind, one: true };
      const { text } = await ask(request);
      download(text, fileName(kind), TYPES[kind]);
    });
  }
  press("print-sheet", async () => printing.print(await sheet()));

  async function sheet() {
    const answer = await ask({ do: "sheet", record: open.record });
    return /** @type {Document} */ (answer.document);
  }

  async function keepSheet() {
    printing.setDefault(python.isReady ? await sheet().catch(() => null) : null);
  }

  /** Keep a field's part of the client alone, so that another tab's change of another part stays.
   * @param {string} name @param {string} [panel] that shows it too */
  async function keep(name, panel) {
    const value = fieldValue(findInput(root, `[data-field="${name}"]`));
    const saved = open.edit((there, at) => withPart(there, name, value, at));
    if (FIGURES.includes(name)) {
      areRight();
    }
    await saved;
    if (panel) {
      refreshOne(panel);
    }
  }

  const typedFields = Object.entries(TYPED).map(([name, panel]) => {
    const typed = debounce(() => keep(name, panel), TYPING_MS);
    findInput(root, `[data-field="${name}"]`).addEventListener("input", typed.call);
    return typed;
  });
  for (const name of ["decision", "went"]) {
    findInput(root, `[data-field="${name}"]`).addEventListener("change", () =>
      keep(name, "history"),
    );
  }

  /** @param {string} action @param {() => void} run */
  function press(action, run) {
    find(root, `[data-action="${action}"]`).addEventListener("click", run);
  }

  return {
    /** Ask again for what is open, once the visitor pauses. */
    refresh: refresh.call,

    /** Mark what is wrong with the figures that were just put on the page. */
    checkFigures: areRight,

    /** The letter of the client before goes; this one's own, where there is one, is on the page. */
    startAnew() {
      const kind = findInput(root, '[data-field="kind"]');
      const draft = open.record.letter;
      problems.clear();
      showProblems();
      printing.setDefault(null);
      root.querySelectorAll("[data-document]").forEach((one) => one.replaceChildren());
      delete kind.dataset.chosen;
      if (typeof draft?.text === "string") {
        written = "";
        kind.dataset.chosen = "true";
        standing = { kind: draft.kind ?? "", in: draft.in ?? "" };
      } else {
        write("");
      }
    },

    /** What was typed a moment ago and is not saved yet. */
    typed: [typedLetter, ...typedFields],
  };

  /** @param {{ kind: string, in: string }} which */
  function chooseLetter(which) {
    choose(findInput(root, '[data-field="kind"]'), which.kind);
    choose(findInput(root, '[data-field="letter-lang"]'), which.in);
  }

  /** A record may name what is not on offer; then the field stays as it is.
   * @param {HTMLElement} field @param {string} value */
  function choose(field, value) {
    const select = /** @type {HTMLSelectElement} */ (field);
    if ([...select.options].some((option) => option.value === value)) {
      select.value = value;
    }
  }
}
