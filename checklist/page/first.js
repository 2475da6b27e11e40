/**
 * Stands in the page itself, after the form: the client that was open last is ticked, and the
 * table's verdict shown, before the browser paints for the first time. Until `main.js` is there to
 * do all else, the verdict follows what is ticked.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { questionsOf, write } from "./form.js";
import { oldCase, snapshot } from "./memo.js";
import { find, readSettings } from "./page.js";
import { showTable } from "./result.js";
import { RULES } from "./rules.js";
import { createTable } from "./table.js";
import { understand } from "./understand.js";

const NAMES_A_CLIENT = /^#c(ase)?=/;

/** @type {import("./early.js").PythonStart} */
const pythonStart = /** @type {any} */ (globalThis).pythonStart;
const settings = readSettings();
const table = createTable(settings.table, RULES);
const saved = NAMES_A_CLIENT.test(location.hash) || oldCase() !== null ? null : snapshot();
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
}
