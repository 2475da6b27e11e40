/** Fetches the image of Python, and decompresses it. */
import { decompress } from "fzstd";
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
  const files = await fetchFiles([name], runtime, report);
  const image = /** @type {Uint8Array<ArrayBuffer>} */ (decompress(files[name]));
  return openImage(await WebAssembly.compile(image)).call;
}
