"""Python under the worker's header policy, in the engines that the other tests here do not run."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.support.answers import ADRIFT
from tests.support.engines.start import started
from tests.support.engines.visitor import Visitor
from tests.support.hosting.nginx import nginx, own_server
from tests.support.server import Site


@pytest.mark.parametrize("name", ["firefox", "webkit"])
def test_the_worker_may_compile(
    playwright: Playwright, built: Path, tmp_path: Path, name: str
) -> None:
    """`wasm-unsafe-eval` in its response is enough, and nothing that it needs is refused."""
    (tmp_path / "nginx").mkdir()
    server = own_server(built, tmp_path / "plain")
    with nginx(server, tmp_path / "nginx") as address, started(name, playwright) as engine:
        visitor = Visitor(engine, Site(f"{address}/"))
        visitor.open()
        visitor.tick(**ADRIFT)
        visitor.expect_verdict_from_python("step_back")
