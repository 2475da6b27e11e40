/**
 * The part of the address after "#": a client that someone shared (`#c=…`), or one of the visitor's
 * own (`#case=…`).
 */

// As mail and messengers pass it on, too. What else they change, Python undoes.
const SHARED = /^#c(?:=|%3d)(.*)$/is;
const OWN = /^#case=(.*)$/s;

/** @param {string} hash @returns {boolean} */
export function namesClient(hash) {
  return payloadOf(hash) !== null || idOf(hash) !== null;
}

/** @param {string} hash @returns {string | null} what the shared link holds */
export function payloadOf(hash) {
  return decoded(SHARED.exec(hash));
}

/** @param {string} hash @returns {string | null} the id of the visitor's own client */
export function idOf(hash) {
  return decoded(OWN.exec(hash));
}

/** @param {RegExpExecArray | null} found @returns {string | null} as it is where it is not encoded */
function decoded(found) {
  if (!found) {
    return null;
  }
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return found[1];
  }
}
