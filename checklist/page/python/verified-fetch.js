/**
 * The runtime's files: each one whole, of the size and the digest that the page was built with, or
 * not at all.
 *
 * One that comes damaged is asked for once more, past the browser's own copy: that is where the
 * damage may lie, and it would lie there for as long as the copy may be kept.
 *
 * @typedef {import("./worker.js").Runtime} Runtime
 * @typedef {import("./worker.js").Report} Report
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {(part: Bytes) => void} Heed
 */
import { failure, isFailure, textOf } from "./failures.js";

const REPORT_EVERY_MS = 100; // more often nobody could see, and each report takes time

/**
 * Fetch files side by side, and report how much of them all has come.
 *
 * @param {string[]} names
 * @param {Runtime} runtime
 * @param {Report} report
 * @param {() => Heed} [begin] called as a file begins to come, perhaps for the second time; what it
 *   returns is given each part
 * @returns {Promise<Record<string, Bytes>>} rejects with a failure that names the file
 */
export async function getFiles(names, runtime, report, begin = () => () => {}) {
  const total = names.reduce((sum, name) => sum + runtime.files[name].size, 0);
  /** @type {Record<string, number>} */
  const loaded = {};
  let told = 0;

  /** @param {string} name @param {number} bytes */
  const count = (name, bytes) => {
    loaded[name] = bytes;
    if (performance.now() - told > REPORT_EVERY_MS) {
      told = performance.now();
      report("download", sumOf(Object.values(loaded)), total);
    }
  };

  /** @param {string} name @returns {Promise<[name: string, bytes: Bytes]>} */
  const got = async (name) => [
    name,
    await getFile(name, runtime, () => {
      const heed = begin();
      let bytes = 0;
      return (part) => {
        heed(part);
        bytes += part.length;
        count(name, bytes);
      };
    }),
  ];

  report("download", 0, total);
  const files = await Promise.all(names.map(got));
  report("start", total, total);
  return Object.fromEntries(files);
}

/** @param {string} name @param {Runtime} runtime @param {() => Heed} begin */
async function getFile(name, runtime, begin) {
  if (name !== runtime.again) {
    try {
      return await getOnce(name, runtime, "default", begin());
    } catch (error) {
      if (!isFailure(error) || error.reason !== "damaged") {
        throw error;
      }
    }
  }
  return getOnce(name, runtime, "reload", begin());
}

/**
 * @param {string} name
 * @param {Runtime} runtime
 * @param {RequestCache} cache
 * @param {Heed} heed
 * @returns {Promise<Bytes>}
 */
async function getOnce(name, { base, files, silence }, cache, heed) {
  const { size, digest } = files[name];
  const bytes = new Uint8Array(size);
  const ending = new AbortController();
  let watchdog = 0;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = self.setTimeout(() => ending.abort(), silence);
  };

  watch();
  try {
    const url = new URL(name, base);
    const response = await fetch(url, { cache, signal: ending.signal }).catch(async (error) => {
      // WebKit may let a worker's request past the service worker, and so past the site's copy.
      const kept = await fromCopy(url);
      if (!kept) {
        throw error;
      }
      return kept;
    });
    if (!response.ok || !response.body) {
      throw failure("missing", name, String(response.status));
    }
    const reader = response.body.getReader();
    let loaded = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      watch();
      if (loaded + part.value.length > size) {
        throw failure("damaged", name, `more than ${size} bytes`);
      }
      bytes.set(part.value, loaded);
      loaded += part.value.length;
      heed(part.value);
    }
    if (loaded < size) {
      throw failure("damaged", name, `${loaded} bytes of ${size}`);
    }
  } catch (error) {
    if (isFailure(error)) {
      throw error;
    }
    throw failure(ending.signal.aborted ? "timeout" : "missing", name, textOf(error));
  } finally {
    clearTimeout(watchdog);
    ending.abort(); // what is left of it is of no use
  }
  await requireDigest(name, bytes, digest);
  return bytes;
}

/** @param {URL} url @returns {Promise<Response | undefined>} what the site's copy has */
async function fromCopy(url) {
  try {
    return await caches.match(url);
  } catch {
    return undefined; // there are none, or they are refused
  }
}

/** @param {string} name @param {Bytes} bytes @param {string} digest */
async function requireDigest(name, bytes, digest) {
  // Without a secure connection a browser lends no digests.
  const found = self.crypto?.subtle && (await self.crypto.subtle.digest("SHA-256", bytes));
  if (found && hexadecimal(found) !== digest) {
    throw failure("damaged", name, "not the file that was built");
  }
}

/** @param {ArrayBuffer} bytes */
function hexadecimal(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number[]} numbers */
function sumOf(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}
