/** DOM helpers shared by all pages. */

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`the page has no ${selector}`);
  }
  return found;
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLInputElement} */
export function findInput(root, selector) {
  return /** @type {HTMLInputElement} */ (find(root, selector));
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} the place of a text */
export function findSlot(root, name) {
  return find(root, `[data-slot="${name}"]`);
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} what is shown or hidden */
export function findBlock(root, name) {
  return find(root, `[data-block="${name}"]`);
}

/** @param {ParentNode} root @param {string} name */
export function findField(root, name) {
  return findInput(root, `[data-field="${name}"]`);
}

/** @param {ParentNode} root @param {string} name of the action @returns {HTMLElement} its button */
export function findButton(root, name) {
  return find(root, `[data-action="${name}"]`);
}

/** @param {ParentNode} root @param {string} action @param {() => void} handler */
export function onAction(root, action, handler) {
  findButton(root, action).addEventListener("click", handler);
}

/** @param {HTMLInputElement} field @returns {string | number} empty if it is invalid */
export function fieldValue({ type, validity, value, valueAsNumber }) {
  if (!validity.valid) {
    return "";
  }
  return type === "number" && value ? valueAsNumber : value;
}

/** @param {HTMLElement} element @param {string} text @returns {boolean} whether the text changed */
export function setText(element, text) {
  const isChanged = element.textContent !== text;
  if (isChanged) {
    element.textContent = text;
  }
  return isChanged;
}

/** @param {HTMLElement} element @param {string} name @param {string | null} value null removes it */
export function setAttribute(element, name, value) {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** Replace each `{name}` by its value.
 * @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {Intl.DateTimeFormat} format
 * @param {unknown} at a time; Python accepts some formats that the browser does not
 * @returns {string} empty if the browser cannot parse it
 */
export function formatTime(format, at) {
  const time = new Date(String(at ?? ""));
  return Number.isNaN(time.getTime()) ? "" : format.format(time);
}

/** @param {string} id @returns {HTMLElement} a copy of a template's content */
export function fromTemplate(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {...(string | Node)} children
 */
export function create(name, ...children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

/** @param {string[]} texts */
export function createItems(texts) {
  return texts.map((text) => create("li", text));
}

/** @param {string} extension @param {string} [name] @returns {string} the name with today's date */
export function fileName(extension, name = "client-case") {
  return `${name}-${new Date().toISOString().slice(0, 10)}.${extension}`;
}

/** @type {Record<string, string>} */
const MEDIA_TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };
const DOWNLOAD_MS = 60_000; // by then even a slow browser has started the download

/** @param {string} text @param {string} name of the file, with its extension */
export function download(text, name) {
  const type = MEDIA_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "text/plain";
  const link = create("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_MS);
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

const TYPING_MS = 400;

/** @param {() => void} run
 * @param {number} [delay] in milliseconds, from the last call; the default is a pause in typing */
export function debounce(run, delay = TYPING_MS) {
  /** @type {ReturnType<typeof setTimeout> | number} */
  let timer = 0;
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = 0;
        run();
      }, delay);
    },
    cancel() {
      clearTimeout(timer);
      timer = 0;
    },
    /** Run a pending call now. */
    flush() {
      if (timer) {
        clearTimeout(timer);
        timer = 0;
        run();
      }
    },
  };
}

/** @returns {Record<string, any>} the settings from the build; `path` is the path of the site */
export function readSettings() {
  const element = /** @type {HTMLElement} */ (document.getElementById("checklist-settings"));
  const settings = JSON.parse(element.textContent ?? "");
  return { ...settings, path: new URL(settings.root, document.baseURI).pathname };
}
