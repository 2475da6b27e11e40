"""Random checks and stages, beside samples of states."""

from collections.abc import Iterator
from random import Random

from checklist.advice import CHECKS, STAGES, Situation, situation_of
from checklist.rules import ANSWERS, Answers
from tests.support.sampling import randomness
from tests.support.states import sample_of_states


def random_checks(random: Random) -> Answers:
    """Return answers to some of the checks; the fewer, the more likely."""
    some = random.sample(CHECKS, random.choice((0, 1, 1, 2, 3, len(CHECKS))))
    return {check.id: random.choice(ANSWERS) for check in some}


def sample_of_situations(number: int, name: str) -> Iterator[Situation]:
    """Yield random situations: states with random checks and stages."""
    random = randomness(name)
    for answers in sample_of_states(number, name):
        yield situation_of(answers, random_checks(random), random.choice(STAGES))
