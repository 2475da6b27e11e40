/** Focus management: a browser resets the focus when the focused element is hidden. */
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** @param {HTMLElement} element one that is not focusable becomes so */
export function focusOn(element) {
  if (!element.matches(FOCUSABLE)) {
    element.tabIndex = -1;
  }
  element.focus();
}

/**
 * Hide an element, and move the focus if it is in that element.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} next gets the focus
 */
export function hide(element, next) {
  const hasFocus = element.contains(document.activeElement);
  element.hidden = true;
  if (hasFocus) {
    focusOn(next);
  }
}
