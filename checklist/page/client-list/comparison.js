/**
 * Two to four clients side by side.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { clearAnnouncements, announce } from "../ui/announce.js";
import { showDocument } from "../ui/documents.js";
import { fill, find, setText } from "../ui/dom.js";

const FEWEST = 2;
const MOST = 4;

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Record<string, any>} options.settings what the page was built with
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {(shown: import("../ui/documents.js").Document) => void} options.print
 */
export function createComparison(root, { settings, python, print }) {
  const { says } = settings.texts;
  /** @type {Set<string>} the ids of the clients to compare */
  const picked = new Set();
  /** @type {import("../ui/documents.js").Document | null} */
  let compared = null;
  const section = find(root, '[data-block="compare"]');
  const target = find(root, '[data-document="compare"]');
  const help = find(root, '[data-slot="compare-help"]');
  const button = find(root, '[data-action="compare"]');
  find(root, '[data-action="print-compare"]').addEventListener("click", () => {
    if (compared) {
      print(compared);
    }
  });

  const isEnough = () => picked.size >= FEWEST && picked.size <= MOST;

  function showPicked() {
    button.setAttribute("aria-disabled", String(!isEnough()));
    setText(find(root, '[data-slot="picked"]'), fill(says.picked, { count: picked.size }));
  }

  return {
    /** @param {string} id @returns {boolean} */
    has: (id) => picked.has(id),

    /** @param {string} id @param {boolean} isPicked */
    pick(id, isPicked) {
      if (isPicked) {
        picked.add(id);
      } else {
        picked.delete(id);
      }
      showPicked();
    },

    /** Forget the clients that are gone. @param {ReadonlyMap<string, ClientRecord>} records */
    keep(records) {
      [...picked].filter((id) => !records.has(id)).forEach((id) => picked.delete(id));
      showPicked();
    },

    /** @param {ReadonlyMap<string, ClientRecord>} records */
    async show(records) {
      if (!isEnough()) {
        announce(help, says.compare_help);
        return;
      }
      clearAnnouncements(help);
      const chosen = [...picked].map((id) => records.get(id));
      const answer = await python.askWhenReady({ do: "compare", records: chosen });
      if (answer.problems) {
        announce(help, answer.problems.join(" "));
        return;
      }
      compared = answer.document;
      section.hidden = false;
      const { article } = settings;
      showDocument(target, answer.document, { article, differs: says.differs });
      find(section, "h2").focus();
    },

    close() {
      picked.clear();
      compared = null;
      section.hidden = true;
      target.replaceChildren();
    },
  };
}
