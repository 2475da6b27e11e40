/**
 * Presses of buttons whose task needs Python: a task waits for Python while it loads, and the page
 * says so; if Python has failed, the page says why nothing is done.
 *
 * @typedef {object} Context
 * @property {Pick<import("./python.js").Python, "isReady" | "hasFailed">} python
 * @property {HTMLElement} region a live region near the button
 * @property {Record<string, string>} messages
 */
import { announce, clearAnnouncements } from "../ui/announce.js";

/**
 * @param {Context} context
 * @param {() => Promise<unknown>} task rejects if Python fails, or finds problems and shows them
 * @returns {() => Promise<void>} never rejects; does nothing while the task runs
 */
export function onPress({ python, region, messages }, task) {
  let isRunning = false;
  return async () => {
    if (isRunning) {
      return;
    }
    if (python.hasFailed) {
      announce(region, messages.needs_python);
      return;
    }
    isRunning = true;
    clearAnnouncements(region);
    if (!python.isReady) {
      announce(region, messages.waits_for_python);
    }
    try {
      await task();
      clearMessage(region, messages.waits_for_python);
    } catch (error) {
      console.warn("checklist:", error);
      clearAnnouncements(region);
      if (python.hasFailed) {
        announce(region, messages.needs_python);
      }
    } finally {
      isRunning = false;
    }
  };
}

/** The task may have announced something else. @param {HTMLElement} region @param {string} text */
function clearMessage(region, text) {
  if (region.textContent === text) {
    clearAnnouncements(region);
  }
}
