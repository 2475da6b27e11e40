"""WebAssembly files as bytes: read their sections, and write them with other code and data.

The format is that of https://webassembly.github.io/spec/core/binary/modules.html.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

CUSTOM: Final = 0
IMPORTS: Final = 2
EXPORTS: Final = 7
START: Final = 8
DATA_COUNT: Final = 12
CODE: Final = 10
DATA: Final = 11

_HEADER: Final = b"\0asm\1\0\0\0"
_I32_CONST: Final = b"\x41"
_I32_STORE8: Final = b"\x3a\x00\x00"
_DROP: Final = b"\x1a"
_MEMORY_FILL: Final = b"\xfc\x0b\x00"
_END: Final = b"\x0b"
_UNREACHABLE: Final = b"\x00\x00" + _END  # no locals, then the instruction of opcode zero
_MORE: Final = 0x80
_SIGN: Final = 0x40

# Between two runs of data that stand closer than this, zeros cost less than a new segment.
_SMALLEST_GAP: Final = 32
_WORD: Final = 8


class WasmError(ValueError):
    """The file is not what we take it for; the message says in what."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its id in the specification, and its contents."""

    id: int
    contents: bytes


type Edit = Callable[[bytes], bytes]


def sections_of(wasm: bytes) -> tuple[Section, ...]:
    """Return the file's sections, in order; raises ``WasmError`` for anything but wasm."""
    if not wasm.startswith(_HEADER):
        raise WasmError("this is no WebAssembly file")
    found = []
    at = len(_HEADER)
    while at < len(wasm):
        size, start = _unsigned(wasm, at + 1)
        found.append(Section(wasm[at], wasm[start : start + size]))
        at = start + size
    if at != len(wasm):
        raise WasmError("the file ends before its last section does")
    return tuple(found)


def wasm_of(sections: Sequence[Section]) -> bytes:
    """Return the file that has these sections."""
    parts = [_HEADER]
    for section in sections:
        parts += [bytes([section.id]), _with_size(section.contents)]
    return b"".join(parts)


def custom(name: str, contents: bytes) -> Section:
    """Return a section of our own, which engines pass over and scripts can read."""
    return Section(CUSTOM, _with_size(name.encode()) + contents)


def exports_kept(contents: bytes, names: Collection[str]) -> bytes:
    """Return the exports with just these names; raises ``WasmError`` where one is missing."""
    count, at = _unsigned(contents, 0)
    kept = {}
    for _ in range(count):
        start = at
        size, at = _unsigned(contents, at)
        name = contents[at : at + size].decode()
        _, at = _unsigned(contents, at + size + 1)  # one byte for the kind, then the index
        if name in names:
            kept[name] = contents[start:at]
    if missing := set(names) - set(kept):
        raise WasmError(f"no export named {', '.join(sorted(missing))}")
    return _vector([*kept.values()])


def functions_of(contents: bytes) -> list[bytes]:
    """Return the bodies of the functions in a code section."""
    count, at = _unsigned(contents, 0)
    bodies = []
    for _ in range(count):
        size, at = _unsigned(contents, at)
        bodies.append(contents[at : at + size])
        at += size
    return bodies


def code_of(bodies: Sequence[bytes]) -> bytes:
    """Return the code section that holds these bodies."""
    return _vector([_with_size(body) for body in bodies])


def marking(body: bytes, address: int) -> bytes:
    """Return a body that, when it is called, first sets the byte at an address to one."""
    start = _end_of_locals(body)
    mark = _I32_CONST + _signed(address) + _I32_CONST + _signed(1) + _I32_STORE8
    return body[:start] + mark + body[start:]


def refusing() -> bytes:
    """Return a body that traps when it is called."""
    return _UNREACHABLE


def leaving_memory_alone(body: bytes) -> bytes:
    """Return the start function without its last act, which is to fill memory with zeros.

    A linker writes that for memory that may not be fresh. Raises ``WasmError`` where the body
    does not end so.
    """
    if not body.endswith(_MEMORY_FILL + _END):
        raise WasmError("the start function does not end by clearing memory")
    return body.removesuffix(_MEMORY_FILL + _END) + 3 * _DROP + _END


def start_of(contents: bytes, imports: bytes) -> int:
    """Return which of the file's own functions the start section names."""
    return _unsigned(contents, 0)[0] - _imported_functions(imports)


def runs_of(memory: bytes) -> list[tuple[int, int]]:
    """Return where memory is not zero, as starts and ends; short gaps are left in."""
    words = memoryview(memory).cast("Q")
    filled = [index for index, word in enumerate(words) if word]
    if not filled:
        return []
    breaks = [
        (one, other) for one, other in pairwise(filled) if (other - one) * _WORD > _SMALLEST_GAP
    ]
    starts = [filled[0], *(other for _, other in breaks)]
    ends = [*(one for one, _ in breaks), filled[-1]]
    return [(start * _WORD, (end + 1) * _WORD) for start, end in zip(starts, ends, strict=True)]


def data_of(memory: bytes, runs: Sequence[tuple[int, int]]) -> bytes:
    """Return the data section that writes these parts of memory to where they stood."""
    return _vector(
        [
            b"\0" + _I32_CONST + _signed(start) + _END + _with_size(memory[start:end])
            for start, end in runs
        ]
    )


def count_of(count: int) -> bytes:
    """Return a number as a section that holds nothing else."""
    return _unsigned_bytes(count)


def _imported_functions(contents: bytes) -> int:
    return sum(kind == 0 for kind in _kinds_of_imports(contents))


def _kinds_of_imports(contents: bytes) -> Iterator[int]:
    count, at = _unsigned(contents, 0)
    for _ in range(count):
        for _ in ("module", "name"):
            size, at = _unsigned(contents, at)
            at += size
        kind = contents[at]
        yield kind
        at = _end_of_type(contents, at + 1, kind)


def _end_of_type(contents: bytes, at: int, kind: int) -> int:
    """Where what an import's kind asks for ends: function, table, memory, global, tag."""
    match kind:
        case 0:
            return _unsigned(contents, at)[1]
        case 1:
            return _end_of_limits(contents, at + 1)
        case 2:
            return _end_of_limits(contents, at)
        case 3:
            return at + 2
        case 4:
            return _unsigned(contents, at + 1)[1]
        case _:
            raise WasmError(f"an import of kind {kind}")


def _end_of_limits(contents: bytes, at: int) -> int:
    has_highest = contents[at] & 1
    _, at = _unsigned(contents, at + 1)
    return _unsigned(contents, at)[1] if has_highest else at


def _end_of_locals(body: bytes) -> int:
    count, at = _unsigned(body, 0)
    for _ in range(count):
        _, at = _unsigned(body, at)
        at += 1  # the type, one byte for all that this runtime uses
    return at


def _vector(items: Sequence[bytes]) -> bytes:
    return _unsigned_bytes(len(items)) + b"".join(items)


def _with_size(contents: bytes) -> bytes:
    return _unsigned_bytes(len(contents)) + contents


def _unsigned(contents: bytes, at: int) -> tuple[int, int]:
    """Read a number in LEB128; return it and where it ends."""
    number = shift = 0
    while True:
        if at >= len(contents):
            raise WasmError("the file ends in the middle of a number")
        byte = contents[at]
        at += 1
        number |= (byte & ~_MORE) << shift
        if byte < _MORE:
            return number, at
        shift += 7


def _unsigned_bytes(number: int) -> bytes:
    parts = bytearray()
    while number >= _MORE:
        parts.append(number & ~_MORE & 0xFF | _MORE)
        number >>= 7
    return bytes([*parts, number])


def _signed(number: int) -> bytes:
    """Write a number that is not negative, as a signed one."""
    parts = bytearray()
    while number >= _SIGN:
        parts.append(number & 0x7F | _MORE)
        number >>= 7
    return bytes([*parts, number])
