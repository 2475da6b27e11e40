"""Time limits that guard against a hang; none of them says how fast anything has to be."""

from typing import Final

TIMEOUT_SECONDS: Final = 300
TIMEOUT_MS: Final = 1_000 * TIMEOUT_SECONDS
"""How long a test waits for a condition, however busy the machine is."""

PAGE_LIMIT_MS: Final = 2 * TIMEOUT_MS
"""How long the pages under test wait for Python: longer than any test waits for them."""
