"""Samples of states, where all 59,049 would take too long."""

import json
from collections.abc import Iterator
from itertools import cycle, product

from checklist.rules import ANSWERS, SCOPE, SCORED, Answers
from checklist.texts import LANGUAGES
from tests.support.sampling import randomness


def sample_of_states(count: int = 2_000, name: str = "states") -> Iterator[Answers]:
    """Yield the empty form, one out of scope, and a random sample of the rest."""
    states = list(product(ANSWERS, repeat=len(SCORED)))
    yield dict.fromkeys((SCOPE, *SCORED), "unknown")
    yield {**dict.fromkeys(SCORED, "unknown"), SCOPE: "no"}
    for state in randomness(name).sample(states, count):
        yield {SCOPE: "yes", **dict(zip(SCORED, state, strict=True))}


def sample_of_requests(count: int = 5_000) -> list[str]:
    """Return so many states as requests to the entry point, the languages alternating."""
    return [
        json.dumps({"lang": lang, "answers": answers})
        for lang, answers in zip(cycle(LANGUAGES), sample_of_states(count), strict=False)
    ]
