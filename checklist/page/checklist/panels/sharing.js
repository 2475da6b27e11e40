/** A link to the client, files, and the printed sheet. */
import { fileOf } from "../../backup/json-files.js";
import { clearAnnouncements } from "../../ui/announce.js";
import { copyAndAnnounce } from "../../ui/clipboard.js";
import { download, fileName } from "../../ui/download.js";
import { fill } from "../../ui/format.js";
import { findBlock, findField, findSlot, onAction, setSlot } from "../../ui/parts.js";

const LONG_LINK = 2_000; // characters; some programs cut longer links

/** @param {import("./context.js").Context} panels */
export function createSharing(panels) {
  const { root, open, messages } = panels;
  const link = findField(root, "link");
  const copied = findSlot(root, "link-copied");
  const boxes = ["link-name", "link-notes"].map((name) => findField(root, name));
  /** The record that the link is of. @type {object | null} */
  let linked = null;

  for (const box of boxes) {
    box.addEventListener("change", () => {
      linked = null;
      panels.update("share");
    });
  }
  const copy = () => copyAndAnnounce(link, copied, messages);
  const updateAndCopy = panels.onPress(copied, async () => {
    await update();
    await copy();
  });
  // Some browsers allow copying only directly after the press.
  onAction(root, "copy-link", () => (linked === open.record ? copy() : updateAndCopy()));

  /** @returns {Promise<void>} rejects without a link */
  async function update() {
    const { record } = open;
    const [name, notes] = boxes.map(({ checked }) => checked);
    linked = null;
    const { payload } = await panels.ask({ do: "link", record, name, notes });
    const address = `${location.origin}${location.pathname}#c=${payload}`;
    if (link.value !== address) {
      link.value = address;
      clearAnnouncements(copied);
    }
    linked = record;
    const count = link.value.length;
    findBlock(root, "link-long").hidden = count <= LONG_LINK;
    setSlot(root, "link-long", count <= LONG_LINK ? "" : fill(messages.link_long, { count }));
  }

  return {
    sheet: setUpFiles(panels),
    update,

    /** Another client was opened. */
    reset() {
      linked = null;
      link.value = "";
      findBlock(root, "link-long").hidden = true;
      clearAnnouncements(copied);
    },
  };
}

/** The buttons for files and for the printed sheet.
 * @param {import("./context.js").Context} panels
 * @returns {() => Promise<import("./context.js").Document>} makes the sheet */
function setUpFiles(panels) {
  const { root, open, printing, limits } = panels;
  const region = findSlot(root, "file-saved");
  const sheet = async () => {
    const response = await panels.ask({ do: "sheet", record: open.record });
    return response.document;
  };
  onAction(root, "save-json", () => download(fileOf(open.record, limits), fileName("json")));
  for (const kind of /** @type {const} */ (["csv", "md"])) {
    const save = async () => {
      const { text } = await panels.ask({ do: "export", records: [open.record], as: kind });
      download(text, fileName(kind));
    };
    onAction(root, `save-${kind}`, panels.onPress(region, save));
  }
  const print = async () => printing.print(await sheet());
  onAction(root, "print-sheet", panels.onPress(region, print));
  return sheet;
}
