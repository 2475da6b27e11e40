/**
 * The responses of the service worker: from the precache first, so that all files are of the same
 * version, then from the network.
 *
 * @typedef {object} Options
 * @property {string} root the site's URL
 * @property {Record<string, string>} files the precached files by path
 * @property {import("./precache.js").Precache} precache
 *
 * @typedef {{ request: Request, waitUntil(promise: Promise<unknown>): void }} FetchEventLike
 */

const INDEX = /index\.html$/;
const NOT_FOUND = "404.html";
const SCRIPT = /^(app|runtime)\/.*\.m?js$/; // their content never changes

/** @param {Options} options */
export function createResponder({ root, files, precache }) {
  return {
    /** @param {FetchEventLike} event @returns {Promise<Response>} */
    async respond(event) {
      const { request } = event;
      const url = fileUrl(request.url);
      const path = url.slice(root.length);
      // A page bypasses the HTTP cache after a failure, so the precached file may be damaged.
      const isRepair = request.cache === "reload";
      const cached = isRepair ? undefined : await precache.match(path);
      if (cached) {
        return cached;
      }
      if (`${path}/` in files) {
        return Response.redirect(`${url}/`);
      }
      try {
        return await fromNetwork(event, path);
      } catch (error) {
        const fallback = isRepair ? await precache.match(path) : undefined;
        if (fallback) {
          return fallback;
        }
        if (request.mode === "navigate") {
          return notFound();
        }
        throw error;
      }
    },
  };

  /** @param {FetchEventLike} event @param {string} path */
  async function fromNetwork(event, path) {
    const { request } = event;
    const response = await fetch(request);
    if (response.ok && precache.includes(path)) {
      const verified = precache.put(path, response.clone());
      event.waitUntil(verified);
      // A page cannot verify a script before the browser runs it, so that is done here.
      if (SCRIPT.test(path) && !(await verified) && request.destination) {
        return Response.error();
      }
    }
    return response;
  }

  async function notFound() {
    const page = await precache.match(NOT_FOUND);
    return page
      ? new Response(page.body, { status: 404, headers: page.headers })
      : Response.error();
  }
}

/** @param {string} url @returns {string} without query, fragment and `index.html` */
function fileUrl(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(INDEX, "");
}
