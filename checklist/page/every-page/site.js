/**
 * Every page: the language switch keeps the place on the page and the part of the address
 * after "#". Headings and questions have the same ids in both languages. A page made for paper
 * has a button that prints it. The search loads its index when someone turns to it, and the
 * checklist what it needs. The site is kept for when there is no network.
 */
import { keepOffline } from "./offline.js";
import { tendOverlays } from "./overlays.js";
import { prefetchOnIntent } from "./prefetch.js";
import { publishHeight } from "../ui/bar-height.js";

const PLACE = /^#at=(-?\d+),([\w:.-]+)(#.*)?$/;
const BELOW_HEADER_PX = 80;

for (const link of document.querySelectorAll("a[hreflang]")) {
  link.addEventListener("click", () => {
    const target = /** @type {HTMLAnchorElement} */ (link);
    target.hash = hashWithPlace();
  });
}
restore();
tendOverlays();

for (const button of document.querySelectorAll("[data-print]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => print());
}

const SEARCH =
  '[data-md-component="search"], [data-opens="__search"], [data-md-component="search-query"]';

Object.assign(globalThis, {
  /** @param {() => void} load called once, by the theme's script */
  whenSearched(load) {
    const calling = new AbortController();
    for (const type of ["focusin", "pointerover", "touchstart"]) {
      addEventListener(
        type,
        ({ target }) => {
          if (target instanceof Element && target.closest(SEARCH)) {
            calling.abort();
            load();
          }
        },
        { signal: calling.signal, passive: true },
      );
    }
  },
});

const ahead = document.getElementById("checklist-ahead");
if (ahead) {
  prefetchOnIntent(JSON.parse(ahead.textContent ?? ""));
}

const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-update]"));
if (bar) {
  publishHeight(bar, "--news-height");
  const worker = new URL(String(bar.dataset.worker), document.baseURI).href;
  const removing = new AbortController();
  const outcome = keepOffline(bar, worker, removing.signal);
  const block = /** @type {HTMLElement | null} */ (document.querySelector("[data-copy]"));
  if (block) {
    import("./offline-copy.js").then(({ showCopy }) => showCopy(block, worker, outcome, removing));
  }
}

/** @returns {string} the part of the address after "#", and before it the place on the page */
function hashWithPlace() {
  const { hash } = location;
  // Not what has no box, nor what moves with the window: neither says where one is.
  const marks = [...document.querySelectorAll(".md-content [id]")].filter(
    (mark) => mark.getClientRects().length > 0 && !mark.closest("#checklist-result"),
  );
  const last = marks.findLast((mark) => mark.getBoundingClientRect().top <= BELOW_HEADER_PX);
  const isPlace = hash === "" || document.getElementById(hash.slice(1));
  if (!last || !isPlace) {
    return hash; // a client's address stays as it is
  }
  return `#at=${Math.round(last.getBoundingClientRect().top)},${last.id}${hash}`;
}

/** Go to the place at which the page in the other language was left. */
function restore() {
  const [isThere, offset, id, hash = ""] = PLACE.exec(location.hash) ?? [];
  if (!isThere) {
    return;
  }
  history.replaceState(history.state, "", location.pathname + location.search + hash);
  const mark = document.getElementById(id);
  if (mark) {
    const top = scrollY + mark.getBoundingClientRect().top - Number(offset);
    scrollTo({ top, behavior: "instant" });
  }
}
