/**
 * What the service worker answers: the copy first, for the pages and files of one version belong
 * together; then the network.
 *
 * @typedef {object} Options
 * @property {string} root the site's address
 * @property {Record<string, string>} files what is in the copy, by its address below the root
 * @property {ReturnType<import("./copy.js").createCopy>} copy
 */

const INDEX = /index\.html$/;
const NOT_FOUND = "404.html";
const LATER = /^runtime\//; // parts of Python that few browsers need: kept once they were

/** @param {Options} options */
export function createSite({ root, files, copy }) {
  return {
    /** @param {FetchEvent} event @returns {Promise<Response>} */
    async answer(event) {
      const { request } = event;
      const url = addressOf(request.url);
      const path = url.slice(root.length);
      // Whoever asks past the browser's caches has found a file to be damaged.
      const kept = request.cache === "reload" ? undefined : await copy.find(url);
      if (kept) {
        return kept;
      }
      if (`${path}/` in files) {
        return Response.redirect(`${url}/`);
      }
      try {
        const response = await fetch(request);
        if (response.ok && (path in files || LATER.test(path))) {
          event.waitUntil(copy.mend(url, response.clone()));
        }
        return response;
      } catch (error) {
        if (request.mode === "navigate") {
          return notFound();
        }
        throw error;
      }
    },
  };

  async function notFound() {
    const page = await copy.find(root + NOT_FOUND);
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
