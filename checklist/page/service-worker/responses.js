/**
 * What the service worker answers: the copy first, for the pages and files of one version belong
 * together; then the network.
 *
 * @typedef {object} Options
 * @property {string} root the site's address
 * @property {Record<string, string>} files what is in the copy, by its address below the root
 * @property {ReturnType<import("./version.js").createCopy>} copy
 *
 * @typedef {{ request: Request, waitUntil(promise: Promise<unknown>): void }} Fetched what is
 *   needed of a `FetchEvent`
 */

const INDEX = /index\.html$/;
const NOT_FOUND = "404.html";
const SCRIPT = /^(app|runtime)\/.*\.m?js$/; // each address stands for one content

/** @param {Options} options */
export function createSite({ root, files, copy }) {
  return {
    /** @param {Fetched} event @returns {Promise<Response>} */
    async answer(event) {
      const { request } = event;
      const url = addressOf(request.url);
      const path = url.slice(root.length);
      // Whoever asks past the browser's caches has found a file to be damaged.
      const isRepair = request.cache === "reload";
      const kept = isRepair ? undefined : await copy.find(path);
      if (kept) {
        return kept;
      }
      if (`${path}/` in files) {
        return Response.redirect(`${url}/`);
      }
      try {
        return await fetched(event, path);
      } catch (error) {
        const instead = isRepair ? await copy.find(path) : undefined;
        if (instead) {
          return instead;
        }
        if (request.mode === "navigate") {
          return notFound();
        }
        throw error;
      }
    },
  };

  /** @param {Fetched} event @param {string} path */
  async function fetched(event, path) {
    const { request } = event;
    const response = await fetch(request);
    if (response.ok && copy.knows(path)) {
      const mending = copy.mend(path, response.clone());
      event.waitUntil(mending);
      // A script is run by its address, unseen by whoever asked: it is right by then, or not run.
      if (SCRIPT.test(path) && !(await mending) && request.destination) {
        return Response.error();
      }
    }
    return response;
  }

  async function notFound() {
    const page = await copy.find(NOT_FOUND);
    return page
      ? new Response(page.body, { status: 404, headers: page.headers })
      : Response.error();
  }
}

/** @param {string} url @returns {string} without what does not name a file */
function addressOf(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(INDEX, "");
}
