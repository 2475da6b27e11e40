"""Random valid records, drawn from the table of fields."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any, Final

from checklist.clients import shapes
from checklist.clients.fields import RECORD
from checklist.rules import ANSWERS, FACTS, RULES_VERSION

_IDS: Final = tuple(fact.id for fact in FACTS)
_MOST: Final = 3
_LONGEST: Final = 50
_ALPHABETS: Final = (
    *((0x20, 0x7E), (0x410, 0x44F), (0x20, 0xFF), (0x20, 0x45F)),
    *((0, 0x2FFF), (0x3040, 0xD7FF), (0x1F300, 0x1FAFF), (0xE000, 0x10FFFF)),
)
_LATEST: Final = 2**34
_LARGEST_OFFSET: Final = 14 * 60
_TIMES: Final = (
    *("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M"),
    *("%Y-%m-%d", "%Y%m%dT%H%M%SZ", "%G-W%V-%u"),
)


def random_text(chance: Random) -> str:
    """Return a short text in any script; some hold control characters."""
    first, last = chance.choice(_ALPHABETS)
    letters = chance.choices(range(first, last + 1), k=chance.randrange(_LONGEST))
    return "".join(map(chr, letters))


def random_time(chance: Random) -> str:
    """Return a time as some program may write it, mostly as the page does."""
    offset = timezone(timedelta(minutes=chance.randint(-_LARGEST_OFFSET, _LARGEST_OFFSET)))
    moment = datetime.fromtimestamp(chance.randrange(_LATEST), chance.choice((UTC, offset)))
    if chance.choice((True, False)):
        return moment.isoformat()
    return moment.strftime(chance.choice(_TIMES))


def random_number(chance: Random) -> int | float:
    """Return an amount of any size, whole or not."""
    number = chance.uniform(0, 10 ** chance.randrange(16))
    return chance.choice((number, int(number), round(number, 2)))


@dataclass(frozen=True, slots=True)
class Samples:
    """A source of records: ``present`` is how likely an optional field is there."""

    chance: Random
    present: float = 0.5
    text: Callable[[Random], str] = random_text
    time: Callable[[Random], str] = random_time

    def record(self) -> dict[str, Any]:
        """Return a record that the reader accepts."""
        record: dict[str, Any] = self.value(RECORD)
        return record

    def value(self, shape: shapes.Shape) -> Any:  # noqa: ANN401 - JSON
        """Return a value of a shape."""
        match shape:
            case shapes.OneOf():
                return self.chance.choice(shape.words)
            case shapes.ListOf():
                return [self.value(shape.item) for _ in range(self.chance.randint(0, _MOST))]
            case shapes.MappingTo():
                keys = shape.keys or _IDS
                some = self.chance.sample(keys, self.chance.randint(0, len(keys)))
                return {key: self.value(shape.value) for key in some}
            case shapes.Group():
                return {
                    field.name: self._field(field) for field in shape.fields if self._has(field)
                }
            case _:
                return self._plain(shape)

    def _has(self, field: shapes.Field) -> bool:
        return field.required or self.chance.random() < self.present

    def _field(self, field: shapes.Field) -> object:
        if field.or_null and self.chance.random() > self.present:
            return None
        return self.value(field.shape)

    def _plain(self, shape: shapes.Shape) -> object:
        match shape:
            case shapes.Text():
                return self.text(self.chance)
            case shapes.Time():
                return self.time(self.chance)
            case shapes.Number():
                return random_number(self.chance)
            case shapes.Version():
                return self.chance.choice((RULES_VERSION, RULES_VERSION, "0.9"))
            case shapes.Change():
                return self.chance.choices((*ANSWERS, None), k=2)
            case _:
                raise TypeError(shape)
