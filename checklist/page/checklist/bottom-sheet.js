/** The result on a phone: one line at the lower edge, which opens over the questions. */
import { find } from "../ui/dom.js";
import { publishHeight } from "../ui/bar-height.js";

/** @param {HTMLElement} root the element `#checklist-result` */
export function setUpBottomSheet(root) {
  const button = find(root, '[data-action="toggle"]');
  const body = find(root, "#result-body");

  /** @param {boolean} shown */
  function setOpen(shown) {
    button.setAttribute("aria-expanded", String(shown));
    find(button, '[data-when="open"]').hidden = !shown;
    find(button, '[data-when="closed"]').hidden = shown;
    root.classList.toggle("result--open", shown);
  }

  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  publishHeight(root, "--result-height");
  button.addEventListener("click", () => setOpen(!isOpen()));
  // A link from the result leads to a question, which an open result would cover.
  root.addEventListener("click", ({ target }) => {
    if (/** @type {HTMLElement} */ (target).closest('a[href^="#"]')) {
      setOpen(false);
    }
  });
  addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && isOpen() && !defaultPrevented) {
      if (body.contains(document.activeElement)) {
        button.focus();
      }
      setOpen(false);
    }
  });
}
