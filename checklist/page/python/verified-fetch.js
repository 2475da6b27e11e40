/**
 * Fetch the runtime's files, and verify their size and digest.
 *
 * A damaged file is fetched once more past the HTTP cache, as the damaged copy may be in the cache.
 *
 * @typedef {import("./runtime.js").Runtime} Runtime
 * @typedef {import("./runtime.js").Report} Report
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */
import { failure, isFailure, errorText } from "./failures.js";

const REPORT_INTERVAL_MS = 100; // each report costs time

/**
 * Fetch files in parallel, and report their common progress.
 *
 * @param {string[]} names
 * @param {Runtime} runtime
 * @param {Report} report
 * @returns {Promise<Record<string, Bytes>>} rejects with a failure that names the file
 */
export async function fetchFiles(names, runtime, report) {
  const total = names.reduce((sum, name) => sum + runtime.files[name].size, 0);
  /** @type {Record<string, number>} */
  const loaded = {};
  let reportedAt = 0;

  /** @param {string} name @param {number} bytes */
  const count = (name, bytes) => {
    loaded[name] = bytes;
    if (performance.now() - reportedAt > REPORT_INTERVAL_MS) {
      reportedAt = performance.now();
      report("download", sumOf(Object.values(loaded)), total);
    }
  };

  /** @param {string} name @returns {Promise<[name: string, bytes: Bytes]>} */
  const fetchCounted = async (name) => [
    name,
    await fetchFile(name, runtime, (bytes) => count(name, bytes)),
  ];

  report("download", 0, total);
  const files = await Promise.all(names.map(fetchCounted));
  report("start", total, total);
  return Object.fromEntries(files);
}

/** @param {string} name @param {Runtime} runtime @param {(bytes: number) => void} onProgress */
async function fetchFile(name, runtime, onProgress) {
  if (name !== runtime.failedFile) {
    try {
      return await fetchOnce(name, runtime, "default", onProgress);
    } catch (error) {
      if (!isFailure(error) || error.reason !== "damaged") {
        throw error;
      }
    }
  }
  return fetchOnce(name, runtime, "reload", onProgress);
}

/**
 * @param {string} name
 * @param {Runtime} runtime
 * @param {RequestCache} cache
 * @param {(bytes: number) => void} onProgress
 * @returns {Promise<Bytes>}
 */
async function fetchOnce(name, { base, files, silence }, cache, onProgress) {
  const { size, digest } = files[name];
  const bytes = new Uint8Array(size);
  const controller = new AbortController();
  let watchdog = 0;
  const restartWatchdog = () => {
    clearTimeout(watchdog);
    watchdog = self.setTimeout(() => controller.abort(), silence);
  };

  restartWatchdog();
  try {
    const url = new URL(name, base);
    const response = await fetch(url, { cache, signal: controller.signal }).catch(async (error) => {
      // In WebKit a worker's request may bypass the service worker.
      const cached = await fromPrecache(url);
      if (!cached) {
        throw error;
      }
      return cached;
    });
    if (!response.ok || !response.body) {
      throw failure("missing", name, String(response.status));
    }
    const reader = response.body.getReader();
    let loaded = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      restartWatchdog();
      if (loaded + part.value.length > size) {
        throw failure("damaged", name, `more than ${size} bytes`);
      }
      bytes.set(part.value, loaded);
      loaded += part.value.length;
      onProgress(loaded);
    }
    if (loaded < size) {
      throw failure("damaged", name, `${loaded} bytes of ${size}`);
    }
  } catch (error) {
    if (isFailure(error)) {
      throw error;
    }
    throw failure(controller.signal.aborted ? "timeout" : "missing", name, errorText(error));
  } finally {
    clearTimeout(watchdog);
    controller.abort(); // stops the rest of the download
  }
  await requireDigest(name, bytes, digest);
  return bytes;
}

/** @param {URL} url @returns {Promise<Response | undefined>} from the service worker's precache */
async function fromPrecache(url) {
  try {
    return await caches.match(url);
  } catch {
    return undefined; // the browser has no Cache API, or denies access
  }
}

/** @param {string} name @param {Bytes} bytes @param {string} digest */
async function requireDigest(name, bytes, digest) {
  // `crypto.subtle` needs a secure context.
  const actual = self.crypto?.subtle && (await self.crypto.subtle.digest("SHA-256", bytes));
  if (actual && toHex(actual) !== digest) {
    throw failure("damaged", name, "not the file that was built");
  }
}

/** @param {ArrayBuffer} bytes */
function toHex(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number[]} numbers */
function sumOf(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}
