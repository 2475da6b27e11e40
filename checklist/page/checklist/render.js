/**
 * The one place where a client is put on the page. Every field with `data-field` shows a part of
 * the record, or goes back to how the page was made when another client opens, so that nothing
 * typed for one client is ever taken for another's.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 */
import { PARTS } from "../client/record.js";

/** What is the visitor's own, or the page's: it stays whoever is open. */
const KEPT = ["sign", "switch"];

/** What is worked out anew from the record when it changes; here it is only set at the opening.
 * @type {typeof PARTS} */
const DRAFT = {
  kind: ["letter", "kind"],
  "letter-lang": ["letter", "in"],
  letter: ["letter", "text"],
};

/**
 * @param {HTMLElement} root
 * @param {ClientRecord} record
 * @param {boolean} isAnother whether another client was shown until now
 */
export function renderFields(root, record, isAnother) {
  for (const element of root.querySelectorAll("[data-field], [data-note], [data-context]")) {
    const field = /** @type {Field} */ (element);
    const { note, context, early } = field.dataset;
    const name = field.dataset.field ?? "";
    if (early !== undefined || KEPT.includes(name)) {
      continue; // written before the client was open: it will be the client's
    }
    if (context !== undefined) {
      /** @type {HTMLInputElement} */ (field).checked = (record.context ?? []).includes(context);
    } else if (note !== undefined) {
      if (setValue(field, record.notes?.[note], isAnother)) {
        openDetails(field);
      }
    } else if (isAnother || name in PARTS) {
      setValue(field, valueOf(record, name), isAnother);
    }
  }
}

/** @param {ClientRecord} record @param {string} name @returns {string | number | undefined} */
function valueOf(record, name) {
  const [key, inner] = PARTS[name] ?? DRAFT[name] ?? [];
  const value = /** @type {any} */ (key && record[key]);
  return inner === undefined ? value : value?.[inner];
}

/**
 * @param {Field} field
 * @param {string | number | undefined} value nothing: as the page was made
 * @param {boolean} isAnother
 * @returns {boolean} whether the field shows something else now
 */
function setValue(field, value, isAnother) {
  const isBusy = document.activeElement === field || field.validity?.valid === false;
  if (isBusy && !isAnother) {
    return false; // the visitor is writing there, or has still to correct it
  }
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const usual = options.findIndex((option) => option.hasAttribute("selected"));
    const wanted = options.findIndex((option) => option.value === value);
    field.selectedIndex = wanted >= 0 ? wanted : Math.max(usual, 0);
    return true;
  }
  if (field.type === "checkbox") {
    const box = /** @type {HTMLInputElement} */ (field);
    box.checked = box.defaultChecked;
    return true;
  }
  const text = String(value ?? field.defaultValue);
  const isNew = field.value !== text;
  if (isNew) {
    field.value = text;
  }
  return isNew;
}

/** @param {Field} field a note with text is not to be folded away */
function openDetails(field) {
  const details = field.closest("details");
  if (details && field.value) {
    details.open = true;
  }
}
