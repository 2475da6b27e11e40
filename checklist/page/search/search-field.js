/**
 * The search field and its results: it searches while the visitor types, pastes or dictates. The
 * module is loaded when the visitor turns to the search.
 *
 * @typedef {import("./search.js").Response} Response
 * @typedef {import("./search.js").Segment} Segment
 * @typedef {import("./search.js").Hit} Hit
 * @typedef {{ worker: string, index: string, lang: string, words: Record<string, string> }} Settings
 *   addresses are relative to the page
 */
import { create, find, findInput, setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";

class SearchField {
  /** @type {Worker | null} */
  #worker = null;
  #completion = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    /** @type {Settings} */
    this.settings = JSON.parse(String(root.dataset.search));
    this.folder = new URL("../", new URL(this.settings.index, document.baseURI));
    this.input = findInput(root, ".md-search__input");
    this.status = find(root, ".md-search-result__meta");
    this.list = find(root, ".md-search-result__list");
    this.suggestion = find(root, ".md-search__suggest");
    const form = find(root, "form");
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.#completeOnArrow(event));
    root.addEventListener("keydown", (event) => this.#moveFocus(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.list.querySelector("a")?.click();
    });
    form.addEventListener("reset", () => {
      this.input.focus();
      setTimeout(() => this.search()); // after the browser has cleared the field
    });
  }

  search() {
    const { words } = this.settings;
    const query = this.input.value;
    if (!query.trim()) {
      this.list.replaceChildren();
      this.#suggest("");
      setText(this.status, words.start);
      return;
    }
    if (!this.list.hasChildNodes()) {
      setText(this.status, words.loading);
    }
    this.#suggest(""); // it completes what was typed before
    try {
      this.#worker ??= this.#startWorker();
      this.#worker.postMessage(query);
    } catch {
      this.#fail(); // the browser refuses workers
    }
  }

  #startWorker() {
    const { worker: url, index, lang } = this.settings;
    const name = JSON.stringify({ index: new URL(index, document.baseURI).href, lang });
    const worker = new Worker(new URL(url, document.baseURI), { type: "module", name });
    worker.addEventListener("message", ({ data }) => {
      if (data.failed) {
        this.#fail();
      } else if (data.query === this.input.value) {
        this.#show(data);
      }
    });
    worker.addEventListener("error", () => this.#fail());
    return worker;
  }

  /** Show that the search failed; the next input starts a new worker. */
  #fail() {
    this.#worker?.terminate();
    this.#worker = null;
    this.list.replaceChildren();
    this.#suggest("");
    setText(this.status, this.settings.words.failed);
  }

  /** @param {Response} response */
  #show({ pages, completion }) {
    const { words } = this.settings;
    const count = pages.length;
    this.list.replaceChildren(
      ...pages.map(({ page, sections }) => {
        const item = create("li", ...[page, ...sections].map((hit) => this.#link(hit)));
        item.className = "md-search-result__item";
        return item;
      }),
    );
    this.#suggest(completion);
    setText(this.status, count > 0 ? fill(words.found, { count }) : words.none);
  }

  /** @param {Hit} hit */
  #link({ location, title, excerpt }) {
    const heading = create("span", ...nodesOf(title));
    heading.className = location.includes("#") ? "search-hit__section" : "search-hit__page";
    const link = create("a", heading);
    link.className = "md-search-result__link search-hit";
    link.href = new URL(location, this.folder).href;
    if (excerpt.length > 0) {
      const text = create("span", ...nodesOf(excerpt));
      text.className = "search-hit__text";
      link.append(" ", text);
    }
    return link;
  }

  /** @param {string} completion the rest of the last word */
  #suggest(completion) {
    this.#completion = completion;
    setText(this.suggestion, completion && this.input.value + completion);
  }

  /** @param {KeyboardEvent} event */
  #completeOnArrow({ key }) {
    const { input } = this;
    if (key === "ArrowRight" && this.#completion && input.selectionStart === input.value.length) {
      input.value += this.#completion;
      this.search();
    }
  }

  /** Move the focus between the field and the results with the arrow keys.
   * @param {KeyboardEvent} event */
  #moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    if (step && at >= 0) {
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    }
  }
}

/** @param {Segment[]} segments */
function nodesOf(segments) {
  return segments.map(({ text, isMatch }) => (isMatch ? create("mark", text) : text));
}

new SearchField(find(document, ".md-search")).search();
