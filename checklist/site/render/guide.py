"""Render the parts of the guide that markers put into pages, from the rule and the texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.advice import situation_of
from checklist.clients import write_link
from checklist.rules import (
    FACTS,
    RULE,
    SIGNS,
    WALL,
    Condition,
    parse_answers,
    score,
)
from checklist.site.render.checks import check_groups, stage_choices
from checklist.site.render.drawings import Caption, Outcome, Step, chain, loop, path
from checklist.site.render.form import groups, shown_line
from checklist.site.render.markers import Maker
from checklist.site.render.worked_cases import WorkedCase
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts
from checklist.texts.explanation import explain, in_one_line
from checklist.views.letters import letter
from checklist.views.losses import LOSSES
from checklist.views.notices import advise
from checklist.views.wording import answer_in_words

_FACTS: Final = {fact.id: fact for fact in FACTS}
_SIGNS: Final = {sign.id: sign for sign in SIGNS}
_WALL_PAGE: Final = "wall"


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses that parts of the guide link to, relative to their page."""

    source: Callable[[str], str]
    """Returns the address of the article's phrase with an id."""
    checklist: str


def guide_makers(texts: Texts, places: Places, cases: Mapping[str, WorkedCase]) -> dict[str, Maker]:
    """Return the function that renders each marker of the guide, by the marker's name.

    The functions raise ``LookupError`` or ``ValueError`` for invalid arguments.
    """
    guide = _Guide(texts, places, cases)
    return {
        "quote": guide.quote,
        "conditions": guide.conditions,
        "open": guide.open_group,
        "drawing": guide.drawing,
        "case": guide.worked_case,
        "check": guide.check,
        "say": guide.words_to_say,
        "letter": guide.sample_letter,
        "losses": guide.losses,
        "rule": guide.rule,
        "paper": guide.paper,
    }


def facts_of_page(id_: str) -> list[str]:
    """Return the ids of the facts on the page about a sign or the wall.

    Raises ``LookupError`` for any other id.
    """
    if id_ == _WALL_PAGE:
        return [WALL]
    return [fact for condition in _SIGNS[id_].conditions for fact in condition.facts]


@dataclass(frozen=True, slots=True)
class _Guide:
    """Renders the parts; each public method is the function of one marker."""

    texts: Texts
    places: Places
    cases: Mapping[str, WorkedCase]

    def quote(self, key: str) -> str:
        """Return a quotation of the article by its key in the texts, such as ``signs.adrift``."""
        id_ = key.rpartition(".")[2]
        return self._part("quote", self.texts, self.texts(f"{key}.source"), self.places.source(id_))

    def conditions(self, sign: str) -> str:
        """Return for each fact of a sign its question in the checklist and what helps."""
        items = [self._condition(sign, fact) for fact in facts_of_page(sign)]
        return self._part("conditions", self.texts, items)

    def open_group(self, group: str) -> str:
        """Return a link to one group of the checklist's questions."""
        facts_of_page(group)
        return self._part("open_group", self.texts, f"{self.places.checklist}#{group}")

    def drawing(self, name: str) -> str:
        """Return the drawing of a sign, the wall, the rule or the process."""
        if name == "rule":
            return self._draw_rule()
        if name == "way":
            return self._draw_process()
        return self._draw_wall() if name == _WALL_PAGE else self._draw_sign(name)

    def worked_case(self, id_: str) -> str:
        """Return the verdict of a worked case, with its reason and answers."""
        case = self.cases[id_].client
        answers = parse_answers(case.answers)
        explained = explain(score(answers), answers, self.texts)
        source = explained["source"]
        shown = explained | {
            "because": explained["because"][0] if explained["because"] else [],
            "change": [in_one_line(each, self.texts) for each in explained["change"]],
            "source": source and source | {"href": self.places.source(source["id"])},
            "rows": [
                {
                    "question": self.texts(f"facts.{fact.id}.question"),
                    "answer": answer_in_words(case.answers.get(fact.id), self.texts),
                }
                for fact in FACTS
            ],
            "notices": advise(situation_of(case.answers, case.checks, case.stage), self.texts),
            "href": f"{self.places.checklist}#c={write_link(case)}",
        }
        return self._part("worked_case", self.texts, shown)

    def check(self, id_: str) -> str:
        """Return what to say to the client about a check, and the clause."""
        item = {part: self.texts(f"checks.{id_}.{part}") for part in ("say", "clause")}
        return self._part("check", self.texts, item)

    def words_to_say(self, *facts: str) -> str:
        """Return for some facts the question to put to the client, and what it finds out."""
        items = [
            {
                "ask": self.texts(f"facts.{fact}.ask"),
                "question": self.texts(f"facts.{fact}.question"),
                "href": f"{self.places.checklist}#q-{fact}",
                "source": self.places.source(fact),
            }
            for fact in facts
        ]
        return self._part("words_to_say", self.texts, items)

    def sample_letter(self, kind: str, id_: str) -> str:
        """Return a letter of one kind for the answers of a worked case."""
        text = letter(kind, self.cases[id_].client, self.texts)
        if not text:
            raise ValueError(f"the answers of {id_} call for no such letter")
        return self._part("sample_letter", self.texts, text)

    def losses(self) -> str:
        """Return the article's four losses, for both sides."""
        rows = [
            {
                "title": self.texts(f"losses.{loss}.title"),
                "you": self.texts(f"losses.{loss}.you"),
                "client": self.texts(f"losses.{loss}.client"),
                "href": self.places.source(loss),
            }
            for loss in LOSSES
        ]
        return self._part("losses", self.texts, rows)

    def rule(self) -> str:
        """Return the rule as a table."""
        lines = [shown_line(line, self.texts) for line in RULE]
        template: Any = TEMPLATES.get_template("rule.html").module
        return str(template.rule_table(lines, self.texts))

    def paper(self) -> str:
        """Return the questions, the rule, and what stands beside it, as a form to print."""
        facts = [
            {"title": group.title, "questions": [one.question for one in group.questions]}
            for group in groups(self.texts, self.places.source)
        ]
        lines = [shown_line(line, self.texts) for line in RULE]
        checks = [
            {"title": group.title, "questions": [one.question for one in group.checks]}
            for group in check_groups(self.texts)
        ]
        stages = [stage.label for stage in stage_choices(self.texts)]
        return self._part("paper", self.texts, facts, lines, checks, stages)

    def _condition(self, sign: str, fact: str) -> dict[str, Any]:
        needs = self._needs(sign, fact)
        has_remedy = needs == _FACTS[fact].bad
        return {
            "fact": fact,
            "question": self.texts(f"facts.{fact}.question"),
            "href": f"{self.places.checklist}#q-{fact}",
            "part": self.texts("guide.part", answer=self.texts(f"page.{needs}")),
            "remedy": self.texts(f"facts.{fact}.remedy") if has_remedy else "",
            "clause": self.texts(f"facts.{fact}.clause") if has_remedy else "",
        }

    @staticmethod
    def _needs(sign: str, fact: str) -> str:
        if sign == _WALL_PAGE:
            return _FACTS[fact].bad
        return next(one.needs for one in _SIGNS[sign].conditions if fact in one.facts)

    def _draw_sign(self, id_: str) -> str:
        sign = _SIGNS[id_]
        caption = Caption(
            f"drawn-{id_}",
            self.texts(f"signs.{id_}.title"),
            self.texts("drawings.sign", rule=self.texts(f"signs.{id_}.rule")),
        )
        boxes = [self._met(id_, condition) for condition in sign.conditions]
        return chain(caption, boxes, self.texts("drawings.and"), self._outcome("step_back"))

    def _met(self, sign: str, condition: Condition) -> str:
        if condition.id in _FACTS:
            return self.texts(f"facts.{condition.id}.{condition.needs}")
        return self.texts(f"signs.{sign}.{condition.id}.met")

    def _draw_wall(self) -> str:
        caption = Caption(
            "drawn-wall", self.texts("groups.wall.title"), self.texts("drawings.wall.about")
        )
        boxes = self.texts.lines("drawings.wall.boxes")
        return chain(caption, boxes, self.texts("drawings.then"), self._outcome("step_back"))

    def _draw_rule(self) -> str:
        *lines, last = RULE
        steps = [
            Step(shown_line(line, self.texts)["when"], self._outcome(line.verdict))
            for line in lines
        ]
        words = (self.texts("page.yes").lower(), self.texts("page.no").lower())
        return path(self._caption("rule"), steps, words, self._outcome(last.verdict))

    def _draw_process(self) -> str:
        boxes = self.texts.lines("drawings.way.boxes")
        return loop(self._caption("way"), boxes, (2, 1, self.texts("drawings.way.back")))

    def _caption(self, name: str) -> Caption:
        key = f"drawings.{name}"
        return Caption(f"drawn-{name}", self.texts(f"{key}.title"), self.texts(f"{key}.about"))

    def _outcome(self, verdict: str) -> Outcome:
        return Outcome(verdict, self.texts(f"verdicts.{verdict}.title"))

    @staticmethod
    def _part(name: str, *values: object) -> str:
        template: Any = TEMPLATES.get_template("guide.html").module
        return str(getattr(template, name)(*values))
