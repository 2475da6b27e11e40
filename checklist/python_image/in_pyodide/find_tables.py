"""A script for ``snapshot.mjs``: find the static data that an image has no use for.

It writes ``/output/tables.json``, a list of addresses and sizes; nothing imports it. The data are
constants of the wasm file, so they have the same addresses in every process. Each address is one
that Python itself has, or that of data found by its content. It fails where one of them is not
found, or where Python's objects have another layout.

``warm_up.py`` leaves no finder in ``sys.meta_path``: what is not imported by then never is. That
makes useless the bytecode of frozen modules, which is copied when they are imported, the tables of
the East Asian codecs, and the names of characters, which only ``unicodedata`` looks up. Nothing in
Python calls ``iconv`` of the C library. Docstrings are for people. An application must not use
``unicodedata.name`` or these codecs, even if it imports them.
"""

# ruff: noqa: PTH123 - as in warm_up.py

import _imp
import ctypes
import json
import re
import struct
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from types import WrapperDescriptorType

CODECS = ("_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw")
# A map of `struct dbcs_map` (CPython's Modules/cjkcodecs/cjkcodecs.h) has three pointers: a name,
# and an index for each direction, in which each high byte of a character has an entry.
MAP, ENTRY, ENTRIES = "<3I", "<IBBxx", 256
BYTES_PER_CHARACTER = 2
# These have another index for encoding: a list of pairs.
PAIRS = "_pair"

# The tables of iconv (musl's src/locale): all characters of a codec, by its two bytes.
LOW, HIGH = range(0x40, 0x7F), range(0xA1, 0xFF)
ICONV = {
    "gb18030": (range(0x81, 0xFF), (*LOW, *range(0x80, 0xFF))),
    "euc_jp": (range(0xA1, 0xF5), HIGH),
    "big5": (range(0xA1, 0xFA), (*LOW, *HIGH)),
    "euc_kr": (range(0xA1, 0xFE), HIGH),
}
ALIKE = 0.95  # musl and Python differ in a few characters

# Modules/unicodedata.c: names that are computed, and the codes of those that are aliases.
DERIVED = ("CJK UNIFIED IDEOGRAPH", "HANGUL SYLLABLE")
ALIASES = range(0xF0000, 0xF1000)

# Offsets in 32-bit objects (CPython's Include/cpython/object.h, descrobject.h, moduleobject.h).
TYPE_FLAGS, TYPE_DOC, HEAP_TYPE = 84, 88, 1 << 9
METHODS, MEMBERS, GETTERS = (116, 16, 12), (120, 20, 16), (124, 20, 12)
"""Where a type has the table, the size of an entry, and where an entry has its docstring."""
WRAPPER_BASE, WRAPPER_DOC = 20, 16
MODULE_DEFINITION, MODULE_DOC, MODULE_METHODS = 12, 24, 32


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


def iconv(static: bytes) -> Iterator[tuple[int, int]]:
    """Yield the tables of the C library's ``iconv``, found by their content."""
    for codec, (leads, trails) in ICONV.items():
        known = [character(codec, lead, trail) for lead in leads for trail in trails]
        size = len(known) * BYTES_PER_CHARACTER
        rows = (slice(first, first + len(trails)) for first in range(0, len(known), len(trails)))
        patterns = (
            (row.start, re.escape(struct.pack(f"<{len(trails)}H", *known[row])))
            for row in rows
            if all(known[row])
        )
        starts = {
            match.start() - first * BYTES_PER_CHARACTER
            for first, pattern in patterns
            for match in re.finditer(pattern, static)
        }
        # Python's own codecs have such rows, too, in tables of another form.
        yield from ((one, size) for one in starts if is_alike(static[one : one + size], known))


def character(codec: str, lead: int, trail: int) -> int:
    """Return what two bytes encode; zero if it is nothing, or has no place in a table."""
    text = bytes((lead, trail)).decode(codec, "ignore")
    code = ord(text) if len(text) == 1 else 0
    return code if code < 1 << 8 * BYTES_PER_CHARACTER else 0


def is_alike(table: bytes, known: list[int]) -> bool:
    """Return whether a table has these characters, but for a few."""
    size = len(known) * BYTES_PER_CHARACTER
    characters: tuple[int, ...] = struct.unpack(f"<{len(known)}H", table.ljust(size))
    pairs = [(one, other) for one, other in zip(characters, known, strict=True) if other]
    return sum(one == other for one, other in pairs) > ALIKE * len(pairs)


def names_of_characters(static: bytes) -> Iterator[tuple[int, int]]:
    """Yield what ``unicodedata`` looks names up in (Modules/unicodename_db.h).

    Its first and its last table are found by their content. Between them is what else the header
    has, as the linker keeps the constants of a source file together.
    """
    for first, last in lists_of_characters(static):
        listed = struct.unpack(f"<{(last - first) // 4}I", static[first:last])
        numbers = array("H", [len(listed)]) * (max(listed) + 1)
        for number, code in enumerate(listed):
            numbers[code] = number
        for size in (1 << shift for shift in range(4, 12)):
            data = numbers.tobytes().ljust(size)
            blocks = (data[start : start + size] for start in range(0, len(data), size))
            start = static.rfind(b"".join(dict.fromkeys(blocks)), 0, first)
            if start >= 0:
                yield start, last - start


def lists_of_characters(static: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a list begins and ends that has each character with a name, and the aliases."""
    names = {code: unicodedata.name(chr(code), "") for code in range(sys.maxunicode + 1)}
    named = {code for code, name in names.items() if name and not name.startswith(DERIVED)}
    words = memoryview(static).cast("I")
    start = 0
    for index, code in enumerate(words):
        if code not in named and code not in ALIASES:
            if index - start >= len(named) and named.issubset(words[start:index]):
                yield start * words.itemsize, index * words.itemsize
            start = index + 1


def docstrings() -> Iterator[tuple[int, int]]:
    """Yield the docstrings of what is written in C.

    The linker stores a text as the end of a longer one where it can, a line break above all: of a
    docstring the last line stays, with the line breaks at its end.
    """
    for name in sys.builtin_module_names:
        __import__(name)
    for address in {*_docstrings_of_types(_all_types(object)), *_docstrings_of_modules()} - {0}:
        size = ctypes.string_at(address).rstrip(b"\n").rfind(b"\n") + 1
        if size > 0:
            yield address, size


def _docstrings_of_types(types: Iterable[type]) -> Iterator[int]:
    for one in types:
        if not at(id(one) + TYPE_FLAGS) & HEAP_TYPE:
            yield at(id(one) + TYPE_DOC)
        for offset, size, doc in (METHODS, MEMBERS, GETTERS):
            yield from _entries(at(id(one) + offset), size, doc)
        for method in vars(one).values():
            if isinstance(method, WrapperDescriptorType):
                yield at(at(id(method) + WRAPPER_BASE) + WRAPPER_DOC)


def _docstrings_of_modules() -> Iterator[int]:
    for module in sys.modules.values():
        definition = at(id(module) + MODULE_DEFINITION)
        if definition:  # none for a module in Python
            yield at(definition + MODULE_DOC)
            yield from _entries(at(definition + MODULE_METHODS), 16, 12)


def _entries(table: int, size: int, doc: int) -> Iterator[int]:
    while table and at(table):  # the last entry has no name
        yield at(table + doc)
        table += size


def _all_types(base: type) -> set[type]:
    return {base}.union(*map(_all_types, type.__subclasses__(base)))


def at(address: int) -> int:
    """Return the 32-bit number at an address."""
    return int.from_bytes(ctypes.string_at(address, 4), "little")


def require_layout() -> None:
    """Raise ``RuntimeError`` if the offsets do not lead to docstrings that are known."""
    of_sys = at(at(id(sys) + MODULE_DEFINITION) + MODULE_DOC)
    texts = [ctypes.string_at(one) for one in (*_docstrings_of_types([list]), of_sys) if one]
    for known in (list, list.append, list.__len__, sys):
        if not any(str(known.__doc__).encode() in text for text in texts):
            raise RuntimeError(f"no docstring of {known} is found: objects have another layout")


NULL_PAGE = 1024  # the linker puts nothing there
# The types come after the constants.
static_data = bytes(NULL_PAGE) + ctypes.string_at(NULL_PAGE, id(type) - NULL_PAGE)
require_layout()
found = (*iconv(static_data), *names_of_characters(static_data))
if len(found) != len(ICONV) + 1:
    raise RuntimeError(f"of iconv's tables and the names of characters only {found} are found")
with open("/output/tables.json", "w", encoding="utf-8") as file:
    json.dump([*frozen_modules(), *codecs(), *docstrings(), *found], file)
