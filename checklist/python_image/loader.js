/**
 * Loads an image of Python: the interpreter as it was in memory when the image was made, with a
 * package already imported. It needs no start.
 *
 * The file is Pyodide's wasm module with this memory as its data, without unused functions. A
 * custom section describes its imports. A call that needs a removed function throws an error, and
 * after that the image must not be used.
 *
 * @typedef {{ entryPoint: number, pages: number, tableSize: number,
 *   globals: [module: string, name: string, value: number, mutable: boolean][] }} Metadata
 *   `entryPoint` is the address of the Python function that is called
 * @typedef {(...values: any[]) => any} Function_
 */
const SECTION = "python-image";
const PAGE_SIZE = 65_536;

/**
 * @param {WebAssembly.Module} module
 * @returns {{ call(request: string): string, memory: WebAssembly.Memory }} throws if an
 *   import is missing
 */
export function openImage(module) {
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  const metadata = /** @type {Metadata} */ (JSON.parse(new TextDecoder().decode(section)));
  const memory = new WebAssembly.Memory({ initial: metadata.pages, maximum: PAGE_SIZE });
  const table = new WebAssembly.Table({ initial: metadata.tableSize, element: "anyfunc" });
  const python = /** @type {Record<string, Function_>} */ (
    new WebAssembly.Instance(module, importsOf(module, metadata, memory, table)).exports
  );

  /** @param {number} pointer what a call returned: zero after an exception */
  const requireResult = (pointer) => {
    if (pointer === 0) {
      throw new Error(fromPython(python.PyObject_Repr(python.PyErr_GetRaisedException())));
    }
    return pointer;
  };

  /** @param {string} text @returns {number} a Python string */
  const toPython = (text) => {
    const bytes = new TextEncoder().encode(text);
    const address = requireResult(python.PyMem_Malloc(bytes.length));
    new Uint8Array(memory.buffer).set(bytes, address);
    const string = python.PyUnicode_FromStringAndSize(address, bytes.length);
    python.PyMem_Free(address);
    return requireResult(string);
  };

  /** @param {number} string @returns {string} */
  const fromPython = (string) => {
    const address = requireResult(python.PyMem_Malloc(Uint32Array.BYTES_PER_ELEMENT));
    const start = requireResult(python.PyUnicode_AsUTF8AndSize(string, address));
    const length = new DataView(memory.buffer).getUint32(address, true);
    python.PyMem_Free(address);
    return new TextDecoder().decode(new Uint8Array(memory.buffer, start, length));
  };

  return {
    memory,
    call(request) {
      const argument = toPython(request);
      const result = requireResult(python.PyObject_CallOneArg(metadata.entryPoint, argument));
      python.Py_DecRef(argument);
      const response = fromPython(result);
      python.Py_DecRef(result);
      return response;
    },
  };
}

/**
 * @param {WebAssembly.Module} module
 * @param {Metadata} metadata
 * @param {WebAssembly.Memory} memory
 * @param {WebAssembly.Table} table
 */
function importsOf(module, metadata, memory, table) {
  /** @type {Record<string, WebAssembly.ImportValue>} */
  const provided = {
    memory,
    __indirect_function_table: table,
    // Some C functions are called with another signature, which only JavaScript allows.
    _PyEM_TrampolineCall_JS: /** @type {Function_} */ (
      (pointer, self, args, names) => table.get(pointer)(self, args, names)
    ),
    emscripten_resize_heap: /** @type {Function_} */ ((size) => grow(memory, size >>> 0)),
  };
  const globals = new Map(
    metadata.globals.map(([from, name, value, mutable]) => [
      `${from} ${name}`,
      new WebAssembly.Global({ value: "i32", mutable }, value),
    ]),
  );

  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] =
      provided[name] ?? globals.get(`${from} ${name}`) ?? placeholder(name, kind);
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

/** @param {WebAssembly.Memory} memory @param {number} size in bytes @returns {number} 1 or 0 */
function grow(memory, size) {
  try {
    memory.grow(Math.ceil((size - memory.buffer.byteLength) / PAGE_SIZE));
    return 1;
  } catch {
    return 0; // Python raises a MemoryError
  }
}
