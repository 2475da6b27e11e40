"""The command line: ``python -m checklist score [FILE|-] [--lang ru|en] [--format text|json]``.

Exit codes: 0 scored, 2 bad input, every problem named on standard error.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from checklist.cases import CaseError, read_case
from checklist.rules import Problem, parse_answers, score
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import Explanation, explain, explain_problem

SCORED, BAD_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(load(_language_of(given))).parse_args(given)
    texts = load(options.lang)
    try:
        case = read_case(_read(options.file))
    except CaseError as error:
        for problem in error.problems:
            print(explain_problem(problem, texts), file=sys.stderr)
        return BAD_INPUT
    answers = parse_answers(case.answers)
    result = score(answers)
    if options.format == "json":
        print(json.dumps(result.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(_as_text(explain(result, answers, texts), texts))
    return SCORED


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
    scoring = commands.add_parser("score", help=texts("cli.score"), description=texts("cli.score"))
    scoring.add_argument("file", nargs="?", default="-", metavar="FILE", help=texts("cli.file"))
    scoring.add_argument(
        "--lang", choices=LANGUAGES, default=_environment_language(), help=texts("cli.lang")
    )
    scoring.add_argument(
        "--format", choices=("text", "json"), default="text", help=texts("cli.format")
    )
    return parser


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
