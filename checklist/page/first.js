/**
 * Stands in the page itself, after the form: the client that was open last is ticked, and the
 * table's verdict shown, before the browser paints for the first time. Until `main.js` is there to
 * do all else, the verdict follows what is ticked; and should it never come, what was ticked is
 * there when the page is loaded again.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { questionsOf, write } from "./form.js";
import { keepSnapshot, oldCase, openId, rememberOpen, snapshot } from "./memo.js";
import { find, readSettings } from "./page.js";
import { blank, localTime, withAnswers } from "./record.js";
import { showTable } from "./result.js";
import { RULES } from "./rules.js";
import { createTable } from "./table.js";
import { understand } from "./understand.js";

const NAMES_A_CLIENT = /^#c(ase)?=/;

/** @type {import("./early.js").PythonStart} */
const pythonStart = /** @type {any} */ (globalThis).pythonStart;
const settings = readSettings();
const table = createTable(settings.table, RULES);
const isOpen = !NAMES_A_CLIENT.test(location.hash) && oldCase() === null;
const saved = isOpen ? snapshot() : null;
if (table) {
  const record = JSON.stringify(saved?.record ?? null);
  const { answers, whole } = understand(record, settings.rules, table.accepts);

  const show = () => {
    const { ticked } = pythonStart;
    if (ticked && (whole || Object.keys(ticked).length > 0)) {
      const all = { ...(whole ? answers : {}), .../** @type {Answers} */ (ticked) };
      write(questionsOf(document.body), all);
      showTable(find(document.body, "#checklist-result"), table.look(all));
    }
  };
  show();
  addEventListener("click", show);
  addEventListener("change", show);

  const keep = () => {
    const ticked = /** @type {Answers | null} */ (pythonStart.ticked);
    if (ticked && Object.keys(ticked).length > 0) {
      const base = whole && saved?.record ? saved.record : unticked();
      rememberOpen(base.id);
      keepSnapshot(withAnswers(base, ticked, localTime(new Date())), base);
    }
  };
  addEventListener("pagehide", keep);
  addEventListener("visibilitychange", keep); // the last word of a tab that a phone puts to sleep
}

/** The open client where nothing of it is known here, else a new one. */
function unticked() {
  const record = blank(settings.rules);
  const id = isOpen && !saved ? openId() : null;
  return id === null ? record : { ...record, id };
}
