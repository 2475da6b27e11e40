/** Printing one document by itself, and the client's sheet when the visitor prints the page. */
import { showDocument } from "./documents.js";
import { find } from "./dom.js";

/**
 * @param {HTMLElement} root
 * @param {string} article
 * @param {string} differs
 */
export function createPrinting(root, article, differs) {
  const area = find(root, '[data-block="print"]');
  /** @type {import("./documents.js").Document | null} */
  let usual = null;
  let chosen = false;

  /** @param {import("./documents.js").Document} shown */
  function lay(shown) {
    showDocument(area, shown, { article, differs, titled: true });
    document.body.classList.add("prints-document");
  }

  addEventListener("beforeprint", () => usual && !chosen && lay(usual));
  addEventListener("afterprint", () => {
    chosen = false;
    area.replaceChildren();
    document.body.classList.remove("prints-document");
  });

  return {
    /** @param {import("./documents.js").Document | null} shown what the browser's own command prints */
    setUsual(shown) {
      usual = shown;
    },

    /** @param {import("./documents.js").Document} shown */
    print(shown) {
      chosen = true;
      lay(shown);
      print();
    },
  };
}
