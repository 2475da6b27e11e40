/**
 * An inline script after the form. It connects the answers in the result bar to the form. Before the
 * first paint it shows the answers of the client that was open last, and their verdict from the
 * table. Until `main.js` runs it updates the verdict. Until `main.js` has opened a client it saves
 * the visitor's input in the journal, for the next page load.
 */
import { namesClient } from "../client/address.js";
import { questionsOf, write } from "../checklist/form.js";
import { earlyStart } from "../python/early-start.js";
import { find, fieldValue } from "../ui/dom.js";
import { readSettings } from "../ui/settings.js";
import {
  blank,
  localTime,
  newId,
  PARTS,
  withContext,
  withId,
  withNote,
  withPart,
} from "../client/record.js";
import { partsOf, ticksOf, withTicks } from "../client/ticks.js";
import { questionIn, showCount, showNext } from "../checklist/next-question.js";
import { showTable } from "../checklist/result.js";
import { RULES } from "../checklist/rules-version.js";
import { difference } from "../store/changes.js";
import { Journal } from "../store/journal.js";
import { createTable } from "../checklist/verdict-table.js";
import { validateRecord } from "../client/validate.js";

const pythonStart = earlyStart();
/** @type {import("../ui/settings.js").ChecklistSettings} */
const settings = readSettings();
const { rules } = settings;
const table = createTable(settings.table, RULES);
const journal = new Journal(settings.path);
const page = newId();
const isClientInAddress = namesClient(location.hash);
const id = isClientInAddress ? null : (history.state?.client ?? null);
const stored = isClientInAddress ? null : journal.snapshot(id);
const result = find(document.body, "#checklist-result");
let revision = 0;
result.addEventListener("click", ({ target }) => {
  const { answer } = /** @type {HTMLElement} */ (target).dataset;
  const { nextFact } = find(result, "[data-next-fact]").dataset;
  if (answer) {
    find(document.body, `input[name="${nextFact}"][value="${answer}"]`).click();
  }
});
if (table) {
  const { isValid } = validateRecord(JSON.stringify(stored), rules, table.accepts);
  const record = stored && isValid ? stored : withId(blank(rules), id ?? stored?.id);

  const showVerdict = () => {
    const { isKeepingInput, isAwaited, ticks: early } = pythonStart;
    if (isKeepingInput && isAwaited && (isValid || Object.keys(early).length > 0)) {
      const all = { ...(isValid ? ticksOf(record) : {}), ...early };
      write(questionsOf(document.body), all);
      const { answers } = partsOf(all);
      const found = table.lookUp(answers);
      showTable(result, found);
      showCount(result, document.body, answers, settings.texts.messages.considered);
      const next = found.ask_next.find((fact) => !(fact in all));
      if (next) {
        showNext(result, questionIn(document.body, next));
      }
    }
  };
  showVerdict();
  addEventListener("click", showVerdict);
  addEventListener("change", showVerdict);

  const saveInput = () => {
    if (!pythonStart.isKeepingInput) {
      return;
    }
    const at = localTime(new Date());
    // main.js may have created another blank client.
    const before = withId(record, isClientInAddress ? undefined : history.state?.client);
    let after = withTicks(before, pythonStart.ticks, at);
    for (const element of document.querySelectorAll("[data-early]")) {
      const field = /** @type {HTMLInputElement} */ (element);
      const { dataset, value, checked } = field;
      if (dataset.note) {
        after = withNote(after, dataset.note, value, at);
      } else if (dataset.field && dataset.field in PARTS) {
        after = withPart(after, dataset.field, fieldValue(field), at);
      } else if (dataset.context) {
        after = withContext(after, dataset.context, checked, at);
      }
    }
    if (after !== before) {
      revision += 1;
      const change = difference(before, after);
      const operation = { id: after.id, page, revision, at: Date.now(), epoch: null, rules };
      journal.write(page, {
        at: operation.at,
        record: after,
        pending: [{ ...operation, change }],
      });
    }
  };
  addEventListener("pagehide", saveInput);
  addEventListener("visibilitychange", saveInput); // a hidden tab on a phone may get no `pagehide`
}
