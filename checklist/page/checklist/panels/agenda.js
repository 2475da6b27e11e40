/** The next meeting: what to ask, in the language of the client. */
import { find, findInput } from "../../ui/dom.js";

/** @param {import("./panels.js").Panels} panels @returns {() => Promise<void>} shows it anew */
export function createAgenda({ root, open, printing, ask, show, renew, onPress }) {
  const language = findInput(root, '[data-field="agenda-lang"]');

  /** @returns {Promise<import("./panels.js").Document>} */
  async function agenda() {
    const answer = await ask({ do: "agenda", record: open.record, in: language.value });
    find(root, '[data-document="agenda"]').lang = language.value;
    return answer.document;
  }

  language.addEventListener("change", () => renew("agenda"));
  onPress("print-agenda", async () => printing.print(await agenda()));
  return async () => show(await agenda(), "agenda");
}
