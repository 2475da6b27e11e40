"""The site on each kind of host, at its root and in a folder of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hosting.nginx import nginx, own_server
from tests.hosting.rules import HostRule, as_host, netlify_rules, vercel_rules

READERS = {"_headers": netlify_rules, "vercel.json": vercel_rules}
"""How each file of headers is read; ``nginx.conf`` nginx reads itself."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A built site, the address of its root, and the file its host takes headers from."""

    site: Path
    address: str
    file: str


@pytest.fixture(scope="session", params=["/", "/guide/"])
def base(request: pytest.FixtureRequest) -> str:
    """Where on the host the site lies."""
    return str(request.param)


@pytest.fixture(scope="session", params=[*READERS, "nginx.conf"])
def hosted(
    request: pytest.FixtureRequest, base: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    """The site on one of the hosts."""
    site: Path = request.getfixturevalue("built" if base == "/" else "built_in_folder")
    file = str(request.param)
    http = _http(file, site, base, tmp_path_factory.mktemp("published"))
    with nginx(http, tmp_path_factory.mktemp("nginx")) as address:
        yield Hosted(site, f"{address}{base}", file)


def _http(file: str, site: Path, base: str, publish: Path) -> Callable[[str], str]:
    if file == "nginx.conf":
        return own_server(site)
    rules: list[HostRule] = READERS[file]((site / file).read_text(encoding="utf-8"))
    if base == "/":
        return as_host(site, rules)
    (publish / base.strip("/")).symlink_to(site)
    (publish / "404.html").symlink_to(site / "404.html")  # such hosts look for it at their root
    return as_host(publish, rules)
