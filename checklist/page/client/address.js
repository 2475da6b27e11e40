/**
 * The fragment of the address: it contains a shared client (`#c=…`), or the id of one of the
 * visitor's own (`#case=…`).
 */

// Mail programs and messengers may encode "=". Python undoes their other changes.
const SHARED = /^#c(?:=|%3d)(.*)$/is;
const OWN = /^#case=(.*)$/s;

/** @param {string} hash @returns {boolean} */
export function namesClient(hash) {
  return payloadOf(hash) !== null || idOf(hash) !== null;
}

/** @param {string} hash @returns {string | null} the client in a shared link */
export function payloadOf(hash) {
  return decode(SHARED.exec(hash));
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
