"""A script for ``snapshot.mjs``: find the static tables of modules that an image cannot import.

It writes ``/output/tables.json``, a list of addresses and sizes; nothing imports it. The tables are
constants of the wasm file, so they have the same addresses in every process.

``warm_up.py`` leaves no finder in ``sys.meta_path``: what is not imported by then never is. That
makes useless the bytecode of frozen modules, which is copied when they are imported, and the tables
of the East Asian codecs.
"""

# ruff: noqa: PTH123 - as in warm_up.py

import _imp
import ctypes
import json
import struct
from collections.abc import Iterator

CODECS = ("_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw")
# A map of `struct dbcs_map` (CPython's Modules/cjkcodecs/cjkcodecs.h) has three pointers: a name,
# and an index for each direction, in which each high byte of a character has an entry.
MAP, ENTRY, ENTRIES = "<3I", "<IBBxx", 256
BYTES_PER_CHARACTER = 2
# These have another index for encoding: a list of pairs.
PAIRS = "_pair"


def address_of(data: memoryview) -> int:
    """Return where the bytes lie that a view shows."""
    buffer = (ctypes.c_void_p * 16)()  # a Py_buffer, whose first field is the address
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(data), buffer, 0)
    return buffer[0] or 0


def frozen_modules() -> Iterator[tuple[int, int]]:
    """Yield the bytecode of each frozen module."""
    for name in vars(_imp)["_frozen_module_names"]():
        data, *_ = vars(_imp)["find_frozen"](name, withdata=True)
        yield address_of(data), len(data)


def tables_of(index: int) -> Iterator[tuple[int, int]]:
    """Yield an index of a codec's map, and the tables it points to."""
    size = struct.calcsize(ENTRY) * ENTRIES
    for address, lowest, highest in struct.iter_unpack(ENTRY, ctypes.string_at(index, size)):
        if address:
            yield address, (highest - lowest + 1) * BYTES_PER_CHARACTER
    yield index, size


def codecs() -> Iterator[tuple[int, int]]:
    """Yield the tables of each map of the East Asian codecs."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype = ctypes.c_void_p
    for module in map(__import__, CODECS):
        for name, capsule in vars(module).items():
            if name.startswith("__map_"):
                found = pointer(ctypes.py_object(capsule), b"multibytecodec.map")
                _, encoding, decoding = struct.unpack(MAP, ctypes.string_at(found, 12))
                for index in (0 if name.endswith(PAIRS) else encoding, decoding):
                    if index:
                        yield from tables_of(index)


with open("/output/tables.json", "w", encoding="utf-8") as file:
    json.dump([*frozen_modules(), *codecs()], file)
