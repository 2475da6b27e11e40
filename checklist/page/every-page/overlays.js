/**
 * What opens over a page: the list of pages on a narrow screen, the search on a phone, the
 * languages. What lies behind the list cannot be reached meanwhile; Escape closes each of them and
 * gives the focus back. The theme opens the first
 * two by hidden switches; our buttons press those.
 */
const BEHIND = [
  '[data-md-component="skip"]',
  ".md-header",
  ".md-tabs",
  ".md-sidebar--secondary",
  ".md-content",
  ".md-footer",
  "[data-update]",
].join();
const WIDE = "(min-width: 76.25em)"; // from here on the theme shows the list beside the page

/** @param {string} selector @returns {HTMLElement | null} */
const one = (selector) => document.querySelector(selector);

export function tendOverlays() {
  const drawer = /** @type {HTMLInputElement | null} */ (one("#__drawer"));
  const search = /** @type {HTMLInputElement | null} */ (one("#__search"));
  if (drawer) {
    tendSwitch(drawer, ".md-nav__close");
    tendDrawer(drawer);
  }
  if (search) {
    tendSwitch(search, ".md-search__input");
  }
  for (const menu of document.querySelectorAll(".md-select")) {
    tendMenu(/** @type {HTMLElement} */ (menu));
  }
  for (const button of document.querySelectorAll("[data-opens]")) {
    const { opens } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener("click", () => one(`#${opens}`)?.click());
  }
}

/**
 * @param {HTMLInputElement} control
 * @param {string} first what gets the focus in what has opened
 */
function tendSwitch(control, first) {
  const button = one(`.md-header [data-opens="${control.id}"]`);
  control.addEventListener("change", () => {
    button?.setAttribute("aria-expanded", String(control.checked));
    // Once the theme's script, which takes the focus away, has done its part.
    setTimeout(() => {
      const { activeElement } = document;
      if (control.checked) {
        one(first)?.focus();
      } else if (activeElement === document.body || activeElement?.matches(first)) {
        button?.focus();
      }
    });
  });
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
      one(".md-nav__close")?.focus();
      drawer.click();
    }
  });
  matchMedia(WIDE).addEventListener("change", ({ matches }) => {
    if (matches && drawer.checked) {
      drawer.click();
    }
  });
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
