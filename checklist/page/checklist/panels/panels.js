/**
 * What comes after the verdict: letters, the next meeting, losses, history, ways to share. Each panel
 * asks Python when it is opened and again when the answers change; closed ones ask for nothing.
 *
 * @typedef {import("../../ui/documents.js").Document} Document
 * @typedef {{ root: HTMLElement, says: Record<string, string>,
 *   open: ReturnType<import("../open-client.js").createOpenClient>,
 *   printing: ReturnType<import("../../ui/printing.js").createPrinting>,
 *   undoBar: ReturnType<import("../../ui/undo-bar.js").createUndoBar>,
 *   ask(request: { do: string } & Record<string, unknown>): Promise<any>,
 *   show(shown: Document, name: string): void, renew(panel: string): Promise<void>,
 *   onPress(action: string, run: () => void): void }} Panels what each panel is given: `ask` rejects
 *   where there is no answer to show, `show` fills the place of that name, `renew` asks again
 */
import { withPart } from "../../client/record.js";
import { showDocument } from "../../ui/documents.js";
import { debounce, find, findInput, setText, fieldValue } from "../../ui/dom.js";
import { createAgenda } from "./agenda.js";
import { createHistory } from "./history.js";
import { createLetters } from "./letters.js";
import { createLosses, FIGURES } from "./losses.js";
import { createSharing } from "./sharing.js";

const REFRESH_AFTER_MS = 150;
const TYPING_MS = 400;

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

/** What is chosen from a list. @type {typeof TYPED} */
const CHOSEN = { decision: "history", went: "history" };

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Panels["open"]} options.open
 * @param {ReturnType<import("../../python/python.js").createPython>} options.python
 * @param {Panels["printing"]} options.printing
 * @param {Panels["undoBar"]} options.undoBar
 * @param {Record<string, any>} options.settings
 */
export function createPanels(root, { open, python, printing, undoBar, settings }) {
  const { article, texts } = settings;
  const { says } = texts;
  /** @type {Map<string, string[]>} what is wrong, by what was asked */
  const problems = new Map();

  /** @type {Panels} */
  const panels = {
    root,
    says,
    open,
    printing,
    undoBar,

    async ask(request) {
      const response = await python.ask(request);
      problems.set(request.do, response.problems ?? []);
      showProblems();
      if (response.problems) {
        throw new Error(response.problems.join("\n"));
      }
      return response;
    },

    show(shown, name) {
      const target = find(root, `[data-document="${name}"]`);
      showDocument(target, shown, { article, differs: says.differs, heading: "h4" });
    },

    async renew(panel) {
      if (!python.isReady) {
        return;
      }
      try {
        await shows[panel]();
      } catch (error) {
        console.warn("checklist:", panel, error);
      }
    },

    onPress(action, run) {
      find(root, `[data-action="${action}"]`).addEventListener("click", run);
    },
  };

  const letters = createLetters(panels);
  const losses = createLosses(panels);
  const sharing = createSharing(panels);
  /** @type {Record<string, () => Promise<void>>} */
  const shows = {
    letters: letters.show,
    agenda: createAgenda(panels),
    losses: losses.show,
    history: createHistory(panels),
    share: sharing.show,
  };
  const elements = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    root.querySelectorAll("details[data-panel]")
  );
  for (const panel of elements) {
    panel.addEventListener("toggle", () => panel.open && panels.renew(nameOf(panel)));
  }
  const typed = Object.keys(TYPED).map((name) => {
    const keeping = debounce(() => keep(name, TYPED[name]), TYPING_MS);
    findInput(root, `[data-field="${name}"]`).addEventListener("input", keeping.call);
    return keeping;
  });
  for (const [name, panel] of Object.entries(CHOSEN)) {
    const field = findInput(root, `[data-field="${name}"]`);
    field.addEventListener("change", () => keep(name, panel));
  }

  /** Keep a field's part of the client alone, so that another tab's change of another part stays.
   * @param {string} name @param {string} [panel] that shows it too */
  async function keep(name, panel) {
    const value = fieldValue(findInput(root, `[data-field="${name}"]`));
    const saved = open.edit((there, at) => withPart(there, name, value, at));
    if (FIGURES.includes(name)) {
      losses.checkFigures();
    }
    await saved;
    if (panel) {
      panels.renew(panel);
    }
  }

  function showProblems() {
    const all = new Set([...problems.values()].flat());
    setText(find(root, '[data-slot="panels-problems"]'), [...all].join("\n"));
  }

  const refresh = debounce(async () => {
    [...elements].filter((panel) => panel.open).forEach((panel) => panels.renew(nameOf(panel)));
    printing.setDefault(python.isReady ? await sharing.sheet().catch(() => null) : null);
  }, REFRESH_AFTER_MS);

  return {
    /** Ask again for what is open, once the visitor pauses. */
    refresh: refresh.call,

    /** Mark what is wrong with the figures that were just put on the page. */
    checkFigures: losses.checkFigures,

    /** Another client is open: what was made for the one before goes. */
    startAnew() {
      problems.clear();
      showProblems();
      printing.setDefault(null);
      root.querySelectorAll("[data-document]").forEach((one) => one.replaceChildren());
      letters.startAnew();
    },

    /** What was typed a moment ago and is not saved yet. */
    typed: [letters.typed, ...typed],
  };
}

/** @param {HTMLElement} panel */
function nameOf({ dataset }) {
  return String(dataset.panel);
}
