/**
 * What opens over a page: the list of pages on a narrow screen, the search on a phone, the
 * languages. What lies behind the list cannot be reached meanwhile; Escape closes each of them and
 * gives the focus back.
 */
const BEHIND = [
  '[data-md-toggle="search"]',
  "[data-md-component='skip']",
  ".md-header",
  ".md-tabs",
  ".md-sidebar--secondary",
  ".md-content",
  ".md-footer",
  "[data-update]",
].join();
const WIDE = "(min-width: 76.25em)"; // from here on the theme shows the list beside the page

/** @param {string} name @returns {HTMLInputElement | null} the theme's switch */
const switchOf = (name) => document.querySelector(`[data-md-toggle="${name}"]`);

export function tendOverlays() {
  const drawer = switchOf("drawer");
  const search = switchOf("search");
  if (drawer) {
    tendDrawer(drawer);
  }
  search?.addEventListener("change", () => setTimeout(() => giveBack(search)));
  for (const menu of document.querySelectorAll(".md-select")) {
    tendMenu(/** @type {HTMLElement} */ (menu));
  }
}

/** @param {HTMLInputElement} drawer */
function tendDrawer(drawer) {
  drawer.addEventListener("change", () => {
    for (const part of document.querySelectorAll(BEHIND)) {
      /** @type {HTMLElement} */ (part).inert = drawer.checked;
    }
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && drawer.checked) {
      drawer.click();
      drawer.focus();
    }
  });
  matchMedia(WIDE).addEventListener("change", ({ matches }) => {
    if (matches && drawer.checked) {
      drawer.click();
    }
  });
}

/**
 * The theme takes the focus off the search's field as it closes and gives it to nobody.
 *
 * @param {HTMLInputElement} search
 */
function giveBack(search) {
  if (!search.checked && document.activeElement === document.body) {
    search.focus();
  }
}

/** @param {HTMLElement} menu opens under the pointer and around the focus */
function tendMenu(menu) {
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && menu.matches(":hover, :focus-within")) {
      if (menu.contains(document.activeElement)) {
        menu.querySelector("button")?.focus();
      }
      menu.classList.add("is-closed");
    }
  });
  for (const type of ["click", "focusout", "mouseleave"]) {
    menu.addEventListener(type, () => menu.classList.remove("is-closed"));
  }
}
