"""What a browser really fetches before Python answers."""

from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.metered_host import hosted
from tests.support.server import Site
from tests.support.visitor import Arrive

MOST_BYTES = 2_300_000
MOST_REQUESTS = 22


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verdict_by_python_is_light(arrive: Arrive, built: Path, lang: str) -> None:
    """All that is sent before Python's first verdict, by a host that compresses."""
    with hosted(built) as host:
        visitor = arrive(Site(host.address), lang)
        visitor.open_scored()
        sent = dict(host.sent)
    assert sum(sent.values()) <= MOST_BYTES
    assert len(sent) <= MOST_REQUESTS
    assert [path for path in sent if "/runtime/" in path] == [
        path for path in sent if path.endswith("/python.packed")
    ]
