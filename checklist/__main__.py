"""The command line: ``client-checklist score|letter|agenda|compare|migrate …``.

``python -m checklist …`` is the same where the package is not installed.

Each reads case files, or just ``{"answers": {...}}``. Exit codes: 0 done, 2 bad input, every
problem named on standard error; 1 where there is no such letter to make from these answers.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import Final, TextIO

from checklist.clients import Client, ClientError, migrate, read_client, to_json, write_client
from checklist.clients.limits import LARGEST, too_large
from checklist.rules import Problem, parse_answers, score
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import Explanation, explain, explain_problem, seen
from checklist.views.agenda import agenda
from checklist.views.comparison import FEWEST, MOST, comparison
from checklist.views.documents import Document, to_markdown, to_text
from checklist.views.letters import KINDS, Options, letter
from checklist.views.migration import migration_in_words

DONE, NOTHING_TO_SAY, BAD_INPUT = 0, 1, 2
_COMMAND: Final = "client-checklist"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    _say_what_can_be_said()
    options = _parser(_language_of(given), _environment_language()).parse_args(given)
    texts = load(options.lang)
    try:
        run: Callable[[argparse.Namespace, Texts], int] = options.run
        code = run(options, texts)
        print(end="", flush=True)
    except ClientError as error:
        _complain(*(explain_problem(problem, texts) for problem in error.problems))
        return BAD_INPUT
    except OSError as error:
        _give_up(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return DONE  # whoever reads it has had enough
        _complain(texts("cli.unwritable", value=_reason(error)))
        return BAD_INPUT
    return code


def _program() -> str:
    """How it was called, for those who ask how to call it."""
    name = Path(sys.argv[0]).stem
    return name if name == _COMMAND else "python -m checklist"


def _complain(*lines: str) -> None:
    """Say what is wrong, or what there is to know beside the answer, where anybody listens."""
    if sys.stderr is None:  # print would take standard output for it
        return
    try:
        print(*lines, sep="\n", file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    """What is left in a stream goes nowhere, or Python would try again as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say_what_can_be_said() -> None:
    """A terminal without the sign for a character gets a question mark, not an exception."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _score(options: argparse.Namespace, texts: Texts) -> int:
    answers = parse_answers(_case(options.file).answers)
    result = score(answers)
    if options.format == "json":
        _print_json(result.as_dict())
    else:
        print(_as_text(explain(result, answers, texts), texts))
    return DONE


def _letter(options: argparse.Namespace, texts: Texts) -> int:
    wishes = Options(greet=options.greet, better=options.better, sign=options.sign)
    text = letter(options.kind, _case(options.file), texts, wishes)
    if not text:
        _complain(texts(f"letters.{options.kind}.none"))
        return NOTHING_TO_SAY
    print(text)
    return DONE


def _agenda(options: argparse.Namespace, texts: Texts) -> int:
    _print(agenda(_case(options.file), texts), options.format)
    return DONE


def _compare(options: argparse.Namespace, texts: Texts) -> int:
    if not FEWEST <= len(options.files) <= MOST:
        _complain(texts("cli.how_many", count=len(options.files)))
        return BAD_INPUT
    clients, problems = [], []
    for file in options.files:
        try:
            clients.append(_case(file))
        except ClientError as error:
            problems += [
                Problem(f"{file}: {problem.place}", problem.kind, problem.value)
                if problem.place != file
                else problem
                for problem in error.problems
            ]
    if problems:
        raise ClientError(problems)
    _print(comparison(clients, texts), options.format)
    return DONE


def _migrate(options: argparse.Namespace, texts: Texts) -> int:
    client = _case(options.file)
    migration = migrate(client)
    said = migration_in_words(migration, texts) if migration else [texts("cli.current")]
    _complain(*said)
    _print_json(write_client(migration.client if migration else client))
    return DONE


def _print(document: Document, form: str) -> None:
    match form:
        case "json":
            _print_json(document.as_dict())
        case "markdown":
            print(_for_terminals(to_markdown(document)), end="")
        case _:
            print(_for_terminals(to_text(document)))


def _print_json(value: object) -> None:
    """Print JSON; what the output has no signs for is written as JSON's own codes."""
    text = _for_terminals(to_json(value, indent=2))
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    print(text)


def _for_terminals(text: str) -> str:
    """The text, or JSON, without what a terminal would take for a command."""
    return "\n".join(map(seen, text.split("\n")))


def _language_of(arguments: Sequence[str]) -> str:
    """The language of the help: the one asked for, else the environment's, else English."""
    for lang in LANGUAGES:
        if f"--lang={lang}" in arguments or ("--lang", lang) in pairwise(arguments):
            return lang
    return _environment_language()


def _environment_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


@cache
def _parser(lang: str, usual: str) -> argparse.ArgumentParser:
    """Return the parser, whose help is in one language; ``usual`` is that of an answer."""
    texts = load(lang)
    parser = argparse.ArgumentParser(prog=_program(), description=texts("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], *formats: str) -> argparse.ArgumentParser:
        words = texts(f"cli.{name}")
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--lang", choices=LANGUAGES, default=usual, help=texts("cli.lang"))
        if formats:
            key = "cli.format_document" if "markdown" in formats else "cli.format"
            added.add_argument("--format", choices=formats, default=formats[0], help=texts(key))
        return added

    one_file = {"nargs": "?", "default": "-", "metavar": "FILE", "help": texts("cli.file")}
    command("score", _score, "text", "json").add_argument("file", **one_file)  # type: ignore[arg-type]  # argparse types each keyword apart
    writing = command("letter", _letter)
    writing.add_argument("kind", choices=KINDS, metavar="KIND", help=texts("cli.kind"))
    writing.add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    for wish in ("greet", "better", "sign"):
        writing.add_argument(f"--{wish}", default="", metavar="TEXT", help=texts(f"cli.{wish}"))
    command("agenda", _agenda, "text", "markdown", "json").add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    comparing = command("compare", _compare, "text", "markdown", "json")
    comparing.add_argument("files", nargs="+", metavar="FILE", help=texts("cli.files"))
    command("migrate", _migrate).add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    return parser


def _case(file: str) -> Client:
    return read_client(_read(file))


def _read(file: str) -> str:
    """Return the text of a file, or of standard input for ``-``; raises ``ClientError``."""
    try:
        raw = _bytes(file)
    except (OSError, ValueError) as error:  # no such file, or a name that no file can have
        raise ClientError([Problem(file, "unreadable", _reason(error))]) from None
    if len(raw) > LARGEST:
        raise ClientError([too_large(file, LARGEST)])
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ClientError([Problem(file, "not_text", str(error.start))]) from None


def _bytes(file: str) -> bytes:
    """Return the bytes, of too many as many as tell so: it may be a device that has no end."""
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    return sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _as_text(explained: Explanation, texts: Texts) -> str:
    lines = [explained["title"], "", explained["lead"], explained["next"]]
    if explained["because"]:
        lines += ["", explained["because_title"], *_items(explained["because"][0])]
        if explained["not_no"]:
            lines += ["", texts("result.not_no"), *_items(explained["not_no"])]
        lines += filter(None, [explained["more_reasons"]])
    if explained["change_lead"]:
        lines += ["", texts("result.change"), explained["change_lead"]]
        for group in explained["change"]:
            lines += _set(group, explained["together"])
    if ask := explained["ask"]:
        lines += ["", texts("result.ask"), f"  {ask['question']}", f"  {texts('result.say')}"]
        lines += [f"    {ask['words']}", f"  {ask['find_out']}"]
    lines += ["", texts("result.signs")]
    for sign in explained["signs"]:
        lines.append(f"  {sign['title']}: {sign['count']} ({sign['status_text']})")
    lines += ["", *filter(None, [explained["margin"], explained["progress"]])]
    return "\n".join(lines)


def _set(statements: list[dict[str, str]], together: str) -> list[str]:
    if len(statements) == 1:
        return _items(statements)
    return [f"  - {together}", *(f"  {item}" for item in _items(statements))]


def _items(statements: list[dict[str, str]]) -> list[str]:
    return [f"  - {statement['text']}" for statement in statements]


if __name__ == "__main__":
    sys.exit(main())
