/**
 * The one line that says what has just gone, with the button that brings it back. It stays until
 * it is put away, by its other button or by Escape, or makes way for another.
 */
import { hide } from "./focus.js";
import { find, setText } from "./dom.js";
import { tellHeight } from "./bar-height.js";
import { announce, liveRegionOf } from "./announce.js";

/** @typedef {{ undo(): unknown, place(): HTMLElement }} Offer */

/**
 * @param {HTMLElement} root holds the bar
 * @param {{ undo_where: string }} texts
 */
export function createUndoBar(root, { undo_where }) {
  const bar = find(root, "[data-undo-bar]");
  const button = find(bar, '[data-action="undo-this"]');
  /** @type {Offer | null} */
  let offer = null;

  /** @param {Offer} over whose place gets the focus, where the bar has it */
  function putAway({ place }) {
    offer = null;
    hide(bar, place());
  }

  tellHeight(bar, "--undo-height");
  button.addEventListener("click", async () => {
    const pressed = offer;
    offer = null; // pressed twice, it undoes once
    await pressed?.undo();
    if (pressed && !offer) {
      putAway(pressed);
    }
  });
  find(bar, '[data-action="undo-close"]').addEventListener("click", () => offer && putAway(offer));
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape" && offer && !(target instanceof Element && target.closest("dialog"))) {
      event.preventDefault(); // one press puts one thing away
      putAway(offer);
    }
  });

  return {
    close() {
      offer = null;
      bar.hidden = true;
    },

    /**
     * @param {string} text
     * @param {() => unknown} undo
     * @param {() => HTMLElement} place where the focus goes from the bar
     */
    offer(text, undo, place) {
      offer = { undo, place };
      setText(find(bar, '[data-slot="undo-bar"]'), text);
      bar.hidden = false;
      announce(liveRegionOf(root), `${text} ${undo_where}`);
      if (document.activeElement !== document.body) {
        document.activeElement?.scrollIntoView({ block: "nearest" }); // not behind the bar
      }
    },
  };
}
