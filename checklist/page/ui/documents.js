/**
 * Documents from Python. They are rendered as text, so that a visitor's input is never markup.
 *
 * @typedef {{ kind: "heading", text: string }
 *   | { kind: "paragraph", text: string, small: boolean }
 *   | { kind: "quote", text: string, source: string }
 *   | { kind: "items", items: string[] }
 *   | { kind: "table", corner: string, columns: string[],
 *       rows: { label: string, cells: string[], differs: boolean }[] }
 *   | { kind: "space", lines: number }} Block
 * @typedef {{ title: string, blocks: Block[] }} Document
 */
import { create } from "./dom.js";

/**
 * @param {HTMLElement} target
 * @param {Document} shown
 * @param {object} options
 * @param {string} options.article the article's address, up to the id of a phrase
 * @param {string} [options.differs] the label of a row whose cells differ
 * @param {boolean} [options.titled] whether to show the document's title
 * @param {"h3" | "h4" | "h5"} [options.heading] the level of its headings
 * @param {boolean} [options.columnsAreNames] whether a table has a column for each client
 */
export function showDocument(target, shown, options) {
  target.replaceChildren(
    ...(options.titled ? [create("h2", shown.title)] : []),
    ...shown.blocks.map((block) => createBlock(block, options)),
  );
}

/** @param {Block} block @param {Parameters<typeof showDocument>[2]} options */
function createBlock(block, { article, differs = "", heading = "h3", columnsAreNames = false }) {
  switch (block.kind) {
    case "heading":
      return create(heading, block.text);
    case "paragraph": {
      const paragraph = create("p", block.text);
      paragraph.classList.toggle("small", block.small);
      return paragraph;
    }
    case "quote":
      return createQuote(block.text, block.source && article + block.source);
    case "items":
      return create("ul", ...block.items.map((item) => create("li", item)));
    case "table":
      return createTable(block, { differs, columnsAreNames });
    case "space": {
      const space = create("div");
      space.className = "space";
      space.append(...Array.from({ length: block.lines }, () => create("i")));
      return space;
    }
  }
}

/** @param {string} text @param {string} href */
function createQuote(text, href) {
  const quote = create("blockquote");
  if (href) {
    const link = create("a", create("q", text));
    link.setAttribute("href", href);
    quote.append(link);
  } else {
    quote.append(text);
  }
  return quote;
}

/** @param {Extract<Block, { kind: "table" }>} block
 * @param {{ differs: string, columnsAreNames: boolean }} options */
function createTable({ corner, columns, rows }, { differs, columnsAreNames }) {
  const titles = columns.map((text) => headerCell(text, "col"));
  titles.forEach((title) => {
    title.translate = !columnsAreNames; // programs must not translate the names of clients
  });
  const head = create("tr", headerCell(corner, "col"), ...titles);
  const body = rows.map(({ label, cells, differs: marked }) => {
    const title = headerCell(label, "row");
    if (marked && differs) {
      title.append(" ", create("em", differs));
    }
    const shown = cells.map((text, index) => {
      const cell = create("td", text);
      cell.dataset.column = columns[index];
      return cell;
    });
    const row = create("tr", title, ...shown);
    row.classList.toggle("differs", marked);
    return row;
  });
  const table = create("table", create("thead", head), create("tbody", ...body));
  table.className = "document__table";
  table.dataset.columns = String(columns.length);
  return table;
}

/** @param {string} text @param {"col" | "row"} scope */
function headerCell(text, scope) {
  const cell = create("th", text);
  cell.scope = scope;
  return cell;
}
