"""Random valid records, generated from the table of fields."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any, Final

from checklist.clients import shapes
from checklist.clients.fields import RECORD
from checklist.rules import ANSWERS, FACTS, RULES_VERSION

_IDS: Final = tuple(fact.id for fact in FACTS)
_MAX_ITEMS: Final = 3
_MAX_LENGTH: Final = 50
_CODE_POINTS: Final = (
    *((0x20, 0x7E), (0x410, 0x44F), (0x20, 0xFF), (0x20, 0x45F)),
    *((0, 0x2FFF), (0x3040, 0xD7FF), (0x1F300, 0x1FAFF), (0xE000, 0x10FFFF)),
)
_MAX_TIMESTAMP: Final = 2**34
_MAX_OFFSET_MINUTES: Final = 14 * 60
_TIME_FORMATS: Final = (
    *("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M"),
    *("%Y-%m-%d", "%Y%m%dT%H%M%SZ", "%G-W%V-%u"),
)


def random_text(random: Random) -> str:
    """Return a text of up to 49 characters of any script, control characters included."""
    first, last = random.choice(_CODE_POINTS)
    codes = random.choices(range(first, last + 1), k=random.randrange(_MAX_LENGTH))
    return "".join(map(chr, codes))


def random_time(random: Random) -> str:
    """Return a time in one of several ISO 8601 formats, mostly in that of the page."""
    offset = timezone(timedelta(minutes=random.randint(-_MAX_OFFSET_MINUTES, _MAX_OFFSET_MINUTES)))
    moment = datetime.fromtimestamp(random.randrange(_MAX_TIMESTAMP), random.choice((UTC, offset)))
    if random.choice((True, False)):
        return moment.isoformat()
    return moment.strftime(random.choice(_TIME_FORMATS))


def random_number(random: Random) -> int | float:
    """Return a number from 0 to 10**15, whole or not."""
    number = random.uniform(0, 10 ** random.randrange(16))
    return random.choice((number, int(number), round(number, 2)))


@dataclass(frozen=True, slots=True)
class Samples:
    """Generates records; ``present`` is the probability of each optional field."""

    random: Random
    present: float = 0.5
    text: Callable[[Random], str] = random_text
    time: Callable[[Random], str] = random_time

    def record(self) -> dict[str, Any]:
        """Return a valid record."""
        record: dict[str, Any] = self.value(RECORD)
        return record

    def value(self, shape: shapes.Shape) -> Any:  # noqa: ANN401 - JSON
        """Return a valid value of a shape, as JSON has it."""
        match shape:
            case shapes.OneOf():
                return self.random.choice(shape.words)
            case shapes.ListOf():
                return [self.value(shape.item) for _ in range(self.random.randint(0, _MAX_ITEMS))]
            case shapes.MappingTo():
                keys = shape.keys or _IDS
                some = self.random.sample(keys, self.random.randint(0, len(keys)))
                return {key: self.value(shape.value) for key in some}
            case shapes.Group():
                return {
                    field.name: self._field(field) for field in shape.fields if self._has(field)
                }
            case _:
                return self._plain(shape)

    def _has(self, field: shapes.Field) -> bool:
        return field.required or self.random.random() < self.present

    def _field(self, field: shapes.Field) -> object:
        if field.or_null and self.random.random() > self.present:
            return None
        return self.value(field.shape)

    def _plain(self, shape: shapes.Shape) -> object:
        match shape:
            case shapes.Text():
                return self.text(self.random)
            case shapes.Time():
                return self.time(self.random)
            case shapes.Number():
                return random_number(self.random)
            case shapes.Version():
                return self.random.choice((RULES_VERSION, RULES_VERSION, "0.9"))
            case shapes.Change():
                return self.random.choices((*ANSWERS, None), k=2)
            case _:
                raise TypeError(shape)
