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

/** @param {string} root the site's URL @param {Build} build */
export function createPrecache(root, { version, headers, files, later }) {
  const prefix = cachePrefix(root);
  const sameHeadersPrefix = `${prefix}${headers}-`;
  const name = sameHeadersPrefix + version;
  const digests = { ...files, ...later };

  /** Cache all files. Rejects if one cannot be fetched; the next attempt uses the others. */
  async function install() {
    const cache = await caches.open(name);
    const others = await otherNames();
    const reusable = others.filter((key) => key.startsWith(sameHeadersPrefix));
    const candidates = [cache, ...(await Promise.all(reusable.map((key) => caches.open(key))))];
    const hasNewHeaders = reusable.length < others.length;
    const queue = Object.entries(files);
    const fetchNext = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        if (!(await reuse(...file, candidates))) {
          await cache.put(root + file[0], await fetchVerified(...file, hasNewHeaders));
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: MAX_FETCHES }, fetchNext));
      await Promise.all(Object.entries(later).map((file) => reuse(...file, candidates)));
      await cache.put(root + COMPLETE_MARK, new Response());
    } catch (error) {
      if (error instanceof DOMException && error.name === "QuotaExceededError") {
        await caches.delete(name); // frees the storage for the active precache
      }
      throw error;
    }
  }

  return {
    install,

    /** Install the precache again if the browser has evicted it. Rejects as `install` does. */
    async ensure() {
      if (!(await matchIn(COMPLETE_MARK))) {
        await install();
        await markActive("");
      }
    },

    /** Make this precache the active one. Open tabs may need the previous one; others are deleted. */
    async activate() {
      const keys = await otherNames();
      const marks = await Promise.all(keys.map((key) => matchIn(ACTIVE_MARK, key)));
      const previous = keys.filter((_, index) => marks[index]).at(-1);
      await Promise.all(keys.filter((key) => key !== previous).map((key) => caches.delete(key)));
      await markActive(previous ?? "");
      if (previous) {
        await (await caches.open(previous)).delete(root + ACTIVE_MARK);
      }
    },

    /**
     * @param {string} path
     * @returns {Promise<Response | undefined>} from this precache, or an immutable file from the
     *   previous one; undefined if the Cache API fails
     */
    async match(path) {
      try {
        return (
          (await matchIn(path)) ?? (IMMUTABLE.test(path) ? await matchPrevious(path) : undefined)
        );
      } catch {
        return undefined;
      }
    },

    /** @param {string} path */
    includes(path) {
      return path in digests;
    },

    /**
     * Verify and cache a file that was fetched later. It is not cached if the precache was removed.
     *
     * @param {string} path one that is included
     * @param {Response} response
     * @returns {Promise<boolean>} whether its digest is right
     */
    async put(path, response) {
      if (!(await hasDigest(response.clone(), digests[path]))) {
        return false;
      }
      try {
        if (await caches.has(name)) {
          await (await caches.open(name)).put(root + path, response);
        }
      } catch {
        // The response can be used even if it cannot be cached.
      }
      return true;
    },
  };

  /** @returns {Promise<string[]>} the names of other versions' precaches, the oldest first */
  async function otherNames() {
    return (await caches.keys()).filter((key) => key.startsWith(prefix) && key !== name);
  }

  /** @param {string} path of a file, or a mark @param {string} cacheName */
  function matchIn(path, cacheName = name) {
    return caches.match(root + path, { cacheName }); // unlike `open`, creates no cache
  }

  /** @param {string} path */
  async function matchPrevious(path) {
    const previous = await (await matchIn(ACTIVE_MARK))?.text();
    return previous ? matchIn(path, previous) : undefined;
  }

  /** @param {string} previous the name of the precache that was active before, or "" */
  async function markActive(previous) {
    await (await caches.open(name)).put(root + ACTIVE_MARK, new Response(previous));
  }

  /**
   * Use a file that is in this precache already, or copy it from another one.
   *
   * @param {string} path
   * @param {string} digest
   * @param {Cache[]} candidates this precache first, then others
   * @returns {Promise<boolean>} whether one had the file
   */
  async function reuse(path, digest, candidates) {
    const url = root + path;
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
  async function fetchVerified(path, digest, hasNewHeaders) {
    const first = hasNewHeaders ? "reload" : IMMUTABLE.test(path) ? "default" : "no-cache";
    for (const cache of /** @type {RequestCache[]} */ ([first, "reload"])) {
      // Only the digest matters: Cloudflare redirects 404.html to 404, and other hosts send that
      // page with the status 404.
      const response = await fetch(root + path, { cache });
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
