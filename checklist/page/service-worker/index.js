/**
 * The service worker: one version of the whole site, kept in the browser and served from there.
 *
 * A version is fetched whole, and each file checked against the hash that the build wrote down,
 * before it is served; until then, and where that breaks off, the version before is. The page asks
 * the visitor before a new one takes over.
 */
import { createCopy } from "./copy.js";
import { createSite } from "./site.js";

/**
 * @typedef {object} Build what the build writes in front of this script
 * @property {string} version changes with any file
 * @property {Record<string, string>} files the SHA-256 of each, by its address below the site's root
 */
const { version, files } = /** @type {Build} */ (/** @type {any} */ (self).BUILD);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const copy = createCopy({ root, version, files });
const site = createSite({ root, files, copy });

worker.addEventListener("install", (event) => event.waitUntil(copy.make()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([copy.forgetOlder(), worker.clients.claim()]));
});

worker.addEventListener("message", ({ data }) => {
  if (data === "take over") {
    worker.skipWaiting();
  }
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(root)) {
    event.respondWith(site.answer(event));
  }
});
