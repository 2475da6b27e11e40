/**
 * Small things that the browser remembers: which client is open, what its database may not have
 * yet, what an earlier version of this page saved, and a copy of what could not be read.
 *
 * @typedef {import("./record.js").CaseRecord} CaseRecord
 * @typedef {{ record: CaseRecord, saved?: CaseRecord }} Unsaved a client as the visitor has made
 *   it, and as it lay in the database before; nothing where it was not known to lie there
 */

const LAST = "client-checklist:last";
const SNAPSHOT = "client-checklist:snapshot";
const UNSAVED = "client-checklist:unsaved";
const OLD_CASE = "client-checklist:case";
const SET_ASIDE = "client-checklist:set-aside";
const OURS = "client-checklist:";

/** @returns {string | null} the client that was open in this tab, else the last one anywhere */
export function openId() {
  return read("sessionStorage", LAST) ?? read("localStorage", LAST);
}

/** @param {string} id */
export function rememberOpen(id) {
  write("sessionStorage", LAST, id);
  write("localStorage", LAST, id);
}

/** @returns {CaseRecord | null} the open client as it was last shown: the database takes its time */
export function snapshot() {
  const record = shown();
  return record && record.id === openId() ? record : null;
}

/** @param {CaseRecord} record */
export function keepSnapshot(record) {
  write("localStorage", SNAPSHOT, textOf({ record }));
}

/** @param {string[]} ids clients that are no longer what they were */
export function forgetSnapshotsOf(ids) {
  const record = shown();
  if (!record || ids.includes(record.id)) {
    write("localStorage", SNAPSHOT, null);
  }
}

/** @returns {CaseRecord | undefined} */
function shown() {
  return parsed(read("localStorage", SNAPSHOT))?.record;
}

/** @returns {Map<string, Unsaved>} by the clients' marks, whichever tab has changed them; none where
 *   the browser refuses */
export function unsaved() {
  const entries = Object.entries(parsed(read("localStorage", UNSAVED)) ?? {});
  return new Map(entries.filter(([id, one]) => one?.record?.id === id && one.record.answers));
}

/** @param {Map<string, Unsaved | null>} changes null where the database has it */
export function keepUnsaved(changes) {
  const all = unsaved();
  for (const [id, one] of changes) {
    if (one) {
      all.set(id, one);
    } else {
      all.delete(id);
    }
  }
  write("localStorage", UNSAVED, all.size > 0 ? textOf(Object.fromEntries(all)) : null);
}

/** @param {unknown} value @returns {string | null} */
function textOf(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return null; // nested deeper than the browser can write
  }
}

/** @param {string | null} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** @returns {string | null} the one case that the first version of this page kept */
export function oldCase() {
  return read("localStorage", OLD_CASE);
}

export function forgetOldCase() {
  write("localStorage", OLD_CASE, null);
}

/** @returns {string | null} */
export function setAside() {
  return read("localStorage", SET_ASIDE);
}

/**
 * Add a text to what is set aside; texts are parted by an empty line. Null erases it all.
 *
 * @param {string | null} text
 * @returns {boolean} whether it is safe
 */
export function putAside(text) {
  const before = read("localStorage", SET_ASIDE);
  if (text === null || before === null) {
    return write("localStorage", SET_ASIDE, text);
  }
  return before.includes(text) || write("localStorage", SET_ASIDE, `${before}\n\n${text}`);
}

/** @returns {Record<string, string>} everything that this site keeps here, the palette included */
export function everything() {
  try {
    return Object.fromEntries(
      Object.entries({ ...localStorage }).filter(
        ([key]) => key.startsWith(OURS) || key.endsWith("__palette"),
      ),
    );
  } catch {
    return {};
  }
}

/** @param {Record<string, string | null>} entries null erases */
export function putBack(entries) {
  Object.entries(entries).forEach(([key, text]) => write("localStorage", key, text));
}

/** Nothing of any client is to be left: everything is erased. */
export function forgetClients() {
  write("sessionStorage", LAST, null);
  [LAST, SNAPSHOT, UNSAVED].forEach((key) => write("localStorage", key, null));
}

/** @param {"localStorage" | "sessionStorage"} where @param {string} key */
function read(where, key) {
  try {
    return window[where].getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {"localStorage" | "sessionStorage"} where
 * @param {string} key
 * @param {string | null} text null erases
 * @returns {boolean} whether it is so now
 */
function write(where, key, text) {
  try {
    if (text === null) {
      window[where].removeItem(key);
    } else {
      window[where].setItem(key, text);
    }
    return window[where].getItem(key) === text;
  } catch {
    return false;
  }
}
