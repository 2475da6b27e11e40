/** @returns {ServiceWorkerContainer | undefined} undefined if the browser has none, or refuses it */
export function serviceWorkers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}
