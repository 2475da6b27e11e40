/** The name, the notes and the context of the open client, as they are typed and ticked. */
import { withContext, withField, withNote } from "../client/record.js";
import { debounce, findInput } from "../ui/dom.js";

const TYPING_MS = 400;

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {ReturnType<import("./open-client.js").createOpenClient>} options.open
 * @param {() => void} options.onChanged
 * @param {(name: string) => void} options.onNamed
 */
export function createClientFields(root, { open, onChanged, onNamed }) {
  const name = findInput(root, '[data-field="name"]');
  const typedName = debounce(keepName, TYPING_MS);
  name.addEventListener("input", typedName.call);

  const notes = /** @type {NodeListOf<HTMLTextAreaElement>} */ (
    root.querySelectorAll("[data-note]")
  );
  const typedNotes = [...notes].map((field) => {
    const typed = debounce(() => {
      open.edit((there, at) => withNote(there, String(field.dataset.note), field.value, at));
      onChanged();
    }, TYPING_MS);
    field.addEventListener("input", typed.call);
    return typed;
  });

  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    root.querySelectorAll("[data-context]")
  );
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const { dataset, checked } = box;
      open.edit((there, at) => withContext(there, String(dataset.context), checked, at));
    });
  }

  async function keepName() {
    const isFirst = !open.record.name;
    const { value } = name;
    await open.edit((there, at) => withField(there, "name", value, at));
    onNamed(value);
    if (isFirst && value) {
      // Asked for once there is something that a person would miss. The visitor may never answer.
      navigator.storage?.persist?.().catch(() => false);
    }
    onChanged();
  }

  return {
    name,

    /** What was typed a moment ago and is not saved yet. */
    typed: [typedName, ...typedNotes],
  };
}
