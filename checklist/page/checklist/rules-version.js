/** The version of the rules that these modules were bundled for: the bundler writes it here. */

// @ts-expect-error it has no value before that
export const RULES = /** @type {string} */ (BUNDLED_FOR_RULES);
