// Find the functions of JavaScript modules that have more lines than the limit.
// Usage: node long_functions.mjs LIMIT FILE…
// Prints a line for each of them: the file, the first line, the name and the number of lines.
import { readFileSync } from "node:fs";
import ts from "typescript";

const [limit, ...files] = process.argv.slice(2);

for (const file of files) {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isFunctionLike(node)) {
      const [first, last] = [node.getStart(source), node.getEnd()].map(
        (position) => source.getLineAndCharacterOfPosition(position).line + 1,
      );
      const lines = last - first + 1;
      if (lines > Number(limit)) {
        console.log(`${file}:${first}: ${nameOf(node)} has ${lines} lines`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** @param {ts.SignatureDeclaration} node */
function nameOf({ name, parent }) {
  const named = name ?? /** @type {ts.NamedDeclaration} */ (parent).name;
  return named?.getText() ?? "a function";
}
