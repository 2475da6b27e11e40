/**
 * The entry point of every page: overlays, palette, scrolling, folded cases, print buttons, the
 * search on demand, prefetching, a shared client at a wrong address, offline support, and language
 * links that keep the scroll position and the fragment (ids are the same in both languages).
 */
import { setUpFoldedCases } from "./folded-cases.js";
import { setUpOffline } from "./offline.js";
import { setUpOverlays } from "./overlays.js";
import { setUpPalette } from "./palette.js";
import { prefetchOnIntent } from "./prefetch.js";
import { setUpScrolling } from "./scrolling.js";
import { publishHeight } from "../ui/bar-height.js";

const POSITION = /^#at=(-?\d+),([\w:.-]+)((?:,[\w:.-]+)*)(#.*)?$/;
const BELOW_HEADER_PX = 80;

for (const link of document.querySelectorAll("a[hreflang]")) {
  link.addEventListener("click", () => {
    const target = /** @type {HTMLAnchorElement} */ (link);
    target.hash = hashWithPosition();
  });
}
restorePosition();
setUpOverlays();

for (const button of document.querySelectorAll("[data-print]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => print());
}

setUpPalette();
setUpScrolling();
setUpFoldedCases();
loadSearchOnUse();
searchFromAddress();

const prefetchSettings = document.getElementById("checklist-prefetch");
if (prefetchSettings) {
  prefetchOnIntent(JSON.parse(prefetchSettings.textContent ?? ""));
}

const bar = /** @type {HTMLElement | null} */ (document.querySelector("[data-update]"));
if (bar) {
  publishHeight(bar, "--update-height");
  const worker = new URL(String(bar.dataset.worker), document.baseURI).href;
  const removal = new AbortController();
  const outcome = setUpOffline(bar, worker, removal.signal);
  const block = /** @type {HTMLElement | null} */ (document.querySelector("[data-copy]"));
  if (block) {
    import("./offline-copy.js")
      .then(({ showOfflineCopy }) => showOfflineCopy(block, worker, outcome, removal))
      .catch((error) => console.warn("checklist:", error));
  }
}

/** @returns {string} the fragment, preceded by the scroll position and the ids of what is open */
function hashWithPosition() {
  const { hash } = location;
  // Hidden elements and the fixed result have no position in the document.
  const anchors = [...document.querySelectorAll(".md-content [id]")].filter(
    (anchor) => anchor.getClientRects().length > 0 && !anchor.closest("#checklist-result"),
  );
  const last = anchors.findLast((anchor) => anchor.getBoundingClientRect().top <= BELOW_HEADER_PX);
  const isAnchor = hash === "" || document.getElementById(hash.slice(1));
  if (!last || !isAnchor) {
    return hash; // a client's address must not change
  }
  const open = [...document.querySelectorAll("details[id][open]")].map(({ id }) => id);
  return `#at=${Math.round(last.getBoundingClientRect().top)},${[last.id, ...open]}${hash}`;
}

/** Open what is open on the page in the other language, and scroll to its position. */
function restorePosition() {
  const [match, offset, id, open, hash = ""] = POSITION.exec(location.hash) ?? [];
  if (!match) {
    return;
  }
  try {
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  } catch {
    // as in ui/replace-state.js, which would be one more file on each page
  }
  for (const one of open.split(",").slice(1)) {
    /** @type {HTMLDetailsElement | null} */ (document.getElementById(one))?.setAttribute(
      "open",
      "",
    );
  }
  const anchor = document.getElementById(id);
  if (anchor) {
    const top = scrollY + anchor.getBoundingClientRect().top - Number(offset);
    scrollTo({ top, behavior: "instant" });
  }
}

/** Load the search when the visitor turns to it. If it cannot be loaded, the next use tries again. */
function loadSearchOnUse() {
  const search = /** @type {HTMLElement | null} */ (document.querySelector(".md-search"));
  const listeners = new AbortController();
  const load = async () => {
    listeners.abort();
    const { field, words } = JSON.parse(search?.dataset.search ?? "");
    try {
      await import(new URL(field, document.baseURI).href);
    } catch (error) {
      console.warn("checklist:", error);
      const status = /** @type {HTMLElement} */ (search?.querySelector('[role="status"]'));
      status.textContent = words.failed;
      loadSearchOnUse();
    }
  };
  for (const type of ["focusin", "input", "pointerover", "touchstart"]) {
    const onUse = (/** @type {Event} */ { target }) => {
      if (target instanceof Element && target.closest('.md-search, [data-opens="__search"]')) {
        load();
      }
    };
    addEventListener(type, onUse, { signal: listeners.signal, passive: true });
  }
}

/** Search for the query in the address, if there is one. */
function searchFromAddress() {
  const searched = new URLSearchParams(location.search).get("q");
  if (searched) {
    const input = /** @type {HTMLInputElement} */ (document.querySelector(".md-search__input"));
    input.value = searched;
    input.focus();
  }
}
