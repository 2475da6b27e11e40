/**
 * The copy of the site for when there is no network: made once the page is at rest, and told of
 * when a new version is there. Nothing is loaded anew before the visitor says so.
 *
 * @typedef {"ready" | "failed" | "refused" | "spared" | "removed"} Outcome whether there is a copy,
 *   or why not: it could not be made; the browser lets none be made; it is asked to save data; the
 *   visitor does not want it now
 */

const REST_MS = 3_000; // after the page is loaded; what the visitor waits for comes first
const PYTHON_MS = 60_000; // a page with Python has more to wait for, though not for ever

/**
 * @param {HTMLElement} bar where the visitor is told
 * @param {string} url the service worker's
 * @param {AbortSignal} removing aborted when the visitor removes the copy
 * @returns {Promise<Outcome>}
 */
export async function keepOffline(bar, url, removing) {
  const workers = navigator.serviceWorker;
  const { saveData } =
    /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection ?? {};
  if (!workers) {
    return "refused";
  }
  const served = () => {
    const { controller } = workers;
    return controller?.scriptURL === url ? ask(controller, "version") : null;
  };
  let version = served();
  if (saveData && !version) {
    return "spared";
  }
  /** @type {ServiceWorker | null} what this page's visitor wants to see */
  let wanted = null;
  workers.addEventListener("controllerchange", async () => {
    if (wanted && wanted.state !== "redundant") {
      location.reload();
      return;
    }
    const before = version;
    version = served();
    if (before && version && (await before) !== (await version)) {
      offer(bar, "elsewhere", () => location.reload());
    }
  });
  await atRest();
  // Removed here or in another tab; it comes back with the next visit, not with this one.
  const isGone = version && (await workers.getRegistration(url))?.scope !== new URL("./", url).href;
  if (isGone || removing.aborted) {
    return "removed";
  }
  /** @type {ServiceWorkerRegistration} */
  let registration;
  try {
    registration = await workers.register(url, { updateViaCache: "none" });
  } catch (error) {
    // As in some private windows: the site works on with a network.
    return error instanceof TypeError ? "failed" : "refused";
  }
  if (!registration) {
    return "refused"; // whoever drives the browser lets it pass without one
  }

  const offerWaiting = () => {
    const { waiting } = registration;
    if (waiting && workers.controller) {
      offer(bar, "ready", () => {
        wanted = waiting;
        waiting.postMessage("take over");
      });
    }
  };
  offerWaiting();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offerWaiting);
  });
  registration.installing?.addEventListener("statechange", offerWaiting);
  if (saveData) {
    return "spared";
  }
  return (await isMade(registration)) ? "ready" : "failed";
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<boolean>} once it is known */
async function isMade({ installing, active }) {
  if (active) {
    return ask(active, "keep");
  }
  if (installing) {
    await new Promise((go) => installing.addEventListener("statechange", go, { once: true }));
  }
  return installing?.state !== "redundant";
}

/** @param {ServiceWorker} worker @param {"version" | "keep"} what @returns {Promise<any>} */
function ask(worker, what) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(what, [port2]);
  return new Promise((go) => {
    port1.onmessage = ({ data }) => go(data);
  });
}
/**
 * @param {HTMLElement} bar
 * @param {"ready" | "elsewhere"} what
 * @param {() => void} reload
 */
function offer(bar, what, reload) {
  const text = bar.querySelector(`template[data-update-says="${what}"]`);
  const line = bar.querySelector('[data-slot="update"]');
  const buttons = /** @type {HTMLElement} */ (bar.querySelector(".update__buttons"));
  if (text instanceof HTMLTemplateElement && line) {
    line.textContent = text.content.textContent;
  }
  let place = /** @type {HTMLElement} */ (document.querySelector("h1"));
  place.tabIndex = -1;
  bar.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !bar.contains(relatedTarget)) {
      place = relatedTarget; // where the visitor was, and will be again
    }
  });
  buttons.hidden = false;
  bar.classList.add("update--shown");
  for (const button of buttons.querySelectorAll("button")) {
    button.onclick = () => {
      const hasFocus = buttons.contains(document.activeElement);
      buttons.hidden = true;
      if (hasFocus) {
        place.focus();
      }
      bar.classList.remove("update--shown");
      line?.replaceChildren();
      if (button.dataset.action === "reload") {
        reload();
      }
    };
  }
}

/** @returns {Promise<void>} once the page has what it needs, Python included */
async function atRest() {
  if (document.readyState !== "complete") {
    await new Promise((go) => addEventListener("load", go, { once: true }));
  }
  const hasPython = document.getElementById("python-runtime") !== null;
  if (hasPython && document.documentElement.dataset.python === undefined) {
    await Promise.race([
      new Promise((go) => addEventListener("python-settled", go, { once: true })),
      new Promise((go) => setTimeout(go, PYTHON_MS)),
    ]);
  }
  await new Promise((go) => setTimeout(go, REST_MS));
  if ("requestIdleCallback" in globalThis) {
    // With a limit: Chromium lets a page that is at rest wait for its idle callback for ever.
    await new Promise((go) => requestIdleCallback(go, { timeout: REST_MS }));
  }
}
