/**
 * The worked cases are folded: the one that the address names is opened, and shown even if the
 * visitor has chosen others.
 */
export function setUpFoldedCases() {
  showCase();
  addEventListener("hashchange", showCase);
}

function showCase() {
  const named = document.getElementById(location.hash.slice(1))?.closest("details.case");
  if (named) {
    if (!named.checkVisibility()) {
      /** @type {HTMLInputElement} */ (
        document.querySelector('[name="cases"][value="all"]')
      ).checked = true;
    }
    named.setAttribute("open", "");
    named.scrollIntoView();
  }
}
