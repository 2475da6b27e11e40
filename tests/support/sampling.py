"""Random samples: a new seed for each run, printed, and as many samples as the run has time for.

``make test`` takes a part of what ``make soak`` takes (``SOAK=1``). ``SEED=… make test`` repeats a
run's samples. ``make mutants`` runs the tests thousands of times and takes few (``MUTANTS=1``).
"""

import os
import random
from typing import Final

SEED: Final = "SEED"
"""The variable with the seed; all processes of one run have the same."""

IS_SOAK: Final = bool(os.environ.get("SOAK"))
IS_MUTANTS: Final = bool(os.environ.get("MUTANTS"))


def choose_seed() -> str:
    """Return the seed of this run, a new one unless the environment names it."""
    return os.environ.setdefault(SEED, str(random.SystemRandom().randrange(10**9)))


def randomness(name: str) -> random.Random:
    """Return a source of random numbers for one test, by the run's seed and the test's name."""
    return random.Random(f"{choose_seed()} {name}")


def count(few: int, *, soak: int) -> int:
    """Return how many samples to take."""
    if IS_MUTANTS:
        return max(5, few // 20)
    return soak if IS_SOAK else few
