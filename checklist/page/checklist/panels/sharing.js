/** A link to the client, files, and the printed sheet. */
import { download, copyText, fileName, find, findInput } from "../../ui/dom.js";
import { clearAnnouncements, announce } from "../../ui/announce.js";

const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };

/** @param {import("./panels.js").Panels} panels */
export function createSharing({ root, says, open, printing, ask, renew, onPress }) {
  const link = findInput(root, '[data-field="link"]');
  const copied = find(root, '[data-slot="link-copied"]');
  const boxes = ["link-name", "link-notes"].map((name) =>
    findInput(root, `[data-field="${name}"]`),
  );
  boxes.forEach((box) => box.addEventListener("change", () => renew("share")));
  onPress("copy-link", async () => {
    const isDone = await copyText(link);
    announce(copied, isDone ? says.copied : says.not_copied);
  });
  for (const kind of /** @type {const} */ (["json", "csv", "md"])) {
    onPress(`save-${kind}`, async () => {
      const request = { do: "export", records: [open.record], as: kind, one: true };
      const { text } = await ask(request);
      download(text, fileName(kind), TYPES[kind]);
    });
  }
  onPress("print-sheet", async () => printing.print(await sheet()));

  /** @returns {Promise<import("./panels.js").Document>} */
  async function sheet() {
    const answer = await ask({ do: "sheet", record: open.record });
    return answer.document;
  }

  return {
    sheet,

    async show() {
      const [name, notes] = boxes.map(({ checked }) => checked);
      const { payload } = await ask({ do: "link", record: open.record, name, notes });
      link.value = `${location.origin}${location.pathname}#c=${payload}`;
      clearAnnouncements(copied);
    },
  };
}
