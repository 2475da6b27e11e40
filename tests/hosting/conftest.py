"""The site on each kind of host, at its root and in a folder of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.hosting.hosted import HOSTS, READERS, Hosted
from tests.support.hosting.nginx import nginx, own_server
from tests.support.hosting.rules import HostRule, as_host


@pytest.fixture(scope="session", params=["/", "/guide/"])
def base(request: pytest.FixtureRequest) -> str:
    """The path of the site on the host."""
    return str(request.param)


@pytest.fixture(scope="session", params=HOSTS)
def hosted(
    request: pytest.FixtureRequest, base: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    """The site on one kind of host."""
    site: Path = request.getfixturevalue("built" if base == "/" else "built_in_folder")
    host = str(request.param)
    http = _http(host, site, base, tmp_path_factory.mktemp("published"))
    with nginx(http, tmp_path_factory.mktemp("nginx")) as address:
        yield Hosted(site, f"{address}{base}", host)


def _http(host: str, site: Path, base: str, publish: Path) -> Callable[[str], str]:
    if host == "nginx":
        return own_server(site, publish / "plain")
    file = HOSTS[host]
    rules: list[HostRule] = READERS[file]((site / file).read_text(encoding="utf-8"))
    if base != "/":
        (publish / base.strip("/")).symlink_to(site)
        # Such hosts have one page for wrong addresses, at their root.
        (publish / "404.html").symlink_to(site / "404.html")
    whole = site if base == "/" else publish
    return as_host(whole, rules, short_names=host == "cloudflare")
