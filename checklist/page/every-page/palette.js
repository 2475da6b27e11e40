/**
 * The palette: that of the system, light or dark. A choice is stored, under the name that Material
 * uses; without a choice nothing is.
 */
const SCHEMES = ["", "default", "slate"]; // the first follows the system
const DARK = "(prefers-color-scheme: dark)";

/** Set the colours of the page. @param {number} index of the palette */
export function applyPalette(index = storedIndex()) {
  const scheme = SCHEMES[index] || (matchMedia(DARK).matches ? "slate" : "default");
  document.body.dataset.mdColorScheme = scheme;
}

/** Let the visitor choose a palette, store the choice, and follow the system. */
export function setUpPalette() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = document.querySelectorAll('[name="__palette"]');
  let chosen = storedIndex();
  const show = () => {
    for (const [index, input] of inputs.entries()) {
      input.checked = index === chosen;
      for (const label of input.labels ?? []) {
        // One label is shown at a time: that of the palette after the chosen one.
        label.hidden = index !== (chosen + 1) % inputs.length;
      }
    }
  };
  for (const [index, input] of inputs.entries()) {
    input.addEventListener("change", () => {
      chosen = index;
      store(index);
      applyPalette(index);
      show();
    });
  }
  matchMedia(DARK).addEventListener("change", () => applyPalette(chosen));
  show();
}

/** @returns {string} */
function storageKey() {
  return `${new URL(String(document.body.dataset.root), document.baseURI).pathname}.__palette`;
}

/** @returns {number} 0 if no choice is stored, or storage is blocked */
function storedIndex() {
  try {
    const { index } = JSON.parse(localStorage.getItem(storageKey()) ?? "{}");
    return Number.isInteger(index) && index in SCHEMES ? index : 0;
  } catch {
    return 0;
  }
}

/** @param {number} index */
function store(index) {
  try {
    localStorage.setItem(storageKey(), JSON.stringify({ index }));
  } catch {
    // Storage is blocked or full: the choice holds for this page.
  }
}
