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
import { getFiles } from "./verified-fetch.js";

const SECTION = "client-checklist";
const PAGE = 65_536;

/**
 * Fetch the image, and open it once it is known to be whole.
 *
 * @param {import("./worker.js").Runtime} runtime
 * @param {import("./worker.js").Report} report
 * @returns {Promise<import("./worker.js").Door>}
 */
export async function loadImage(runtime, report) {
  /** @type {() => Promise<ArrayBuffer>} */
  let end = async () => new ArrayBuffer();
  await getFiles([runtime.image], runtime, report, () => {
    const unpacker = createUnpacker();
    end = unpacker.end;
    return unpacker.add;
  });
  return openImage(await WebAssembly.compile(await end())).call;
}

/** For a file that is compressed with gzip, whether its host compresses or not: as it comes. */
function createUnpacker() {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const unpacked = new Response(readable).arrayBuffer();
  // A damaged file is known by its digest; that it cannot be unpacked either is no news.
  unpacked.catch(() => {});

  return {
    /** @param {Uint8Array<ArrayBuffer>} part */
    add(part) {
      writer.write(part).catch(() => {});
    },
    end() {
      writer.close().catch(() => {});
      return unpacked;
    },
  };
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
