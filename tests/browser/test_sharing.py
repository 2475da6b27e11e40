"""Shared clients: links, what they open, and what is saved of them."""

import re

from playwright.sync_api import expect

from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.clients_page import (
    HOSTILE,
    LINK,
    link_of,
    name_client,
    press,
)
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

REQUESTS = """window.__requests = [];
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (message) {
  window.__requests.push(JSON.parse(message.request).do);
  postMessage.call(this, message);
};
"""


def test_a_link_opens_the_client_in_another_browser(arrive: Arrive, site: Site) -> None:
    """The link is short, without name and notes; the client opens unsaved, and can be saved."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "Secret")
    link = link_of(visitor)
    assert len(link) < 300
    assert len(link.partition("#")[2]) < 60

    other = arrive(site, "en")
    other.open_scored()
    other.tick(hit_wall="no")
    other.expect_saved()
    other.page.goto(link)
    other.expect_verdict("step_back")
    assert other.ticked() == ADRIFT
    expect(other.page.locator('[data-field="name"]')).to_have_value("")
    assert len(other.records()) == 1
    press(other, "leave-shared")
    expect(other.radio("hit_wall", "no")).to_be_checked()
    other.page.goto(link)
    expect(other.radio("knows_goal", "no")).to_be_checked()
    press(other, "keep-shared")
    other.expect_saved()
    assert [one["answers"] for one in other.records()].count(ADRIFT) == 1
    assert len(other.records()) == 2
    assert "#c=" not in other.page.url


def test_a_link_is_read_before_anything_is_scored(arrive: Arrive, site: Site) -> None:
    """The blank form that is shown until then is not worth a request to Python."""
    visitor = arrive(site, "en")
    visitor.page.add_init_script(REQUESTS)
    visitor.page.goto(site.url(f"en/checklist/#c={LINK}"))
    visitor.expect_engine("python")
    assert visitor.page.evaluate("window.__requests.slice(0, 2)") == ["open_link", "score"]


def test_a_link_with_name_and_notes(arrive: Arrive, site: Site) -> None:
    """They are in the link only if they were chosen."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator("#note-knows_goal").fill(HOSTILE)
    name_client(visitor, HOSTILE)
    link = link_of(visitor, "link-name", "link-notes")
    other = arrive(site, "en")
    other.page.goto(link)
    other.expect_engine("python")
    expect(other.page.locator('[data-field="name"]')).to_have_value(HOSTILE)
    expect(other.page.locator("#note-knows_goal")).to_have_value(HOSTILE)
    assert other.page.title() != "broken"


def test_answering_a_shared_client_saves_it(visitor: Visitor) -> None:
    """The answer is saved, and a reload does not open the link again."""
    visitor.open("checklist/#c=1~1.0~-nn--------~~" + "d1c7b3f2")
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-slot="shared"]')).to_contain_text("d1c7b3f2")
    assert visitor.ticked() == {}
    visitor.page.goto("about:blank")
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    visitor.tick(decides="no")
    visitor.expect_saved()
    visitor.page.reload()
    assert visitor.ticked() == {**ADRIFT, "decides": "no"}
    assert "#c=" not in visitor.page.url


def test_a_damaged_link_says_so_and_changes_nothing(visitor: Visitor) -> None:
    """One press opens the visitor's own client, unchanged; the page continues to work."""
    visitor.open_scored()
    visitor.tick(hit_wall="no")
    visitor.expect_saved()
    before = visitor.records()
    address = visitor.page.url
    message = visitor.page.locator('[data-slot="shared"]')
    for payload in ("", "1~1.0~nonsense", "%E0%A4%A", "2~newer", "<script>"):
        visitor.page.goto(f"{address}#c={payload}")
        expect(message, payload).to_contain_text(re.compile("^Ссылка обрезана|^link:"))
        expect(visitor.page.locator('[data-action="keep-shared"]')).to_be_hidden()
        assert visitor.records() == before, payload
        press(visitor, "leave-shared")
        expect(visitor.radio("hit_wall", "no"), payload).to_be_checked()
        visitor.expect_verdict("open")
        expect(message).to_be_hidden()


def test_a_link_opens_once_python_is_ready_and_answers_meanwhile_are_saved(
    arrive: Arrive, site: Site
) -> None:
    """If Python fails to load, answers given meanwhile are saved; a retry opens the link."""
    visitor = arrive(site)
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_engine("failed")
    expect(visitor.page.locator('[data-slot="shared"]')).to_have_text(
        load("ru")("messages.opening")
    )
    site.faults.clear()
    press(visitor, "retry")
    visitor.expect_verdict_from_python("step_back")
    assert visitor.ticked() == ADRIFT


def test_a_shared_client_stays_open_after_a_language_switch(visitor: Visitor) -> None:
    """The other language shows the same shared client."""
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    visitor.page.locator(".md-select button").hover()
    visitor.page.locator('a[hreflang="en"]').click()
    visitor.page.wait_for_url("**/en/checklist/#c=*")
    visitor.expect_verdict_from_python("step_back")


def test_back_from_a_shared_client_returns_to_ones_own(visitor: Visitor) -> None:
    """The link was followed on the page with the visitor's client."""
    visitor.open_scored()
    visitor.tick(hit_wall="no")
    visitor.expect_saved()
    visitor.page.evaluate(f"location.hash = 'c={LINK}'")
    visitor.expect_verdict("step_back")
    visitor.page.go_back()
    visitor.expect_verdict("open")
    assert visitor.ticked() == {"hit_wall": "no"}
    visitor.page.reload()
    visitor.expect_opened()
    assert visitor.ticked() == {"hit_wall": "no"}


def test_back_to_a_link_shows_what_was_answered_since(visitor: Visitor) -> None:
    """A link is opened once: going back to it does not open it again, on this page or another."""
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    answered = {**ADRIFT, "decides": "no"}
    visitor.page.evaluate("location.hash = 'q-decides'")
    visitor.tick(decides="no")
    visitor.expect_saved()
    visitor.page.go_back()
    visitor.page.wait_for_url(lambda url: "#" not in url)
    expect(visitor.radio("decides", "no")).to_be_checked()
    assert visitor.ticked() == answered
    expect(visitor.page.locator('[data-block="shared"]')).to_be_hidden()
    assert [one["answers"] for one in visitor.records()] == [answered]


def test_a_link_that_was_kept_offers_the_client(visitor: Visitor) -> None:
    """Opened a second time, it names that client, and can still be saved as another."""
    for _ in range(2):
        visitor.page.goto("about:blank")
        visitor.open(f"checklist/#c={LINK}")
        visitor.expect_verdict_from_python("step_back")
        name_client(visitor, "Anna")
        visitor.expect_saved()
    message = visitor.page.locator('[data-slot="shared"]')
    visitor.page.goto("about:blank")
    visitor.open(f"checklist/#c={LINK}")
    expect(message).to_have_text(load("ru")("messages.known", name="Anna"))
    press(visitor, "open-known")
    expect(message).to_be_hidden()
    expect(visitor.page.locator('[data-field="name"]')).to_have_value("Anna")
    assert "#" not in visitor.page.url
    assert len(visitor.records()) == 2


def test_a_link_whose_mark_was_encoded_is_offered_by_the_page_for_wrong_addresses(
    visitor: Visitor,
) -> None:
    """Some programs encode the # of a link; then the host is asked for a page that is not there."""
    visitor.may_complain = True  # of the status 404
    visitor.open(f"checklist/%23c%3D{LINK}")
    texts = load("ru")
    visitor.page.get_by_role("link", name=texts("site.not_found_open")).click()
    visitor.expect_verdict_from_python("step_back")
    assert visitor.ticked() == ADRIFT
