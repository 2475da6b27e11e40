/**
 * The service worker: one version of the whole site, kept in the browser and served from there.
 *
 * A version is fetched whole, and each file checked against the hash that the build wrote down,
 * before it is served; until then, and where that breaks off, the version before is. The page asks
 * the visitor before a new one takes over.
 */
import { createCopy } from "./version.js";
import { createSite } from "./responses.js";

// The build writes it in front of this script.
const build = /** @type {import("./version.js").Build} */ (/** @type {any} */ (self).BUILD);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const copy = createCopy(root, build);
const site = createSite({ root, files: build.files, copy });

worker.addEventListener("install", (event) => event.waitUntil(copy.make()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([copy.takeOver(), worker.clients.claim()]));
});

worker.addEventListener("message", (event) => {
  const [port] = event.ports;
  switch (event.data) {
    case "take over":
      worker.skipWaiting();
      break;
    case "version":
      port.postMessage(build.version);
      break;
    case "keep":
      event.waitUntil(
        copy.keep().then(
          () => port.postMessage(true),
          () => port.postMessage(false),
        ),
      );
  }
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(root)) {
    event.respondWith(site.answer(event));
  }
});
