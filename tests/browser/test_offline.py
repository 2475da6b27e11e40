"""Without a network: one visit keeps the site, and a new version waits for the visitor's word."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checklist.site.offline import SERVICE_WORKER, service_worker
from checklist.texts import LANGUAGES, load
from tests.browser.conftest import FOLDERS, PYTHON_MS, Arrive, Visitor, until
from tests.server import Fault, Site, served
from tests.test_site import PAGES

COPY = "caches.keys().then((keys) => keys.filter((key) => key.startsWith('client-checklist-')))"
EVERYTHING = """async () => ({
  local: Object.keys(localStorage),
  tab: Object.keys(sessionStorage),
  database: (await indexedDB.databases()).map(({ name }) => name),
  copy: [...await caches.keys(),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)],
})"""


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site, to publish new versions in."""
    return shutil.copytree(built, tmp_path / "site")


@pytest.fixture
def host(folder: Path) -> Iterator[Site]:
    """The host of that copy."""
    with served(folder) as site:
        yield site


def arrive_and_stay(arrive: Arrive, site: Site, lang: str = "en", path: str = "") -> Visitor:
    """Bring a visitor who stays on one page until the site is kept."""
    visitor = arrive(site, lang, service_workers="allow")
    visitor.may_complain = True  # a network that is gone is complained of
    visitor.open(path)
    expect_kept(visitor.page)
    return visitor


def expect_kept(page: Page) -> None:
    """Wait until a service worker answers for the page."""
    until(page, "navigator.serviceWorker.controller !== null")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def publish(folder: Path, edit: Callable[[Path], None]) -> None:
    """Put a new version where the old one is, as a build of it would."""
    edit(folder)
    script = (folder / SERVICE_WORKER).read_text(encoding="utf-8").partition("\n")[2].strip()
    (folder / SERVICE_WORKER).write_text(service_worker(script, folder), encoding="utf-8")


def with_new_words(folder: Path) -> None:
    """Change a heading of the home page."""
    page = folder / "en" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", " (new)</h1>"))


def look_for_update(page: Page) -> None:
    """What the browser does by itself when the site is visited anew."""
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")


def expect_offer(visitor: Visitor, what: str = "ready") -> None:
    """The page says that there is a new version."""
    line = visitor.page.locator('[data-slot="update"]')
    expect(line).to_have_text(load(visitor.lang)(f"update.{what}"), timeout=PYTHON_MS)


@pytest.mark.parametrize("place", ["root", "folder"])
def test_one_visit_keeps_the_whole_site(
    arrive: Arrive, built: Path, built_in_folder: Path, place: str
) -> None:
    """The home page was opened once; every page of both languages is there with the host gone."""
    folder, root_path = {"root": (built, ""), "folder": (built_in_folder.parent, "guide/")}[place]
    with served(folder, root_path) as site:
        visitor = arrive_and_stay(arrive, site)
        root = visitor.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.scope)")
        assert root == site.address
    page = visitor.page
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.failure} {request.url}"))
    for lang in LANGUAGES:
        for path in PAGES:
            answer = page.goto(site.url(f"{FOLDERS[lang]}{path}"))
            assert answer
            assert (answer.status, page.locator("html").get_attribute("lang")) == (200, lang)
        visitor.lang = lang
        visitor.open_scored()
        visitor.tick(knows_goal="no", trusts_opinion="no")
        visitor.expect_verdict("step_back")
    left_behind = "net::ERR_ABORTED"  # what a page had still asked for when the next was opened
    assert [one for one in failed if not one.startswith(left_behind)] == []


def test_wrong_addresses_without_a_network(arrive: Arrive, folder: Path) -> None:
    """The site's own page for them, and a folder without its slash."""
    with served(folder) as site:
        visitor = arrive_and_stay(arrive, site)
    answer = visitor.page.goto(site.url("en/nothing/here"))
    assert answer
    assert answer.status == 404
    expect(visitor.page.locator("h1")).to_have_text(load("ru")("site.not_found_title"))
    visitor.page.goto(site.url("en/checklist?from=mail"))
    visitor.expect_engine("python")


def test_a_new_version_waits_for_the_visitor(arrive: Arrive, host: Site, folder: Path) -> None:
    """It is offered, loaded by one press, and nothing entered is lost."""
    visitor = arrive_and_stay(arrive, host, path="checklist/")
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    visitor.page.evaluate("globalThis.stillHere = true")
    publish(folder, with_new_words)
    look_for_update(visitor.page)
    expect_offer(visitor)
    visitor.page.locator('[data-field="name"]').fill("Anna")
    assert visitor.page.evaluate("globalThis.stillHere")
    with visitor.page.expect_navigation():
        visitor.page.locator('[data-update] [data-action="reload"]').click()
    visitor.expect_engine("python")
    assert visitor.ticked() == {"knows_goal": "no"}
    expect(visitor.page.locator('[data-field="name"]')).to_have_value("Anna")
    visitor.open("")
    expect(visitor.page.locator("h1")).to_contain_text("(new)")


def test_later_means_later(arrive: Arrive, host: Site, folder: Path) -> None:
    """The bar goes, the old version stays until the site is opened anew."""
    visitor = arrive_and_stay(arrive, host)
    publish(folder, with_new_words)
    look_for_update(visitor.page)
    expect_offer(visitor)
    visitor.page.locator('[data-update] [data-action="later"]').click()
    expect(visitor.page.locator('[data-update] [data-action="later"]')).to_be_hidden()
    visitor.page.reload()
    expect(visitor.page.locator("h1")).not_to_contain_text("(new)")
    expect_offer(visitor)


def test_other_tabs_are_not_reloaded(arrive: Arrive, host: Site, folder: Path) -> None:
    """They are told, work on with what they have, and reload when their visitor wants."""
    visitor = arrive_and_stay(arrive, host, path="checklist/")
    other = visitor.page.context.new_page()
    other.goto(host.url("en/"))
    publish(folder, with_new_words)
    look_for_update(other)
    expect(other.locator('[data-update] [data-action="reload"]')).to_be_visible(timeout=PYTHON_MS)
    visitor.page.evaluate("globalThis.stillHere = true")
    with other.expect_navigation():
        other.locator('[data-update] [data-action="reload"]').click()
    expect(other.locator("h1")).to_contain_text("(new)")
    expect_offer(visitor, "elsewhere")
    assert visitor.page.evaluate("globalThis.stillHere")
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")


@pytest.mark.parametrize("fault", ["missing", "truncated", "damaged", "wrong"])
def test_an_update_that_breaks_off_changes_nothing(
    arrive: Arrive, host: Site, folder: Path, fault: Fault
) -> None:
    """The old version stays whole; the next try takes only what is still missing."""
    visitor = arrive_and_stay(arrive, host)
    publish(folder, with_new_words)
    host.faults["/en/"] = fault
    states: list[str] = []

    def note(state: str) -> None:  # Playwright takes no method of a list
        states.append(state)

    visitor.page.expose_function("stateIs", note)
    visitor.page.evaluate(
        """navigator.serviceWorker.getRegistration().then((one) =>
          one.addEventListener("updatefound", () => {
            const { installing } = one;
            installing.addEventListener("statechange", () => stateIs(installing.state));
          }))"""
    )
    look_for_update(visitor.page)
    expect_states(visitor.page, states, "redundant")
    visitor.reload()
    expect(visitor.page.locator("h1")).not_to_contain_text("(new)")
    assert visitor.page.locator('[data-update] [data-action="reload"]').is_hidden()
    host.faults.clear()
    host.requests.clear()
    look_for_update(visitor.page)
    expect_offer(visitor)
    fetched = {path for path in host.requests if not path.endswith(SERVICE_WORKER)}
    assert fetched == {"/en/"}


def expect_states(page: Page, states: list[str], last: str) -> None:
    """Wait until a service worker has come to a state."""
    for _ in range(PYTHON_MS // 100):
        if last in states:
            return
        page.wait_for_timeout(100)
    raise AssertionError(states)


def test_a_file_damaged_on_its_way_is_not_kept(arrive: Arrive, host: Site) -> None:
    """No copy is better than a wrong one; the site works on with a network."""
    visitor = arrive(host, "en", service_workers="allow")
    visitor.may_complain = True
    host.faults["/glossary/"] = "damaged"
    visitor.open("")
    until(visitor.page, "navigator.serviceWorker.getRegistration().then((one) => Boolean(one))")
    until(visitor.page, "navigator.serviceWorker.getRegistration().then((one) => !one)")
    host.faults.clear()
    visitor.open_scored()
    assert visitor.page.evaluate("navigator.serviceWorker.controller") is None


def test_what_the_copy_has_of_python_can_heal(arrive: Arrive, host: Site) -> None:
    """A damaged copy of the image is fetched again, and kept whole."""
    visitor = arrive_and_stay(arrive, host)
    spoil = """async () => {
      const [key] = await caches.keys();
      const cache = await caches.open(key);
      const [request] = (await cache.keys()).filter(({ url }) => url.endsWith(".packed"));
      const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(request, new Response(bytes));
    }"""
    visitor.page.evaluate(spoil)
    host.requests.clear()
    visitor.open_scored()
    assert [path for path in host.requests if path.endswith(".packed")] != []
    host.requests.clear()
    visitor.reload()
    visitor.expect_engine("python")
    assert [path for path in host.requests if "/runtime/" in path] == []


def test_who_saves_data_is_spared(arrive: Arrive, host: Site) -> None:
    """The copy is four megabytes; whoever asks the browser to save data has none made."""
    visitor = arrive(host, "en", service_workers="allow")
    visitor.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    visitor.open("privacy/")
    expect(visitor.page.locator('[data-slot="copy"]')).to_have_text(
        load("en")("privacy.copy_refused")
    )
    registrations = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    assert visitor.page.evaluate(registrations) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_removing_everything_leaves_nothing(arrive: Arrive, host: Site, lang: str) -> None:
    """The clients' button and the copy's button together leave the browser as it was."""
    visitor = arrive_and_stay(arrive, host, lang, "checklist/")
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    page = visitor.page
    page.locator(".md-header__option label:visible").first.click()
    visitor.open("clients/")
    page.locator('[data-action="wipe"]').click()
    page.locator('[data-action="wipe-really"]').click()
    expect(page.locator('[data-block="none"]')).to_be_visible()
    visitor.open("privacy/")
    expect(page.locator('[data-slot="copy"]')).to_have_text(load(lang)("privacy.copy_ready"))
    page.locator('[data-action="remove-copy"]').click()
    expect(page.locator('[data-slot="copy"]')).to_have_text(load(lang)("privacy.removed"))
    assert page.evaluate(EVERYTHING) == {"local": [], "tab": [], "database": [], "copy": []}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_site_can_be_installed(arrive: Arrive, host: Site, lang: str) -> None:
    """The browser finds nothing wrong with the manifest, and opens the checklist from it."""
    visitor = arrive_and_stay(arrive, host, lang, "article/")
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    app = devtools.send("Page.getAppId")["appId"]
    assert app == host.url(f"{FOLDERS[lang]}checklist/")
    said = devtools.send("Page.getAppManifest")
    assert said["errors"] == []
    assert said["url"] == host.url(f"{FOLDERS[lang]}manifest.webmanifest")
    manifest = visitor.page.evaluate(f"fetch({said['url']!r}).then((answer) => answer.json())")
    start = visitor.page.evaluate(f"new URL({manifest['start_url']!r}, {said['url']!r}).href")
    assert start == host.url(f"{FOLDERS[lang]}checklist/")
    assert visitor.page.evaluate(f"new URL({manifest['scope']!r}, {said['url']!r}).href") == (
        host.address
    )
    problems = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in problems if one["errorId"] != "in-incognito"] == []
    for icon in manifest["icons"]:
        image = visitor.page.request.get(
            visitor.page.evaluate(f"new URL({icon['src']!r}, {said['url']!r}).href")
        )
        assert image.ok
        assert re.fullmatch(r"any|(\d+)x\1", icon["sizes"])
