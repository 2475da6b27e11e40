"""What taking a file in would do, said before it is done."""

from collections.abc import Iterable

from checklist.clients import Arrival
from checklist.texts import Texts
from checklist.views.wording import short_name_of, verdict_in_words


def arrivals_in_words(found: Iterable[Arrival], texts: Texts) -> list[str]:
    """Return a sentence for each case of the file."""
    return [_in_words(arrival, texts) for arrival in found]


def _in_words(arrival: Arrival, texts: Texts) -> str:
    name = short_name_of(arrival.client, texts)
    verdict = verdict_in_words(arrival.client, texts)
    if arrival.differs:
        questions = "; ".join(texts(f"facts.{fact}.question") for fact in arrival.differs)
        return texts("import.copy_differs", name=name, verdict=verdict, questions=questions)
    return texts(f"import.{arrival.kind}", name=name, verdict=verdict)
