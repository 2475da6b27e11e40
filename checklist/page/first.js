/**
 * Stands in the page itself, after the form: the client that was open last is ticked, and the
 * table's verdict shown, before the browser paints for the first time. Until `main.js` is there to
 * do all else, the verdict follows what is ticked. Until it has opened a client, and should that
 * never come, what was ticked and written is kept for when the page is loaded again.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { contextOf, questionsOf, write } from "./form.js";
import * as memo from "./memo.js";
import { find, readSettings } from "./page.js";
import { blank, localTime, withAnswers, withField, withNote } from "./record.js";
import { showTable } from "./result.js";
import { RULES } from "./rules.js";
import { createTable } from "./table.js";
import { understand } from "./understand.js";

const NAMES_A_CLIENT = /^#c(ase)?=/;

/** @type {import("./early.js").PythonStart} */
const pythonStart = /** @type {any} */ (globalThis).pythonStart;
const settings = readSettings();
const table = createTable(settings.table, RULES);
const isOpen = !NAMES_A_CLIENT.test(location.hash) && memo.oldCase() === null;
const saved = isOpen ? memo.snapshot() : null;
if (table) {
  const { answers, whole } = understand(JSON.stringify(saved), settings.rules, table.accepts);

  const show = () => {
    const { ticked, isAwaited } = pythonStart;
    if (ticked && isAwaited && (whole || Object.keys(ticked).length > 0)) {
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
    if (!ticked) {
      return;
    }
    const base = whole && saved ? saved : unticked();
    const at = localTime(new Date());
    let record = withAnswers(base, ticked, at);
    for (const element of document.querySelectorAll("[data-early]")) {
      const { dataset, value } = /** @type {HTMLInputElement} */ (element);
      if (dataset.note) {
        record = withNote(record, dataset.note, value, at);
      } else if (dataset.field === "name") {
        record = withField(record, "name", value, at);
      } else if (dataset.context) {
        record = withField(record, "context", contextOf(document.body), at);
      }
    }
    if (record !== base) {
      const before = memo.unsaved().get(base.id) ?? { saved: base };
      memo.rememberOpen(base.id);
      memo.keepSnapshot(record);
      memo.keepUnsaved(new Map([[base.id, { record, saved: before.saved }]]));
    }
  };
  addEventListener("pagehide", keep);
  addEventListener("visibilitychange", keep); // the last word of a tab that a phone puts to sleep
}

/** The open client where nothing of it is known here, else a new one. */
function unticked() {
  const record = blank(settings.rules);
  const id = isOpen && !saved ? memo.openId() : null;
  return id === null ? record : { ...record, id };
}
