/**
 * Stands in the page itself, after the form: the client that was open last is ticked, and the
 * table's verdict shown, before the browser paints for the first time. Until `main.js` is there to
 * do all else, the verdict follows what is ticked. Until it has opened a client, and should that
 * never come, what was ticked and written is kept for when the page is loaded again.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 */
import { namesClient } from "../client/address.js";
import { questionsOf, write } from "../checklist/form.js";
import { earlyStart } from "../python/early-start.js";
import { find, readSettings, fieldValue } from "../ui/dom.js";
import {
  blank,
  localTime,
  newId,
  PARTS,
  withAnswers,
  withContext,
  withId,
  withNote,
  withPart,
} from "../client/record.js";
import { showTable } from "../checklist/result.js";
import { RULES } from "../checklist/rules-version.js";
import { difference } from "../store/changes.js";
import { createJournal } from "../store/journal.js";
import { createTable } from "../checklist/verdict-table.js";
import { validateRecord } from "../client/validate.js";

const pythonStart = earlyStart();
const settings = readSettings();
const { rules } = settings;
const table = createTable(settings.table, RULES);
const journal = createJournal(settings.path);
const page = newId();
const isNamed = namesClient(location.hash);
const id = isNamed ? null : (history.state?.client ?? null);
const shown = isNamed ? null : journal.shown(id);
let revision = 0;
if (table) {
  const { answers, isValid } = validateRecord(JSON.stringify(shown), rules, table.accepts);
  const before = shown && isValid ? shown : withId(blank(rules), id ?? shown?.id);

  const show = () => {
    const { ticked, isAwaited } = pythonStart;
    if (ticked && isAwaited && (isValid || Object.keys(ticked).length > 0)) {
      const all = { ...(isValid ? answers : {}), .../** @type {Answers} */ (ticked) };
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
    const at = localTime(new Date());
    // main.js may have begun with another blank client meanwhile.
    const base = withId(before, isNamed ? undefined : history.state?.client);
    let record = withAnswers(base, ticked, at);
    for (const element of document.querySelectorAll("[data-early]")) {
      const field = /** @type {HTMLInputElement} */ (element);
      const { dataset, value, checked } = field;
      if (dataset.note) {
        record = withNote(record, dataset.note, value, at);
      } else if (dataset.field && dataset.field in PARTS) {
        record = withPart(record, dataset.field, fieldValue(field), at);
      } else if (dataset.context) {
        record = withContext(record, dataset.context, checked, at);
      }
    }
    if (record !== base) {
      revision += 1;
      const change = difference(base, record);
      const made = { id: record.id, page, revision, at: Date.now(), epoch: null, rules };
      journal.write(page, {
        at: made.at,
        record,
        pending: [{ ...made, change }],
      });
    }
  };
  addEventListener("pagehide", keep);
  addEventListener("visibilitychange", keep); // the last word of a tab that a phone puts to sleep
}
