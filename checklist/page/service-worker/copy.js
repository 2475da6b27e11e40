/**
 * The copy of one version in the browser's cache, which bears the version's name.
 *
 * @typedef {object} Options
 * @property {string} root the site's address
 * @property {string} version
 * @property {Record<string, string>} files the SHA-256 of each, by its address below the root
 */

const CACHES = "client-checklist-";
const WHOLE = "?whole"; // a mark among the files, under an address that none of them has
const AT_ONCE = 4;
const FOR_EVER = /^(app|runtime)\//; // their folders' names change with their contents

/** @param {Options} options */
export function createCopy({ root, version, files }) {
  const name = CACHES + version;

  return {
    /** Keep every file; rejects where one cannot be had. What is here then is used next time. */
    async make() {
      const cache = await caches.open(name);
      const before = await Promise.all((await others()).map((key) => caches.open(key)));
      const left = Object.entries(files);
      const next = async () => {
        for (let file = left.shift(); file; file = left.shift()) {
          await keep(...file, cache, before);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      await cache.put(root + WHOLE, new Response(version));
    },

    /** The version before stays for tabs that are still open with it; what is older goes. */
    async forgetOlder() {
      const keys = await others();
      const whole = await Promise.all(keys.map(isWhole));
      const before = keys.filter((_, index) => whole[index]).at(-1);
      await Promise.all(keys.filter((key) => key !== before).map((key) => caches.delete(key)));
    },

    /**
     * @param {string} url
     * @returns {Promise<Response | undefined>} this version's, else that of the one before
     */
    async find(url) {
      return (await (await caches.open(name)).match(url)) ?? caches.match(url);
    },

    /** @param {string} url @param {Response} response a file that came late, or came again */
    async mend(url, response) {
      const digest = files[url.slice(root.length)];
      if (digest === undefined || (await isSame(response.clone(), digest))) {
        await (await caches.open(name)).put(url, response);
      }
    },
  };

  /** @returns {Promise<string[]>} the names of other versions' copies, the oldest first */
  async function others() {
    return (await caches.keys()).filter((key) => key.startsWith(CACHES) && key !== name);
  }

  /**
   * @param {string} path
   * @param {string} digest
   * @param {Cache} cache
   * @param {Cache[]} before other copies, which may have the same file
   */
  async function keep(path, digest, cache, before) {
    const url = root + path;
    for (const place of [cache, ...before]) {
      const here = await place.match(url);
      if (here && (await isSame(here.clone(), digest))) {
        if (place !== cache) {
          await cache.put(url, here);
        }
        return;
      }
    }
    await cache.put(url, await fetched(path, digest));
  }

  /** @param {string} path @param {string} digest @returns {Promise<Response>} */
  async function fetched(path, digest) {
    const first = FOR_EVER.test(path) ? "default" : "no-cache";
    for (const cache of /** @type {RequestCache[]} */ ([first, "reload"])) {
      // Cloudflare leads from 404.html to 404; what counts is that the file is the very one.
      const response = await fetch(root + path, { cache });
      if (response.ok && (await isSame(response.clone(), digest))) {
        return response.redirected ? new Response(response.body, response) : response;
      }
    }
    throw new Error(`${path} is not the file that was built`);
  }

  /** @param {string} key */
  async function isWhole(key) {
    return (await (await caches.open(key)).match(root + WHOLE)) !== undefined;
  }
}

/** @param {Response} response @param {string} digest */
async function isSame(response, digest) {
  const found = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(found))) === digest;
}
