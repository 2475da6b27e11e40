/**
 * The notice about a client from a link. Its state decides which of its buttons are shown.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { nameOf } from "../client/record.js";
import { announceIn } from "../ui/announce.js";
import { fill } from "../ui/format.js";
import { findBlock, setSlot } from "../ui/parts.js";

/** @param {HTMLElement} root @param {import("../ui/settings.js").Texts["messages"]} messages */
export function createSharedNotice(root, messages) {
  const block = findBlock(root, "shared");

  /** @param {"opening" | "open" | "known" | "damaged"} state @param {string} text */
  const display = (state, text) => {
    block.hidden = false;
    block.dataset.state = state;
    setSlot(root, "shared", text);
  };
  /** @param {Parameters<typeof display>} args */
  const show = (...args) => {
    display(...args);
    announceIn(root, args[1]);
  };

  return {
    hide() {
      block.hidden = true;
    },
    showOpening: () => show("opening", messages.opening),
    /** @param {string[]} problems */
    showDamaged: (problems) => show("damaged", problems.join("\n")),
    /** Show that a client is open, before it is known whether the visitor has kept it. Announced is
     * only what follows. */
    reserve: () => display("open", messages.shared),
    /** @param {ClientRecord | undefined} known the visitor's own client from the same link */
    showOpen(known) {
      if (known) {
        show("known", fill(messages.known, { name: nameOf(known, messages.unnamed) }));
      } else {
        show("open", messages.shared);
      }
    },
  };
}
