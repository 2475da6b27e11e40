/** Where the focus goes when what has it goes away: the browser would leave it nowhere. */
const TAKES_FOCUS = "a[href], button, input, select, textarea, summary, [tabindex]";

/** @param {HTMLElement} place a control, or a part of the page, which is then read out */
export function focusOn(place) {
  if (!place.matches(TAKES_FOCUS)) {
    place.tabIndex = -1;
  }
  place.focus();
}

/**
 * Hide a part of the page; where the focus is in it, it goes on.
 *
 * @param {HTMLElement} part
 * @param {HTMLElement} next
 */
export function hide(part, next) {
  const hasFocus = part.contains(document.activeElement);
  part.hidden = true;
  if (hasFocus) {
    focusOn(next);
  }
}
