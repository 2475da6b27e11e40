// Look states up in the file of explanations, as the page does.
// Usage: node explanations.mjs FILE.JSON < a JSON line with a list of answers > one with reasons
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { createExplanationTable } from "../../checklist/page/checklist/explanation-table.js";

const lookUp = createExplanationTable(JSON.parse(readFileSync(process.argv[2], "utf8")));
console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(lookUp)));
