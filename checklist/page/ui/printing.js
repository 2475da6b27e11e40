/** Prints a single document: a chosen one, or a default one when the visitor prints the page. */
import { showDocument } from "./documents.js";
import { findBlock } from "./parts.js";

/**
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

  addEventListener("beforeprint", () => defaultDocument && !isChosen && prepare(defaultDocument));
  addEventListener("afterprint", () => {
    isChosen = false;
    area.replaceChildren();
    document.body.classList.remove("prints-document");
  });

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
