/** The elements whose styles read a height: one that all inherit would have the browser style the
 * whole page again. */
const READERS = "html, .undo-bar, .update";

/**
 * Publish the height of a bar fixed at the bottom as a CSS custom property, so that the styles can
 * keep the focused element visible above it. A hidden bar keeps its last height.
 *
 * The height is read from the event: reading it from the element would force a layout.
 *
 * @param {HTMLElement} element
 * @param {string} name of the custom property
 */
export function publishHeight(element, name) {
  new ResizeObserver(([{ borderBoxSize }]) => {
    const [{ blockSize }] = borderBoxSize;
    if (blockSize > 0) {
      for (const reader of document.querySelectorAll(READERS)) {
        /** @type {HTMLElement} */ (reader).style.setProperty(name, `${blockSize}px`);
      }
    }
  }).observe(element, { box: "border-box" });
}
