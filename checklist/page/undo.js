/** The one line that says what has just gone, with the button that brings it back. */
import { find, setText } from "./page.js";

/** @param {HTMLElement} root holds the bar */
export function createUndoBar(root) {
  const bar = find(root, '[data-block="undo-bar"]');
  const button = find(bar, "button");
  /** @type {(() => void) | null} */
  let bringBack = null;

  function close() {
    bringBack = null;
    bar.hidden = true;
    setText(find(bar, '[data-slot="undo-bar"]'), "");
  }

  button.addEventListener("click", () => {
    const run = bringBack;
    close();
    run?.();
  });

  return {
    close,

    /** @param {string} text @param {() => void} undo */
    offer(text, undo) {
      bringBack = undo;
      bar.hidden = false;
      setText(find(bar, '[data-slot="undo-bar"]'), text);
    },
  };
}
