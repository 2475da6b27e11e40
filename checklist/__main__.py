"""The command line: ``client-checklist score|letter|agenda|compare|migrate …``.

``python -m checklist …`` is the same for a package that is not installed.

Input: case files, or just ``{"answers": {...}}``. Exit codes: 0 success; 1 if these answers give
no reason for the letter; 2 invalid input, with every problem reported on standard error, or an
output that cannot take the result.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from checklist.advice import KINDS, REASONS, advised
from checklist.clients import Client, ClientError, migrate, read_client, write_client
from checklist.clients.limits import MAX_FILE_SIZE, too_large
from checklist.output import (
    discard_output,
    escape_control_characters,
    is_printable,
    print_encoding_problem,
    print_json,
    print_text,
    print_to_stderr,
    readable_texts,
    replace_unencodable_characters,
)
from checklist.rules import Problem
from checklist.system_language import system_language
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import explain_problem
from checklist.views.agenda import agenda
from checklist.views.comparison import MAX_COMPARED, MIN_COMPARED, comparison
from checklist.views.documents import Document, to_markdown, to_text
from checklist.views.letters import OPTION_NAMES, Options, letter, why_none
from checklist.views.migration import describe_migration
from checklist.views.result_text import in_text
from checklist.views.wording import situation_of_client

DONE, NO_LETTER, BAD_INPUT = 0, 1, 2
_COMMAND: Final = "client-checklist"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or those of the process, and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    replace_unencodable_characters()
    help_texts = readable_texts(sys.stdout, load(_language_of(given)))
    options = _parser(help_texts.lang, system_language()).parse_args(given)
    texts = load(options.lang)
    try:
        run: Callable[[argparse.Namespace, Texts], int] = options.run
        code = run(options, texts)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ClientError as error:
        messages = readable_texts(sys.stderr, texts)
        print_to_stderr(*(explain_problem(problem, messages) for problem in error.problems))
        return BAD_INPUT
    except OSError as error:
        discard_output(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return DONE  # the reader, such as `head`, has closed the pipe
        print_to_stderr(texts("cli.unwritable", value=_reason(error)))
        return BAD_INPUT
    return code


def _program_name() -> str:
    """Return the name to show in the help: the command as it was called."""
    name = Path(sys.argv[0]).stem
    return name if name == _COMMAND else "python -m checklist"


def _score_command(options: argparse.Namespace, texts: Texts) -> int:
    situation = situation_of_client(_load_client(options.file))
    if options.format == "json":
        print_json(advised(situation).as_dict())
    else:
        print_text(in_text(situation, texts), texts)
    return DONE


def _letter_command(options: argparse.Namespace, texts: Texts) -> int:
    additions = Options(**{name: getattr(options, name) for name in OPTION_NAMES})
    client = _load_client(options.file)
    text = letter(options.kind, client, texts, additions)
    if not text:
        print_to_stderr(why_none(options.kind, client, texts))
        return NO_LETTER
    if not is_printable(text):  # a letter with question marks might be sent
        print_encoding_problem("cli.unprintable", texts)
        return BAD_INPUT
    print(text)
    return DONE


def _agenda_command(options: argparse.Namespace, texts: Texts) -> int:
    _print_document(agenda(_load_client(options.file), texts), options.format, texts)
    return DONE


def _compare_command(options: argparse.Namespace, texts: Texts) -> int:
    if not MIN_COMPARED <= len(options.files) <= MAX_COMPARED:
        print_to_stderr(texts("cli.how_many", count=len(options.files)))
        return BAD_INPUT
    clients, problems = [], []
    for file in options.files:
        try:
            clients.append(_load_client(file))
        except ClientError as error:
            problems += [
                Problem(f"{file}: {problem.place}", problem.kind, problem.value)
                if problem.place != file
                else problem
                for problem in error.problems
            ]
    if problems:
        raise ClientError(problems)
    _print_document(comparison(clients, texts), options.format, texts)
    return DONE


def _migrate_command(options: argparse.Namespace, texts: Texts) -> int:
    client = _load_client(options.file)
    migration = migrate(client)
    notes = describe_migration(migration, texts) if migration else [texts("cli.current")]
    print_to_stderr(*notes)
    print_json(write_client(migration.client if migration else client))
    return DONE


def _print_document(document: Document, form: str, texts: Texts) -> None:
    match form:
        case "json":
            print_json(document.as_dict())
        case "markdown":
            print_text(escape_control_characters(to_markdown(document)), texts, end="")
        case _:
            print_text(escape_control_characters(to_text(document)), texts)


def _language_of(arguments: Sequence[str]) -> str:
    """Return the language of the help: that of ``--lang``, else the environment's, else English."""
    for lang in LANGUAGES:
        if f"--lang={lang}" in arguments or ("--lang", lang) in pairwise(arguments):
            return lang
    return system_language()


@cache
def _parser(lang: str, default: str) -> argparse.ArgumentParser:
    """Return the parser with its help in ``lang``; ``default`` is the default of ``--lang``."""
    texts = load(lang)
    parser = argparse.ArgumentParser(prog=_program_name(), description=texts("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], *formats: str) -> argparse.ArgumentParser:
        words = texts(f"cli.{name}")
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--lang", choices=LANGUAGES, default=default, help=texts("cli.lang"))
        if formats:
            key = "cli.format_document" if "markdown" in formats else "cli.format"
            added.add_argument("--format", choices=formats, default=formats[0], help=texts(key))
        return added

    one_file = {"nargs": "?", "default": "-", "metavar": "FILE", "help": texts("cli.file")}
    command("score", _score_command, "text", "json").add_argument("file", **one_file)  # type: ignore[arg-type]  # argparse types each keyword apart
    letter_parser = command("letter", _letter_command)
    letter_parser.add_argument("kind", choices=KINDS, metavar="KIND", help=texts("cli.kind"))
    letter_parser.add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    for name in OPTION_NAMES:
        allowed = {"choices": REASONS} if name == "reason" else {"metavar": "TEXT"}
        letter_parser.add_argument(f"--{name}", default="", help=texts(f"cli.{name}"), **allowed)
    command("agenda", _agenda_command, "text", "markdown", "json").add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    compare_parser = command("compare", _compare_command, "text", "markdown", "json")
    compare_parser.add_argument("files", nargs="+", metavar="FILE", help=texts("cli.files"))
    command("migrate", _migrate_command).add_argument("file", **one_file)  # type: ignore[arg-type]  # as above
    return parser


def _load_client(file: str) -> Client:
    return read_client(_read_text(file))


def _read_text(file: str) -> str:
    """Return the text of a file, or of standard input for ``-``; raises ``ClientError``."""
    try:
        raw = _read_bytes(file)
    except (OSError, ValueError) as error:  # ValueError: an invalid name, such as one with NUL
        raise ClientError([Problem(file, "unreadable", _reason(error))]) from None
    if len(raw) > MAX_FILE_SIZE:
        raise ClientError([too_large(file, MAX_FILE_SIZE)])
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ClientError([Problem(file, "not_text", str(error.start))]) from None


def _read_bytes(file: str) -> bytes:
    """Return the bytes of a file, one more than the limit at most: a device may be endless."""
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(MAX_FILE_SIZE + 1)
    return sys.stdin.buffer.read(MAX_FILE_SIZE + 1) if sys.stdin else b""


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


if __name__ == "__main__":
    sys.exit(main())
