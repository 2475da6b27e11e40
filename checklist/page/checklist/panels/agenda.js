/** The agenda of the next meeting, in the client's language. */
import { find } from "../../ui/dom.js";
import { findField, findSlot, onAction } from "../../ui/parts.js";

/** @param {import("./context.js").Context} panels @returns {() => Promise<void>} updates the panel */
export function createAgenda(panels) {
  const { root, open, printing } = panels;
  const language = findField(root, "agenda-lang");

  /** @returns {Promise<import("./context.js").Document>} */
  async function agenda() {
    const response = await panels.ask({ do: "agenda", record: open.record, in: language.value });
    find(root, '[data-document="agenda"]').lang = language.value;
    return response.document;
  }

  language.addEventListener("change", () => panels.update("agenda"));
  const print = async () => printing.print(await agenda());
  onAction(root, "print-agenda", panels.onPress(findSlot(root, "agenda-printed"), print));
  return async () => panels.show(await agenda(), "agenda", "h5");
}
