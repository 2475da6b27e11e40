/** Fetches the image of Python, and decompresses it. */
import { ZSTDDecoder } from "zstddec";
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
  const [files, decoder] = await Promise.all([fetchFiles([name], runtime, report), startDecoder()]);
  const image = /** @type {Uint8Array<ArrayBuffer>} */ (decoder.decode(files[name]));
  return openImage(await WebAssembly.compile(image)).call;
}

/**
 * Start the decoder, which reads its own code by fetching a `data:` address. The policy allows no
 * such request, so during the call it gets the bytes without one.
 *
 * @returns {Promise<ZSTDDecoder>}
 */
function startDecoder() {
  const decoder = new ZSTDDecoder();
  const { fetch } = globalThis;
  globalThis.fetch = async (address) => new Response(bytesOf(String(address)));
  try {
    return decoder.init().then(() => decoder);
  } finally {
    globalThis.fetch = fetch;
  }
}

/** @param {string} address with data in Base64 */
function bytesOf(address) {
  const text = atob(address.slice(address.indexOf(",") + 1));
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = text.charCodeAt(index); // `Uint8Array.from` takes three times as long
  }
  return bytes;
}
