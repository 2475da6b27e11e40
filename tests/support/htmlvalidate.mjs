/** What html-validate checks of the built pages: the HTML standard, its own taste left out. */
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Taste: both ways are in the standard.
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "valid-id": ["error", { relaxed: true }],
    // The theme's search shows results while one types: there is nothing to submit.
    "wcag/h32": "off",
    // The theme writes the table of contents twice and shows one, by the width of the window.
    "unique-landmark": "off",
    // A list may have a name; ours say which part of the site they are.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // In a <template> a link has no words yet: scripts put them in.
    "wcag/h30": "off",
  },
};
