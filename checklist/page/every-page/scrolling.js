/**
 * What depends on how far the page is scrolled: the shadow and the title in the header, and the
 * current heading in the table of contents.
 */
const BELOW_HEADER_PX = 100;

export function setUpScrolling() {
  const header = /** @type {HTMLElement} */ (document.querySelector(".md-header"));
  const main = /** @type {HTMLElement} */ (document.querySelector(".md-main"));
  const title = header.querySelector(".md-header__title");
  const heading = document.querySelector("h1");
  const links = [...document.querySelectorAll("[data-toc] a")].map(
    (link) => /** @type {HTMLAnchorElement} */ (link),
  );
  const targets = links.map(({ hash }) => document.getElementById(hash.slice(1)));
  let isRequested = false;

  const update = () => {
    isRequested = false;
    // All is measured before anything changes: the browser lays the page out once.
    const tops = targets.map((target) => target?.getBoundingClientRect().top ?? Infinity);
    const isOverMain = main.getBoundingClientRect().top <= header.offsetHeight;
    const isPastTitle = heading ? heading.getBoundingClientRect().bottom < 0 : false;
    header.classList.toggle("md-header--shadow", isOverMain);
    title?.classList.toggle("md-header__title--active", isPastTitle);
    const current = tops.findLastIndex((top) => top < BELOW_HEADER_PX);
    for (const [index, link] of links.entries()) {
      link.classList.toggle("md-nav__link--passed", index < current);
      link.classList.toggle("md-nav__link--active", index === current);
    }
    follow(links[current]);
  };
  const request = () => {
    if (!isRequested) {
      isRequested = true;
      requestAnimationFrame(update);
    }
  };
  addEventListener("scroll", request, { passive: true });
  addEventListener("resize", request, { passive: true });
  request();
}

/** Scroll the table of contents so far that the current heading is in sight.
 * @param {HTMLElement | undefined} link */
function follow(link) {
  const box = link?.closest(".md-sidebar__scrollwrap");
  if (link && box && box.scrollHeight > box.clientHeight) {
    box.scrollTop = link.offsetTop - box.clientHeight / 2;
  }
}
