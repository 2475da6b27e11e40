/** What the modules of the page expect of a browser, in small. */

/** Set globals, and put back what was there after the test.
 * @param {{ after(run: () => void): void }} t @param {Record<string, unknown>} values */
export function setGlobals(t, values) {
  for (const [name, value] of Object.entries(values)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => {
      if (before) {
        Object.defineProperty(globalThis, name, before);
      } else {
        Reflect.deleteProperty(globalThis, name);
      }
    });
  }
}

/** A `localStorage`: its entries are its own properties, as a browser's are. */
export class FakeStorage {
  /** @param {Record<string, string>} [entries] */
  constructor(entries = {}) {
    Object.assign(this, entries);
  }
  /** @param {string} key @returns {string | null} */
  getItem(key) {
    return Object.hasOwn(this, key) ? /** @type {any} */ (this)[key] : null;
  }
  /** @param {string} key @param {string} text */
  setItem(key, text) {
    /** @type {any} */ (this)[key] = String(text);
  }
  /** @param {string} key */
  removeItem(key) {
    delete (/** @type {any} */ (this)[key]);
  }
}

/** A `window` with both storages.
 * @param {{ after(run: () => void): void }} t
 * @param {Record<string, string>} [local] @param {Record<string, string>} [session] */
export function setStorages(t, local = {}, session = {}) {
  const storages = {
    localStorage: new FakeStorage(local),
    sessionStorage: new FakeStorage(session),
  };
  setGlobals(t, { window: storages, ...storages });
  return storages;
}

/** Let everything run that waits for nothing but its turn. @param {number} [turns] */
export async function settled(turns = 5) {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((go) => setImmediate(go));
  }
}

const { setTimeout } = globalThis; // whatever a test makes of it

/** Wait until a condition is true, a minute at most. @param {() => unknown} condition */
export async function until(condition) {
  for (let rest = 0; !condition() && rest < 12_000; rest += 1) {
    await new Promise((go) => setTimeout(go, 5));
  }
}
