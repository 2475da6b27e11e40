"""Random samples: a new seed for each run, which is printed, and a number for the kind of run.

``make soak`` (``SOAK=1``) takes many more samples than ``make test``, and ``make mutants``
(``MUTANTS=1``), which runs the tests thousands of times, takes few. ``SEED=… make test`` repeats
the samples of a run.
"""

import os
import random
from typing import Final

SEED: Final = "SEED"
"""The environment variable with the seed, which all processes of a run share."""

IS_SOAK: Final = bool(os.environ.get("SOAK"))
IS_MUTANTS: Final = bool(os.environ.get("MUTANTS"))


def choose_seed() -> str:
    """Return the seed of this run, a new one unless the environment has one."""
    return os.environ.setdefault(SEED, str(random.SystemRandom().randrange(10**9)))


def randomness(name: str) -> random.Random:
    """Return a random number generator for one test, from the run's seed and the test's name."""
    return random.Random(f"{choose_seed()} {name}")


def count(few: int, *, soak: int) -> int:
    """Return how many samples to take."""
    if IS_MUTANTS:
        return max(5, few // 20)
    return soak if IS_SOAK else few
