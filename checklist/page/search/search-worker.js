/**
 * The worker of the search. It loads the index of one language and answers queries. A word is found
 * by its beginning and, through the stemmer, in other forms.
 *
 * @typedef {{ location: string, title: string, text: string }} Section of a page; the first of each
 *   page has no fragment in its `location`, which is relative to the folder of the language
 * @typedef {{ text: string, isMatch: boolean }} Segment
 * @typedef {{ location: string, title: Segment[], excerpt: Segment[] }} Hit
 * @typedef {{ page: Hit, sections: Hit[] }} FoundPage
 * @typedef {{ query: string, pages: FoundPage[], completion: string }} Response `completion` is the
 *   rest of a word that the query begins, or empty
 */
import { createSearch } from "./search.js";

const { index, lang } = JSON.parse(self.name);

/** @type {Promise<(query: string) => Response>} */
const search = fetch(index)
  .then((response) => {
    if (!response.ok) {
      throw new Error(`${index}: ${response.status}`);
    }
    return response.json();
  })
  .then((sections) => createSearch(sections, lang));

self.addEventListener("message", async ({ data: query }) => {
  try {
    postMessage((await search)(query));
  } catch (error) {
    console.error(error);
    postMessage({ query, failed: true });
  }
});
