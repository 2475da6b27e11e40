// Send requests to an image; write its responses and the indexes of the functions that ran.
// Usage: node send_requests.mjs LOADER IMAGE REQUESTS PART PARTS MARKS COUNT > JSON
// REQUESTS is a JSON file; of every PARTS requests that of number PART is sent. MARKS is the address
// of the bytes that functions set when they run, COUNT the number of functions; both are zero for an
// image without such marks.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [loader, image, requests, part, parts, marks, count] = process.argv.slice(2);
const { openImage } = await import(pathToFileURL(loader).href);

const { call, memory } = openImage(new WebAssembly.Module(readFileSync(image)));
const responses = JSON.parse(readFileSync(requests, "utf8"))
  .filter((/** @type {string} */ _, /** @type {number} */ n) => n % Number(parts) === Number(part))
  .map(call);
const called = [...new Uint8Array(memory.buffer, Number(marks), Number(count))].flatMap(
  (mark, index) => (mark ? [index] : []),
);
process.stdout.write(JSON.stringify({ responses, called }));
