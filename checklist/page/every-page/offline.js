/**
 * Offline support: registers the service worker when the page is idle, and shows when there is a
 * new version, or that the site could not be precached. The page is reloaded only on the visitor's
 * request.
 *
 * @typedef {"ready" | "failed" | "refused" | "save-data" | "removed"} Outcome
 *   - `ready`: the site is precached
 *   - `failed`: it could not be precached
 *   - `refused`: the browser does not allow a service worker
 *   - `save-data`: the browser is set to save data
 *   - `removed`: the visitor has removed the service worker
 */
import { serviceWorkers } from "./service-workers.js";

const IDLE_MS = 3_000; // precaching must not compete with the loading of the page
const MAX_PYTHON_MS = 60_000; // how long to wait for Python

/**
 * @param {HTMLElement} bar for the message about a new version
 * @param {string} url the service worker's
 * @param {AbortSignal} removal aborted when the visitor removes the precache
 * @returns {Promise<Outcome>}
 */
export async function setUpOffline(bar, url, removal) {
  const workers = serviceWorkers();
  const { saveData } =
    /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection ?? {};
  if (!workers) {
    return "refused";
  }
  const activeVersion = () => {
    const { controller } = workers;
    return controller?.scriptURL === url ? request(controller, "version") : null;
  };
  let version = activeVersion();
  if (saveData && !version) {
    return "save-data";
  }
  /** @type {ServiceWorker | null} the new version that the visitor asked for on this page */
  let requested = null;
  workers.addEventListener("controllerchange", async () => {
    if (requested && requested.state !== "redundant") {
      location.reload();
      return;
    }
    const previous = version;
    version = activeVersion();
    if (previous && version && (await previous) !== (await version)) {
      showUpdate(bar, "elsewhere", () => location.reload());
    }
  });
  const failedFile = watchFailedFile(workers);
  await whenIdle();
  // If it was removed, also in another tab, it is registered again at the next visit.
  const isUnregistered =
    version && (await workers.getRegistration(url))?.scope !== new URL("./", url).href;
  if (isUnregistered || removal.aborted) {
    return "removed";
  }
  const registration = await register(url);
  if (typeof registration === "string") {
    if (registration === "failed" && !version) {
      showFailure(bar, null);
    }
    return registration;
  }
  offerWaiting(registration, bar, (waiting) => (requested = waiting));
  if (saveData) {
    return "save-data";
  }
  if (await isPrecached(registration)) {
    return "ready";
  }
  showFailure(bar, failedFile());
  return "failed";
}

/** Offer a version that is waiting, or will be.
 * @param {ServiceWorkerRegistration} registration @param {HTMLElement} bar
 * @param {(waiting: ServiceWorker) => void} onRequest before that version takes over */
function offerWaiting(registration, bar, onRequest) {
  const showWaiting = () => {
    const { waiting } = registration;
    if (waiting && navigator.serviceWorker.controller) {
      showUpdate(bar, "ready", () => {
        onRequest(waiting);
        waiting.postMessage("take over");
      });
    }
  };
  showWaiting();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", showWaiting);
  });
  registration.installing?.addEventListener("statechange", showWaiting);
}

/** @param {ServiceWorkerContainer} workers
 * @returns {() => string | null} the file because of which the site could not be precached */
function watchFailedFile(workers) {
  let failedFile = /** @type {string | null} */ (null);
  workers.addEventListener("message", ({ data }) => {
    failedFile = data?.failedFile ?? failedFile;
  });
  workers.startMessages?.();
  return () => failedFile;
}

/** Say on the pages of clients that the site could not be precached, and because of which file.
 * @param {HTMLElement} bar has the texts @param {string | null} file null if another reason */
function showFailure(bar, file) {
  const name = file === null ? "failed-somewhere" : "failed";
  const template = bar.querySelector(`template[data-update-message="${name}"]`);
  const line = document.querySelector('[data-slot="offline"]');
  if (template instanceof HTMLTemplateElement && line) {
    const text = template.content.textContent ?? "";
    line.textContent = text.replace("{file}", file || "index.html");
  }
}

/** @param {string} url @returns {Promise<ServiceWorkerRegistration | "failed" | "refused">} */
async function register(url) {
  try {
    const registration = await navigator.serviceWorker.register(url, { updateViaCache: "none" });
    return registration ?? "refused"; // a test driver that blocks service workers gives none
  } catch (error) {
    // Some browsers allow no service workers in private windows.
    return error instanceof TypeError ? "failed" : "refused";
  }
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<boolean>} */
async function isPrecached({ installing, active }) {
  if (active) {
    return request(active, "keep");
  }
  if (installing) {
    await new Promise((resolve) =>
      installing.addEventListener("statechange", resolve, { once: true }),
    );
  }
  return installing?.state !== "redundant";
}

/** @param {ServiceWorker} worker @param {"version" | "keep"} message @returns {Promise<any>} */
function request(worker, message) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(message, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}

/**
 * @param {HTMLElement} bar
 * @param {"ready" | "elsewhere"} message
 * @param {() => void} reload
 */
function showUpdate(bar, message, reload) {
  const template = bar.querySelector(`template[data-update-message="${message}"]`);
  const line = bar.querySelector('[data-slot="update"]');
  const buttons = /** @type {HTMLElement} */ (bar.querySelector(".update__buttons"));
  if (template instanceof HTMLTemplateElement && line) {
    line.textContent = template.content.textContent;
  }
  let focusTarget = /** @type {HTMLElement} */ (document.querySelector("h1"));
  focusTarget.tabIndex = -1;
  bar.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !bar.contains(relatedTarget)) {
      focusTarget = relatedTarget;
    }
  });
  buttons.hidden = false;
  bar.classList.add("update--shown");
  for (const button of buttons.querySelectorAll("button")) {
    button.onclick = () => {
      const hasFocus = buttons.contains(document.activeElement);
      buttons.hidden = true;
      if (hasFocus) {
        focusTarget.focus();
      }
      bar.classList.remove("update--shown");
      line?.replaceChildren();
      if (button.dataset.action === "reload") {
        reload();
      }
    };
  }
}

/** @returns {Promise<void>} resolves when the page and Python are loaded */
async function whenIdle() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  const hasPython = document.getElementById("python-runtime") !== null;
  if (hasPython && document.documentElement.dataset.python === undefined) {
    await Promise.race([
      new Promise((resolve) => addEventListener("python-settled", resolve, { once: true })),
      new Promise((resolve) => setTimeout(resolve, MAX_PYTHON_MS)),
    ]);
  }
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  if (typeof requestIdleCallback === "function") {
    // With a time-out, as Chromium may never call back on a page without activity.
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_MS }));
  }
}
