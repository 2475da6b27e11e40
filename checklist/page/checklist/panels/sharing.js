/** A link to the client, files, and the printed sheet. */
import { clearAnnouncements } from "../../ui/announce.js";
import { copyAndAnnounce } from "../../ui/clipboard.js";
import { download, fileName } from "../../ui/download.js";
import { findField, findSlot, onAction } from "../../ui/parts.js";

/** @param {import("./panels.js").Panels} panels */
export function createSharing(panels) {
  const { root, open, says, printing } = panels;
  const link = findField(root, "link");
  const copied = findSlot(root, "link-copied");
  const boxes = ["link-name", "link-notes"].map((name) => findField(root, name));
  boxes.forEach((box) => box.addEventListener("change", () => panels.update("share")));
  onAction(root, "copy-link", () => copyAndAnnounce(link, copied, says));
  for (const kind of ["json", "csv", "md"]) {
    onAction(root, `save-${kind}`, async () => {
      const request = { do: "export", records: [open.record], as: kind, one: true };
      const { text } = await panels.ask(request);
      download(text, fileName(kind));
    });
  }
  onAction(root, "print-sheet", async () => printing.print(await sheet()));

  /** @returns {Promise<import("./panels.js").Document>} */
  async function sheet() {
    const response = await panels.ask({ do: "sheet", record: open.record });
    return response.document;
  }

  return {
    sheet,

    async update() {
      const [name, notes] = boxes.map(({ checked }) => checked);
      const { payload } = await panels.ask({ do: "link", record: open.record, name, notes });
      link.value = `${location.origin}${location.pathname}#c=${payload}`;
      clearAnnouncements(copied);
    },
  };
}
