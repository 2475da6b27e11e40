"""How Hypothesis looks for examples in the unit tests."""

from hypothesis import HealthCheck, settings

from tests.support.sampling import count

settings.register_profile(
    "unit",
    max_examples=count(25, soak=1_000),
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unit")
