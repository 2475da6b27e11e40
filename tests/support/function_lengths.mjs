// Find the functions of JavaScript modules that have more than LIMIT lines.
// Usage: node function_lengths.mjs LIMIT FILE…
// A line of output for each: the file, the line where it begins, its name, how many lines it has.
import { readFileSync } from "node:fs";
import ts from "typescript";

const [limit, ...files] = process.argv.slice(2);

for (const file of files) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  visit(source);

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isFunctionLike(node) && "body" in node) {
      const [start, end] = [node.getStart(source), node.getEnd()].map(
        (position) => source.getLineAndCharacterOfPosition(position).line,
      );
      const length = end - start + 1;
      if (length > Number(limit)) {
        console.log(`${file}:${start + 1}: ${nameOf(node)} has ${length} lines`);
      }
    }
    ts.forEachChild(node, visit);
  }
}

/** @param {ts.SignatureDeclaration} node */
function nameOf({ name, parent }) {
  const own = name ?? /** @type {ts.NamedDeclaration} */ (parent).name;
  return own ? own.getText() : "a function";
}
