/**
 * An inline script of the home page: it shows the client that the visitor left, with the verdict and
 * the next question, or with the reasons to stop. The client is the snapshot in the journal,
 * which is read before the first paint. The table of verdicts, the questions and the reasons are
 * those of the checklist's page, which is fetched only if there is a client. Their place is reserved,
 * so nothing moves when they are there.
 */
import { reasonsToStop } from "../checklist/reasons-to-stop.js";
import { RULES } from "../checklist/rules-version.js";
import { createTable } from "../checklist/verdict-table.js";
import { hasContent, nameOf } from "../client/record.js";
import { partsOf, ticksOf } from "../client/ticks.js";
import { validateRecord } from "../client/validate.js";
import { Journal } from "../store/journal.js";
import { find } from "../ui/dom.js";
import { findBlock, setSlot } from "../ui/parts.js";

const block = findBlock(document.body, "last-client");
const checklist = /** @type {HTMLAnchorElement} */ (find(block, "a")).href;
const { root = "", unnamed = "", open = "", next = "", stop = "" } = block.dataset;
const journal = new Journal(new URL(root, document.baseURI).pathname);

showClient();
addEventListener("pageshow", ({ persisted }) => persisted && showClient());

async function showClient() {
  const record = journal.snapshot(null);
  block.hidden = true;
  if (!record || !hasContent(record)) {
    return;
  }
  block.hidden = false;
  setSlot(block, "name", nameOf(record, unnamed));
  ["verdict", "next"].forEach((slot) => setSlot(block, slot, "")); // another client's, after Back
  try {
    showVerdict(record, await fetchChecklist());
  } catch {
    // The link leads on without the verdict.
  }
}

async function fetchChecklist() {
  const response = await fetch(checklist, { priority: "low" });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** @param {import("../client/record.js").ClientRecord} record @param {Document} page with the
 * checklist */
function showVerdict(record, page) {
  const { table: rows, rules } = JSON.parse(find(page, "#checklist-settings").textContent ?? "");
  const table = createTable(rows, RULES);
  const { answers, isValid } = validateRecord(
    JSON.stringify(record),
    rules,
    table?.accepts ?? (() => false),
  );
  if (!table || !isValid) {
    return; // Python reads it on the checklist's page
  }
  const reasons = reasonsToStop(page, partsOf(ticksOf(record)));
  if (reasons.length > 0) {
    find(block, '[data-slot="verdict"]').dataset.verdict = "stop";
    setSlot(block, "verdict", stop);
    setSlot(block, "next", reasons.map(({ text }) => text).join(". "));
    return;
  }
  const { state, possible, title, next: advice, ask_next } = table.lookUp(answers);
  const fact = ask_next.find((one) => !(one in answers)) ?? ask_next[0]; // or one put aside
  const question = fact && find(page, `[data-fact="${fact}"] legend`).textContent;
  const isSettled = possible.length === 1;
  find(block, '[data-slot="verdict"]').dataset.verdict = isSettled ? state : "open";
  setSlot(block, "verdict", isSettled ? title : open);
  setSlot(block, "next", question ? `${next} ${question.trim()}` : advice);
}
