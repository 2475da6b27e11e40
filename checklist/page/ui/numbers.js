/** Numbers as people write them: with a comma or a dot, and with spaces between thousands. */

const MAX_NUMBER = 999_999_999;
const TO_ASCII = 0xfee0; // from a full-width character

const GROUPED = /^\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*$|^\d{1,2}(?:,\d\d)+,\d{3}$/; // 12,34,567 in India
const ONE_GROUP = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * @param {string} text as it was typed or pasted
 * @param {string} lang decides whether "1,234" is above a thousand or below two
 * @returns {number | null} null unless it is a number from zero to `MAX_NUMBER`
 */
export function parseNumber(text, lang) {
  const [digits, exponent = "0"] = plain(text).split(/e(?=[+-]?\d+$)/i);
  const isMoney = /\p{Sc}/u.test(text); // which has no thousandths
  const at = decimalIndex(digits, isMoney ? ".," : separators(lang).group);
  const [whole, fraction] = [digits.slice(0, at), digits.slice(at + 1)];
  const isNumber =
    (/^\d*$/.test(whole) || GROUPED.test(whole)) && /^\d*$/.test(fraction) && /\d/.test(digits);
  const value = Number(`${whole.replace(/\D/g, "") || 0}.${fraction || 0}e${exponent}`);
  return isNumber && value <= MAX_NUMBER ? value : null;
}

/** @param {string} text @returns {string} without currency signs, invisible and full-width characters */
function plain(text) {
  return text
    .replace(/[０-９．，]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - TO_ASCII))
    .replace(/[\p{Cf}\p{Sc}]/gu, "")
    .replace(/[’‘ʼ′]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Without `Intl`, whose first use takes 75 ms on a slow phone.
 * @param {number | string} value @param {string} lang @returns {string} which `parseNumber` reads back */
export function formatNumber(value, lang) {
  return String(value).replace(".", separators(lang).decimal);
}

/** @param {string} digits @param {string} group what may stand before the last three of them
 * @returns {number} the index of the decimal separator; the text's length if there is none */
function decimalIndex(digits, group) {
  const marks = digits.replace(/[^.,]/g, "");
  const last = marks.at(-1);
  const isGrouping =
    !last ||
    marks.split(last).length > 2 ||
    (marks.length === 1 && group.includes(last) && ONE_GROUP.test(digits));
  return isGrouping ? digits.length : digits.lastIndexOf(last);
}

/** @param {string} lang */
function separators(lang) {
  return lang === "ru" ? { decimal: ",", group: " " } : { decimal: ".", group: "," };
}
