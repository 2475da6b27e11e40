"""What the command line prints, whatever the encoding of its output."""

import codecs
import json
import os
import sys
from io import TextIOWrapper
from typing import Final, TextIO

from checklist.clients import to_json
from checklist.texts import Texts, load
from checklist.texts.explanation import escape_invisible

_UTF_8: Final = "utf-8"
_ALWAYS_READABLE: Final = "en"


def replace_unencodable_characters() -> None:
    """Print a question mark for a character that the output's encoding lacks."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def is_printable(text: str) -> bool:
    """Return whether the output's encoding has every character of the text."""
    return _can_encode(sys.stdout, text)


def print_text(text: str, texts: Texts, *, end: str = "\n") -> None:
    """Print a text; if some characters are replaced, report that to standard error."""
    print(text, end=end)
    if not is_printable(text):
        print_encoding_problem("cli.replaced", texts)


def print_encoding_problem(key: str, texts: Texts) -> None:
    """Report to standard error what the output's encoding does to a text."""
    message = readable_texts(sys.stderr, texts)(key, encoding=_encoding_of(sys.stdout))
    print_to_stderr(message)


def readable_texts(stream: TextIO | None, texts: Texts) -> Texts:
    """Return the texts, or the English ones if the stream's encoding lacks their letters."""
    sample = "".join(filter(str.isalpha, texts("cli.about")))
    return texts if _can_encode(stream, sample) else load(_ALWAYS_READABLE)


def print_json(value: object) -> None:
    """Print JSON in UTF-8; where the output has another encoding, in ASCII with JSON escapes."""
    text = escape_control_characters(to_json(value, indent=2))
    is_utf_8 = codecs.lookup(_encoding_of(sys.stdout)).name in {_UTF_8, "utf-8-sig"}
    if not is_utf_8 or not is_printable(text):
        text = json.dumps(value, indent=2)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode())  # past an encoding such as UTF-16
    else:
        print(text)


def print_to_stderr(*lines: str) -> None:
    """Print to standard error, if there is one."""
    if sys.stderr is None:  # print would use standard output instead
        return
    try:
        print(*lines, sep="\n", file=sys.stderr, flush=True)
    except OSError:
        discard_output(sys.stderr)


def discard_output(stream: TextIO) -> None:
    """Redirect a broken stream to the null device, so that Python does not flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def escape_control_characters(text: str) -> str:
    """Return the text without escape sequences for terminals; line breaks stay."""
    return "\n".join(map(escape_invisible, text.split("\n")))


def _encoding_of(stream: TextIO | None) -> str:
    return getattr(stream, "encoding", None) or _UTF_8


def _can_encode(stream: TextIO | None, text: str) -> bool:
    try:
        text.encode(_encoding_of(stream))
    except UnicodeEncodeError:
        return False
    return True
