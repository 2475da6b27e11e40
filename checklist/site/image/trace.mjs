// Ask an image everything in a rehearsal; write what it answers, and which of its functions ran.
// Usage: node trace.mjs LOADER IMAGE REHEARSAL MARKS COUNT < nothing > JSON
// MARKS is where in memory the functions leave their marks, COUNT how many there are; zero for an
// image that leaves none.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [loader, image, rehearsal, marks, count] = process.argv.slice(2);
const { openImage } = await import(pathToFileURL(loader).href);

const { call, memory } = openImage(new WebAssembly.Module(readFileSync(image)));
const answers = JSON.parse(readFileSync(rehearsal, "utf8")).map(call);
const ran = [...new Uint8Array(memory.buffer, Number(marks), Number(count))].flatMap(
  (mark, index) => (mark ? [index] : []),
);
process.stdout.write(JSON.stringify({ answers, ran }));
