/**
 * What is stored and could not be read whole: the notice says what is wrong with it, and offers to
 * save it as a file or to erase it.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { announce, liveRegionOf } from "../ui/announce.js";
import { download, find, setText } from "../ui/dom.js";
import { focusOn } from "../ui/focus.js";
import { announceLines } from "./lines.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {ReturnType<import("../ui/undo-bar.js").createUndoBar>} options.undoBar
 * @param {Record<string, Record<string, string>>} options.texts
 * @param {() => boolean} options.hasAnswers whether some answers of the record are shown
 */
export function createUnreadNotice(root, { store, python, undoBar, texts, hasAnswers }) {
  const notice = find(root, '[data-block="notice"]');
  const place = find(root, ".casebar");
  /** @type {string | null} */
  let text = null;
  /** @type {ClientRecord | null} the same where it is still among the clients */
  let record = null;
  find(root, '[data-action="download-set-aside"]').addEventListener("click", () =>
    download(text ?? "", "client-case-set-aside.txt", "text/plain"),
  );
  find(root, '[data-action="erase-set-aside"]').addEventListener("click", erase);

  /** @param {string[]} problems */
  function show(problems) {
    const wasShown = !notice.hidden;
    notice.hidden = text === null;
    if (text === null) {
      return;
    }
    const words = hasAnswers() ? texts.storage.damaged : texts.storage.damaged_all;
    setText(find(root, '[data-slot="notice"]'), words);
    if (!wasShown) {
      announce(liveRegionOf(root), words);
    }
    announceLines(root, "problems", problems);
    if (problems.length === 0) {
      askForProblems();
    }
  }

  async function askForProblems() {
    const sent = text;
    const { problems } = await python.askWhenReady({ case: sent ?? "" });
    if (text === sent) {
      announceLines(root, "problems", problems ?? []);
    }
  }

  async function erase() {
    focusOn(place);
    const was = { text, record };
    text = record = null;
    notice.hidden = true;
    if (was.record) {
      await store.remove([was.record.id]);
    } else {
      await store.replaceQuarantined(null);
    }
    const undo = async () => {
      await (was.record ? store.put([was.record]) : store.replaceQuarantined(was.text));
      ({ text, record } = was);
      show([]);
    };
    undoBar.offer(texts.says.erased, undo, () => place);
  }

  return {
    /** Show it again, or nothing, once another client is open. */
    renew: () => show([]),

    forget() {
      text = record = null;
    },

    /** @param {ClientRecord} unread @param {string[]} problems */
    showRecord(unread, problems) {
      text = JSON.stringify(unread, null, 2);
      record = unread;
      show(problems);
    },

    /** Show what the store has set aside; it is offered until it is erased. */
    async showSetAside() {
      const stored = await store.quarantined();
      if (stored !== null && text === null) {
        text = stored;
        show([]);
      }
    },
  };
}
