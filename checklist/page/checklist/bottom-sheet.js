/** The bottom sheet: on a phone the result is one line at the lower edge until it is opened. */
import { find } from "../ui/dom.js";
import { findButton } from "../ui/parts.js";
import { publishHeight } from "../ui/bar-height.js";

/** @param {HTMLElement} root the element `#checklist-result` */
export function setUpBottomSheet(root) {
  const button = findButton(root, "toggle");
  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  /** @param {boolean} open */
  function setOpen(open) {
    button.setAttribute("aria-expanded", String(open));
    find(button, '[data-when="open"]').hidden = !open;
    find(button, '[data-when="closed"]').hidden = open;
    root.classList.toggle("result--open", open);
  }

  publishHeight(root, "--result-height");
  button.addEventListener("click", () => setOpen(!isOpen()));
  // The whole bar opens the result; only its upper part closes it.
  root.addEventListener("click", ({ target }) => {
    const place = /** @type {HTMLElement} */ (target);
    const isBar = !isOpen() || place.closest(".result__head") !== null;
    if (
      isBar &&
      button.checkVisibility({ visibilityProperty: true }) &&
      !place.closest("button, a, summary, .result__answers")
    ) {
      setOpen(!isOpen());
    }
  });
  // An open sheet would cover the question that a link leads to.
  root.addEventListener("click", ({ target }) => {
    if (/** @type {HTMLElement} */ (target).closest('a[href^="#"]')) {
      setOpen(false);
    }
  });
  addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && isOpen() && !defaultPrevented) {
      if (find(root, "#result-body").contains(document.activeElement)) {
        button.focus();
      }
      setOpen(false);
    }
  });
}
