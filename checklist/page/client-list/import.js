/**
 * Files with clients: read, shown with what is wrong or new in them, and added when the visitor says
 * so.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ lines: string[], records: ClientRecord[] }} Read what to say of a file, and its clients
 */
import { announce, liveRegionOf } from "../ui/announce.js";
import { create, fill, find, findInput } from "../ui/dom.js";
import { hide } from "../ui/focus.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {Record<string, any>} options.settings what the page was built with
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {() => Promise<ClientRecord[]>} options.list all clients that are here
 * @param {(records: ClientRecord[]) => Promise<HTMLElement>} options.add adds them, and returns
 *   where the focus goes
 */
export function createImport(root, { settings, python, list, add }) {
  const { file: limits, texts } = settings;
  const opener = find(root, '[data-action="import"]');
  const field = findInput(root, '[data-field="file"]');
  const block = find(root, '[data-block="arriving"]');
  const button = find(root, '[data-action="add-arriving"]');
  /** @type {ClientRecord[]} */
  let arriving = [];
  opener.addEventListener("click", () => field.click());
  field.addEventListener("change", readAll);
  button.addEventListener("click", addAll);
  find(root, '[data-action="drop-arriving"]').addEventListener("click", () => close(opener));

  /** Read one file, or the parts of an export; of a file that is refused nothing is added. */
  async function readAll() {
    const files = [...(field.files ?? [])];
    if (files.length === 0) {
      return;
    }
    show({ lines: [texts.says.reading], records: [] });
    /** @type {Read} */
    const all = { lines: [], records: [] };
    for (const file of files) {
      const { lines, records } = await readFile(file, all.records);
      all.lines.push(...lines);
      all.records.push(...records);
    }
    show(all);
    field.value = "";
  }

  /** What is not UTF-8 is refused, as on the command line: decoded anyway, it would be damaged.
   * @param {File} file @param {ClientRecord[]} before in the files before it
   * @returns {Promise<Read>} */
  async function readFile(file, before) {
    const { name, size } = file;
    const refused = (/** @type {string} */ line) => ({ lines: [line], records: [] });
    if (size > limits.largest) {
      return refused(fill(limits.too_large, { name }));
    }
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) {
      return refused(fill(limits.unreadable, { name }));
    }
    try {
      return await readText(name, new TextDecoder("utf-8", { fatal: true }).decode(bytes), before);
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      return refused(fill(limits.not_text, { name, byte: firstBadByte(bytes) }));
    }
  }

  /** @param {string} name @param {string} text @param {ClientRecord[]} before in the files before it
   * @returns {Promise<Read>} */
  async function readText(name, text, before) {
    // Only a client that the file names can be the same; with all of them the request would be long.
    const here = [...(await list()), ...before].filter(({ id }) => {
      const first = String(id).replace(/-\d+$/, "");
      return first === limits.without_id || !/^[\w-]+$/.test(first) || text.includes(first);
    });
    const response = await python.askWhenReady({ do: "import", text, here });
    const refused = response.problems && [fill(texts.says.refused, { name }), ...response.problems];
    return { lines: refused ?? response.lines, records: response.records ?? [] };
  }

  /** @param {Read} read */
  function show({ lines, records }) {
    arriving = records;
    block.hidden = false;
    find(root, '[data-list="arriving"]').replaceChildren(
      ...lines.map((line) => create("li", line)),
    );
    button.hidden = records.length === 0;
    announce(liveRegionOf(root), lines.join(" "));
  }

  async function addAll() {
    const records = arriving;
    arriving = []; // pressed twice, it adds once
    if (records.length > 0) {
      close(await add(records));
    }
  }

  /** @param {HTMLElement} next where the focus goes */
  function close(next) {
    arriving = [];
    hide(block, next);
  }
}

/** @param {ArrayBuffer} bytes @returns {number} the offset of the first byte that is not UTF-8 */
function firstBadByte(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(text.slice(0, text.indexOf("\ufffd"))).length;
}
