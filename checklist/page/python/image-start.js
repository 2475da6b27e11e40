/** Fetches the image of Python, and decompresses it during the download. */
import { openImage } from "../../python_image/loader.js";
import { fetchFiles } from "./verified-fetch.js";

/**
 * Fetch the image, and open it after its digest is verified.
 *
 * @param {string} name
 * @param {import("./runtime.js").Runtime} runtime
 * @param {import("./runtime.js").Report} report
 * @returns {Promise<import("./runtime.js").EntryPoint>}
 */
export async function loadImage(name, runtime, report) {
  /** @type {() => Promise<ArrayBuffer>} */
  let end = async () => new ArrayBuffer();
  await fetchFiles([name], runtime, report, () => {
    const decompressor = createDecompressor();
    end = decompressor.end;
    return decompressor.add;
  });
  return openImage(await WebAssembly.compile(await end())).call;
}

/** Decompresses a gzip file while it is downloaded. */
function createDecompressor() {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const decompressed = new Response(readable).arrayBuffer();
  // A damaged file is reported after its digest is checked.
  decompressed.catch(() => {});

  return {
    /** @param {Uint8Array<ArrayBuffer>} part */
    add(part) {
      writer.write(part).catch(() => {});
    },
    end() {
      writer.close().catch(() => {});
      return decompressed;
    },
  };
}
