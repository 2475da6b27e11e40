/**
 * The copy of one version in the browser's cache, which bears the version's name.
 *
 * @typedef {object} Build what the build tells of a version
 * @property {string} version changes with any file
 * @property {string} headers changes with what hosts are told to send beside the files
 * @property {Record<string, string>} files the SHA-256 of each, by its address below the root
 * @property {Record<string, string>} later the same for files that are kept only once they are used
 */
import { beginningOf, WHOLE } from "./cache-names.js";

const ACTIVE = "?active"; // marks the copy that is served, as WHOLE does; names the one before
const AT_ONCE = 4;
const FOR_EVER = /^(app|runtime)\//; // their folders' names change with their contents

/** @param {string} root the site's address @param {Build} build */
export function createCopy(root, { version, headers, files, later }) {
  const ours = beginningOf(root);
  const alike = `${ours}${headers}-`; // copies whose files were sent with the same headers
  const name = alike + version;
  const digests = { ...files, ...later };

  /** Keep every file; rejects where one cannot be had. What is here then is used next time. */
  async function make() {
    const cache = await caches.open(name);
    const all = await others();
    const before = all.filter((key) => key.startsWith(alike));
    const places = [cache, ...(await Promise.all(before.map((key) => caches.open(key))))];
    const isSentAnew = before.length < all.length;
    const left = Object.entries(files);
    const next = async () => {
      for (let file = left.shift(); file; file = left.shift()) {
        if (!(await isCarried(...file, places))) {
          await cache.put(root + file[0], await fetched(...file, isSentAnew));
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      await Promise.all(Object.entries(later).map((file) => isCarried(...file, places)));
      await cache.put(root + WHOLE, new Response());
    } catch (error) {
      if (error instanceof DOMException && error.name === "QuotaExceededError") {
        await caches.delete(name); // half a copy only takes the room that is wanting
      }
      throw error;
    }
  }

  return {
    make,

    /** Make the copy that is served again where the browser has lost it; rejects as `make` does. */
    async keep() {
      if (!(await kept(WHOLE))) {
        await make();
        await markActive("");
      }
    },

    /** What was served until now stays, for tabs that still show it; all others go. */
    async takeOver() {
      const keys = await others();
      const marks = await Promise.all(keys.map((key) => kept(ACTIVE, key)));
      const before = keys.filter((_, index) => marks[index]).at(-1);
      await Promise.all(keys.filter((key) => key !== before).map((key) => caches.delete(key)));
      await markActive(before ?? "");
      if (before) {
        await (await caches.open(before)).delete(root + ACTIVE);
      }
    },

    /**
     * @param {string} path
     * @returns {Promise<Response | undefined>} this version's file, or what tabs with the version
     *   before may need; nothing where the browser's cache fails
     */
    async find(path) {
      try {
        return (await kept(path)) ?? (FOR_EVER.test(path) ? await keptBefore(path) : undefined);
      } catch {
        return undefined;
      }
    },

    /** @param {string} path */
    knows(path) {
      return path in digests;
    },

    /**
     * Keep a file that came late, or came again; not where the copy was removed.
     *
     * @param {string} path one that is known
     * @param {Response} response
     * @returns {Promise<boolean>} whether it is the file that was built
     */
    async mend(path, response) {
      if (!(await isSame(response.clone(), digests[path]))) {
        return false;
      }
      try {
        if (await caches.has(name)) {
          await (await caches.open(name)).put(root + path, response);
        }
      } catch {
        // What cannot be kept can still be used.
      }
      return true;
    },
  };

  /** @returns {Promise<string[]>} the names of other versions' copies, the oldest first */
  async function others() {
    return (await caches.keys()).filter((key) => key.startsWith(ours) && key !== name);
  }

  /** @param {string} path a file or a mark @param {string} cacheName */
  function kept(path, cacheName = name) {
    return caches.match(root + path, { cacheName }); // unlike `open`, it makes none
  }

  /** @param {string} path */
  async function keptBefore(path) {
    const before = await (await kept(ACTIVE))?.text();
    return before ? kept(path, before) : undefined;
  }

  /** @param {string} before the name of the copy that was served until now */
  async function markActive(before) {
    await (await caches.open(name)).put(root + ACTIVE, new Response(before));
  }

  /**
   * @param {string} path
   * @param {string} digest
   * @param {Cache[]} places this copy and others, which may have the same file
   */
  async function isCarried(path, digest, places) {
    const url = root + path;
    for (const place of places) {
      const here = await place.match(url);
      if (here && (await isSame(here.clone(), digest))) {
        if (place !== places[0]) {
          await places[0].put(url, here);
        }
        return true;
      }
    }
    return false;
  }

  /**
   * @param {string} path
   * @param {string} digest
   * @param {boolean} isSentAnew whether what the browser has of it came with other headers
   * @returns {Promise<Response>}
   */
  async function fetched(path, digest, isSentAnew) {
    const first = isSentAnew ? "reload" : FOR_EVER.test(path) ? "default" : "no-cache";
    for (const cache of /** @type {RequestCache[]} */ ([first, "reload"])) {
      // What counts is that the file is the very one: Cloudflare leads from 404.html to 404, and
      // some hosts send that page as what it is for.
      const response = await fetch(root + path, { cache });
      if (await isSame(response.clone(), digest)) {
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
async function isSame(response, digest) {
  const found = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(found))) === digest;
}
