"""The command line, most of it in this process; as a program once for each exit code."""

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from checklist import score
from checklist.__main__ import _parser
from checklist.advice import KINDS, kinds_at
from checklist.clients import read_client
from checklist.rules import RULES_VERSION
from checklist.texts import LANGUAGES, load
from checklist.views.letters import Options, letter
from tests.support.answers import ADRIFT
from tests.support.entry_points import BAD_INPUT, DONE, NOTHING_TO_SAY, Done, run_in_process


def run(*arguments: str, stdin: str = "") -> Done:
    """Run ``python -m checklist`` with the arguments, in this process."""
    return run_in_process(arguments, stdin.encode())


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the tests an environment without a language."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["score", "--format", "json"], '{"answers": {"hit_wall": "yes"}}', DONE),
        (["letter", "trade"], '{"answers": {}}', NOTHING_TO_SAY),
        (["score", "--lang", "ru"], '{"answers": {"knows_goal": "maybe"}}', BAD_INPUT),
    ],
)
def test_the_program_does_what_main_does(arguments: list[str], stdin: str, code: int) -> None:
    """Exit code, output and errors of ``python -m checklist`` are those of its ``main``."""
    done = subprocess.run(
        [sys.executable, "-m", "checklist", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    expected = run(*arguments, stdin=stdin)
    assert (done.returncode, done.stdout, done.stderr) == (
        code,
        expected.stdout,
        expected.stderr,
    )


def test_json_is_the_result(tmp_path: Path) -> None:
    """``--format json`` prints what ``score`` returns."""
    client = tmp_path / "case.json"
    client.write_text(json.dumps({"answers": ADRIFT}), encoding="utf-8")
    done = run("score", str(client), "--format", "json")
    assert done.returncode == DONE
    assert json.loads(done.stdout) == score(ADRIFT).as_dict()


@pytest.mark.parametrize("arguments", [("score",), ("score", "-")])
def test_standard_input(arguments: tuple[str, ...]) -> None:
    """No file, or ``-``, means standard input."""
    done = run(*arguments, "--format=json", stdin=json.dumps({"answers": ADRIFT}))
    assert json.loads(done.stdout)["verdict"] == "step_back"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_says_the_verdict_and_why(lang: str) -> None:
    """The text has the verdict, its reason and what would change it, in the chosen language."""
    done = run("score", "--lang", lang, stdin=json.dumps({"answers": ADRIFT}))
    texts = load(lang)
    assert done.returncode == DONE
    assert done.stdout.startswith(texts("verdicts.step_back.title"))
    for part in (
        texts("facts.knows_goal.no"),
        texts("facts.trusts_opinion.no"),
        texts("result.because"),
        texts("result.signs"),
    ):
        assert part in done.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_says_what_to_ask(lang: str) -> None:
    """An open verdict has the next question, in words to say."""
    done = run("score", "--lang", lang, stdin='{"answers": {}}')
    assert load(lang)("facts.knows_goal.ask") in done.stdout


@pytest.mark.parametrize(
    ("locale", "lang"), [("ru_RU.UTF-8", "ru"), ("C.UTF-8", "en"), ("de_DE.UTF-8", "en")]
)
def test_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, locale: str, lang: str
) -> None:
    """Without ``--lang``, Russian in a Russian environment and English in any other."""
    monkeypatch.setenv("LANG", locale)
    done = run("score", stdin=json.dumps({"answers": ADRIFT}))
    assert done.stdout.startswith(load(lang)("verdicts.step_back.title"))


@pytest.mark.parametrize(
    ("languages", "locale", "lang"),
    [
        ("ru:en", "en_GB.UTF-8", "ru"),
        ("de:en_US:ru", "ru_RU.UTF-8", "en"),
        ("de:fr", "ru_RU.UTF-8", "en"),
        ("", "ru_RU.UTF-8", "ru"),
        ("ru", "C.UTF-8", "en"),
        ("ru", "POSIX", "en"),
    ],
)
def test_the_preferred_languages_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, languages: str, locale: str, lang: str
) -> None:
    """As for other programs: the first that there is, unless the locale is that of C."""
    monkeypatch.setenv("LANGUAGE", languages)
    monkeypatch.setenv("LANG", locale)
    done = run("score", stdin=json.dumps({"answers": ADRIFT}))
    assert done.stdout.startswith(load(lang)("verdicts.step_back.title"))


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        (
            '{"answers": {"knows_goal": "maybe"}}',
            ['answers.knows_goal: "maybe" is not one of yes, no, unknown'],
        ),
        (
            '{"answers": {"knows_goal": "maybe", "nope": "yes", "decides": 1}}',
            ["answers.knows_goal", '"maybe"', "answers.nope", "answers.decides", "1"],
        ),
        ('{"answers": {"knows_goal"', ["1:26"]),
        ("", ["1:1"]),
        ("{}", ["answers"]),
        ('{"rules": "9.0", "answers": {}}', ["rules", '"9.0"']),
    ],
)
def test_bad_input_is_named(stdin: str, named: list[str]) -> None:
    """Exit code 2; the message names place and value, all problems at once."""
    done = run("score", stdin=stdin)
    assert done.returncode == BAD_INPUT
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert [part for part in named if part not in done.stderr] == []


def test_bad_input_in_russian() -> None:
    """The message is in the chosen language."""
    done = run("score", "--lang", "ru", stdin='{"answers": {"knows_goal": "maybe"}}')
    expected = load("ru")("errors.not_an_answer", place="answers.knows_goal", value='"maybe"')
    assert done.stderr.strip() == expected


@pytest.mark.parametrize(
    "content", [None, b"\xff\xfe\x00{", b'{"answers": {"knows_goal": "\xd0"}}']
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """One that is missing, or is not text."""
    client = tmp_path / "case.json"
    if content is not None:
        client.write_bytes(content)
    done = run("score", str(client))
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert str(client) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("guess",), ("score", "--lang", "fr")])
def test_wrong_arguments_print_the_usage(arguments: tuple[str, ...]) -> None:
    """With exit code 2."""
    done = run(*arguments)
    assert done.returncode == BAD_INPUT
    assert "usage" in done.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_in_either_language(lang: str, kind: str) -> None:
    """It is the letter that the page writes."""
    stage = "before" if kind in kinds_at("before") else "begun"
    case = {
        "answers": {"knows_goal": "yes", "deadline_ok": "no"},
        "checks": {"pays_late": "yes"},
        "stage": stage,
    }
    done = run(
        *("letter", kind, "-", "--lang", lang, "--greet", "Ann", "--better", "B", "--sign", "C"),
        *("--reason", "money"),
        stdin=json.dumps(case),
    )
    expected = letter(
        kind, read_client(json.dumps(case)), load(lang), Options("Ann", "B", "C", "money")
    )
    assert expected
    assert (done.returncode, done.stdout) == (DONE, f"{expected}\n")


def test_a_letter_that_cannot_be_written() -> None:
    """Exit code 1, the reason on standard error, nothing on standard output."""
    done = run("letter", "trade", stdin='{"answers": {}}')
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(load("en")("letters.trade.none"))
    assert load("en")("letters.clarify.title") in done.stderr


def test_an_agenda_as_markdown() -> None:
    """It has the next question, in words to say."""
    done = run("agenda", "--format", "markdown", stdin='{"answers": {}}')
    assert done.returncode == DONE
    assert done.stdout.startswith(f"# {load('en')('agenda.title')}")
    assert f"> {load('en')('facts.knows_goal.ask')}" in done.stdout


@pytest.fixture
def two_files(tmp_path: Path) -> list[str]:
    """Two case files."""
    for name, answers in (("a", ADRIFT), ("b", {"knows_goal": "yes"})):
        record = {"name": name.upper(), "answers": answers}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return [str(tmp_path / "a.json"), str(tmp_path / "b.json")]


def test_compare_two_files(two_files: list[str]) -> None:
    """Side by side, with differences marked."""
    done = run("compare", *two_files, "--format", "json")
    [table] = json.loads(done.stdout)["blocks"]
    assert table["columns"] == ["A", "B"]
    assert "≠" in run("compare", *two_files).stdout


def test_compare_names_the_file_that_is_wrong(two_files: list[str]) -> None:
    """All problems of all files, each with its file; a single file is too few."""
    for file in two_files:
        Path(file).write_text('{"answers": {"decides": 1}}', encoding="utf-8")
    done = run("compare", *two_files)
    assert done.returncode == BAD_INPUT
    assert all(f"{file}: answers.decides" in done.stderr for file in two_files)
    assert run("compare", two_files[0]).returncode == BAD_INPUT


def test_migrate_prints_the_file_and_both_verdicts() -> None:
    """The file on standard output; the old and the new verdict on standard error."""
    record = {"rules": "0.5", "later": [1], "answers": ADRIFT}
    done = run("migrate", stdin=json.dumps(record))
    expected = {"format": "client-case/1", **record, "rules": RULES_VERSION}
    assert (done.returncode, json.loads(done.stdout)) == (DONE, expected)
    assert "0.5" in done.stderr
    again = run("migrate", stdin=done.stdout)
    assert json.loads(again.stdout) == expected
    assert again.stderr.strip() == load("en")("cli.current")


@pytest.mark.parametrize("command", ["score", "letter refusal", "agenda", "migrate"])
def test_every_command_names_bad_input(command: str) -> None:
    """Place and value, exit code 2, no traceback."""
    done = run(*command.split(), stdin='{"answers": {"decides": "maybe"}}')
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert "answers.decides" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_in_the_chosen_language(lang: str) -> None:
    """The output of ``--help`` has the command's description."""
    done = run("score", "--lang", lang, "--help")
    assert load(lang)("cli.score") in done.stdout.replace("\n", " ")


def test_the_installed_command_is_main() -> None:
    """``client-checklist`` returns the exit codes of ``python -m checklist``."""
    (command,) = entry_points(group="console_scripts", name="client-checklist")
    assert command.load()(["score", "no such file"]) == BAD_INPUT


@pytest.mark.parametrize(
    ("program", "called"),
    [("/bin/client-checklist", "client-checklist"), ("/x/__main__.py", "python -m checklist")],
)
def test_help_names_the_program_that_was_called(
    monkeypatch: pytest.MonkeyPatch, program: str, called: str
) -> None:
    """As a reader would call it again."""
    monkeypatch.setattr(sys, "argv", [program])
    _parser.cache_clear()
    assert _parser("en", "en").format_usage().startswith(f"usage: {called} ")
    _parser.cache_clear()
