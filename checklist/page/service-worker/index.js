/**
 * The service worker: it precaches one version of the whole site and serves it.
 *
 * A version is served only after all its files are fetched and their digests are verified. Until
 * then the previous version is served. The page asks the visitor before a new version takes over.
 */
import { Precache } from "./precache.js";
import { createResponder } from "./responses.js";

// The build adds this global before the script.
const build = /** @type {import("./precache.js").Build} */ (/** @type {any} */ (self).BUILD);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = worker.registration.scope;
const precache = new Precache(root, build);
const responder = createResponder({ root, files: build.files, precache });

worker.addEventListener("install", (event) => {
  event.waitUntil(precache.install().catch(reportFailure));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([precache.activate(), worker.clients.claim()]));
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
        precache
          .ensure()
          .catch(reportFailure)
          .then(
            () => port.postMessage(true),
            () => port.postMessage(false),
          ),
      );
  }
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(root)) {
    event.respondWith(responder.respond(event));
  }
});

/** Tell the pages which file is to blame: one that is blocked, or changed on its way.
 * @param {unknown} error @returns {Promise<never>} */
async function reportFailure(error) {
  for (const page of await worker.clients.matchAll({ includeUncontrolled: true, type: "window" })) {
    page.postMessage({ failedFile: precache.failedFile });
  }
  throw error;
}
