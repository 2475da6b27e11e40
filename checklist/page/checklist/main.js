/**
 * The entry point of the checklist page: connects the form, the open client, Python and the result.
 */
import { Backup } from "../backup/backup.js";
import { nameOf } from "../client/record.js";
import { ticksOf } from "../client/ticks.js";
import { earlyStart } from "../python/early-start.js";
import { Python } from "../python/python.js";
import { askForLastingStorage } from "../store/lasting-storage.js";
import { Store } from "../store/store.js";
import { announceIn } from "../ui/announce.js";
import { find } from "../ui/dom.js";
import { nextTask } from "../ui/next-task.js";
import { readSettings } from "../ui/settings.js";
import { findBlock, findButton, findField, onAction, setSlot } from "../ui/parts.js";
import { focusOn } from "../ui/focus.js";
import { replaceState } from "../ui/replace-state.js";
import { createPrinting } from "../ui/printing.js";
import { createUndoBar } from "../ui/undo-bar.js";
import { AdviceView } from "./advice.js";
import { setUpBottomSheet } from "./bottom-sheet.js";
import { setUpClientFields } from "./client-fields.js";
import { createSwitcher } from "./client-switcher.js";
import { loadExplanationTable } from "./explanation-table.js";
import { createForm } from "./form.js";
import { setUpInnerLinks } from "./inner-links.js";
import { NextQuestion } from "./next-question.js";
import { OpenClient } from "./open-client.js";
import { Opening } from "./opening.js";
import { Panels } from "./panels/panels.js";
import { renderFields } from "./render.js";
import { ResultView } from "./result.js";
import { RULES } from "./rules-version.js";
import { createSavedLine } from "./saved-line.js";
import { createScoring } from "./scoring.js";
import { UnreadableNotice } from "./unreadable-notice.js";
import { createTable } from "./verdict-table.js";

/** @type {import("../ui/settings.js").ChecklistSettings} */
const settings = readSettings();
const { rules, texts, lang } = settings;
const root = find(document.body, "[data-checklist]");
const resultRoot = find(root, "#checklist-result");
const panelsWait = findBlock(root, "panels-wait");
const pythonStart = earlyStart();

const store = new Store(settings.path);
const showSavedAt = createSavedLine(root, { store, storage: texts.storage, lang });
const undoBar = createUndoBar(root, texts.messages);
const advice = new AdviceView(resultRoot, texts.messages);
const result = new ResultView(resultRoot, {
  article: settings.article,
  texts: { ...texts.messages, ...texts.result },
  takeNews: () => advice.takeNews(),
});
const nextQuestion = new NextQuestion(resultRoot, root, texts.messages);
const table = createTable(settings.table, RULES);
const printing = createPrinting(root, settings.article, texts.messages.differs);
const form = createForm(root, texts.messages, onTick);
const open = new OpenClient({
  store,
  rules,
  onSaved: showSaved,
  // The browser may ask the visitor, so only now that there is something to lose.
  onWorthKeeping: askForLastingStorage,
  onChangedElsewhere() {
    flush();
    showRecord(false);
    showSaved();
  },
  onDeleted: () => closeOpen(texts.messages.deleted_elsewhere),
});
const python = new Python({ settings, root: resultRoot, onStatus });
const notice = new UnreadableNotice(root, {
  store,
  python,
  undoBar,
  texts,
  hasAnswers: () => Object.keys(ticksOf(open.record)).length > 0,
});
const { scoreLatest, showWithoutPython } = createScoring({
  python,
  table,
  result,
  advice,
  nextQuestion,
  form,
  load: texts.load,
  loadReasons: () => loadExplanationTable(settings.explanations, RULES),
  ticksNow,
  isShared: () => open.isShared,
  isWaiting: () => !opening.isLinkDecoded && Object.keys(ticksNow()).length === 0,
  onScored: () => panels.refreshSoon(),
});
const panels = new Panels(root, { open, python, printing, undoBar, settings });
const opening = new Opening(root, {
  store,
  python,
  open,
  notice,
  settings,
  accepts: form.accepts,
  beforeOpening: flush,
  onOpened() {
    undoBar.close();
    advice.forget();
    showRecord(true);
    panels.reset();
    showSaved();
  },
  onBadLink: scoreLatest,
});
const switcher = createSwitcher(root, {
  open(id) {
    saveEarlyInput();
    opening.openById(id);
  },
  lang,
});
const typing = [
  ...setUpClientFields(root, {
    open,
    onChanged: () => panels.refreshSoon(),
    onRenamed: (name) => switcher.rename(open.record.id, name || texts.messages.this_client),
  }),
  ...panels.typing,
];

setUpBottomSheet(resultRoot);
setUpInnerLinks(root);
// A task of its own. Until then, as before this module, the scripts in the page keep the input.
nextTask().then(start);

/** Open the first client, and connect what needs an open one. */
function start() {
  store.subscribe((ids) =>
    ids === null ? closeOpen(texts.messages.wiped_elsewhere) : listClients(),
  );
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("hashchange", () => opening.openFromAddress());
  addEventListener("popstate", () => opening.followHistory().then(showSaved));
  addEventListener("visibilitychange", () => {
    flush();
    if (!document.hidden) {
      open.follow().then(showSaved); // for browsers without messages between tabs; and a day later
    }
  });
  addEventListener("pagehide", () => {
    if (!pythonStart.isKeepingInput) {
      store.saveSnapshot(); // otherwise first-paint.js has saved the early input
    }
  });
  root.addEventListener("focusout", ({ target }) => {
    flush();
    if (/** @type {Element} */ (target).matches("[data-field], [data-note]")) {
      renderFields(root, open.record, false); // what another tab changed in the field with the focus
    }
  });
  onAction(root, "start-over", () => opened.then(startOver));
  onAction(root, "undo", () => step(open.undo()));
  onAction(root, "redo", () => step(open.redo()));
  onAction(root, "new-client", () => {
    saveEarlyInput();
    opening.openBlank();
    findField(root, "name").focus();
  });
  onAction(root, "retry", () => {
    focusOn(find(resultRoot, "#result-heading")); // the button is hidden
    python.retry();
  });
  onAction(root, "keep-shared", () => opening.keepShared());
  onAction(root, "open-known", () => opening.openKnown());
  onAction(root, "leave-shared", () => opening.leaveShared().then(showSaved));
  python.start();
  const opened = opening.openFirst().finally(saveEarlyInput);
  opened.then(() => new Backup({ store, settings }).start());
  opened.then(() => notice.showUnreadable()).then(showSaved);
}

/** Save the visitor's input from before a client was open in the open client. */
function saveEarlyInput() {
  const early = Object.entries(pythonStart.takeTicks());
  early.forEach(([name, value]) => onTick(name, value));
  form.write(ticksNow());
  for (const element of root.querySelectorAll("[data-early]")) {
    element.removeAttribute("data-early");
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Show the open client. @param {boolean} isAnother whether another one was shown until now */
function showRecord(isAnother) {
  form.write(ticksNow());
  renderFields(root, open.record, isAnother);
  panels.checkFigures();
  showSteps();
  listClients();
  scoreLatest();
}

/** @param {string} name @param {string} value */
async function onTick(name, value) {
  if (pythonStart.isKeepingInput) {
    pythonStart.keepTick(name, value);
    scoreLatest();
  } else {
    const saved = open.tick({ [name]: value });
    scoreLatest();
    await afterTick(saved);
  }
}

/** @returns {import("../client/ticks.js").Ticks} with those from before a client is open */
function ticksNow() {
  return { ...ticksOf(open.record), ...pythonStart.ticks };
}

/** @param {Promise<void>} saved */
async function afterTick(saved) {
  showSteps();
  if (Object.keys(ticksNow()).length > 0) {
    setSlot(root, "cleared", "");
  }
  await saved;
  panels.refreshSoon();
  if (!open.isShared) {
    opening.endSharing();
  }
}

/** Show answers that a button has changed, and announce the result even if it is the same.
 * @param {Promise<void>} saved @param {string} cleared a text about cleared answers */
async function afterButton(saved, cleared) {
  result.announceAgain(cleared);
  form.write(ticksNow());
  scoreLatest();
  await afterTick(saved);
  setSlot(root, "cleared", cleared);
}

async function startOver() {
  const names = Object.keys(ticksOf(open.record));
  const saved = open.tick(Object.fromEntries(names.map((name) => [name, null])));
  await afterButton(saved, texts.storage.cleared);
}

/** @param {Promise<void> | undefined} saved undefined if there was nothing to undo or redo */
function step(saved) {
  if (saved) {
    afterButton(saved, "");
  }
}

function showSteps() {
  findButton(root, "undo").setAttribute("aria-disabled", String(!open.canUndo));
  findButton(root, "redo").setAttribute("aria-disabled", String(!open.canRedo));
}

function showSaved() {
  const client = open.record.id;
  if (!open.isShared && history.state?.client !== client) {
    replaceState({ ...history.state, client }); // opened again after a reload
  }
  showSavedAt(open.isShared ? undefined : open.record.changed);
}

function flush() {
  typing.forEach((saving) => saving.flush());
}

/** The open client was deleted in another tab: nothing of it may be saved again.
 * @param {string} message */
function closeOpen(message) {
  typing.forEach((saving) => saving.cancel());
  pythonStart.takeTicks(); // dropped
  opening.openBlank();
  announceIn(root, message);
  setSlot(root, "opening", message);
}

async function listClients() {
  const { record } = open;
  const named = (await store.list()).map((one) => ({
    id: one.id,
    name: nameOf(one, texts.messages.unnamed),
  }));
  const others = named.filter(({ id }) => id !== record.id);
  switcher.show({ id: record.id, name: nameOf(record, texts.messages.this_client) }, others);
}

/** @param {import("../python/python.js").EngineStatus} status @param {typeof status} previous */
function onStatus(status, previous) {
  panelsWait.hidden = status === "ready";
  if (status === "failed") {
    showWithoutPython();
  } else if (status === "loading" && previous === "failed") {
    scoreLatest();
  }
}
