/**
 * The entry point of the checklist page: the form, the client it is about, and Python, which scores
 * and explains.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 */
import { nameOf } from "../client/record.js";
import { earlyStart } from "../python/early-start.js";
import { createPython } from "../python/python.js";
import { Store } from "../store/store.js";
import { announce, liveRegionOf } from "../ui/announce.js";
import { find, readSettings, setText } from "../ui/dom.js";
import { focusOn } from "../ui/focus.js";
import { createPrinting } from "../ui/printing.js";
import { createUndoBar } from "../ui/undo-bar.js";
import { setUpBottomSheet } from "./bottom-sheet.js";
import { createClientFields } from "./client-fields.js";
import { createSwitcher } from "./client-switcher.js";
import { createForm } from "./form.js";
import { createOpenClient } from "./open-client.js";
import { createOpening } from "./opening.js";
import { createPanels } from "./panels/panels.js";
import { renderFields } from "./render.js";
import { createResultView } from "./result.js";
import { RULES } from "./rules-version.js";
import { createSavedLine } from "./saved-line.js";
import { createScoring } from "./scoring.js";
import { createUnreadNotice } from "./unread-notice.js";
import { createTable } from "./verdict-table.js";

const settings = readSettings();
const { rules, texts, lang } = settings;
const root = find(document.body, "[data-checklist]");
const resultRoot = find(root, "#checklist-result");

const store = new Store(settings.path);
const savedLine = createSavedLine(root, { store, storage: texts.storage, lang });
const undoBar = createUndoBar(root, texts.says);
const liveRegion = liveRegionOf(root);
const result = createResultView(resultRoot, settings.article);
const table = createTable(settings.table, RULES);
const printing = createPrinting(root, settings.article, texts.says.differs);
const form = createForm(root, onTick);
const open = createOpenClient({
  store,
  rules,
  onSaved: showSaved,
  onElsewhere,
  onDeleted: () => forget(texts.says.deleted_elsewhere),
});
const python = createPython({ settings, root: resultRoot, onStatus });
const unread = createUnreadNotice(root, {
  store,
  python,
  undoBar,
  texts,
  hasAnswers: () => Object.keys(open.record.answers).length > 0,
});
const { scoreLatest, showMeanwhile } = createScoring({
  python,
  table,
  result,
  form,
  load: texts.load,
  given,
  isBorrowed: () => open.isBorrowed,
  isWaiting: () => !opening.isLinkRead && Object.keys(given()).length === 0,
  onScored() {
    panels.refresh();
  },
});
const panels = createPanels(root, { open, python, printing, undoBar, settings });
const opening = createOpening(root, {
  store,
  python,
  open,
  unread,
  settings,
  accepts: form.accepts,
  beforeAnother: flush,
  onOpened() {
    undoBar.close();
    showRecord(true);
    panels.startAnew();
    showSaved();
  },
  onLinkRead: scoreLatest,
});

/** @type {import("../python/python.js").EngineStatus} */
let lastStatus = "idle";

store.subscribe((ids) => (ids === null ? forget(texts.says.wiped_elsewhere) : listClients()));
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("hashchange", opening.openFromAddress);
addEventListener("visibilitychange", () => {
  flush();
  if (!document.hidden) {
    open.follow(); // for browsers in which tabs do not hear each other
  }
});
addEventListener("pagehide", () => {
  if (!pythonStart.ticked) {
    store.saveSnapshot(); // first-paint.js has left what was ticked before the client was open
  }
});
on("start-over", startOver);
on("undo", () => stepBackOrForth(open.undo));
on("redo", () => stepBackOrForth(open.redo));
on("new-case", startNew);
on("retry", () => {
  focusOn(find(resultRoot, "#result-heading")); // the button goes
  python.retry();
});
on("keep-borrowed", opening.keepBorrowed);
on("leave-borrowed", () => opening.leaveBorrowed().then(showSaved));
setUpBottomSheet(resultRoot);

const switcher = createSwitcher(root, {
  open(id) {
    takeEarly();
    opening.openById(id);
  },
  lang,
});
const fields = createClientFields(root, {
  open,
  onChanged: panels.refresh,
  onNamed: (name) => switcher.rename(open.record.id, name || texts.says.this_client),
});
const typedFields = [...fields.typed, ...panels.typed];
root.addEventListener("focusout", () => {
  flush();
  renderFields(root, open.record, false); // what another tab wrote while the visitor stood there
});

const pythonStart = earlyStart();

python.start();
const opened = opening.openFirst().finally(takeEarly);
opened.then(unread.showSetAside).then(showSaved);

/** @param {string} action @param {(button: HTMLElement) => void} run */
function on(action, run) {
  const button = find(root, `[data-action="${action}"]`);
  button.addEventListener("click", () => run(button));
}

/** What was ticked and written before a client was open is the client's now. */
function takeEarly() {
  const ticked = Object.entries(/** @type {Answers} */ (pythonStart.ticked ?? {}));
  pythonStart.ticked = null;
  ticked.forEach(([fact, answer]) => onTick(fact, answer));
  form.write(open.record.answers);
  for (const element of root.querySelectorAll("[data-early]")) {
    element.removeAttribute("data-early");
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Another tab has changed the open client. */
function onElsewhere() {
  flush();
  showRecord(false);
  showSaved();
}

/** Everything of the open client, on the page.
 * @param {boolean} isAnother whether another one was shown until now */
function showRecord(isAnother) {
  form.write(given());
  renderFields(root, open.record, isAnother);
  panels.checkFigures();
  showSteps();
  listClients();
  scoreLatest();
}

/** @param {string} fact @param {import("../client/record.js").Answer} answer */
async function onTick(fact, answer) {
  if (pythonStart.ticked) {
    pythonStart.ticked[fact] = answer;
    scoreLatest();
  } else {
    const saved = open.answer({ [fact]: answer });
    scoreLatest();
    await answered(saved);
  }
}

/** @returns {Answers} what is answered, also before a client is open */
function given() {
  return { ...open.record.answers, .../** @type {Answers | null} */ (pythonStart.ticked) };
}

/** @param {Promise<void> | undefined} saved */
async function answered(saved) {
  showSteps();
  if (Object.keys(given()).length > 0) {
    setText(slot("cleared"), "");
  }
  await saved;
  panels.refresh();
  if (!open.isBorrowed) {
    opening.becomeOwn();
  }
}

async function startOver() {
  await opened;
  const saved = open.answer(
    Object.fromEntries(Object.keys(open.record.answers).map((fact) => [fact, null])),
  );
  result.sayAgain(texts.storage.cleared);
  form.write(open.record.answers);
  scoreLatest();
  await answered(saved);
  setText(slot("cleared"), texts.storage.cleared);
}

/** @param {() => Promise<void> | undefined} step */
async function stepBackOrForth(step) {
  const saved = step();
  if (!saved) {
    return; // there is no such step
  }
  result.sayAgain();
  form.write(open.record.answers);
  scoreLatest();
  await answered(saved);
  setText(slot("cleared"), "");
}

function showSteps() {
  for (const [action, can] of [
    ["undo", open.canUndo],
    ["redo", open.canRedo],
  ]) {
    find(root, `[data-action="${action}"]`).setAttribute("aria-disabled", String(!can));
  }
}

function showSaved() {
  const client = open.record.id;
  if (!open.isBorrowed && history.state?.client !== client) {
    history.replaceState({ ...history.state, client }, ""); // this tab's, when it is loaded again
  }
  savedLine.show(open.isBorrowed ? undefined : open.record.changed);
}

function flush() {
  typedFields.forEach((typed) => typed.flush());
}

function startNew() {
  takeEarly();
  opening.openBlank();
  fields.name.focus();
}

/** Another tab has erased what is open here: nothing of it may be stored anew from here.
 * @param {string} why */
function forget(why) {
  typedFields.forEach((typed) => typed.cancel());
  pythonStart.ticked = null;
  opening.openBlank();
  announce(liveRegion, why);
  setText(slot("opening"), why);
}

async function listClients() {
  const { record } = open;
  const others = (await store.list()).filter(({ id }) => id !== record.id);
  const here = { id: record.id, name: nameOf(record, texts.says.this_client) };
  const rest = others.map((one) => ({ id: one.id, name: nameOf(one, texts.says.unnamed) }));
  switcher.show(here, rest);
}

/** @param {import("../python/python.js").EngineStatus} status */
function onStatus(status) {
  find(root, '[data-block="panels-wait"]').hidden = status === "ready";
  if (status === "failed") {
    showMeanwhile();
  } else if (status === "loading" && lastStatus === "failed") {
    scoreLatest();
  }
  lastStatus = status;
}

/** @param {string} name */
function slot(name) {
  return find(root, `[data-slot="${name}"]`);
}
