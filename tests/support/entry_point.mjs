// The packed runtime in Node: a line with a list of requests in, one with their responses out,
// until the input ends.
// Usage: node entry_point.mjs FOLDER image|ordinary PACKAGE MODULE
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ZSTDDecoder } from "zstddec";
import { openImage } from "../../checklist/python_image/loader.js";

const [folder, start, pack, moduleName] = process.argv.slice(2);
/** @param {string} name */
const at = (name) => resolve(folder, name);

const entryPoint = await (start === "image" ? image() : ordinary());
for await (const line of createInterface({ input: process.stdin })) {
  const requests = /** @type {string[]} */ (JSON.parse(line));
  console.log(JSON.stringify(requests.map((request) => entryPoint(request))));
}

async function image() {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (
    decoder.decode(readFileSync(at("python.packed")))
  );
  return openImage(new WebAssembly.Module(bytes)).call;
}

async function ordinary() {
  const { loadPyodide } = await import(pathToFileURL(at("pyodide.mjs")).href);
  const python = await loadPyodide({
    indexURL: `${resolve(folder)}/`,
    lockFileURL: at("pyodide-lock.json"),
    stdLibURL: at("python_stdlib.zip"),
    packageCacheDir: resolve(folder),
    packages: [pack],
    stdout: () => {},
  });
  return python.pyimport(moduleName).handle;
}
