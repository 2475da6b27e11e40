/** Copying to the clipboard. */
import { announce } from "./announce.js";

/**
 * Copy the text of a field, and announce whether that succeeded.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {HTMLElement} region a live region
 * @param {Record<string, string>} messages
 */
export async function copyAndAnnounce(field, region, { copied, not_copied, nothing_to_copy }) {
  if (field.value === "") {
    announce(region, nothing_to_copy);
  } else {
    announce(region, (await copyText(field)) ? copied : not_copied);
  }
}

/**
 * Copy the text of a field. Without the Clipboard API the text is selected, so that the visitor can
 * copy it.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyText(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}
