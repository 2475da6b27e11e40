"""Parse WebAssembly files into sections, edit the code, and encode them with other data.

The format is that of https://webassembly.github.io/spec/core/binary/modules.html.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from .errors import WasmError

CUSTOM: Final = 0
IMPORTS: Final = 2
EXPORTS: Final = 7
START: Final = 8
CODE: Final = 10
DATA: Final = 11
DATA_COUNT: Final = 12
NAMES: Final[Mapping[int, str]] = {
    IMPORTS: "import",
    EXPORTS: "export",
    START: "start",
    CODE: "code",
    DATA: "data",
    DATA_COUNT: "data count",
}
"""The sections that an image needs, by id."""

_HEADER: Final = b"\0asm\1\0\0\0"
_I32_CONST: Final = b"\x41"
_I32_STORE8: Final = b"\x3a\x00\x00"
_DROP: Final = b"\x1a"
_MEMORY_FILL: Final = b"\xfc\x0b\x00"
_END: Final = b"\x0b"
_VALUE_TYPES: Final = range(0x69, 0x80)  # those that take one byte
TRAPPING_BODY: Final = b"\x00\x00" + _END
"""A function without locals that traps when it is called: by the instruction zero."""

_CONTINUATION_BIT: Final = 0x80
_SIGN_BIT: Final = 0x40

# A shorter gap between two ranges takes fewer bytes as zeros than as a new segment.
_MIN_GAP: Final = 32
_WORD: Final = 8


class Kind(IntEnum):
    """What an import or an export is."""

    FUNCTION = 0
    TABLE = 1
    MEMORY = 2
    GLOBAL = 3
    TAG = 4


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its id as in the specification, and its contents."""

    id: int
    contents: bytes


@dataclass(frozen=True, slots=True)
class Import:
    """One import: its names, its kind, and its type as encoded in the file."""

    module: str
    name: str
    kind: int
    type: bytes


def parse_sections(wasm: bytes) -> tuple[Section, ...]:
    """Return the sections of a file in order; raises ``WasmError`` if it is not wasm."""
    if not wasm.startswith(_HEADER):
        raise WasmError("not a WebAssembly file")
    found = []
    at = len(_HEADER)
    while at < len(wasm):
        size, start = _read_unsigned(wasm, at + 1)
        found.append(Section(wasm[at], wasm[start : start + size]))
        at = start + size
    if at != len(wasm):
        raise WasmError("the file ends before its last section does")
    return tuple(found)


def contents_of(sections: Sequence[Section], wanted: int) -> bytes:
    """Return the contents of the one section with this id; raises ``WasmError`` without it."""
    found = [section.contents for section in sections if section.id == wanted]
    if len(found) != 1:
        raise WasmError(f"{len(found)} {NAMES[wanted]} sections, not one")
    return found[0]


def encode_module(sections: Sequence[Section]) -> bytes:
    """Return the file that consists of these sections."""
    parts = [_HEADER]
    for section in sections:
        parts += [bytes([section.id]), _with_length(section.contents)]
    return b"".join(parts)


def custom_section(name: str, contents: bytes) -> Section:
    """Return a custom section, which engines ignore and scripts can read."""
    return Section(CUSTOM, _with_length(name.encode()) + contents)


def parse_imports(contents: bytes) -> tuple[Import, ...]:
    """Return the imports in an import section."""
    count, at = _read_unsigned(contents, 0)
    found = []
    for _ in range(count):
        module, at = _read_name(contents, at)
        name, at = _read_name(contents, at)
        kind, start = _read_byte(contents, at)
        at = _end_of_type(contents, start, kind)
        found.append(Import(module, name, kind, contents[start:at]))
    return tuple(found)


def parse_exports(contents: bytes) -> dict[str, bytes]:
    """Return the encoded exports in an export section by their names."""
    count, at = _read_unsigned(contents, 0)
    found = {}
    for _ in range(count):
        start = at
        name, at = _read_name(contents, at)
        _, at = _read_byte(contents, at)
        _, at = _read_unsigned(contents, at)
        found[name] = contents[start:at]
    return found


def filter_exports(contents: bytes, names: Collection[str]) -> bytes:
    """Return an export section with only these names."""
    exports = parse_exports(contents)
    return _vector([export for name, export in exports.items() if name in names])


def parse_functions(contents: bytes) -> list[bytes]:
    """Return the function bodies in a code section."""
    count, at = _read_unsigned(contents, 0)
    bodies = []
    for _ in range(count):
        size, at = _read_unsigned(contents, at)
        bodies.append(contents[at : at + size])
        at += size
    return bodies


def encode_code(bodies: Sequence[bytes]) -> bytes:
    """Return a code section with these function bodies."""
    return _vector([_with_length(body) for body in bodies])


def with_call_marker(body: bytes, address: int) -> bytes:
    """Return a function body that first sets the byte at ``address`` to 1."""
    start = _end_of_locals(body)
    mark = _I32_CONST + _encode_signed(address) + _I32_CONST + _encode_signed(1) + _I32_STORE8
    return body[:start] + mark + body[start:]


def without_memory_fill(body: bytes) -> bytes:
    """Return the start function without its last instruction, which fills memory with zeros.

    The linker adds it in case the memory is not new; here it would erase the data. Raises
    ``WasmError`` if the body does not end with it.
    """
    if not body.endswith(_MEMORY_FILL + _END):
        raise WasmError("the start function does not end by clearing memory")
    return body.removesuffix(_MEMORY_FILL + _END) + 3 * _DROP + _END


def start_function_index(contents: bytes, imports: bytes) -> int:
    """Return the index of the start function among the functions that are not imported."""
    imported = sum(one.kind == Kind.FUNCTION for one in parse_imports(imports))
    return _read_unsigned(contents, 0)[0] - imported


def nonzero_ranges(memory: bytes) -> list[tuple[int, int]]:
    """Return the ranges (start, end) of memory that are not zero; short gaps are included."""
    words = memoryview(memory).cast("Q")
    filled = [index for index, word in enumerate(words) if word]
    if not filled:
        return []
    breaks = [(one, other) for one, other in pairwise(filled) if (other - one) * _WORD > _MIN_GAP]
    starts = [filled[0], *(other for _, other in breaks)]
    ends = [*(one for one, _ in breaks), filled[-1]]
    return [(start * _WORD, (end + 1) * _WORD) for start, end in zip(starts, ends, strict=True)]


def encode_data(memory: bytes, ranges: Sequence[tuple[int, int]]) -> bytes:
    """Return a data section that writes these ranges of memory to their addresses."""
    return _vector(
        [
            b"\0" + _I32_CONST + _encode_signed(start) + _END + _with_length(memory[start:end])
            for start, end in ranges
        ]
    )


def encode_count(count: int) -> bytes:
    """Return a data count section."""
    return _encode_unsigned(count)


def _end_of_type(contents: bytes, at: int, kind: int) -> int:
    """Return where the type of an import ends."""
    match kind:
        case Kind.FUNCTION:
            return _read_unsigned(contents, at)[1]
        case Kind.TABLE:
            return _end_of_limits(contents, at + 1)
        case Kind.MEMORY:
            return _end_of_limits(contents, at)
        case Kind.GLOBAL:
            return at + 2
        case Kind.TAG:
            return _read_unsigned(contents, at + 1)[1]
        case _:
            raise WasmError(f"an import of kind {kind}")


def _end_of_limits(contents: bytes, at: int) -> int:
    flags, at = _read_byte(contents, at)
    _, at = _read_unsigned(contents, at)
    return _read_unsigned(contents, at)[1] if flags & 1 else at


def _end_of_locals(body: bytes) -> int:
    count, at = _read_unsigned(body, 0)
    for _ in range(count):
        _, at = _read_unsigned(body, at)
        type_, at = _read_byte(body, at)
        if type_ not in _VALUE_TYPES:
            raise WasmError(f"a local variable of type {type_:#x}")
    return at


def _vector(items: Sequence[bytes]) -> bytes:
    return _encode_unsigned(len(items)) + b"".join(items)


def _with_length(contents: bytes) -> bytes:
    return _encode_unsigned(len(contents)) + contents


def _read_name(contents: bytes, at: int) -> tuple[str, int]:
    size, at = _read_unsigned(contents, at)
    return contents[at : at + size].decode(errors="replace"), at + size


def _read_byte(contents: bytes, at: int) -> tuple[int, int]:
    if at >= len(contents):
        raise WasmError("the file ends too early")
    return contents[at], at + 1


def _read_unsigned(contents: bytes, at: int) -> tuple[int, int]:
    """Decode an unsigned LEB128 number; return it and the position after it."""
    number = shift = 0
    while True:
        byte, at = _read_byte(contents, at)
        number |= (byte & ~_CONTINUATION_BIT) << shift
        if byte < _CONTINUATION_BIT:
            return number, at
        shift += 7


def _encode_unsigned(number: int) -> bytes:
    parts = bytearray()
    while number >= _CONTINUATION_BIT:
        parts.append(number & ~_CONTINUATION_BIT & 0xFF | _CONTINUATION_BIT)
        number >>= 7
    return bytes([*parts, number])


def _encode_signed(number: int) -> bytes:
    """Encode a number that is not negative as signed LEB128."""
    parts = bytearray()
    while number >= _SIGN_BIT:
        parts.append(number & 0x7F | _CONTINUATION_BIT)
        number >>= 7
    return bytes([*parts, number])
