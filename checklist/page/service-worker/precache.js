/**
 * The precache of one version of the site: a cache of its own, named after the version.
 *
 * @typedef {object} Build
 * @property {string} version a hash of all files
 * @property {string} headers a hash of the response headers that hosts are configured to send
 * @property {Record<string, string>} files the SHA-256 digests of the precached files by path
 * @property {Record<string, string>} later the same for files that are cached on first use
 */
import { cachePrefix, COMPLETE_MARK } from "./cache-names.js";

const ACTIVE_MARK = "?active"; // marks the active precache, and holds the name of the previous one
const MAX_FETCHES = 4;
const IMMUTABLE = /^(app|runtime)\//; // the paths of these files contain a hash

export class Precache {
  /** The path of the file because of which the last installation failed; null for another reason.
   * @type {string | null} */
  failedFile = null;
  #root;
  #files;
  #later;
  #digests;
  #prefix;
  #sameHeadersPrefix;
  #name;

  /** @param {string} root the site's URL @param {Build} build */
  constructor(root, { version, headers, files, later }) {
    this.#root = root;
    this.#files = files;
    this.#later = later;
    this.#digests = { ...files, ...later };
    this.#prefix = cachePrefix(root);
    this.#sameHeadersPrefix = `${this.#prefix}${headers}-`;
    this.#name = this.#sameHeadersPrefix + version;
  }

  /** Cache all files. Rejects if one cannot be fetched; the next attempt uses the others. */
  async install() {
    const cache = await caches.open(this.#name);
    const others = await this.#otherNames();
    const reusable = others.filter((key) => key.startsWith(this.#sameHeadersPrefix));
    const candidates = [cache, ...(await Promise.all(reusable.map((key) => caches.open(key))))];
    const hasNewHeaders = reusable.length < others.length;
    const queue = Object.entries(this.#files);
    const fetchNext = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        if (!(await this.#reuse(...file, candidates))) {
          const response = await this.#fetchVerified(...file, hasNewHeaders).catch((error) => {
            this.failedFile ??= file[0];
            throw error;
          });
          await cache.put(this.#root + file[0], response);
        }
      }
    };
    this.failedFile = null;
    try {
      await Promise.all(Array.from({ length: MAX_FETCHES }, fetchNext));
      await Promise.all(
        Object.entries(this.#later).map((file) => this.#reuse(...file, candidates)),
      );
      await cache.put(this.#root + COMPLETE_MARK, new Response());
    } catch (error) {
      if (error instanceof DOMException && error.name === "QuotaExceededError") {
        await caches.delete(this.#name); // frees the storage for the active precache
      }
      throw error;
    }
  }

  /** Install the precache again if the browser has evicted it. Rejects as `install` does. */
  async ensure() {
    if (!(await this.#matchIn(COMPLETE_MARK))) {
      await this.install();
      await this.#markActive("");
    }
  }

  /** Make this precache the active one. Open tabs may need the previous one; others are deleted. */
  async activate() {
    const keys = await this.#otherNames();
    const marks = await Promise.all(keys.map((key) => this.#matchIn(ACTIVE_MARK, key)));
    const previous = keys.filter((_, index) => marks[index]).at(-1);
    await Promise.all(keys.filter((key) => key !== previous).map((key) => caches.delete(key)));
    await this.#markActive(previous ?? "");
    if (previous) {
      await (await caches.open(previous)).delete(this.#root + ACTIVE_MARK);
    }
  }

  /**
   * @param {string} path
   * @returns {Promise<Response | undefined>} from this precache, or an immutable file from the
   *   previous one; undefined if the Cache API fails
   */
  async match(path) {
    try {
      return (
        (await this.#matchIn(path)) ??
        (IMMUTABLE.test(path) ? await this.#matchPrevious(path) : undefined)
      );
    } catch {
      return undefined;
    }
  }

  /** @param {string} path */
  includes(path) {
    return path in this.#digests;
  }

  /**
   * Verify and cache a file that was fetched later. It is not cached if the precache was removed.
   *
   * @param {string} path one that is included
   * @param {Response} response
   * @returns {Promise<boolean>} whether its digest is right
   */
  async put(path, response) {
    if (!(await hasDigest(response.clone(), this.#digests[path]))) {
      return false;
    }
    try {
      if (await caches.has(this.#name)) {
        await (await caches.open(this.#name)).put(this.#root + path, response);
      }
    } catch {
      // The response can be used even if it cannot be cached.
    }
    return true;
  }

  /** @returns {Promise<string[]>} the names of other versions' precaches, the oldest first */
  async #otherNames() {
    return (await caches.keys()).filter(
      (key) => key.startsWith(this.#prefix) && key !== this.#name,
    );
  }

  /** @param {string} path of a file, or a mark @param {string} cacheName */
  #matchIn(path, cacheName = this.#name) {
    return caches.match(this.#root + path, { cacheName }); // unlike `open`, creates no cache
  }

  /** @param {string} path */
  async #matchPrevious(path) {
    const previous = await (await this.#matchIn(ACTIVE_MARK))?.text();
    return previous ? this.#matchIn(path, previous) : undefined;
  }

  /** @param {string} previous the name of the precache that was active before, or "" */
  async #markActive(previous) {
    await (await caches.open(this.#name)).put(this.#root + ACTIVE_MARK, new Response(previous));
  }

  /**
   * Use a file that is in this precache already, or copy it from another one.
   *
   * @param {string} path
   * @param {string} digest
   * @param {Cache[]} candidates this precache first, then others
   * @returns {Promise<boolean>} whether one had the file
   */
  async #reuse(path, digest, candidates) {
    const url = this.#root + path;
    for (const candidate of candidates) {
      const cached = await candidate.match(url);
      if (cached && (await hasDigest(cached.clone(), digest))) {
        if (candidate !== candidates[0]) {
          await candidates[0].put(url, cached);
        }
        return true;
      }
    }
    return false;
  }

  /**
   * @param {string} path
   * @param {string} digest
   * @param {boolean} hasNewHeaders whether the HTTP cache may have it with other headers
   * @returns {Promise<Response>}
   */
  async #fetchVerified(path, digest, hasNewHeaders) {
    const first = hasNewHeaders ? "reload" : IMMUTABLE.test(path) ? "default" : "no-cache";
    for (const cache of /** @type {RequestCache[]} */ ([first, "reload"])) {
      // Only the digest matters: Cloudflare redirects 404.html to 404, and other hosts send that
      // page with the status 404.
      const response = await fetch(this.#root + path, { cache });
      if (await hasDigest(response.clone(), digest)) {
        const { headers } = response;
        return response.ok && !response.redirected
          ? response
          : new Response(response.body, { headers });
      }
    }
    throw new Error(`${path} is not the file that was built`);
  }
}

/** @param {Response} response @param {string} digest */
async function hasDigest(response, digest) {
  const actual = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(actual))) === digest;
}
