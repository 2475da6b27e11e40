import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSearch } from "../../../checklist/page/search/search.js";

/** @typedef {import("../../../checklist/page/search/search.js").Segment} Segment */

const RU = [
  { location: "", title: "Стоит ли работать", text: "Статья о выборе." },
  { location: "refuse/", title: "Отказ", text: "Клиент ждёт ответа, словарь рядом." },
  { location: "refuse/#why", title: "Почему", text: "Решение отказать и договор." },
  { location: "glossary/", title: "Глоссарий", text: "Ёлка и её словарные слова." },
];
const EN = [
  { location: "", title: "Home", text: "A guide to one decision." },
  { location: "refuse/", title: "Refusal", text: "A client waits; deadline is near." },
  { location: "refuse/#why", title: "Reasons", text: "Clients decide, a constructor builds." },
];

/** @param {string} text @param {string} [title] */
const only = (text, title = "T", lang = "en") =>
  createSearch([{ location: "p/", title, text }], lang);

/** @param {ReturnType<ReturnType<typeof createSearch>>} response @returns {string[][]} */
const locations = ({ pages }) =>
  pages.map(({ page, sections }) => [page, ...sections].map(({ location }) => location));

/** @param {Segment[]} segments with marks as brackets */
const shown = (segments) =>
  segments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join("");

/** The only page's excerpt. @param {string} text @param {string} query */
const excerpt = (text, query, lang = "en") =>
  shown(only(text, "T", lang)(query).pages[0].page.excerpt);

describe("the search finds", () => {
  for (const [lang, query, page] of [
    ["ru", "клиентам", "refuse/"],
    ["ru", "КЛИЕНТОВ", "refuse/"],
    ["ru", "отказами", "refuse/"],
    ["ru", "отказат", "refuse/"],
    ["ru", "словарём", "refuse/"],
    ["ru", "ждет", "refuse/"],
    ["ru", "ждёт", "refuse/"],
    ["ru", "ее", "glossary/"],
    ["ru", "елка", "glossary/"],
    ["ru", "выбором", ""],
    ["en", "refusals", "refuse/"],
    ["en", "deciding", "refuse/"],
    ["en", "Constructor", "refuse/"],
    ["en", "dea", "refuse/"],
    ["en", "guides", ""],
    ["en", "a", ""],
  ]) {
    it(`«${query}»`, () => {
      const found = locations(createSearch(lang === "ru" ? RU : EN, lang)(query));
      assert.ok(
        found.some(([first]) => first === page),
        JSON.stringify(found),
      );
    });
  }

  for (const [lang, query] of [
    ["ru", "deadline"],
    ["en", "клиент"],
    ["en", "eadline"],
    ["en", "d"], // one letter is no beginning
    ["ru", "зззз"],
  ]) {
    it(`nothing for «${query}» in ${lang}`, () => {
      const response = createSearch(lang === "ru" ? RU : EN, lang)(query);
      assert.deepEqual(response, { query, pages: [], completion: "" });
    });
  }

  for (const query of ["", " ", '+-*"~()', "—", "\u00ad"]) {
    it(`nothing for ${JSON.stringify(query)}`, () => {
      assert.deepEqual(createSearch(EN, "en")(query), { query, pages: [], completion: "" });
    });
  }

  it("a title before a text", () => {
    const sections = [
      { location: "a/", title: "Other", text: "letter letter letter words" },
      { location: "b/", title: "Letter", text: "some more words stand here" },
    ];
    assert.deepEqual(locations(createSearch(sections, "en")("letter")), [["b/"], ["a/"]]);
  });
});

describe("several words", () => {
  const search = createSearch(
    [
      { location: "a/", title: "A", text: "red apple" },
      { location: "b/", title: "B", text: "green apple" },
      { location: "c/", title: "C", text: "green pear" },
    ],
    "en",
  );

  it("are all found where a section has all", () => {
    assert.deepEqual(locations(search("green apples")), [["b/"]]);
  });

  it("are found one by one where no section has all", () => {
    assert.deepEqual(locations(search("red pear")).flat().sort(), ["a/", "c/"]);
  });

  it("may include one that no section has", () => {
    assert.deepEqual(locations(search("pear zzz")), [["c/"]]);
  });

  for (const query of [
    '"green" +apple',
    "green:apple",
    "title:green -apple~2",
    "(green) AND apple*",
    "green^5, «apple»!",
    "green\u2014apple",
  ]) {
    it(`are separated by punctuation, which is text: ${query}`, () => {
      assert.equal(locations(search(query))[0][0], "b/");
    });
  }

  it("are not excluded by a minus", () => {
    assert.deepEqual(locations(search("green -apple")), [["b/"]]);
  });
});

describe("invisible characters do not divide words", () => {
  for (const [what, word] of [
    ["a soft hyphen", "кли\u00adент"],
    ["a zero-width space", "кли\u200bент"],
    ["a zero-width joiner", "кли\u200dент"],
    ["a word joiner", "кли\u2060ент"],
    ["a mark of the stress", "клие\u0301нт"],
  ]) {
    it(`${what} in the text`, () => {
      assert.equal(excerpt(`Наш ${word} ждёт`, "клиентам", "ru"), `Наш [${word}] ждёт`);
    });

    it(`${what} in the query`, () => {
      assert.equal(excerpt("Наш клиент ждёт", word, "ru"), "Наш [клиент] ждёт");
    });
  }

  it("a decomposed letter is the same as a composed one", () => {
    const decomposed = "ёлочный май".normalize("NFD");
    assert.equal(excerpt(decomposed, "елочный", "ru"), "[ёлочный] май".normalize("NFD"));
    assert.equal(excerpt("месяц май", "май".normalize("NFD"), "ru"), "месяц [май]");
  });

  it("a soft hyphen does not hide a completion", () => {
    assert.equal(only("клиенты", "T", "ru")("кли\u00adен").completion, "ты");
  });
});

describe("the results are grouped", () => {
  /** @param {number} count */
  const sectionsOf = (count) =>
    Array.from({ length: count }, (_, index) => ({
      location: `p/#s${index}`,
      title: `S${index}`,
      text: "word",
    }));

  it("by page, with four sections at most", () => {
    const page = { location: "p/", title: "P", text: "" };
    const other = { location: "q/", title: "Q", text: "word and a longer text" };
    const search = createSearch([page, ...sectionsOf(6), other], "en");
    const [first, second, ...rest] = locations(search("word"));
    assert.deepEqual(first, ["p/", "p/#s0", "p/#s1", "p/#s2", "p/#s3"]);
    assert.deepEqual(second, ["q/"]);
    assert.deepEqual(rest, []);
  });

  it("a page stands once, also where its own text matches", () => {
    const page = { location: "p/", title: "P", text: "word" };
    const found = locations(createSearch([page, ...sectionsOf(2)], "en")("word"));
    assert.deepEqual(found, [["p/", "p/#s0", "p/#s1"]]);
  });

  it("the home page has an empty address", () => {
    const home = { location: "", title: "Home", text: "" };
    const section = { location: "#one", title: "One", text: "word" };
    assert.deepEqual(locations(createSearch([home, section], "en")("word")), [["", "#one"]]);
  });

  it("there are twenty pages at most", () => {
    const pages = Array.from({ length: 30 }, (_, index) => ({
      location: `p${index}/`,
      title: "P",
      text: "word",
    }));
    assert.equal(createSearch(pages, "en")("word").pages.length, 20);
  });
});

describe("the excerpt and the title", () => {
  it("mark whole words that were found, in every form", () => {
    assert.equal(
      excerpt("Clients and a client; clientele, not ancient.", "client"),
      "[Clients] and a [client]; [clientele], not ancient.",
    );
  });

  it("mark the title, and lose none of its text", () => {
    const { title, excerpt: text } = only("…«x» & <b>", "The «client’s» <client>!")("client")
      .pages[0].page;
    assert.equal(shown(title), "The «[client]’s» <[client]>!");
    assert.deepEqual(text, [{ text: "…«x» & <b>", isMatch: false }]);
  });

  it("has no empty segments", () => {
    const { title, excerpt: none } = only("", "client")("client").pages[0].page;
    assert.deepEqual(title, [{ text: "client", isMatch: true }]);
    assert.deepEqual(none, []);
  });

  it("is the whole text where it is short", () => {
    const text = "x".repeat(53) + " client " + "y".repeat(99);
    assert.equal(text.length, 160);
    assert.equal(excerpt(text, "client"), text.replace("client", "[client]"));
  });

  it("begins with the text where nothing in it matches", () => {
    const text = "word ".repeat(40).trim();
    const [{ text: found }] = only(text, "client")("client").pages[0].page.excerpt;
    assert.equal(found, `${"word ".repeat(32).trim()} …`);
  });

  it("shows the first match between whole words", () => {
    const text = `${"before ".repeat(20)}client ${"after ".repeat(40)}client`;
    const found = excerpt(text, "client");
    assert.equal(found, `… ${"before ".repeat(8)}[client] ${"after ".repeat(15)}after …`);
  });

  for (const [what, text] of [
    ["before", `${"x".repeat(300)}-client is here`],
    ["after", `client-${"x".repeat(300)}`],
    ["on both sides", `${"x".repeat(300)}-client-${"y".repeat(300)}`],
    ["after a space", `first ${"x".repeat(300)}-client-${"y".repeat(300)}`],
  ]) {
    it(`shows the match with a very long word ${what}`, () => {
      const found = excerpt(text, "client");
      assert.match(found, /\[client\]/);
      assert.ok(found.length < 180, found);
    });
  }
});

describe("the completion", () => {
  it("is of a longer word, where the shorter one is whole", () => {
    assert.equal(only("client clients")("client").completion, "s");
  });

  for (const [lang, query, expected] of [
    ["ru", "догов", "ор"],
    ["ru", "ДОГОВ", "ор"],
    ["ru", "клиент слова", "рь"],
    ["en", "Refu", "sal"],
    ["en", "dead", "line"],
    ["en", "deadline", ""],
    ["en", "refusals", ""], // only its stem is found, which is no word
    ["en", "refu ", ""],
    ["en", "refu,", ""],
    ["en", "refu zzz", ""],
    ["en", "zzz", ""],
  ]) {
    it(`of «${query}» is «${expected}»`, () => {
      const { completion } = createSearch(lang === "ru" ? RU : EN, lang)(query);
      assert.equal(completion, expected);
    });
  }
});
