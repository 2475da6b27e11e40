/**
 * What rests at the lower edge must not cover what the keyboard reaches. How high it is, which
 * depends on its words and on the size of the text, is told to the styles.
 *
 * The height comes with the event: to ask the element for it would work out the page's layout, for
 * each bar anew.
 *
 * @param {HTMLElement} element
 * @param {string} name of the custom property
 */
export function tellHeight(element, name) {
  new ResizeObserver(([{ borderBoxSize }]) => {
    const [{ blockSize }] = borderBoxSize;
    document.documentElement.style.setProperty(name, `${blockSize}px`);
  }).observe(element, { box: "border-box" });
}
