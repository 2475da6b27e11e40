// Print the part of style sheets that a site uses.
// Usage: node purge-styles.mjs MODULE < REQUEST
// MODULE is PurgeCSS. The request has the styles as text, the names of custom properties that other
// style sheets use, and the paths of the files that name classes, ids and elements.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** @type {{ styles: string, properties: string[], files: string[] }} */
const { styles, properties, files } = JSON.parse(readFileSync(0, "utf8"));
const { PurgeCSS } = await import(pathToFileURL(process.argv[2]).href);
const [{ css }] = await new PurgeCSS().purge({
  css: [{ raw: styles }],
  content: files.map((file) => ({ raw: readFileSync(file, "utf8"), extension: "" })),
  variables: true,
  keyframes: true,
  safelist: { variables: properties },
});
process.stdout.write(css);
