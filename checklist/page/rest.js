/**
 * What rests at the lower edge must not cover what the keyboard reaches. How high it is, which
 * depends on its words and on the size of the text, is told to the styles.
 *
 * @param {HTMLElement} element
 * @param {string} name of the custom property
 */
export function tellHeight(element, name) {
  const tell = () => {
    document.documentElement.style.setProperty(name, `${element.offsetHeight}px`);
  };
  new ResizeObserver(tell).observe(element);
}
