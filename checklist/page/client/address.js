/**
 * The fragment of the address: it contains a shared client (`#c=…`), or the id of one of the
 * visitor's own (`#case=…`).
 */

// Mail programs and messengers may encode "=", and add punctuation or invisible characters, which the
// browser encodes. Python undoes their other changes.
const ENCODED = "(?:%[0-9a-f]{2}|[^0-9a-z%])*";
const EQUALS = "(?:=|%(?:25)*3d|&(?:#61|#x3d|equals);)";
const SHARED = new RegExp(`^#${ENCODED}c(?:%(?!(?:25)*3d)[0-9a-f]{2})*${EQUALS}(.*)$`, "is");
// With an encoded "#" the whole fragment becomes a part of the path; with an entity the rest of it is
// the fragment. "%EF%BC%83" is a full-width one.
const SHARED_IN_PATH = new RegExp(
  `(?:%(?:25)*23|%EF%BC%83|#)(?:35;|x23;)?${ENCODED}c${EQUALS}(.*)$`,
  "is",
);
const OWN = /^#case=(.*)$/s;

/** @param {string} hash @returns {boolean} */
export function namesClient(hash) {
  return payloadOf(hash) !== null || idOf(hash) !== null;
}

/** @param {string} hash @returns {string | null} the client in a shared link */
export function payloadOf(hash) {
  return decode(SHARED.exec(hash));
}

/** @param {string} path with the query and the fragment @returns {string | null} the client in a shared link */
export function payloadInPath(path) {
  return decode(SHARED_IN_PATH.exec(path));
}

/** @param {string} hash @returns {string | null} the id of the visitor's own client */
export function idOf(hash) {
  return decode(OWN.exec(hash));
}

/** @param {RegExpExecArray | null} match @returns {string | null} unchanged if it is not encoded */
function decode(match) {
  if (!match) {
    return null;
  }
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}
