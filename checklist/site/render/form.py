"""Render the checklist from the rule and the texts; the form is complete without scripts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from checklist.advice import KINDS, REASONS
from checklist.clients import DECISIONS, PROJECT_RESULTS
from checklist.rules import FACTS, RULE, SCOPE, SIGNS, WALL, Line, Sign, score
from checklist.site.render.article import CONTEXT
from checklist.site.render.checks import check_groups, stage_choices
from checklist.site.render.script_data import script_settings
from checklist.site.templates import TEMPLATES
from checklist.texts import LANGUAGES, Texts

type Href = Callable[[str], str]

_LANGUAGE_NAMES: Final = {"ru": "page.in_russian", "en": "page.in_english"}


@dataclass(frozen=True, slots=True)
class Question:
    """The texts and links of one radio group."""

    fact: str
    question: str
    looks_yes: tuple[str, ...]
    looks_no: tuple[str, ...]
    caution: str
    ask: str
    find_out: str
    source: str
    source_href: str
    shared_with: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one sign, of the rule's scope, or of the wall."""

    id: str
    title: str
    lead: str
    source: str
    source_href: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that the checklist links to, relative to its page."""

    source: Href
    """Returns the address of the article's phrase for a fact or sign."""
    sign: Href
    """Returns the address of the page about a sign or the wall."""
    contact: str
    """The page on which person to answer about."""
    beside: Mapping[str, str]
    """The page about the checks (``guide``), and the page about each stage of the work."""
    clients: str
    """The page that lists all clients."""
    app: str
    """The folder of the bundle."""


def render_checklist(texts: Texts, links: Links, settings: dict[str, Any], first: Markup) -> str:
    """Return the form, the result and the rule's table as HTML.

    ``settings`` is passed on to the page's modules, ``first`` is the inline script.
    """
    return TEMPLATES.get_template("checklist.html").render(
        t=texts,
        groups=list(groups(texts, links.source)),
        sign_href=links.sign,
        contact=links.contact,
        first_question=question(score({}).ask_next[0], texts, links.source, ""),
        signs=[_shown_sign(sign, texts) for sign in SIGNS],
        lines=[shown_line(line, texts) for line in RULE],
        check_groups=check_groups(texts),
        stages=stage_choices(texts),
        beside=links.beside,
        notes=[{"id": note, "href": links.source(note)} for note in CONTEXT],
        kinds=KINDS,
        reasons=REASONS,
        languages=[(lang, texts(_LANGUAGE_NAMES[lang])) for lang in LANGUAGES],
        decisions=DECISIONS,
        courses=PROJECT_RESULTS,
        clients=links.clients,
        script=f"{links.app}/main.js",
        style=f"{links.app}/checklist.css",
        settings=script_settings(settings, texts),
        first=first,
    )


def groups(texts: Texts, source_href: Href) -> Iterator[Group]:
    """Yield the groups of the form; a fact that belongs to several is in the first of them."""
    placed: set[str] = set()
    for id_, section, facts in (
        ("scope", "groups.scope", [SCOPE]),
        *((sign.id, f"signs.{sign.id}", _facts_of(sign)) for sign in SIGNS),
        ("wall", "groups.wall", [WALL]),
    ):
        new = [fact for fact in facts if fact not in placed]
        placed.update(new)
        questions = tuple(question(fact, texts, source_href, id_) for fact in new)
        is_sign = section.startswith("signs.")
        yield Group(
            id=id_,
            title=texts(f"{section}.heading"),
            lead=texts(f"{section}.lead"),
            source=texts(f"{section}.source" if is_sign else f"facts.{facts[0]}.source"),
            source_href=source_href(id_ if is_sign else facts[0]),
            questions=questions,
        )


def _facts_of(sign: Sign) -> list[str]:
    return [fact for condition in sign.conditions for fact in condition.facts]


def question(fact: str, texts: Texts, source_href: Href, group: str) -> Question:
    """Return the radio group for a fact, as shown in the group with the id ``group``."""
    key = f"facts.{fact}"
    others = [sign.id for sign in SIGNS if sign.id != group and fact in _facts_of(sign)]
    return Question(
        fact=fact,
        question=texts(f"{key}.question"),
        looks_yes=texts.lines(f"{key}.looks_yes"),
        looks_no=texts.lines(f"{key}.looks_no"),
        caution=texts(f"{key}.caution"),
        ask=texts(f"{key}.ask"),
        find_out=texts(f"{key}.find_out"),
        source=texts(f"{key}.source"),
        source_href=source_href(fact),
        shared_with=texts(f"signs.{others[0]}.title") if others else "",
    )


def _shown_sign(sign: Sign, texts: Texts) -> dict[str, Any]:
    known = {fact.id: fact for fact in FACTS}
    return {
        "id": sign.id,
        "title": texts(f"signs.{sign.id}.title"),
        "conditions": [
            {
                "text": texts(
                    f"facts.{condition.id}.question"
                    if condition.id in known
                    else f"signs.{sign.id}.{condition.id}.unknown"
                ),
                "is_good": condition.needs != known[condition.facts[0]].bad,
            }
            for condition in sign.conditions
        ],
    }


def shown_line(line: Line, texts: Texts) -> dict[str, str]:
    """Return the texts of one line of the rule: ``when``, ``verdict`` (an id) and ``then``."""
    is_sign = line.id in {sign.id for sign in SIGNS}
    return {
        "when": texts(f"signs.{line.id}.rule" if is_sign else f"table.lines.{line.id}"),
        "verdict": line.verdict,
        "then": texts(f"verdicts.{line.verdict}.title"),
    }
