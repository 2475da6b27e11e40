/** The name, the notes and the context of the open client: each change is saved. */
import { withContext, withField, withNote } from "../client/record.js";
import { debounce } from "../ui/debounce.js";
import { findField } from "../ui/parts.js";
import { markNote } from "./render.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./open-client.js").OpenClient} options.open
 * @param {() => void} options.onChanged
 * @param {(name: string) => void} options.onRenamed
 * @returns {ReturnType<typeof debounce>[]} save what was typed, after a pause
 */
export function setUpClientFields(root, { open, onChanged, onRenamed }) {
  const name = findField(root, "name");
  const savingName = debounce(async () => {
    const { value } = name;
    await open.edit((record, at) => withField(record, "name", value, at));
    onRenamed(value);
    onChanged();
  });
  name.addEventListener("input", savingName.call);

  const notes = /** @type {NodeListOf<HTMLTextAreaElement>} */ (
    root.querySelectorAll("[data-note]")
  );
  const savingNotes = [...notes].map((note) => {
    const saving = debounce(() => {
      open.edit((record, at) => withNote(record, String(note.dataset.note), note.value, at));
      onChanged();
    });
    note.addEventListener("input", () => {
      markNote(note);
      saving.call();
    });
    return saving;
  });

  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    root.querySelectorAll("[data-context]")
  );
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const { dataset, checked } = box;
      open.edit((record, at) => withContext(record, String(dataset.context), checked, at));
    });
  }
  return [savingName, ...savingNotes];
}
