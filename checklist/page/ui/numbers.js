/** Numbers as people write them: with a comma or a dot, and with spaces between thousands. */

const MAX_NUMBER = 999_999_999;

const GROUPED = /^\d{1,3}(?:([ '’.,])\d{3})(?:\1\d{3})*$/;
const ONE_GROUP = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * @param {string} text as it was typed or pasted
 * @param {string} lang decides whether "1,234" is above a thousand or below two
 * @returns {number | null} null unless it is a number from zero to `MAX_NUMBER`
 */
export function parseNumber(text, lang) {
  const [digits, exponent = "0"] = text
    .trim()
    .replace(/\s/g, " ")
    .split(/e(?=[+-]?\d+$)/i);
  const at = decimalIndex(digits, lang);
  const [whole, fraction] = [digits.slice(0, at), digits.slice(at + 1)];
  const isNumber =
    (/^\d*$/.test(whole) || GROUPED.test(whole)) && /^\d*$/.test(fraction) && /\d/.test(digits);
  const value = Number(`${whole.replace(/\D/g, "") || 0}.${fraction || 0}e${exponent}`);
  return isNumber && value <= MAX_NUMBER ? value : null;
}

/** @param {number} value @param {string} lang @returns {string} which `parseNumber` reads back */
export function formatNumber(value, lang) {
  return String(value).replace(".", separators(lang).decimal);
}

/** @param {string} digits @param {string} lang
 * @returns {number} the index of the decimal separator; the text's length if there is none */
function decimalIndex(digits, lang) {
  const marks = digits.replace(/[^.,]/g, "");
  const last = marks.at(-1);
  const isGrouping =
    !last ||
    marks.split(last).length > 2 ||
    (marks.length === 1 && last === separators(lang).group && ONE_GROUP.test(digits));
  return isGrouping ? digits.length : digits.lastIndexOf(last);
}

/** @param {string} lang */
function separators(lang) {
  return lang === "ru" ? { decimal: ",", group: " " } : { decimal: ".", group: "," };
}
