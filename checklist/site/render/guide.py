"""The parts of the guide that are made of the rule and the words: what markers put into pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.clients import Client, write_link
from checklist.rules import (
    FACTS,
    RULE,
    SIGNS,
    WALL,
    Condition,
    parse_answers,
    score,
)
from checklist.site.render.drawings import Caption, Outcome, Step, chain, loop, path
from checklist.site.render.form import groups, question, shown_line
from checklist.site.render.markers import Maker
from checklist.site.render.worked_cases import WorkedCase
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts
from checklist.texts.explanation import explain
from checklist.views.letters import letter
from checklist.views.losses import LOSSES
from checklist.views.wording import answer_in_words

_FACTS: Final = {fact.id: fact for fact in FACTS}
_SIGNS: Final = {sign.id: sign for sign in SIGNS}
_WALL_PAGE: Final = "wall"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the guide's parts lead: addresses relative to the page they stand on."""

    source: Callable[[str], str]
    """The article's phrase behind an id."""
    checklist: str


def guide_makers(texts: Texts, places: Places, cases: Mapping[str, WorkedCase]) -> dict[str, Maker]:
    """Return what makes each of the guide's markers, by the marker's name.

    A maker raises ``LookupError`` or ``ValueError`` for words that it does not know.
    """
    guide = _Guide(texts, places, cases)
    return {
        "quote": guide.quote,
        "conditions": guide.conditions,
        "open": guide.open_group,
        "drawing": guide.drawing,
        "case": guide.worked_case,
        "say": guide.words_to_say,
        "letter": guide.sample_letter,
        "losses": guide.losses,
        "advice": guide.advice,
        "rule": guide.rule,
        "paper": guide.paper,
    }


def facts_of_page(id_: str) -> list[str]:
    """Return the facts that the page of a sign, or of the wall, is about.

    Raises ``LookupError`` for another id.
    """
    if id_ == _WALL_PAGE:
        return [WALL]
    return [fact for condition in _SIGNS[id_].conditions for fact in condition.facts]


@dataclass(frozen=True, slots=True)
class _Guide:
    texts: Texts
    places: Places
    cases: Mapping[str, WorkedCase]

    def quote(self, key: str) -> str:
        """The article's sentence under a key of the texts, such as ``signs.adrift``."""
        id_ = key.rpartition(".")[2]
        return self._part("quote", self.texts, self.texts(f"{key}.source"), self.places.source(id_))

    def conditions(self, sign: str) -> str:
        """Each fact of a sign: how to tell, what to ask, what helps, which clause carries it."""
        items = [self._condition(sign, fact) for fact in facts_of_page(sign)]
        return self._part("conditions", self.texts, items)

    def open_group(self, group: str) -> str:
        """A link to one group of the checklist's questions."""
        facts_of_page(group)
        return self._part("open_group", self.texts, f"{self.places.checklist}#{group}")

    def drawing(self, name: str) -> str:
        """A sign, the wall, the whole rule, or the way from first talk to decision."""
        if name == "rule":
            return self._drawn_rule()
        if name == "way":
            return self._drawn_way()
        return self._drawn_wall() if name == _WALL_PAGE else self._drawn_sign(name)

    def worked_case(self, id_: str) -> str:
        """The verdict of a worked case, computed now, with its reason and its answers."""
        case = Client({}, self.cases[id_].answers)
        answers = parse_answers(case.answers)
        explained = explain(score(answers), answers, self.texts)
        source = explained["source"]
        shown = explained | {
            "because": explained["because"][0] if explained["because"] else [],
            "source": source and source | {"href": self.places.source(source["id"])},
            "rows": [
                {
                    "question": self.texts(f"facts.{fact.id}.question"),
                    "answer": answer_in_words(case.answers.get(fact.id), self.texts),
                }
                for fact in FACTS
            ],
            "href": f"{self.places.checklist}#c={write_link(case)}",
        }
        return self._part("worked_case", self.texts, shown)

    def words_to_say(self, *facts: str) -> str:
        """The words to ask about some facts, each with what it finds out."""
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
        """A letter of one kind, as it is made from the answers of a worked case."""
        text = letter(kind, Client({}, self.cases[id_].answers), self.texts)
        if not text:
            raise ValueError(f"the answers of {id_} call for no such letter")
        return self._part("sample_letter", self.texts, text)

    def losses(self) -> str:
        """The article's four losses, for both sides."""
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

    def advice(self, *notes: str) -> str:
        """What the article says is no reason to refuse, with what to do about it."""
        items = [
            {
                "question": self.texts(f"context.{note}.question"),
                "advice": self.texts(f"context.{note}.advice"),
                "href": self.places.source(note),
            }
            for note in notes
        ]
        return self._part("advice", items)

    def rule(self) -> str:
        """The rule as a table."""
        lines = [shown_line(line, self.texts) for line in RULE]
        template: Any = TEMPLATES.get_template("rule.html").module
        return str(template.rule_table(lines, self.texts))

    def paper(self) -> str:
        """The questions and the rule, to print and to fill in by hand."""
        lines = [shown_line(line, self.texts) for line in RULE]
        return self._part("paper", self.texts, list(groups(self.texts, self.places.source)), lines)

    def _condition(self, sign: str, fact: str) -> dict[str, Any]:
        asked = question(fact, self.texts, self.places.source, sign)
        needs = self._needs(sign, fact)
        can_mend = needs == _FACTS[fact].bad
        return {
            "fact": asked.fact,
            "question": asked.question,
            "part": self.texts("guide.part", answer=self.texts(f"page.{needs}")),
            "looks_yes": asked.looks_yes,
            "looks_no": asked.looks_no,
            "ask": asked.ask,
            "find_out": asked.find_out,
            "remedy": self.texts(f"facts.{fact}.remedy") if can_mend else "",
            "clause": self.texts(f"facts.{fact}.clause") if can_mend else "",
        }

    @staticmethod
    def _needs(sign: str, fact: str) -> str:
        if sign == _WALL_PAGE:
            return _FACTS[fact].bad
        return next(one.needs for one in _SIGNS[sign].conditions if fact in one.facts)

    def _drawn_sign(self, id_: str) -> str:
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

    def _drawn_wall(self) -> str:
        caption = Caption(
            "drawn-wall", self.texts("groups.wall.title"), self.texts("drawings.wall.about")
        )
        boxes = self.texts.lines("drawings.wall.boxes")
        return chain(caption, boxes, self.texts("drawings.then"), self._outcome("step_back"))

    def _drawn_rule(self) -> str:
        *lines, last = RULE
        steps = [
            Step(shown_line(line, self.texts)["when"], self._outcome(line.verdict))
            for line in lines
        ]
        words = (self.texts("page.yes").lower(), self.texts("page.no").lower())
        return path(self._caption("rule"), steps, words, self._outcome(last.verdict))

    def _drawn_way(self) -> str:
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
