/**
 * The worker of the search. It loads the index of one language and answers queries. A word is found
 * by its beginning and, through the stemmer, in other forms.
 */
import { createSearch } from "./search.js";

const { index, lang } = JSON.parse(self.name);

/** @type {Promise<(query: string) => import("./search.js").Response>} */
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
