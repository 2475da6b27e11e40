"""The output of the command line in any encoding, and its language on any system."""

import contextlib
import ctypes
import io
import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Final

import pytest

from checklist import system_language
from checklist.__main__ import main
from checklist.texts import load

NAME: Final = "Анна ≠ 安娜"
CLIENT: Final = json.dumps({"name": NAME, "answers": {"hit_wall": "yes"}})
ENCODINGS: Final = ("utf-8", "utf-8-sig", "cp1251", "cp866", "cp1252", "ascii", "utf-16", "utf-32")
BAD_INPUT: Final = 2


def run(monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: str) -> tuple[int, bytes, str]:
    """Run the command; return its exit code, its output's bytes and what it reported."""
    out = io.TextIOWrapper(written := io.BytesIO(), encoding=encoding)
    errors = io.TextIOWrapper(
        messages := io.BytesIO(), encoding=encoding, errors="backslashreplace"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLIENT.encode())))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        code = main(arguments)
    out.flush()
    errors.flush()
    return code, written.getvalue(), messages.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "arguments", [("migrate",), ("agenda", "--format", "json"), ("score", "--format", "json")]
)
def test_json_is_utf_8_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: tuple[str, ...]
) -> None:
    """Programs read it as UTF-8, whatever the console's encoding; escapes are UTF-8 too."""
    code, raw, _ = run(monkeypatch, encoding, *arguments, "--lang", "ru")
    parsed = json.loads(raw.decode("utf-8"))
    assert code == 0
    if arguments[0] == "migrate":
        assert parsed["name"] == NAME


@pytest.mark.parametrize(("encoding", "lang"), [("ascii", "ru"), ("cp1252", "ru"), ("ascii", "en")])
def test_a_letter_that_the_console_cannot_show_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, encoding: str, lang: str
) -> None:
    """The message says so, in English where the console lacks Russian letters."""
    code, raw, reported = run(
        monkeypatch, encoding, "letter", "refusal", "--lang", lang, "--greet", NAME
    )
    assert (code, raw) == (BAD_INPUT, b"")
    expected = load("en")("cli.unprintable", encoding=encoding)
    assert reported.strip() == expected.encode(encoding, "backslashreplace").decode(encoding)


def test_the_message_about_the_encoding_is_in_the_chosen_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the console can show it."""
    code, raw, reported = run(
        monkeypatch, "cp1251", "letter", "refusal", "--lang", "ru", "--greet", NAME
    )
    assert (code, raw) == (BAD_INPUT, b"")
    assert reported.strip() == load("ru")("cli.unprintable", encoding="cp1251")


@pytest.mark.parametrize("command", ["agenda", "score"])
def test_a_text_with_replaced_characters_says_so(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The characters that the console has are printed."""
    code, raw, reported = run(monkeypatch, "cp1252", command, "--lang", "ru")
    assert (code, b"?" in raw) == (0, True)
    assert reported.strip() == load("en")("cli.replaced", encoding="cp1252")
    code, raw, reported = run(monkeypatch, "cp1251", command, "--lang", "ru")
    assert (code, reported) == (0, "")


@pytest.mark.parametrize(("encoding", "lang"), [("cp1251", "ru"), ("cp1252", "en")])
def test_messages_can_be_read(monkeypatch: pytest.MonkeyPatch, encoding: str, lang: str) -> None:
    """They are in English where the console lacks Russian letters."""
    code, raw, reported = run(monkeypatch, encoding, "score", "/no such file", "--lang", "ru")
    assert (code, raw) == (BAD_INPUT, b"")
    beginning = load(lang)("errors.unreadable", place="/no such file", value="")
    assert reported.startswith(beginning)


@pytest.mark.parametrize(("encoding", "lang"), [("cp1251", "ru"), ("cp1252", "en")])
def test_the_help_can_be_read(encoding: str, lang: str) -> None:
    """It is in English where the console lacks Russian letters."""
    out = io.TextIOWrapper(written := io.BytesIO(), encoding=encoding)
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit):
        main(["score", "--lang", "ru", "--help"])
    out.flush()
    assert load(lang)("cli.score") in " ".join(written.getvalue().decode(encoding).split())


LANGUAGES_OF_MACOS: Final = '(\n    "{}",\n    "de-DE"\n)\n'
LCID: Final = {"ru": 0x0419, "en": 0x0409, "other": 0x0407, "unknown": 0xFFFF}


@pytest.fixture(autouse=True)
def _without_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("setting", "lang"), [("ru", "ru"), ("en", "en"), ("other", "en"), ("unknown", "en")]
)
def test_the_language_of_windows(monkeypatch: pytest.MonkeyPatch, setting: str, lang: str) -> None:
    """Windows sets no variables: its language is asked for."""
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: LCID[setting])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert system_language.system_language() == lang
    monkeypatch.setenv("LANG", "en" if lang == "ru" else "ru_RU.UTF-8")
    assert system_language.system_language() != lang


@pytest.mark.parametrize(("setting", "lang"), [("ru-RU", "ru"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_language_of_macos(monkeypatch: pytest.MonkeyPatch, setting: str, lang: str) -> None:
    """The first of the preferred languages, for a program started outside a terminal."""
    answer = SimpleNamespace(stdout=LANGUAGES_OF_MACOS.format(setting))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert system_language.system_language() == lang


@pytest.mark.parametrize(
    "error", [OSError("no such program"), subprocess.CalledProcessError(1, "defaults")]
)
def test_a_system_that_does_not_say_its_language(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """English, as everywhere else."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", fail)
    assert system_language.system_language() == "en"
    monkeypatch.setattr(sys, "platform", "linux")
    assert system_language.system_language() == "en"
