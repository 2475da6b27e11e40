"""The command line: ``python -m checklist score|letter|agenda|compare|migrate …``.

Each reads case files, or just ``{"answers": {...}}``. Exit codes: 0 done, 2 bad input, every
problem named on standard error; 1 where there is no such letter to make from these answers.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from checklist.cases import Case, CaseError, migrate, read_case, to_json, write_case
from checklist.rules import Problem, parse_answers, score
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import Explanation, explain, explain_problem
from checklist.views.agenda import agenda
from checklist.views.comparison import FEWEST, MOST, comparison
from checklist.views.documents import Document, to_markdown, to_text
from checklist.views.letters import KINDS, Options, letter
from checklist.views.migration import migration_in_words

DONE, NOTHING_TO_SAY, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(load(_language_of(given))).parse_args(given)
    texts = load(options.lang)
    try:
        run: Callable[[argparse.Namespace, Texts], int] = options.run
        return run(options, texts)
    except CaseError as error:
        for problem in error.problems:
            print(explain_problem(problem, texts), file=sys.stderr)
        return BAD_INPUT


def _score(options: argparse.Namespace, texts: Texts) -> int:
    answers = parse_answers(_case(options.file).answers)
    result = score(answers)
    if options.format == "json":
        print(json.dumps(result.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(_as_text(explain(result, answers, texts), texts))
    return DONE


def _letter(options: argparse.Namespace, texts: Texts) -> int:
    wishes = Options(greet=options.greet, better=options.better, sign=options.sign)
    text = letter(options.kind, _case(options.file), texts, wishes)
    if not text:
        print(texts(f"letters.{options.kind}.none"), file=sys.stderr)
        return NOTHING_TO_SAY
    print(text)
    return DONE


def _agenda(options: argparse.Namespace, texts: Texts) -> int:
    _print(agenda(_case(options.file), texts), options.format)
    return DONE


def _compare(options: argparse.Namespace, texts: Texts) -> int:
    if not FEWEST <= len(options.files) <= MOST:
        print(texts("cli.how_many", count=len(options.files)), file=sys.stderr)
        return BAD_INPUT
    cases, problems = [], []
    for file in options.files:
        try:
            cases.append(_case(file))
        except CaseError as error:
            problems += [
                Problem(f"{file}: {problem.place}", problem.kind, problem.value)
                if problem.place != file
                else problem
                for problem in error.problems
            ]
    if problems:
        raise CaseError(problems)
    _print(comparison(cases, texts), options.format)
    return DONE


def _migrate(options: argparse.Namespace, texts: Texts) -> int:
    case = _case(options.file)
    migration = migrate(case)
    said = migration_in_words(migration, texts) if migration else [texts("cli.current")]
    print(*said, sep="\n", file=sys.stderr)
    print(to_json(write_case(migration.case if migration else case), indent=2))
    return DONE


def _print(document: Document, form: str) -> None:
    match form:
        case "json":
            print(to_json(document.as_dict(), indent=2))
        case "markdown":
            print(to_markdown(document), end="")
        case _:
            print(to_text(document))


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


def _parser(texts: Texts) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m checklist", description=texts("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], *formats: str) -> argparse.ArgumentParser:
        words = texts(f"cli.{name}")
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        language = _environment_language()
        added.add_argument("--lang", choices=LANGUAGES, default=language, help=texts("cli.lang"))
        if formats:
            added.add_argument(
                "--format", choices=formats, default=formats[0], help=texts("cli.format")
            )
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


def _case(file: str) -> Case:
    return read_case(_read(file))


def _read(file: str) -> str:
    """Return the text of a file, or of standard input for ``-``; raises ``CaseError``."""
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CaseError([Problem(file, "unreadable", reason)]) from None
    except UnicodeDecodeError as error:
        raise CaseError([Problem(file, "not_text", str(error.start))]) from None


def _as_text(explained: Explanation, texts: Texts) -> str:
    lines = [explained["title"], "", explained["lead"], explained["next"]]
    if explained["because"]:
        lines += ["", texts("result.because"), *_items(explained["because"][0])]
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
