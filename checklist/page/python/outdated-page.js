/**
 * Whether the browser shows an outdated page: one from a cache, whose files the host may have
 * deleted since. The addresses of the files contain hashes, so the pages are compared by these.
 */

/** @returns {Promise<boolean>} false if the host's page cannot be fetched, or is not ours */
export async function isPageOutdated() {
  const runtime = document.getElementById("python-runtime")?.textContent ?? "";
  const links = [...document.querySelectorAll('link[rel="modulepreload"]')];
  const addresses = [runtime, ...links.map((link) => link.getAttribute("href") ?? "")];
  try {
    const response = await fetch(location.pathname + location.search, { cache: "reload" });
    const page = await response.text();
    const isOurs = response.ok && page.includes('id="python-runtime"');
    return isOurs && !addresses.every((address) => page.includes(address));
  } catch {
    return false;
  }
}
