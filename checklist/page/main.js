/**
 * The checklist page: the form, what keeps its answers, and Python, which scores them.
 *
 * @typedef {import("./result.js").Result} Result
 * @typedef {import("./result.js").Explanation} Explanation
 */
import { createEngine } from "./engine.js";
import { createForm } from "./form.js";
import { createResultView, find, setText } from "./result.js";
import { createStatusView } from "./status.js";
import { createStore } from "./store.js";

const settings = JSON.parse(
  /** @type {HTMLElement} */ (document.getElementById("checklist-settings")).textContent ?? "",
);
const { lang, rules, texts, watchdog } = settings;
const root = find(document.body, "[data-checklist]");
const resultRoot = find(root, "#checklist-result");

for (const element of root.querySelectorAll("[data-needs-script]")) {
  /** @type {HTMLElement} */ (element).hidden = false;
}

const form = createForm(root, onTick);
const store = createStore(rules, form.accepts);
const result = createResultView(resultRoot, settings.article);
const status = createStatusView(resultRoot, texts.load, lang);
const engine = createEngine({
  workerUrl: new URL("./worker.js", import.meta.url).href,
  runtime: {
    ...settings.runtime,
    base: new URL(settings.runtime.base, document.baseURI).href,
  },
  watchdogMs: watchdog,
  onState(state) {
    engineStatus = state.status;
    status.show(state);
    if (state.status === "failed") {
      console.warn("checklist:", state.reason, state.file, state.detail);
      showNoVerdict("failed");
    } else if (state.status === "ready") {
      askAboutUnread();
      scoreLatest();
    }
  },
});

/** @type {string | null} a saved record that could not be used whole */
let unread = null;
/** @type {{ answers: import("./form.js").Answers, bringBack: () => void } | null} */
let erased = null;
/** @type {import("./engine.js").EngineState["status"]} */
let engineStatus = "idle";
let scoring = false;
let stale = false;

restore();
engine.start();
store.watch(restoreAndScore);
addEventListener("pageshow", (event) => event.persisted && restoreAndScore());
on("start-over", startOver);
on("undo", undo);
on("retry", () => engine.retry());
on("toggle", toggle);
resultRoot.addEventListener("click", closeBeforeFollowing);
on("download-set-aside", downloadSetAside);
on("erase-set-aside", eraseSetAside);

/** @param {string} action @param {(button: HTMLElement) => void} run */
function on(action, run) {
  const button = find(root, `[data-action="${action}"]`);
  button.addEventListener("click", () => run(button));
}

function restore() {
  const saved = store.load();
  form.write(saved.answers);
  unread = saved.unread;
  find(root, '[data-block="notice"]').hidden = unread === null;
  if (unread !== null) {
    const some = Object.keys(saved.answers).length > 0;
    setText(slot("notice"), some ? texts.storage.damaged : texts.storage.damaged_all);
  }
  showNoVerdict("none");
}

function restoreAndScore() {
  restore();
  scoreLatest();
}

function onTick() {
  const kept = store.save(form.read());
  setText(slot("keeping"), kept ? texts.storage.saved : texts.storage.not_saved);
  forgetErased();
  scoreLatest();
}

/** Score what the form holds now. While one request is under way the next waits for it. */
async function scoreLatest() {
  stale = true;
  if (scoring || engineStatus !== "ready") {
    if (engineStatus !== "ready") {
      showNoVerdict(engineStatus === "failed" ? "failed" : "none");
    }
    return;
  }
  scoring = true;
  try {
    while (stale) {
      stale = false;
      const answer = await ask({ lang, answers: form.read() });
      if (!stale && answer.result) {
        showResult(answer.result, answer.explanation);
      }
    }
  } catch {
    // The engine has failed and said so through its state.
  } finally {
    scoring = false;
  }
}

/** @param {object} request */
async function ask(request) {
  return JSON.parse(await engine.call(JSON.stringify(request)));
}

/** @param {Result} scored @param {Explanation} explanation */
function showResult(scored, explanation) {
  result.show(scored, explanation);
  form.mark({ irrelevant: scored.irrelevant, next: explanation.ask?.fact ?? null });
}

/** @param {"none" | "failed"} kind */
function showNoVerdict(kind) {
  const answered = Object.values(form.read()).some((answer) => answer !== "unknown");
  const title = kind === "failed" ? texts.load.failed : texts.load.waiting;
  result.showNone(kind, { title, answered });
  form.mark({ irrelevant: [], next: null });
}

/** Python says what is wrong with a saved record, and where. */
async function askAboutUnread() {
  if (unread !== null) {
    const { problems } = await ask({ lang, case: unread });
    const items = /** @type {string[]} */ (problems ?? []).map((problem) => {
      const item = document.createElement("li");
      item.textContent = problem;
      return item;
    });
    find(root, '[data-list="problems"]').replaceChildren(...items);
  }
}

function startOver() {
  erased = { answers: form.read(), bringBack: store.clear() };
  form.write({});
  setText(slot("cleared"), texts.storage.cleared);
  find(root, '[data-action="undo"]').hidden = false;
  scoreLatest();
}

function undo() {
  if (erased) {
    form.write(erased.answers);
    erased.bringBack();
    store.save(erased.answers);
    forgetErased();
    scoreLatest();
    find(root, '[data-action="start-over"]').focus();
  }
}

function forgetErased() {
  erased = null;
  setText(slot("cleared"), "");
  find(root, '[data-action="undo"]').hidden = true;
}

/** @param {HTMLElement} button */
function toggle(button) {
  setOpen(button, button.getAttribute("aria-expanded") !== "true");
}

/**
 * A link from the result leads to a question, which an open result would cover on a phone.
 *
 * @param {MouseEvent} event
 */
function closeBeforeFollowing(event) {
  if (/** @type {HTMLElement} */ (event.target).closest('a[href^="#"]')) {
    setOpen(find(root, '[data-action="toggle"]'), false);
  }
}

/** @param {HTMLElement} button @param {boolean} open */
function setOpen(button, open) {
  button.setAttribute("aria-expanded", String(open));
  find(button, '[data-when="open"]').hidden = !open;
  find(button, '[data-when="closed"]').hidden = open;
  resultRoot.classList.toggle("result--open", open);
}

function downloadSetAside() {
  if (unread !== null) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([unread], { type: "text/plain" }));
    link.download = "client-case-set-aside.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function eraseSetAside() {
  store.eraseSetAside();
  unread = null;
  find(root, '[data-block="notice"]').hidden = true;
}

/** @param {string} name */
function slot(name) {
  return find(root, `[data-slot="${name}"]`);
}
