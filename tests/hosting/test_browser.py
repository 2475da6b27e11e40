"""The site in a browser, with the headers that hosts are configured to send.

That hosts send them is tested in test_hosts.py. The browser visits the two setups that differ most:
one's own server, and a folder on Cloudflare, which redirects to addresses without ".html".
"""

import pytest

from tests.support.hosting.hosted import Hosted
from tests.support.offline_copy import expect_kept
from tests.support.policy import WATCH, try_to_break_in, violations
from tests.support.server import Site
from tests.support.visitor import PYTHON_MS, Arrive

SETUPS = pytest.mark.parametrize(
    ("hosted", "base"), [("nginx", "/"), ("cloudflare", "/guide/")], indirect=True, scope="session"
)
KINDS = ("", "article/", "signs/adrift/", "paper/", "clients/", "privacy/", "checklist/")


@SETUPS
def test_pages_work_with_the_headers(arrive: Arrive, hosted: Hosted) -> None:
    """On each kind of page, in the worker and offline."""
    visitor = arrive(Site(hosted.address), "en", service_workers="allow")
    visitor.page.add_init_script(WATCH)
    for path in KINDS:
        visitor.open(path)
        assert violations(visitor.page) == [], path
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict_from_python("step_back")
    expect_kept(visitor.page)
    visitor.page.context.set_offline(True)
    visitor.open("checklist/")
    visitor.expect_verdict_from_python("step_back")
    assert violations(visitor.page) == []


@pytest.mark.parametrize(("hosted", "base"), [("nginx", "/")], indirect=True, scope="session")
def test_the_headers_allow_an_ordinary_start(arrive: Arrive, hosted: Hosted) -> None:
    """Pyodide's own loader works under the worker's policy."""
    visitor = arrive(Site(hosted.address), "en")
    visitor.may_complain = True  # about the missing image
    visitor.page.context.route("**/python.packed", lambda route: route.abort())
    visitor.open()
    visitor.expect_verdict_from_python("empty")


FETCH_FROM_ANOTHER_HOST = """() => new Promise((go) => {
  addEventListener("securitypolicyviolation", ({ violatedDirective }) => go(violatedDirective));
  setTimeout(() => fetch("https://example.com/").catch(() => {}).then(() => setTimeout(go, 1000)));
})"""


@pytest.mark.parametrize(("hosted", "base"), [("nginx", "/")], indirect=True, scope="session")
def test_the_headers_block_everything_else(arrive: Arrive, hosted: Hosted) -> None:
    """The worker may contact no other host, and no other site may show the page in a frame."""
    visitor = arrive(Site(hosted.address), "en")
    visitor.may_complain = True
    visitor.page.add_init_script(WATCH)
    visitor.open()
    visitor.expect_engine("python")
    (worker,) = (one for one in visitor.page.workers if "/app/" in one.url)
    assert worker.evaluate(FETCH_FROM_ANOTHER_HOST) == "connect-src"
    assert try_to_break_in(visitor) == []
    visitor.page.goto("about:blank")
    framed = f"<iframe src={visitor.site.url('en/')!r}></iframe>"
    visitor.page.set_content(framed)
    visitor.page.wait_for_load_state("networkidle", timeout=PYTHON_MS)
    (frame,) = visitor.page.frames[1:]
    assert frame.url.startswith("chrome-error:")
