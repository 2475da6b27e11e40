// Look every state up in the table, as the page does. Usage: node table.mjs TABLE.JSON RULES
// One JSON line for each of the complete products of answers, in the order of the facts.
import { readFileSync } from "node:fs";
import { createTable } from "../../checklist/page/checklist/verdict-table.js";

const [file, rules] = process.argv.slice(2);
const data = JSON.parse(readFileSync(file, "utf8"));
const table = createTable(data, rules);
if (!table) {
  console.log("refused");
} else {
  /** @type {string[]} */
  const lines = [];
  const { facts, answers } = data;
  /** @param {Record<string, import("../../checklist/page/client/record.js").Answer>} given */
  const visit = (given) => {
    const fact = facts[Object.keys(given).length];
    if (fact === undefined) {
      const { state, possible, signs, ask_next } = table.lookUp(given);
      const words = [state, ...possible, ...signs.map(({ status }) => status)];
      lines.push([...words, ...ask_next.map((next) => `next:${next}`)].join(" "));
      return;
    }
    for (const answer of answers) {
      visit({ ...given, [fact]: answer });
    }
  };
  visit({});
  console.log(lines.join("\n"));
}
