/** Ask the browser not to delete what is stored when space is short. Nothing waits for the answer. A
 * browser may have no such thing, or refuse it. */
export async function askForLastingStorage() {
  try {
    await navigator.storage.persist();
  } catch {
    // the clients are stored all the same
  }
}
