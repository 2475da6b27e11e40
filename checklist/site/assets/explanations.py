"""Files with the reasons of every verdict and what would change it, for browsers without Python.

A script loads the file of its language after the first paint, and shows what it has until Python is
ready, or for good where there is no Python. The statements are Python's own (``explain``).
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from checklist.rules import ANSWERS, RULES_VERSION, SCOPE, Answers, Result, score
from checklist.site.diagram import IDS, Diagram
from checklist.site.files import content_name, put_in_place
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import Statement, explain, improvements, reasons_of

type Sets = tuple[tuple[str, ...], ...]
type Leaf = tuple[str, bool, int, Sets, tuple[str, ...]]

_SOURCES: Final = (
    *("rules/*.py", "texts/*.py", "texts/*.toml"),
    *("site/diagram.py", "site/assets/explanations.py"),
)
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "because": ("because_title", "because", "not_no", "more_reasons"),
    "change": ("change_lead", "change"),
}
"""What a leaf of each kind has of ``explain``."""
LISTS: Final = {"because", "change"}
FLAT: Final = {"not_no"}
"""The keys with statements: sets of them, and one set."""

_SCOPED: Final = tuple(fact for fact in IDS if fact != SCOPE)


def make_explanations(package: Path, cache: Path) -> Mapping[str, Path]:
    """Return a file for each language; its name has a digest of its contents.

    ``package`` is the folder ``checklist``, ``cache`` a folder of the build's own, in which the
    files are kept until a source changes: to make them takes seconds.
    """
    sources = [path for pattern in _SOURCES for path in sorted(package.glob(pattern))]
    folder = cache / content_name(sources)
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            made = Path(temporary) / "made"
            _write(made)
            put_in_place(made, folder)
    return {lang: next(folder.glob(f"explanations-{lang}-*.json")) for lang in LANGUAGES}


def _write(folder: Path) -> None:
    folder.mkdir()
    diagram = make_diagram()
    for lang in LANGUAGES:
        table = explanations(diagram, load(lang))
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        name = f"explanations-{lang}-{content_name([], text)}.json"
        (folder / name).write_text(text, encoding="utf-8")


def explanations(diagram: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """Return the table for ``explanation-table.js``, as JSON values.

    Its diagram is like that of ``verdict_table.make_table``. A leaf has keys of ``explain``, with
    numbers instead of the statements in ``statements``.
    """
    statements: dict[str, int] = {}

    def numbers(given: Iterable[Statement]) -> list[int]:
        found = (json.dumps(one, sort_keys=True) for one in given)
        return [statements.setdefault(one, len(statements)) for one in found]

    leaves = []
    for kind, given in zip(diagram["kinds"], diagram["leaves"], strict=True):
        answers = dict(zip(IDS, given, strict=True))
        explained = explain(score(answers), answers, texts)
        leaf = {key: explained[key] for key in KEYS[kind]}
        for key in LISTS & leaf.keys():
            leaf[key] = [numbers(one) for one in leaf[key]]
        for key in FLAT & leaf.keys():
            leaf[key] = numbers(leaf[key])
        leaves.append(leaf)
    return {
        "rules": RULES_VERSION,
        "facts": IDS,
        "answers": ANSWERS,
        "nodes": diagram["nodes"],
        "roots": diagram["roots"],
        "leaves": leaves,
        "statements": [json.loads(one) for one in statements],
        "together": texts("result.together"),
    }


def make_diagram() -> dict[str, Any]:
    """Return the diagram of reasons and changes.

    ``leaves`` has answers to all facts that lead there, ``kinds`` what the leaf is about.
    """
    diagram = Diagram[Leaf]()
    found: dict[Leaf, Answers] = {}
    roots = {}
    results: dict[tuple[str, ...], Result] = {}

    def result_of(answers: Answers) -> Result:
        key = tuple(answers.values())
        if key not in results:
            results[key] = score(answers)
        return results[key]

    for kind, of in (("because", _reasons), ("change", _changes)):

        def leaf(answers: Answers, of: Any = of) -> Leaf:  # noqa: ANN401 - bound in the loop
            made: Leaf = of(result_of(answers), answers)
            found.setdefault(made, answers)
            return made

        # Whether the scope is confirmed or unknown makes no difference to reasons and changes.
        inside = diagram.add(leaf, _SCOPED, {SCOPE: "yes"})
        outside = diagram.add(leaf, (), {SCOPE: "no", **dict.fromkeys(_SCOPED, "unknown")})
        branches = {"yes": inside, "no": outside, "unknown": inside}
        roots[kind] = diagram.branch(SCOPE, [branches[answer] for answer in ANSWERS])
    return {
        "nodes": diagram.encode(),
        "roots": roots,
        "leaves": [[found[leaf][fact] for fact in IDS] for leaf in diagram.leaves],
        "kinds": [leaf[0] for leaf in diagram.leaves],
    }


def _reasons(result: Result, answers: Answers) -> Leaf:
    because, not_no = reasons_of(result, improvements(result, answers), answers)
    is_clarify = result.verdict == "clarify_first"
    return "because", is_clarify, len(result.reasons), tuple(because), not_no


def _changes(result: Result, answers: Answers) -> Leaf:
    has_better = result.verdict in ("step_back", "clarify_first")
    return "change", has_better, 0, tuple(improvements(result, answers)), ()
