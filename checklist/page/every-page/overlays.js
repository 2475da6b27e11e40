/**
 * Overlays: the navigation drawer on a narrow screen, the search on a phone, and the language menu.
 * The page behind the drawer is inert. Escape closes an overlay and returns the focus. The theme
 * opens the drawer and the search with hidden checkboxes, which our buttons click.
 */
const BEHIND_DRAWER = [
  '[data-md-component="skip"]',
  ".md-header",
  ".md-tabs",
  ".md-sidebar--secondary",
  ".md-content",
  ".md-footer",
  "[data-update]",
].join();
const WIDE = "(min-width: 76.25em)"; // at this width the theme shows the navigation beside the page

/** @param {string} selector @returns {HTMLElement | null} */
const query = (selector) => document.querySelector(selector);

export function setUpOverlays() {
  const drawer = /** @type {HTMLInputElement | null} */ (query("#__drawer"));
  const search = /** @type {HTMLInputElement | null} */ (query("#__search"));
  if (drawer) {
    setUpToggle(drawer, ".md-nav__close");
    setUpDrawer(drawer);
  }
  if (search) {
    setUpToggle(search, ".md-search__input");
  }
  for (const menu of document.querySelectorAll(".md-select")) {
    setUpMenu(/** @type {HTMLElement} */ (menu));
  }
  for (const button of document.querySelectorAll("[data-opens]")) {
    const { opens } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener("click", () => query(`#${opens}`)?.click());
  }
}

/**
 * @param {HTMLInputElement} checkbox
 * @param {string} first the selector of the element that gets the focus on opening
 */
function setUpToggle(checkbox, first) {
  const button = query(`.md-header [data-opens="${checkbox.id}"]`);
  checkbox.addEventListener("change", () => {
    button?.setAttribute("aria-expanded", String(checkbox.checked));
    // After the theme's handler, which moves the focus.
    setTimeout(() => {
      const { activeElement } = document;
      if (checkbox.checked) {
        query(first)?.focus();
      } else if (activeElement === document.body || activeElement?.matches(first)) {
        button?.focus();
      }
    });
  });
}

/** @param {HTMLInputElement} drawer */
function setUpDrawer(drawer) {
  drawer.addEventListener("change", () => {
    for (const part of document.querySelectorAll(BEHIND_DRAWER)) {
      /** @type {HTMLElement} */ (part).inert = drawer.checked;
    }
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && drawer.checked) {
      query(".md-nav__close")?.focus();
      drawer.click();
    }
  });
  matchMedia(WIDE).addEventListener("change", ({ matches }) => {
    if (matches && drawer.checked) {
      drawer.click();
    }
  });
}

/** @param {HTMLElement} menu opened by `:hover` and `:focus-within` */
function setUpMenu(menu) {
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
