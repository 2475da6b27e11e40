"""Every distinct sentence of the views, to be read: ``python -m tests.support.sentences``.

One file for each language in ``build/sentences``. The result is made for all states; agenda, losses
and e-mails for one of those that have the same verdict, signs and questions, and for each check at
each stage of the work; what depends on a history or on several clients, for a sample. An argument
is the number of states to take instead.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Final

from checklist.advice import CHECKS, KINDS, REASONS, STAGES, situation_of, topics
from checklist.clients import PROJECT_RESULTS, Client, ImportItem, Migration
from checklist.rules import ANSWERS, FACTS, SCOPE, SCORED, Answers, score
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import explain
from checklist.views.agenda import agenda
from checklist.views.comparison import comparison
from checklist.views.documents import Document
from checklist.views.history import history
from checklist.views.import_preview import describe_import
from checklist.views.letters import Options, fitting_kind, letter, why_none
from checklist.views.losses import losses
from checklist.views.migration import describe_migration
from checklist.views.notices import advise, notice_line, signing_line
from checklist.views.overview import overview
from checklist.views.sheet import sheet
from tests.support.answers import AT
from tests.support.states import sample_of_states

FOLDER: Final = Path("build/sentences")
WHOLE_LETTERS: Final = 12
"""So many complete e-mails of each kind are shown, those with different parts first."""
SAMPLE: Final = 300
NUMBER: Final = re.compile(r"^\d+\. ")

type Sentences = dict[str, dict[str, None]]
"""By heading, in the order in which they were found."""


def all_states() -> Iterator[Answers]:
    """Yield the empty form, all states out of scope that differ, and all states of the rule."""
    for state in product(ANSWERS, repeat=len(SCORED)):
        yield {SCOPE: "yes", **dict(zip(SCORED, state, strict=True))}
    for fact in FACTS[1:]:
        for answer in ANSWERS:
            yield {**dict.fromkeys(SCORED, "unknown"), SCOPE: "no", fact.id: answer}


def strings_in(value: object) -> Iterator[str]:
    """Yield the strings of plain values that are shown: not ids, and not the names of keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        hidden = ("fact", "id", "kind", "state", "status", "source")
        for key, one in value.items():
            if key == "source" and isinstance(one, Mapping):
                yield one["text"]
            elif key not in hidden:
                yield from strings_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)


def of_results(states: Iterator[Answers], texts: Texts, found: Sentences) -> list[Answers]:
    """Add what is said of the result of each state; return those that differ in what follows."""
    different: dict[object, Answers] = {}
    for answers in states:
        result = score(answers)
        for key, value in explain(result, answers, texts).items():
            found[f"Result: {key}"].update(dict.fromkeys(strings_in(value)))
        signs = tuple(sign.status for sign in result.signs)
        follows = (result.verdict, signs, topics(answers, result), result.ask_next[:1])
        different.setdefault(follows, answers)
    return [*different.values()]


def of_a_client(client: Client, texts: Texts, found: Sentences) -> None:
    """Add the documents, the advice and the e-mails of one client."""
    for view in (agenda, losses):
        found[view.__name__].update(of_a_document(view(client, texts)))
    advice = advise(situation_of(client.answers, client.checks, client.stage), texts)
    found["Notices"].update(
        dict.fromkeys(
            [
                *(f"{one['weight_text']}: {notice_line(one, texts)}" for one in advice["notices"]),
                *(signing_line(one, texts) for one in advice["signing"]),
            ]
        )
    )
    for kind in KINDS:
        of_a_letter(kind, client, texts, found)


def of_a_letter(kind: str, client: Client, texts: Texts, found: Sentences) -> None:
    """Add an e-mail: its new lines, and the whole if it has any; or why there is none."""
    every = [Options()]
    if kind == "refusal":
        every += [Options(better="[someone]"), *(Options(reason=reason) for reason in REASONS)]
    for options in every:
        text = letter(kind, client, texts, options)
        which_fit = texts("letters.fitting", titles="|").partition("|")[0]
        lines = text.splitlines() or [why_none(kind, client, texts).partition(which_fit)[0]]
        lines = [NUMBER.sub("", line) for line in lines]
        new = [line for line in lines if line and line not in found[f"E-mail: {kind}"]]
        found[f"E-mail: {kind}"].update(dict.fromkeys(new))
        whole = found[f"Whole: {kind}"]
        if text and new and len(whole) < WHOLE_LETTERS:
            whole[f"{text}\n(fits: {fitting_kind(client)})\n"] = None


def with_checks(sample: int) -> Iterator[Client]:
    """Yield one client of each verdict at each stage, with no check, each alone, and two that meet.

    An invoice has a sentence for a client who pays late because somebody else has not paid them.
    """
    states = {score(one).possible: one for one in sample_of_states(sample)}
    sets = ((), *((check.id,) for check in CHECKS), ("pays_late", "paid_when_paid"))
    for answers, stage, ids in product(states.values(), STAGES, sets):
        checks = dict.fromkeys(ids, "yes")
        yield Client({"answers": answers, "stage": stage, "checks": checks}, answers)


def of_a_document(document: Document) -> dict[str, None]:
    """Return the strings of a document."""
    return dict.fromkeys(NUMBER.sub("", one) for one in strings_in(document.as_dict()))


def of_records(sample: int, texts: Texts, found: Sentences) -> None:
    """Add what is said of histories, of several clients, of imports and of older rules."""
    states = list(sample_of_states(sample, "sentences to read"))
    for before, after in pairwise(states):
        differing = [fact for fact in SCORED if before[fact] != after[fact]][:1]
        changed = {fact: [before[fact], after[fact]] for fact in differing}
        log: list[dict[str, Any]] = [
            {"at": AT, "meeting": "[words]"},
            {"at": AT, "answers": changed},
            {"at": AT, "note": "decides", "text": ""},
            {"at": AT, "decision": "taken"},
            {"at": AT, "decision": "declined"},
            {"at": AT, "rules": "1.0"},
        ]
        line: dict[str, Any] = {
            "log": log,
            "changed": AT,
            "staying": "[reason]",
            "outcome": {"decision": "taken", "went": PROJECT_RESULTS[0], "words": "[words]"},
        }
        now = {**before, **{fact: after[fact] for fact in differing}}
        client, other = Client(line | {"answers": now}, now), Client({"answers": after}, after)
        found["History"].update(of_a_document(history(client, texts)))
        found["Comparison"].update(of_a_document(comparison([client, other], texts)))
        found["Sheet"].update(of_a_document(sheet(client, texts)))
        found["List of clients"].update(dict.fromkeys(strings_in(overview([client], texts))))
        for item in (ImportItem("new", client), ImportItem("copy", client, ("decides",))):
            found["Import"].update(dict.fromkeys(describe_import([item], texts)))
    empty = Client({"answers": {}}, {})
    for then in (None, ("work",), ("step_back",), ("work", "step_back")):
        migration = Migration(empty, "0.9", then, ("work",), ())
        found["Older rules"].update(dict.fromkeys(describe_migration(migration, texts)))


def sentences(texts: Texts, states: Iterator[Answers], sample: int = SAMPLE) -> str:
    """Return all that can be said in one language, under headings."""
    found: Sentences = defaultdict(dict)
    for answers in of_results(states, texts, found):
        of_a_client(Client({"answers": answers}, answers), texts, found)
    for client in with_checks(sample):
        of_a_client(client, texts, found)
    of_records(sample, texts, found)
    parts = [
        f"# {heading}\n\n" + "\n".join(filter(None, texts)) for heading, texts in found.items()
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        states = sample_of_states(int(sys.argv[1])) if sys.argv[1:] else all_states()
        path = FOLDER / f"{lang}.txt"
        path.write_text(sentences(load(lang), states), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
