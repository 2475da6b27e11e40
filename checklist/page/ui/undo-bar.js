/**
 * The undo bar: it names what was just removed and offers to undo that. It stays until it is
 * closed, by its close button or Escape, or until there is another action to undo.
 */
import { hide } from "./focus.js";
import { find } from "./dom.js";
import { fill } from "./format.js";
import { onAction, setSlotWithName } from "./parts.js";
import { publishHeight } from "./bar-height.js";
import { announceIn } from "./announce.js";

/** @typedef {{ undo(): unknown, focusTarget(): HTMLElement }} Offer */

/**
 * @param {HTMLElement} root holds the bar
 * @param {Record<string, string>} messages
 */
export function createUndoBar(root, { undo_where }) {
  const bar = find(root, "[data-undo-bar]");
  const page = document.documentElement.dataset; // the styles keep its height free
  /** @type {Offer | null} */
  let offer = null;

  /** @param {Offer} closed */
  function close({ focusTarget }) {
    offer = null;
    hide(bar, focusTarget());
    delete page.undo;
  }

  publishHeight(bar, "--undo-height");
  onAction(bar, "undo-this", async () => {
    const pressed = offer;
    offer = null; // a second click must not undo twice
    await pressed?.undo();
    if (pressed && !offer) {
      close(pressed);
    }
  });
  onAction(bar, "undo-close", () => offer && close(offer));
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape" && offer && !(target instanceof Element && target.closest("dialog"))) {
      event.preventDefault(); // tells other handlers that this key press is used
      close(offer);
    }
  });

  return {
    close() {
      offer = null;
      bar.hidden = true;
      delete page.undo;
    },

    /**
     * @param {string} text
     * @param {() => unknown} undo
     * @param {() => HTMLElement} focusTarget gets the focus if the bar has it when it is closed
     * @param {string} [name] of a client, for `{name}` in the text
     */
    offer(text, undo, focusTarget, name = "") {
      offer = { undo, focusTarget };
      setSlotWithName(bar, "undo-bar", text, name);
      bar.hidden = false;
      page.undo = "";
      announceIn(root, `${fill(text, { name })} ${undo_where}`);
      if (document.activeElement !== document.body) {
        document.activeElement?.scrollIntoView({ block: "nearest" }); // the bar must not cover it
      }
    },
  };
}
