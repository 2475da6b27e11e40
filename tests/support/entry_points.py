"""The entry points, called as by the page and the command line: no crash and no hang."""

import contextlib
import io
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final, NoReturn

from checklist.__main__ import main
from checklist.advice import KINDS
from checklist.browser import handle
from checklist.texts import LANGUAGES

HANG_SECONDS: Final = 120
"""A limit of processor time. How fast answers are is measured by `make bench`."""

DONE, NOTHING_TO_SAY, BAD_INPUT = 0, 1, 2
COMMAND_LINES: Final = (
    *(("score",), ("score", "--format", "json"), ("agenda",), ("agenda", "--format", "markdown")),
    *(("migrate",), ("compare", "-", "-"), *(("letter", kind) for kind in KINDS)),
)
"""Arguments of the command line; the file comes by standard input."""


class HangError(Exception):
    """Something took so much processor time that it may never end."""


@contextlib.contextmanager
def no_hang() -> Iterator[None]:
    """Raise an error after too much processor time, however busy the machine is."""

    def stop(_: int, __: FrameType | None) -> NoReturn:
        raise HangError(f"more than {HANG_SECONDS} s of the processor's time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def response_to(request: object) -> dict[str, Any]:
    """Call the browser's entry point; its response is valid JSON, or a list of problems."""
    return response_to_text(json.dumps(request))


def response_to_text(request: str) -> dict[str, Any]:
    """Do the same with a request that is text already."""
    with no_hang():
        response = handle(request)
    parsed: dict[str, Any] = json.loads(response, parse_constant=_no_json)
    if "problems" in parsed:
        assert parsed["problems"]
        assert all(isinstance(line, str) and line for line in parsed["problems"])
        assert parsed.keys() == {"problems"}
    return parsed


def _no_json(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is not JSON to a browser")


@dataclass(frozen=True)
class Done:
    """The result of running the command line."""

    returncode: int
    stdout: str
    stderr: str


def run_in_process(arguments: Sequence[str], stdin: bytes = b"") -> Done:
    """Run the command line in this process, as a program would be run."""
    out, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    usual = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors), no_hang():
            code = main(arguments)
    except SystemExit as ended:  # argparse has printed its message
        code = int(ended.code or 0)
    finally:
        sys.stdin = usual
    return Done(code, _written(out), _written(errors))


def run_main(arguments: Sequence[str], stdin: bytes) -> tuple[int, str]:
    """Run the command line in this process; return its exit code and what it reported."""
    done = run_in_process(arguments, stdin)
    printed, errors = done.stdout, done.stderr
    assert (done.returncode, bool(printed)) in {
        (DONE, True),
        (NOTHING_TO_SAY, False),
        (BAD_INPUT, False),
    }
    assert errors or done.returncode == DONE
    assert not {"\x1b", "\x07", "\x9b"} & {*printed, *errors}  # they would control a terminal
    return done.returncode, errors


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def languages() -> Iterator[str]:
    """Yield the languages in turn, endlessly."""
    while True:
        yield from LANGUAGES
