/**
 * Stands in the page itself, after the form: the client that was open last is ticked, and the
 * table's verdict shown, before the browser paints for the first time. All else is for `main.js`.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { questionsOf, write } from "./form.js";
import { oldCase, snapshot } from "./memo.js";
import { find, readSettings } from "./page.js";
import { showHeadline } from "./result.js";
import { RULES } from "./rules.js";
import { createTable } from "./table.js";
import { understand } from "./understand.js";

const NAMES_A_CLIENT = /^#c(ase)?=/;

const settings = readSettings();
const table = createTable(settings.table, RULES);
const saved = NAMES_A_CLIENT.test(location.hash) || oldCase() !== null ? null : snapshot();
if (table && saved) {
  const { answers, whole } = understand(
    JSON.stringify(saved.record ?? null),
    settings.rules,
    table.accepts,
  );
  if (whole) {
    write(questionsOf(document.body), answers);
    showHeadline(find(document.body, "#checklist-result"), table.look(answers));
  }
}
