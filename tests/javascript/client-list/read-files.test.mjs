import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readFiles } from "../../../checklist/page/client-list/read-files.js";

const TEXT = '{"name": "Анна", "answers": {}}';
const FILE = {
  without_id: "client",
  too_large: "{name} is too large",
  unreadable: "{name} cannot be read",
  not_text: "{name}: byte {byte}",
};

const SAYS = {
  save_as_utf8: "save it as UTF-8",
  file_empty: "{name} is empty",
  file_without_clients: "{name} has none",
  choose_json: "choose JSON",
  refused: "{name} refused",
};

/** @param {string} text @param {boolean} [isBigEndian] */
function utf16(text, isBigEndian = false) {
  const bytes = new Uint8Array(Buffer.from(text, "utf16le"));
  return isBigEndian ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes;
}

/** @param {Uint8Array | string} content @param {object} [response] of Python @returns {Promise<{ lines: string[], text?: string }>} what
 *   the visitor is told, and the text that Python gets */
async function read(content, response = { lines: ["read"], records: [] }) {
  /** @type {string | undefined} */
  let text;
  const context = /** @type {any} */ ({
    settings: {
      limits: { largest: 1_000 },
      file: FILE,
      texts: { messages: SAYS },
    },
    python: {
      /** @param {{ text: string }} request */
      askWhenReady: async (request) => {
        text = request.text;
        return response;
      },
    },
    list: async () => [],
  });
  const file = new File([/** @type {BlobPart} */ (content)], "a.json");
  const { lines } = await readFiles([file], context);
  return text === undefined ? { lines } : { lines, text };
}

describe("a file with clients", () => {
  for (const [what, content] of /** @type {[string, Uint8Array | string][]} */ ([
    ["UTF-8", TEXT],
    ["UTF-8 with a mark", `\ufeff${TEXT}`],
    ["UTF-16 with a mark", utf16(`\ufeff${TEXT}`)],
    ["big-endian UTF-16 with a mark", utf16(`\ufeff${TEXT}`, true)],
    ["UTF-16", utf16(TEXT)],
    ["big-endian UTF-16", utf16(TEXT, true)],
  ])) {
    it(`is read in ${what}`, async () => {
      assert.deepEqual(await read(content), { lines: ["read"], text: TEXT });
    });
  }

  for (const content of ["", " \r\n", "\ufeff"]) {
    it(`is reported as empty: ${JSON.stringify(content)}`, async () => {
      assert.deepEqual(await read(content), { lines: ["a.json is empty"] });
    });
  }

  it("is reported if it has no clients", async () => {
    const { lines } = await read('{"cases": []}', { lines: [], records: [] });
    assert.deepEqual(lines, ["a.json has none"]);
  });

  for (const [what, content, hints] of /** @type {[string, string, string[]][]} */ ([
    ["a table", "name;verdict", ["choose JSON"]],
    ["a page", "<!doctype html>", ["choose JSON"]],
    ["a ZIP file", "PK\u0003\u0004", ["choose JSON"]],
    ["broken JSON", ' {"answers": ', []],
  ])) {
    it(`that is ${what} is refused`, async () => {
      const { lines } = await read(content, { problems: ["1:1"] });
      assert.deepEqual(lines, ["a.json refused", "1:1", ...hints]);
    });
  }

  for (const [what, content, byte] of /** @type {[string, Uint8Array, number][]} */ ([
    ["another encoding", new Uint8Array([0x7b, 0x22, 0xe0, 0xed, 0x22, 0x7d]), 2],
    ["UTF-32 with a mark", new Uint8Array([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 0],
    ["UTF-16 with an odd number of bytes", utf16(`\ufeff${TEXT}`).slice(0, -1), 0],
  ])) {
    it(`is refused in ${what}, with how to save it anew`, async () => {
      assert.deepEqual(await read(content), {
        lines: [`a.json: byte ${byte}`, "save it as UTF-8"],
      });
    });
  }
});
