/** A letter that fits the verdict, which the visitor may change. */
import { withLetter } from "../../client/record.js";
import { clearAnnouncements, announce, liveRegionOf } from "../../ui/announce.js";
import { copyText, debounce, find, findInput, setText } from "../../ui/dom.js";

const TYPING_MS = 400;
const LINE = 90; // characters, about as many as the field shows in a line
const MOST_LINES = 24;

/** @param {import("./panels.js").Panels} panels */
export function createLetters({ root, says, open, undoBar, ask, renew, onPress }) {
  const letter = /** @type {HTMLTextAreaElement} */ (find(root, '[data-field="letter"]'));
  const copied = find(root, '[data-slot="copied"]');
  const [kind, language, greet, better, sign] = [
    "kind",
    "letter-lang",
    "greet",
    "better",
    "sign",
  ].map((name) => findInput(root, `[data-field="${name}"]`));
  /** @type {string} what Python wrote last */
  let written = "";
  /** The kind and the language of the letter that is shown. */
  let shown = { kind: "", in: "" };

  async function show() {
    const options = { greet: greet.value, better: better.value, sign: sign.value };
    const which = { kind: kind.value, in: language.value };
    const request = { do: "letter", record: open.record, ...which, options };
    const { text, none, fitting } = await ask(request);
    if (kind.dataset.chosen !== "true" && fitting !== kind.value) {
      kind.value = fitting;
      return show();
    }
    const isEdited = letter.value !== written && letter.value !== "";
    warn(isEdited && text !== written);
    if (!isEdited) {
      write(text);
      shown = which;
    }
    setText(find(root, '[data-slot="letter-none"]'), none);
    find(root, '[data-block="letter"]').hidden = text === "" && letter.value === "";
    letter.lang = which.in;
  }

  /** @param {boolean} isStale whether the answers have changed since the visitor changed the letter */
  function warn(isStale) {
    const warning = find(root, '[data-block="letter-stale"]');
    if (isStale && warning.hidden) {
      announce(liveRegionOf(root), warning.textContent);
    }
    warning.hidden = !isStale;
  }

  /** @param {string} text */
  function write(text) {
    written = text;
    letter.value = text;
    const lines = text.split("\n").map((line) => Math.ceil((line.length + 1) / LINE));
    const oneMore = 1; // to write in
    letter.rows = Math.min(
      MOST_LINES,
      lines.reduce((sum, one) => sum + one, oneMore),
    );
    clearAnnouncements(copied);
  }

  /** What the visitor has made of the letter is kept with the client. */
  async function keepDraft() {
    const draft = { kind: kind.value, in: language.value, text: letter.value };
    await open.edit((there, at) => withLetter(there, draft, at));
  }

  /** Write the letter anew; the visitor's own version can be brought back. */
  async function rewrite() {
    const own = letter.value;
    if (own && own !== written) {
      const was = shown;
      const undo = () => {
        choose(kind, was.kind);
        choose(language, was.in);
        shown = was;
        letter.value = own;
        keepDraft();
        renew("letters");
      };
      undoBar.offer(says.letter_replaced, undo, () => letter);
    }
    typed.cancel();
    if (open.record.letter?.text) {
      open.edit((there, at) => withLetter(there, { kind: "", in: "", text: "" }, at));
    }
    write("");
    await renew("letters");
  }

  const typed = debounce(keepDraft, TYPING_MS);
  letter.addEventListener("input", typed.call);
  for (const field of [language, sign]) {
    const renewing = debounce(() => renew("letters"), TYPING_MS);
    field.addEventListener("input", renewing.call);
  }
  kind.addEventListener("change", () => {
    kind.dataset.chosen = "true";
    rewrite();
  });
  onPress("rewrite", rewrite);
  onPress("copy-letter", async () => {
    const isDone = await copyText(letter);
    announce(copied, isDone ? says.copied : says.not_copied);
  });

  return {
    show,
    typed,

    /** Another client is open: its own draft, where there is one, is on the page. */
    startAnew() {
      const draft = open.record.letter;
      delete kind.dataset.chosen;
      if (typeof draft?.text === "string") {
        written = "";
        kind.dataset.chosen = "true";
        shown = { kind: draft.kind ?? "", in: draft.in ?? "" };
      } else {
        write("");
      }
    },
  };
}

/** A record may name what is not on offer; then the field stays as it is.
 * @param {HTMLElement} field @param {string} value */
function choose(field, value) {
  const select = /** @type {HTMLSelectElement} */ (field);
  if ([...select.options].some((option) => option.value === value)) {
    select.value = value;
  }
}
