/**
 * Small things that the browser remembers: which client is open, what an earlier version of this
 * page saved, and a copy of what could not be read.
 *
 * @typedef {import("./record.js").CaseRecord} CaseRecord
 * @typedef {{ record?: CaseRecord, unsaved: boolean, saved?: CaseRecord }} Snapshot `saved` is what
 *   lay elsewhere of it when it was last known to be safe
 */

const LAST = "client-checklist:last";
const SNAPSHOT = "client-checklist:snapshot";
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

/**
 * The open client as this tab last showed it, else as it was last saved: there at once, while the
 * browser's database takes its time. A tab's own is safe where the browser was closed in the
 * middle of a write.
 *
 * @returns {Snapshot | null}
 */
export function snapshot() {
  return parsed(read("sessionStorage", SNAPSHOT)) ?? savedSnapshot();
}

/**
 * @param {CaseRecord} record
 * @param {CaseRecord} saved what lies elsewhere of it; another one while its changes are on their way
 */
export function keepSnapshot(record, saved) {
  const unsaved = record !== saved;
  const text = JSON.stringify({ record, unsaved, ...(unsaved ? { saved } : {}) });
  write("sessionStorage", SNAPSHOT, text);
  write("localStorage", SNAPSHOT, unsaved ? null : text);
}

/** @param {string[]} ids clients that are no longer what they were */
export function forgetSnapshotsOf(ids) {
  const id = savedSnapshot()?.record?.id;
  if (id === undefined || ids.includes(id)) {
    write("localStorage", SNAPSHOT, null);
  }
}

/** @returns {Snapshot | null} of the client that the browser's tabs last had open */
function savedSnapshot() {
  const saved = parsed(read("localStorage", SNAPSHOT));
  return saved?.record?.id === openId() ? saved : null;
}

/** @param {string | null} text @returns {Snapshot | null} */
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

export function forgetOpen() {
  write("sessionStorage", LAST, null);
  write("sessionStorage", SNAPSHOT, null);
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
