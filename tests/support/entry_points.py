"""The doors as one who knocks has them: an answer in good time, or what is wrong, never a crash."""

import contextlib
import io
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any, NoReturn

from checklist.__main__ import main
from checklist.browser import handle
from checklist.texts import LANGUAGES

SECONDS = 1
DONE, NOTHING_TO_SAY, BAD_INPUT = 0, 1, 2


class HangError(Exception):
    """Something took more of the processor's time than any input is worth."""


@contextlib.contextmanager
def in_good_time(seconds: float = SECONDS) -> Iterator[None]:
    """Fail what takes more of the processor's own time; a busy machine counts for nothing."""

    def stop(_: int, __: FrameType | None) -> NoReturn:
        raise HangError(f"more than {seconds} s of the processor's time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def asked(request: object, seconds: float = SECONDS) -> dict[str, Any]:
    """Ask the browser's door; its answer is JSON that a browser can read, or says what is wrong."""
    return answered(json.dumps(request), seconds)


def answered(request: str, seconds: float = SECONDS) -> dict[str, Any]:
    """Ask the same in so many words."""
    with in_good_time(seconds):
        response = handle(request)
    said: dict[str, Any] = json.loads(response, parse_constant=_no_json)
    if "problems" in said:
        assert said["problems"]
        assert all(isinstance(line, str) and line for line in said["problems"])
        assert said.keys() == {"problems"}
    return said


def _no_json(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is not JSON to a browser")


def run_main(arguments: Sequence[str], stdin: bytes, seconds: float = SECONDS) -> tuple[int, str]:
    """Run the command line in this process; return its exit code and what went wrong."""
    out, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    usual = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(errors),
            in_good_time(seconds),
        ):
            code = main(arguments)
    finally:
        sys.stdin = usual
    printed, said = (_written(stream) for stream in (out, errors))
    assert (code, bool(printed)) in {(DONE, True), (NOTHING_TO_SAY, False), (BAD_INPUT, False)}
    assert said or code == DONE
    assert not {"\x1b", "\x07", "\x9b"} & {*printed, *said}  # a terminal obeys them
    return code, said


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def languages() -> Iterator[str]:
    """Yield the languages in turn, without end."""
    while True:
        yield from LANGUAGES
