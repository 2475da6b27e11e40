/** Replace the entry of this page in the browser's history. A browser may refuse it: Safari does
 * after a hundred times in half a minute. @param {unknown} state @param {string} [address] */
export function replaceState(state, address = "") {
  try {
    history.replaceState(state, "", address);
  } catch {
    // the entry stays as it is
  }
}
