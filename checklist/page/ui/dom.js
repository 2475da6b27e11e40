/** Small helpers that every part of the page shares. */

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

/** @param {HTMLInputElement} field @returns {string | number} empty where it is not valid */
export function valueOf({ type, validity, value, valueAsNumber }) {
  if (!validity.valid) {
    return "";
  }
  return type === "number" && value ? valueAsNumber : value;
}

/** @param {HTMLElement} element @param {string} text @returns {boolean} whether that is news */
export function setText(element, text) {
  const isNew = element.textContent !== text;
  if (isNew) {
    element.textContent = text;
  }
  return isNew;
}

/** @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {Intl.DateTimeFormat} format
 * @param {unknown} at a time that Python may know and the browser not
 * @returns {string} empty where there is none
 */
export function formatted(format, at) {
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

/** @param {string} kind @param {string} [what] @returns {string} */
export function fileName(kind, what = "client-case") {
  return fill("{what}-{day}.{kind}", { what, day: new Date().toISOString().slice(0, 10), kind });
}

const DOWNLOAD_MS = 60_000; // by then a browser has taken the file up, however busy it is

/** @param {string} text @param {string} name @param {string} type */
export function download(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_MS);
}

/**
 * Copy, also where the browser gives no clipboard: then the text is selected for the visitor.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>}
 */
export async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** @param {() => void} run @param {number} after in milliseconds, from the last call */
export function debounced(run, after) {
  /** @type {ReturnType<typeof setTimeout> | number} */
  let timer = 0;
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = 0;
        run();
      }, after);
    },
    cancel() {
      clearTimeout(timer);
      timer = 0;
    },
    /** Run now what waits. */
    flush() {
      if (timer) {
        clearTimeout(timer);
        timer = 0;
        run();
      }
    },
  };
}

/** @returns {Record<string, any>} what the page was built with; `path` is the site's on its host */
export function readSettings() {
  const element = /** @type {HTMLElement} */ (document.getElementById("checklist-settings"));
  const settings = JSON.parse(element.textContent ?? "");
  return { ...settings, path: new URL(settings.root, document.baseURI).pathname };
}
