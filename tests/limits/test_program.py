"""The command line as a separate program: its output, its exit codes, and failing outputs."""

import json
import os
import subprocess
import sys
from itertools import chain, cycle, islice

import pytest

from checklist.texts import load
from tests.support import damage
from tests.support.entry_points import COMMAND_LINES
from tests.support.sampling import count, randomness
from tests.support.time_limits import TIMEOUT_SECONDS

PROCESSES = count(3, soak=100)


@pytest.mark.soak
def test_bad_input_ends_without_a_traceback() -> None:
    """Nor does it hang, for any input and any command."""
    accidents = damage.damaged_bytes_of_clients(randomness("programs"))
    lines = cycle(COMMAND_LINES)
    for raw in islice(chain(damage.corpus().values(), accidents), PROCESSES):
        done = subprocess.run(
            [sys.executable, "-m", "checklist", *next(lines)],
            input=raw,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
        assert done.returncode in {0, 1, 2}, done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stdout or done.stderr


def test_an_output_that_cannot_be_written() -> None:
    """A full disk, a closed pipe, a terminal with a small character set: no traceback."""
    command = f"{sys.executable} -m checklist"
    for line, code, expected in (
        ("agenda - > /dev/full", 2, load("en")("cli.unwritable", value="").strip()),
        ("agenda - | true; exit 0", 0, ""),
        ("agenda - --lang ru > /dev/null", 0, ""),
        ("migrate - <&-", 2, "1:1"),
        ("score - >&-", 0, ""),
        ("score /nowhere 2> /dev/full", 2, ""),
        ("score /nowhere 2>&-", 2, ""),
        ("letter trade - 2> /dev/full", 1, ""),
        ("agenda - > /dev/full 2> /dev/full", 2, ""),
    ):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} {line}"],
            input='{"answers": {}, "name": "\u044f"}',
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
        assert expected in done.stderr


@pytest.mark.parametrize("listener", ["", "2>&-", "2> /dev/full"])
def test_messages_are_kept_out_of_the_output(listener: str) -> None:
    """The output of `migrate` is a valid file, whatever happens to standard error."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m checklist migrate - {listener}"],
        input='{"answers": {}, "rules": "0.5"}',
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(done.stdout)["answers"] == {}
