/** Media queries that a test decides. */
export class FakeMedia {
  /** @type {Map<string, EventTarget & { matches: boolean }>} */
  #lists = new Map();

  /** @param {string[]} matching the queries that match at first */
  constructor(matching = []) {
    matching.forEach((query) => this.set(query, true));
  }

  /** Stands for `matchMedia`. @param {string} query */
  match = (query) => {
    const list = this.#lists.get(query) ?? Object.assign(new EventTarget(), { matches: false });
    this.#lists.set(query, list);
    return list;
  };

  /** @param {string} query @param {boolean} matches */
  set(query, matches) {
    const list = this.match(query);
    list.matches = matches;
    list.dispatchEvent(new MessageEvent("change"));
  }
}
