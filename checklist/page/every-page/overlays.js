/**
 * Overlays: the navigation drawer on a narrow screen, the search, and the language menu. What an
 * overlay covers is inert. Escape closes an overlay and returns the focus.
 *
 * A hidden checkbox holds the state of the drawer and of the search, as in Material's styles.
 */
const DRAWER = { first: ".md-nav__close", wide: "(min-width: 76.25em)" };
const SEARCH = { first: ".md-search__input", wide: "(min-width: 60em)" };
const BEHIND = [".md-skip", ".md-tabs", ".md-content", ".md-sidebar--secondary", ".md-footer"];
const BEHIND_DRAWER = [...BEHIND, ".md-header", "[data-update]"].join();
const BEHIND_SEARCH = [
  ...[...BEHIND, ".md-sidebar--primary", "[data-update]"],
  ".md-header__inner > :not(.md-search)",
].join();

/** @param {string} selector @returns {HTMLElement | null} */
const query = (selector) => document.querySelector(selector);

export function setUpOverlays() {
  const drawer = new Overlay("__drawer", BEHIND_DRAWER, DRAWER);
  const search = new Overlay("__search", BEHIND_SEARCH, SEARCH);
  matchMedia(DRAWER.wide).addEventListener("change", () => drawer.toggle(false));
  setUpSearch(search);
  for (const menu of document.querySelectorAll(".md-select")) {
    setUpMenu(/** @type {HTMLElement} */ (menu));
  }
}

class Overlay {
  /**
   * @param {string} id of the checkbox
   * @param {string} behind what is inert while the overlay covers it
   * @param {{ first: string, wide: string }} options the element that gets the focus on opening,
   *   and the media query of a window so wide that nothing is covered
   */
  constructor(id, behind, { first, wide }) {
    this.checkbox = /** @type {HTMLInputElement} */ (query(`#${id}`));
    this.behind = behind;
    this.first = first;
    this.wide = matchMedia(wide);
    this.button = query(`.md-header [data-opens="${id}"]`);
    for (const opener of document.querySelectorAll(`[data-opens="${id}"]`)) {
      opener.addEventListener("click", () => this.toggle(!this.isOpen));
    }
    this.checkbox.addEventListener("change", () => this.#update());
    this.wide.addEventListener("change", () => this.#setInert());
    addEventListener("keydown", ({ key }) => key === "Escape" && this.toggle(false));
  }

  get isOpen() {
    return this.checkbox.checked;
  }

  /** @param {boolean} isOpen */
  toggle(isOpen) {
    if (this.isOpen !== isOpen) {
      this.checkbox.checked = isOpen;
      this.#update();
    }
  }

  /** Apply the state of the checkbox. */
  #update() {
    const { isOpen, button } = this;
    const first = query(this.first);
    this.#setInert();
    button?.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      first?.focus();
    } else {
      button?.focus(); // in a wide window it is hidden and takes no focus
      first?.blur();
    }
  }

  #setInert() {
    for (const part of document.querySelectorAll(this.behind)) {
      /** @type {HTMLElement} */ (part).inert = this.isOpen && !this.wide.matches;
    }
  }
}

/** @param {Overlay} search open while the focus is in it */
function setUpSearch(search) {
  const root = /** @type {HTMLElement} */ (query(".md-search"));
  root.addEventListener("focusin", () => search.toggle(true));
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (search.wide.matches && relatedTarget instanceof Node && !root.contains(relatedTarget)) {
      search.toggle(false);
    }
  });
  root.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a")) {
      search.toggle(false); // the link may lead to this page
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
