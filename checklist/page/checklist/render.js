/**
 * Shows the open client's record in the fields of the page. When another client is opened, a field
 * without a value in the record is reset, so that nothing typed for one client is saved in another.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 */
import { PARTS } from "../client/record.js";
import { fieldValue, find, isFieldValid, languageOf } from "../ui/dom.js";
import { formatNumber } from "../ui/numbers.js";

/** This field shows no record. */
const SWITCH = "switch";
/** The visitor's signature stays for a client that has none. */
const SIGNATURE = "sign";

/** The draft of the letter is shown only when a client is opened; then the panel updates it.
 * @type {typeof PARTS} */
const DRAFT = {
  kind: ["letter", "kind"],
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
    const { note, context, early, field: name = "" } = field.dataset;
    const isSignatureKept = name === SIGNATURE && !record.letter?.sign;
    if (early !== undefined || name === SWITCH || isSignatureKept) {
      continue; // early input will be saved in this client
    }
    if (context !== undefined) {
      /** @type {HTMLInputElement} */ (field).checked = (record.context ?? []).includes(context);
    } else if (note !== undefined) {
      const isChanged = setValue(field, record.notes?.[note], isAnother);
      markNote(field);
      if (isChanged && field.value) {
        noteOf(field).open = true;
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
 * @param {string | number | undefined} value undefined resets the field
 * @param {boolean} isAnother
 * @returns {boolean} whether the value of a text field has changed
 */
function setValue(field, value, isAnother) {
  const isBusy = document.activeElement === field || !isFieldValid(field);
  if (isBusy && !isAnother) {
    return false; // the visitor is editing it, or has to correct it
  }
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const chosen = options.findIndex((option) => option.value === value);
    const byDefault = options.findIndex((option) => option.hasAttribute("selected"));
    field.selectedIndex = chosen >= 0 ? chosen : Math.max(byDefault, 0);
    return false;
  }
  if (field.type === "checkbox") {
    const box = /** @type {HTMLInputElement} */ (field);
    box.checked = box.defaultChecked;
    return false;
  }
  if (typeof value === "number" && value === fieldValue(/** @type {HTMLInputElement} */ (field))) {
    return false; // it stays as the visitor has written it
  }
  const text =
    typeof value === "number"
      ? formatNumber(value, languageOf(field))
      : (value ?? field.defaultValue);
  const isChanged = field.value !== text;
  if (isChanged) {
    field.value = text; // only then, as it moves the cursor
  }
  return isChanged;
}

/** Say beside the title of a note, which may be closed, whether it has text.
 * @param {Field} field */
export function markNote(field) {
  find(noteOf(field), "[data-noted]").hidden = field.value === "";
}

/** @param {Field} field */
function noteOf(field) {
  return /** @type {HTMLDetailsElement} */ (field.closest("details"));
}
