/** Texts with values. */

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
