/**
 * Python as an image: the interpreter with the rules already imported, as it lay in memory when
 * the site was built. There is nothing to load into it and nothing to start.
 *
 * The file is Pyodide's own, with this memory as its data and without the functions that nothing
 * here needs. Its own section tells what it is to be given. What an image lacks it refuses with an
 * error, after which it must not be asked again.
 *
 * @typedef {{ door: number, pages: number, slots: number,
 *   globals: [module: string, name: string, value: number, mutable: boolean][] }} Facts
 * @typedef {(...values: any[]) => any} Function_
 */
import { failure } from "./failures.js";

const SECTION = "client-checklist";
const PAGE = 65_536;

/**
 * Fetch the image, and open it once it is known to be whole.
 *
 * @param {import("./worker.js").Runtime} runtime
 * @param {import("./worker.js").Report} report
 * @returns {Promise<import("./worker.js").Door>}
 */
export async function loadImage({ base, files, image }, report) {
  const total = files[image.file];
  report("download", 0, total);
  const body = await unpackedBody(base, files, image);
  const bytes = await collected(body, total, (loaded) => report("download", loaded, total));
  report("start", total, total);
  const [module] = await Promise.all([
    WebAssembly.compile(bytes),
    requireWhole(bytes, image.digest),
  ]);
  return openImage(module).call;
}

/**
 * The image as the host sends it or, where the host would send it uncompressed, as we packed it.
 *
 * @param {string} base
 * @param {Record<string, number>} files
 * @param {{ file: string, packed: string }} image
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
async function unpackedBody(base, files, { file, packed }) {
  const plain = await fetched(base, file);
  if (!isUncompressed(plain, files[file]) || typeof DecompressionStream === "undefined") {
    return bodyOf(plain);
  }
  await plain.body?.cancel();
  return bodyOf(await fetched(base, packed)).pipeThrough(new DecompressionStream("gzip"));
}

/** @param {string} base @param {string} file */
async function fetched(base, file) {
  const response = await fetch(new URL(file, base));
  if (!response.ok) {
    throw failure("missing", file, String(response.status));
  }
  return response;
}

/** @param {Response} response */
function bodyOf({ body }) {
  return /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body);
}

/** @param {Response} response @param {number} size */
function isUncompressed({ headers }, size) {
  return !headers.has("Content-Encoding") && headers.get("Content-Length") === String(size);
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} total how many bytes it must have
 * @param {(bytes: number) => void} count
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function collected(body, total, count) {
  const bytes = new Uint8Array(total);
  let loaded = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (loaded + part.value.length > total) {
      throw failure("damaged", null, `more than ${total} bytes`);
    }
    bytes.set(part.value, loaded);
    count((loaded += part.value.length));
  }
  if (loaded < total) {
    throw failure("damaged", null, `${loaded} bytes instead of ${total}`);
  }
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} digest */
async function requireWhole(bytes, digest) {
  // Without a secure connection a browser lends no digests.
  const found = self.crypto?.subtle && (await self.crypto.subtle.digest("SHA-256", bytes));
  if (found && hexadecimal(found) !== digest) {
    throw failure("damaged", null, "the image is not the one that was built");
  }
}

/** @param {ArrayBuffer} bytes */
function hexadecimal(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {WebAssembly.Module} module
 * @returns {{ call(request: string): string, memory: WebAssembly.Memory }} throws where the
 *   image asks for what it is not given
 */
export function openImage(module) {
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  const facts = /** @type {Facts} */ (JSON.parse(new TextDecoder().decode(section)));
  const memory = new WebAssembly.Memory({ initial: facts.pages, maximum: PAGE });
  const table = new WebAssembly.Table({ initial: facts.slots, element: "anyfunc" });
  const python = /** @type {Record<string, Function_>} */ (
    new WebAssembly.Instance(module, importsOf(module, facts, memory, table)).exports
  );

  /** @param {number} pointer what a call returned, zero where it raised */
  const checked = (pointer) => {
    if (pointer === 0) {
      throw new Error(fromPython(python.PyObject_Repr(python.PyErr_GetRaisedException())));
    }
    return pointer;
  };

  /** @param {string} text @returns {number} a Python string */
  const toPython = (text) => {
    const bytes = new TextEncoder().encode(text);
    const place = checked(python.PyMem_Malloc(bytes.length));
    new Uint8Array(memory.buffer).set(bytes, place);
    const string = python.PyUnicode_FromStringAndSize(place, bytes.length);
    python.PyMem_Free(place);
    return checked(string);
  };

  /** @param {number} string @returns {string} */
  const fromPython = (string) => {
    const place = checked(python.PyMem_Malloc(Uint32Array.BYTES_PER_ELEMENT));
    const start = checked(python.PyUnicode_AsUTF8AndSize(string, place));
    const length = new DataView(memory.buffer).getUint32(place, true);
    python.PyMem_Free(place);
    return new TextDecoder().decode(new Uint8Array(memory.buffer, start, length));
  };

  return {
    memory,
    call(request) {
      const asked = toPython(request);
      const said = checked(python.PyObject_CallOneArg(facts.door, asked));
      python.Py_DecRef(asked);
      const response = fromPython(said);
      python.Py_DecRef(said);
      return response;
    },
  };
}

/**
 * @param {WebAssembly.Module} module
 * @param {Facts} facts
 * @param {WebAssembly.Memory} memory
 * @param {WebAssembly.Table} table
 */
function importsOf(module, facts, memory, table) {
  /** @type {Record<string, WebAssembly.ImportValue>} */
  const given = {
    memory,
    __indirect_function_table: table,
    // C calls some functions by pointers of another type; from JavaScript that is allowed.
    _PyEM_TrampolineCall_JS: /** @type {Function_} */ (
      (pointer, self, args, names) => table.get(pointer)(self, args, names)
    ),
    emscripten_resize_heap: /** @type {Function_} */ ((size) => grow(memory, size >>> 0)),
  };
  const values = new Map(
    facts.globals.map(([from, name, value, mutable]) => [
      `${from} ${name}`,
      new WebAssembly.Global({ value: "i32", mutable }, value),
    ]),
  );

  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = given[name] ?? values.get(`${from} ${name}`) ?? placeholder(name, kind);
  }
  return imports;
}

/** @param {string} name @param {string} kind @returns {WebAssembly.ImportValue} */
function placeholder(name, kind) {
  switch (kind) {
    case "global":
      return new WebAssembly.Global({ value: "i32", mutable: true }, 0);
    case "tag":
      // @ts-expect-error the type checker does not know of tags yet
      return new WebAssembly.Tag({ parameters: ["i32"] });
    default:
      return () => {
        throw new Error(`the image has no ${name}`);
      };
  }
}

/** @param {WebAssembly.Memory} memory @param {number} size in bytes @returns {number} whether */
function grow(memory, size) {
  try {
    memory.grow(Math.ceil((size - memory.buffer.byteLength) / PAGE));
    return 1;
  } catch {
    return 0; // Python raises a MemoryError
  }
}
