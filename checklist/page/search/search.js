/**
 * Finds sections of the guide by words.
 *
 * @typedef {{ location: string, title: string, text: string }} Section of a page; the first of each
 *   page has no fragment in its `location`, which is relative to the folder of the language
 * @typedef {{ text: string, isMatch: boolean }} Segment
 * @typedef {{ location: string, title: Segment[], excerpt: Segment[] }} Hit
 * @typedef {{ page: Hit, sections: Hit[] }} FoundPage
 * @typedef {{ query: string, pages: FoundPage[], completion: string }} Response `completion` is the
 *   rest of a word that the query begins, or empty
 */
import MiniSearch from "minisearch";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as russian } from "@orama/stemmers/russian";

/** @type {Record<string, (word: string) => string>} */
const STEMMERS = { en: english, ru: russian };
const STEM = "\u0001"; // precedes stems in the index, so that no beginning of a word matches them
// Combining and invisible characters, such as soft hyphens, do not end a word.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*/gu;
const LAST_WORD = new RegExp(`${WORD.source}$`, "u");
const INVISIBLE = /[\p{Cf}\u0301]/gu; // with the acute accent, which shows the stress
const PAGES = 20;
const SECTIONS = 4; // of one page
const EXCERPT = 160; // characters
const BEFORE = 60; // characters of an excerpt before its first match
const TITLE_WEIGHT = 4;

/**
 * @param {Section[]} sections @param {string} lang
 * @returns {(query: string) => Response}
 */
export function createSearch(sections, lang) {
  /** @param {string} word */
  const formsOf = (word) => {
    const whole = normalize(word);
    return [whole, STEM + STEMMERS[lang](whole)];
  };
  const byLocation = new Map(sections.map((section) => [section.location, section]));
  const index = new MiniSearch({
    idField: "location",
    fields: ["title", "text"],
    tokenize: wordsOf,
    processTerm: formsOf,
    searchOptions: { boost: { title: TITLE_WEIGHT } },
  });
  index.addAll(sections);

  return (query) => {
    const queries = wordsOf(query).map((word) => wordQuery(formsOf(word)));
    let found = index.search({ combineWith: "AND", queries });
    if (found.length === 0) {
      found = index.search({ combineWith: "OR", queries });
    }
    const terms = new Set(found.flatMap((one) => one.terms));
    /** @param {string} word */
    const isMatch = (word) => formsOf(word).some((form) => terms.has(form));
    return {
      query,
      pages: group(found.map((one) => one.id)).map(({ page, locations }) => ({
        page: hit(/** @type {Section} */ (byLocation.get(page)), isMatch),
        sections: locations.map((id) => hit(/** @type {Section} */ (byLocation.get(id)), isMatch)),
      })),
      completion: completionOf(query, found[0]?.terms ?? []),
    };
  };
}

/** @param {string[]} forms the whole word and its stem @returns {import("minisearch").Query} */
function wordQuery([whole, stem]) {
  const isPrefix = whole.length > 1;
  return {
    tokenize: (form) => [form],
    processTerm: (form) => form,
    combineWith: "OR",
    queries: [{ queries: [whole], prefix: isPrefix }, stem],
  };
}

/** @param {string} word the letter yo is replaced by ye, as most people type it */
function normalize(word) {
  const visible = word.normalize("NFC").replace(INVISIBLE, "");
  return visible.toLowerCase().replaceAll("\u0451", "\u0435");
}

/** @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.match(WORD) ?? [];
}

/** @param {string[]} locations best first @returns {{ page: string, locations: string[] }[]} */
function group(locations) {
  /** @type {Map<string, string[]>} */
  const pages = new Map();
  for (const location of locations) {
    const [page] = location.split("#");
    const sections = pages.get(page) ?? [];
    if (location !== page && sections.length < SECTIONS) {
      sections.push(location);
    }
    pages.set(page, sections);
  }
  return [...pages].slice(0, PAGES).map(([page, found]) => ({ page, locations: found }));
}

/** @param {Section} section @param {(word: string) => boolean} isMatch @returns {Hit} */
function hit({ location, title, text }, isMatch) {
  return { location, title: segments(title, isMatch), excerpt: excerpt(text, isMatch) };
}

/** @param {string} text @param {(word: string) => boolean} isMatch @returns {Segment[]} */
function excerpt(text, isMatch) {
  const first = [...text.matchAll(WORD)].find(([word]) => isMatch(word))?.index ?? 0;
  const earliest = Math.max(0, first - BEFORE);
  const start = earliest && earliest + text.slice(earliest, first).indexOf(" ") + 1;
  const latest = start + EXCERPT;
  const space = text.lastIndexOf(" ", latest);
  const cut = space > first ? space : latest;
  const end = text.length > latest ? cut : text.length;
  const shown = text.slice(start, end);
  return segments(`${start ? "… " : ""}${shown}${end < text.length ? " …" : ""}`, isMatch);
}

/** @param {string} text @param {(word: string) => boolean} isMatch @returns {Segment[]} */
function segments(text, isMatch) {
  /** @type {Segment[]} */
  const found = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (isMatch(word)) {
      found.push({ text: text.slice(end, index), isMatch: false }, { text: word, isMatch: true });
      end = index + word.length;
    }
  }
  found.push({ text: text.slice(end), isMatch: false });
  return found.filter((segment) => segment.text);
}

/** @param {string} query @param {string[]} terms that the best section contains */
function completionOf(query, terms) {
  const last = normalize(LAST_WORD.exec(query)?.[0] ?? "");
  const whole = last && terms.find((term) => term.startsWith(last) && term.length > last.length);
  return whole ? whole.slice(last.length) : "";
}
