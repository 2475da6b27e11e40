/**
 * The copy of the site for when there is no network: made once the page is at rest, and told of
 * when a new version is there. Nothing is loaded anew before the visitor says so.
 */

const REST_MS = 3_000; // after the page is loaded; what the visitor waits for comes first
const PYTHON_MS = 60_000; // a page with Python has more to wait for, though not for ever

/**
 * @param {HTMLElement} bar where the visitor is told; names the service worker
 * @returns {Promise<boolean>} whether the browser agrees to keep the site
 */
export async function keepOffline(bar) {
  const workers = navigator.serviceWorker;
  const connection = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection;
  if (!workers || (connection?.saveData && !workers.controller)) {
    return false;
  }
  let isMine = false;
  let hadOne = workers.controller !== null;
  workers.addEventListener("controllerchange", () => {
    if (isMine) {
      location.reload();
    } else if (hadOne) {
      offer(bar, "elsewhere", () => location.reload());
    }
    hadOne = true;
  });
  await atRest();
  const url = new URL(String(bar.dataset.worker), document.baseURI);
  const options = /** @type {const} */ ({ updateViaCache: "none" });
  const registration = await workers.register(url, options).catch(() => null);
  if (!registration) {
    return false; // as in some private windows: the site works on with a network
  }

  const offerWaiting = () => {
    const { waiting } = registration;
    if (waiting && workers.controller) {
      offer(bar, "ready", () => {
        isMine = true;
        waiting.postMessage("take over");
      });
    }
  };
  offerWaiting();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offerWaiting);
  });
  registration.installing?.addEventListener("statechange", offerWaiting);
  return true;
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
  buttons.hidden = false;
  bar.classList.add("update--shown");
  for (const button of buttons.querySelectorAll("button")) {
    button.onclick = () => {
      buttons.hidden = true;
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
  await new Promise((go) => (globalThis.requestIdleCallback ?? setTimeout)(go));
}
