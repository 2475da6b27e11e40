/** A browser's cache: places with responses by their addresses. */

class Place {
  /** @type {Map<string, Response>} */
  entries = new Map();
  /** @param {string} url */
  async match(url) {
    return this.entries.get(url)?.clone();
  }
  /** @param {string} url @param {Response} response */
  async put(url, response) {
    this.entries.set(url, response);
  }
  /** @param {string} url */
  async delete(url) {
    return this.entries.delete(url);
  }
}

export class FakeCaches {
  /** @type {Map<string, Place>} */
  places = new Map();

  /** @param {string} root @param {Record<string, Record<string, string>>} kept by path */
  constructor(root, kept) {
    this.root = root;
    for (const [name, texts] of Object.entries(kept)) {
      const place = new Place();
      this.places.set(name, place);
      for (const [path, text] of Object.entries(texts)) {
        place.entries.set(root + path, new Response(text));
      }
    }
  }
  async keys() {
    return [...this.places.keys()];
  }
  /** @param {string} name */
  async has(name) {
    return this.places.has(name);
  }
  /** @param {string} name */
  async open(name) {
    const place = this.places.get(name) ?? new Place();
    this.places.set(name, place);
    return place;
  }
  /** @param {string} name */
  async delete(name) {
    return this.places.delete(name);
  }
  /** @param {string} url @param {{ cacheName: string }} options */
  async match(url, { cacheName }) {
    return this.places.get(cacheName)?.match(url);
  }

  /** @returns {Promise<Record<string, Record<string, string>>>} the texts by path, by place */
  async contents() {
    /** @type {Record<string, Record<string, string>>} */
    const all = {};
    for (const [name, { entries }] of this.places) {
      all[name] = {};
      for (const [url, response] of entries) {
        all[name][url.slice(this.root.length)] = await response.clone().text();
      }
    }
    return all;
  }
}
