/**
 * The checklist page: the form, the client it is about, and Python, which scores and explains.
 *
 * @typedef {import("../client/record.js").Answers} Answers
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./result.js").Result} Result
 * @typedef {import("./result.js").Explanation} Explanation
 */
import { idOf, namesClient, payloadOf } from "../client/address.js";
import { focusOn } from "../ui/focus.js";
import { createForm } from "./form.js";
import { createOpenClient } from "./open-client.js";
import {
  debounce,
  download,
  fill,
  find,
  findInput,
  formatTime,
  readSettings,
  setText,
} from "../ui/dom.js";
import { createPanels } from "./panels.js";
import { createPrinting } from "../ui/printing.js";
import { earlyStart } from "../python/early-start.js";
import { createPython } from "../python/python.js";
import {
  blank,
  hasContent,
  localTime,
  nameOf,
  newId,
  withContext,
  withField,
  withId,
  withNote,
} from "../client/record.js";
import { renderFields } from "./render.js";
import { createResultView } from "./result.js";
import { RULES } from "./rules-version.js";
import { announce, clearAnnouncements, liveRegionOf } from "../ui/announce.js";
import { tendSheet } from "./bottom-sheet.js";
import { isSame } from "../store/changes.js";
import { createStore } from "../store/store.js";
import { createSwitcher } from "./client-switcher.js";
import { createTable } from "./verdict-table.js";
import { validateRecord } from "../client/validate.js";
import { createUndoBar } from "../ui/undo-bar.js";

const TYPING_MS = 400;
const LATE_MS = 1_000; // then the verdict of earlier answers makes way for the table's

const settings = readSettings();
const { rules, texts, lang } = settings;
const root = find(document.body, "[data-checklist]");
const resultRoot = find(root, "#checklist-result");
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });
const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });

const store = createStore(settings.path);
const undoBar = createUndoBar(root, texts.says);
const voice = liveRegionOf(root);
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
const panels = createPanels(root, { open, python, printing, undoBar, settings });

/** @type {string | null} what is stored and could not be read whole */
let unread = null;
/** @type {ClientRecord | null} the same where it still lies among the clients */
let unreadRecord = null;
/** @type {import("../python/python.js").EngineStatus} */
let lastStatus = "idle";
let scoring = false;
let stale = false;
let linkWaits = false;
let openings = 0; // how many clients have been open

store.subscribe((ids) => (ids === null ? forget(texts.says.wiped_elsewhere) : listClients()));
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("hashchange", openFromAddress);
addEventListener("visibilitychange", () => {
  flush();
  if (!document.hidden) {
    open.follow(); // for browsers in which tabs do not hear each other
  }
});
addEventListener("pagehide", () => {
  if (!pythonStart.ticked) {
    store.leave(); // first-paint.js has left what was ticked before the client was open
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
on("keep-borrowed", keepBorrowed);
on("leave-borrowed", () => leaveBorrowed());
on("download-set-aside", () => download(unread ?? "", "client-case-set-aside.txt", "text/plain"));
on("erase-set-aside", eraseSetAside);
tendSheet(resultRoot);

const nameField = findInput(root, '[data-field="name"]');
const caseBar = find(root, ".casebar");
const switcher = createSwitcher(root, { open: openById, lang });
const typedName = debounce(keepName, TYPING_MS);
nameField.addEventListener("input", typedName.call);

const typedFields = [typedName, ...panels.typed];
for (const element of root.querySelectorAll("[data-note]")) {
  const field = /** @type {HTMLTextAreaElement} */ (element);
  const fact = String(field.dataset.note);
  const typed = debounce(() => {
    open.edit((there, at) => withNote(there, fact, field.value, at));
    panels.refresh();
  }, TYPING_MS);
  field.addEventListener("input", typed.call);
  typedFields.push(typed);
}
root.addEventListener("focusout", () => {
  flush();
  renderFields(root, open.record, false); // what another tab wrote while the visitor stood there
});
for (const box of root.querySelectorAll("[data-context]")) {
  box.addEventListener("change", () => keepContext(/** @type {HTMLInputElement} */ (box)));
}

const pythonStart = earlyStart();

python.start();
const opening = openFirst().finally(takeEarly);
opening.then(showSetAside).then(showSaved);

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

// Opening

/** The client that the address names, else the one that was open, else a new one. */
async function openFirst() {
  if (await openFromAddress()) {
    return;
  }
  const id = history.state?.client ?? null;
  const shown = store.shownLast(id);
  const { isValid } = validateRecord(JSON.stringify(shown), rules, form.accepts);
  // A client has its id before the first answer: two tabs opened at once are about the same one.
  const first = shown && isValid ? shown : withId(blank(rules), id ?? shown?.id);
  adopt(first);
  const opened = openings;
  // A tab that had a client, or was left with a new one, goes on with no other.
  const isChosen = id !== null || (shown !== null && isValid && !hasContent(shown));
  const since = id === null ? await store.openedSince() : undefined;
  const stored =
    since ?? (await store.get(first.id)) ?? (isChosen ? null : await store.openedLast());
  if (opened !== openings) {
    return; // the visitor has gone on to another client
  }
  if (stored) {
    if (!isSame(stored, open.record)) {
      show(stored);
    }
  } else if ((hasContent(first) || id !== null) && store.isReadable()) {
    adopt(blank(rules)); // the database answers, and has no such client
  }
  showSaved();
}

/** @returns {Promise<boolean>} whether the address names a client */
async function openFromAddress() {
  const payload = payloadOf(location.hash);
  if (payload !== null) {
    openLink(payload);
    return true;
  }
  const id = idOf(location.hash);
  if (id !== null) {
    const record = await store.get(id);
    leaveAddress();
    show(record ?? blank(rules));
    return true;
  }
  return false;
}

/** @param {string} id */
async function openById(id) {
  takeEarly();
  const record = await store.get(id);
  if (record) {
    unread = unreadRecord = null;
    leaveAddress();
    show(record);
    showSetAside();
  }
}

/**
 * Show a record; one of other rules, or a damaged one, waits for Python to say what it is.
 *
 * @param {ClientRecord} record
 */
function show(record) {
  const {
    answers,
    record: readable,
    isValid,
  } = validateRecord(JSON.stringify(record), rules, form.accepts);
  if (isValid) {
    adopt(record);
  } else {
    // Not waited for: answers given meanwhile are kept, as a client of their own.
    showOther(record, { ...readable, answers });
  }
}

/** @param {ClientRecord} record @param {Partial<ClientRecord>} readable */
async function showOther(record, readable) {
  adopt({ ...blank(rules), ...readable, id: newId() }, { borrowed: true });
  const opened = openings;
  if (!python.isReady) {
    setText(slot("opening"), texts.says.opening);
  }
  const said = await python.askWhenReady({ do: "open", record });
  if (opened !== openings) {
    return; // the visitor has gone on to another client
  }
  setText(slot("opening"), "");
  if (said.problems) {
    unread = JSON.stringify(record, null, 2);
    unreadRecord = record;
    showUnread(said.problems);
    return;
  }
  const { record: brought, news } = said;
  const at = brought.changed ?? localTime(new Date());
  const log = [...(brought.log ?? []), { at, rules }];
  const after = news.length > 0 ? { ...brought, log } : brought;
  const stored = await store.update(record, after);
  if (opened === openings) {
    adopt(stored ?? after);
    if (news.length > 0) {
      showNews(news);
    }
  }
}

/** @param {ClientRecord} record @param {Parameters<typeof open.open>[1]} [how] */
function adopt(record, how) {
  flush();
  openings += 1;
  open.open(record, how);
  undoBar.close();
  find(root, '[data-block="borrowed"]').hidden = true;
  find(root, '[data-block="news"]').hidden = true;
  setText(slot("opening"), "");
  linkWaits = false;
  showUnread([]);
  showRecord(true);
  panels.startAnew();
  showSaved();
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

/** @param {string[]} problems */
function showUnread(problems) {
  const notice = find(root, '[data-block="notice"]');
  const wasShown = !notice.hidden;
  notice.hidden = unread === null;
  if (unread === null) {
    return;
  }
  const some = Object.keys(open.record.answers).length > 0;
  const words = some ? texts.storage.damaged : texts.storage.damaged_all;
  setText(slot("notice"), words);
  if (!wasShown) {
    announce(voice, words);
  }
  tellList("problems", problems);
  if (problems.length === 0) {
    askAboutUnread();
  }
}

/** Python says what is wrong with a saved record, and where. */
async function askAboutUnread() {
  const text = unread;
  const { problems } = await python.askWhenReady({ case: text ?? "" });
  if (text === unread) {
    tellList("problems", problems ?? []);
  }
}

/** @param {string[]} news */
function showNews(news) {
  find(root, '[data-block="news"]').hidden = false;
  tellList("news", news);
}

/** Show, and say. @param {string} name @param {string[]} lines */
function tellList(name, lines) {
  const items = lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  });
  find(root, `[data-list="${name}"]`).replaceChildren(...items);
  if (lines.length > 0) {
    announce(voice, lines.join(" "));
  }
}

// A link

/** @param {string} payload */
async function openLink(payload) {
  adopt(blank(rules), { borrowed: true });
  linkWaits = true;
  const opened = openings;
  const block = find(root, '[data-block="borrowed"]');
  block.hidden = false;
  block.dataset.state = "opening";
  tellBorrowed(texts.says.opening);
  const said = await python.askWhenReady({ do: "open_link", payload });
  if (opened !== openings) {
    return; // the visitor has gone on to another client
  }
  linkWaits = false;
  clearAnnouncements(voice); // that it waits
  block.dataset.state = said.problems ? "damaged" : "open";
  if (said.problems) {
    tellBorrowed(said.problems.join("\n"));
    scoreLatest();
    return;
  }
  adopt({ ...said.record, id: newId() }, { borrowed: true });
  block.hidden = false;
  tellBorrowed(texts.says.borrowed);
  if (said.news.length > 0) {
    showNews(said.news);
  }
}

/** @param {string} words */
function tellBorrowed(words) {
  setText(slot("borrowed"), words);
  announce(voice, words);
}

async function keepBorrowed() {
  focusOn(caseBar);
  await open.edit((there, at) => withField(there, "name", there.name ?? "", at));
  leaveAddress();
  find(root, '[data-block="borrowed"]').hidden = true;
}

async function leaveBorrowed() {
  focusOn(caseBar);
  leaveAddress();
  await openFirst();
}

/** The link has done its work: a reload must not bring it back over one's own clients. */
function leaveAddress() {
  if (namesClient(location.hash)) {
    history.replaceState(history.state, "", location.pathname);
  }
}

// Changing

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
    leaveAddress();
    find(root, '[data-block="borrowed"]').hidden = true;
  }
}

async function startOver() {
  await opening;
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

async function keepName() {
  const first = !open.record.name;
  const { value } = nameField;
  await open.edit((there, at) => withField(there, "name", value, at));
  switcher.rename(open.record.id, value || texts.says.this_client);
  if (first && value) {
    // Asked for once there is something that a person would miss. The visitor may never answer.
    navigator.storage?.persist?.().catch(() => false);
  }
  panels.refresh();
}

/** @param {HTMLInputElement} box */
function keepContext({ dataset, checked }) {
  open.edit((there, at) => withContext(there, String(dataset.context), checked, at));
}

function showSaved() {
  const client = open.record.id;
  if (!open.isBorrowed && history.state?.client !== client) {
    history.replaceState({ ...history.state, client }, ""); // this tab's, when it is loaded again
  }
  const { changed } = open.record;
  const [day, time] = [dates, clock].map((format) => formatTime(format, changed));
  if (!store.isStored()) {
    const words = store.isJournaled() ? texts.storage.not_yet : texts.storage.not_saved;
    if (setText(slot("keeping"), words)) {
      announce(voice, words);
    }
  } else if (time && !open.isBorrowed) {
    const isToday = day === dates.format(new Date());
    const words = isToday ? texts.storage.saved_at : texts.storage.saved_on;
    setText(slot("keeping"), fill(words, { day, time }));
  } else {
    setText(slot("keeping"), texts.storage.saved);
  }
}

function flush() {
  typedFields.forEach((typed) => typed.flush());
}

// Clients

function startNew() {
  takeEarly();
  startBlank();
  nameField.focus();
}

/** Another tab has erased what is open here: nothing of it may be stored anew from here.
 * @param {string} why */
function forget(why) {
  typedFields.forEach((typed) => typed.cancel());
  pythonStart.ticked = null;
  startBlank();
  announce(voice, why);
  setText(slot("opening"), why);
}

function startBlank() {
  leaveAddress();
  unread = unreadRecord = null;
  adopt(blank(rules));
}

async function listClients() {
  const { record } = open;
  const others = (await store.list()).filter(({ id }) => id !== record.id);
  const here = { id: record.id, name: nameOf(record, texts.says.this_client) };
  const rest = others.map((one) => ({ id: one.id, name: nameOf(one, texts.says.unnamed) }));
  switcher.show(here, rest);
}

/** What could not be understood where the browser keeps it is offered, until it is erased. */
async function showSetAside() {
  const text = await store.setAside();
  if (text !== null && unread === null) {
    unread = text;
    showUnread([]);
  }
}

async function eraseSetAside() {
  focusOn(caseBar);
  const [text, record] = [unread, unreadRecord];
  unread = unreadRecord = null;
  find(root, '[data-block="notice"]').hidden = true;
  if (record) {
    await store.remove([record.id]);
  } else {
    await store.replaceSetAside(null);
  }
  const undo = async () => {
    await (record ? store.put([record]) : store.replaceSetAside(text));
    [unread, unreadRecord] = [text, record];
    showUnread([]);
  };
  undoBar.offer(texts.says.erased, undo, () => caseBar);
}

// The result

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

/** Score what the form holds now. While one request is under way the next waits for it. */
async function scoreLatest() {
  stale = true;
  const nothingToScore = linkWaits && Object.keys(given()).length === 0;
  if (!python.isReady || nothingToScore) {
    showMeanwhile();
  }
  if (scoring || python.hasFailed || nothingToScore) {
    return;
  }
  scoring = true;
  try {
    while (stale) {
      stale = false;
      const late = setTimeout(showMeanwhile, LATE_MS);
      const asked = python.ask({ answers: given() });
      const answer = await asked.finally(() => clearTimeout(late));
      if (!stale && answer.result) {
        showResult(answer.result, answer.explanation);
        pythonStart.startTheme();
      }
    }
  } catch {
    // The engine has failed and said so through its state.
  } finally {
    scoring = false;
  }
}

/** @param {Result} scored @param {Explanation} explanation */
function showResult(scored, explanation) {
  result.show(scored, explanation);
  form.mark({ irrelevant: scored.irrelevant, next: explanation.ask?.fact ?? null });
  panels.refresh();
}

/** What there is without Python: the table's verdict, for answers that are understood. */
function showMeanwhile() {
  if (!table || open.isBorrowed) {
    showNoVerdict(python.hasFailed ? "failed" : "none");
    return;
  }
  result.showLooked(table.look(given()), python.hasFailed ? "" : texts.load.meanwhile);
  form.mark({ irrelevant: [], next: null });
}

/** @param {"none" | "failed"} kind */
function showNoVerdict(kind) {
  const answered = Object.values(given()).some((answer) => answer !== "unknown");
  const title = kind === "failed" ? texts.load.failed : texts.load.waiting;
  result.showNone(kind, { title, answered });
  form.mark({ irrelevant: [], next: null });
}

/** @param {string} name */
function slot(name) {
  return find(root, `[data-slot="${name}"]`);
}
