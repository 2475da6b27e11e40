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
  const bytes = await unpackedImage(base, files, image, (loaded, of) =>
    report("download", (loaded / of) * total, total),
  );
  report("start", total, total);
  const whole = requireWhole(bytes, image.digest); // in a thread of the browser's own
  const module = new WebAssembly.Module(bytes);
  await whole;
  return openImage(module).call;
}

/**
 * The image as the host sends it or, where the host would send it uncompressed, as we packed it.
 *
 * @param {string} base
 * @param {Record<string, number>} files
 * @param {{ file: string, packed: string }} image
 * @param {(loaded: number, of: number) => void} count
 */
async function unpackedImage(base, files, { file, packed }, count) {
  const canUnpack = typeof DecompressionStream !== "undefined";
  const plain = await received(new URL(file, base), files[file], {
    stopsAt: canUnpack ? isUncompressed : () => false,
    count,
  });
  if (plain) {
    return plain;
  }
  const bytes = await received(new URL(packed, base), files[packed], {
    stopsAt: () => false,
    count,
  });
  const unpacking = new Blob([bytes ?? ""]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacking).arrayBuffer();
}

/** @param {XMLHttpRequest} request whose headers are there @param {number} size */
function isUncompressed(request, size) {
  return (
    request.getResponseHeader("Content-Encoding") === null &&
    request.getResponseHeader("Content-Length") === String(size)
  );
}

/**
 * Get a file of a known size. Unlike `fetch`, this tells how far it is without handing over each
 * part, and not more often than anyone could see.
 *
 * @param {URL} url
 * @param {number} size
 * @param {object} options
 * @param {(request: XMLHttpRequest, size: number) => boolean} options.stopsAt whether to stop
 *   once the headers are there
 * @param {(loaded: number, of: number) => void} options.count
 * @returns {Promise<ArrayBuffer | null>} null where it was stopped
 */
function received(url, size, { stopsAt, count }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "arraybuffer";
    request.onreadystatechange = () => {
      if (request.readyState === request.HEADERS_RECEIVED && stopsAt(request, size)) {
        request.abort();
        resolve(null);
      }
    };
    request.onprogress = ({ loaded }) => count(loaded, size);
    request.onerror = () => reject(failure("missing", null, "the network broke off"));
    request.onload = () => {
      const { status, response } = request;
      if (status === 200 && response.byteLength === size) {
        resolve(response);
      } else {
        reject(failure("damaged", null, `${status}, ${response.byteLength} bytes of ${size}`));
      }
    };
    request.send();
  });
}

/** @param {ArrayBuffer} bytes @param {string} digest */
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
