/**
 * Publish the height of a bar fixed at the bottom as a CSS custom property, so that the styles can
 * keep the focused element visible above it.
 *
 * The height is read from the event: reading it from the element would force a layout.
 *
 * @param {HTMLElement} element
 * @param {string} name of the custom property
 */
export function publishHeight(element, name) {
  new ResizeObserver(([{ borderBoxSize }]) => {
    const [{ blockSize }] = borderBoxSize;
    document.documentElement.style.setProperty(name, `${blockSize}px`);
  }).observe(element, { box: "border-box" });
}
