/** Prints a single document: a chosen one, or a default one when the visitor prints the page. */
import { showDocument } from "./documents.js";
import { findBlock } from "./parts.js";

/** What shows that the visitor is back at the page after printing. */
const RETURNING = ["pointerdown", "keydown", "focus"];

/**
 * The document stays in the page, invisible on the screen, until the visitor returns: some browsers,
 * such as Safari on iOS, send `afterprint` before they lay out the pages.
 *
 * @param {HTMLElement} root
 * @param {string} article
 * @param {string} differs
 */
export function createPrinting(root, article, differs) {
  const area = findBlock(root, "print");
  /** @type {import("./documents.js").Document | null} */
  let defaultDocument = null;
  let isChosen = false;

  /** @param {import("./documents.js").Document} shown */
  function prepare(shown) {
    showDocument(area, shown, { article, differs, titled: true });
    document.body.classList.add("prints-document");
  }

  function clear() {
    isChosen = false;
    area.replaceChildren();
    document.body.classList.remove("prints-document");
  }

  addEventListener("beforeprint", () => {
    if (!isChosen) {
      clear();
      if (defaultDocument) {
        prepare(defaultDocument);
      }
    }
  });
  RETURNING.forEach((type) => addEventListener(type, clear, { capture: true }));

  return {
    /** Set what the print command of the browser prints.
     * @param {import("./documents.js").Document | null} shown */
    setDefault(shown) {
      defaultDocument = shown;
    },

    /** @param {import("./documents.js").Document} shown */
    print(shown) {
      isChosen = true;
      prepare(shown);
      print();
    },
  };
}
