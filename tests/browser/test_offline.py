"""Without a network: one visit stores the site, and a new version waits for the visitor."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checklist.site.publishing.offline import SERVICE_WORKER
from checklist.texts import LANGUAGES, load
from tests.support.database import NAME
from tests.support.offline_copy import (
    REST_MS,
    arrive_and_copy_at_once,
    arrive_and_stay,
    expect_copy,
    expect_kept,
    list_of,
    publish,
)
from tests.support.pages import FOLDERS, PAGES
from tests.support.sampling import count, randomness
from tests.support.server import Fault, Site, served
from tests.support.visitor import PYTHON_MS, Arrive, Visitor, until

COPIES = "caches.keys()"
GIVEN_UP = "en/glossary/"
WRONG = """async (files) => {
  const root = new URL("./", navigator.serviceWorker.controller.scriptURL);
  const digest = async ([path, wanted]) => {
    const answer = await fetch(new URL(path, root)).then((it) => it.arrayBuffer(), () => null);
    const found = answer && new Uint8Array(await crypto.subtle.digest("SHA-256", answer));
    return found && btoa(String.fromCharCode(...found)) === wanted ? [] : [path];
  };
  return (await Promise.all(Object.entries(files).map(digest))).flat();
}"""
EVERYTHING = """async () => ({
  local: Object.keys(localStorage),
  tab: Object.keys(sessionStorage),
  database: (await indexedDB.databases()).map(({ name }) => name),
  copy: [...await caches.keys(),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)],
})"""


@pytest.fixture
def folder(patient: Path, tmp_path: Path) -> Path:
    """A copy of the built site in which new versions are published."""
    return shutil.copytree(patient, tmp_path / "site")


@pytest.fixture
def host(folder: Path) -> Iterator[Site]:
    """The host of that copy."""
    with served(folder) as site:
        yield site


def wrong_files(page: Page, files: dict[str, str]) -> list[str]:
    """Return which files of a version the page does not get as they were built."""
    wrong: list[str] = page.evaluate(WRONG, files)
    return wrong


def with_new_words(folder: Path) -> None:
    """Change a heading of the home page."""
    page = folder / "en" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", " (new)</h1>"))


def look_for_update(page: Page) -> None:
    """Do what the browser does by itself when the site is visited again."""
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")


def expect_offer(visitor: Visitor, what: str = "ready") -> None:
    """Check that the page offers the new version."""
    line = visitor.page.locator('[data-slot="update"]')
    expect(line).to_have_text(load(visitor.lang)(f"update.{what}"), timeout=PYTHON_MS)


@pytest.mark.soak
@pytest.mark.parametrize("place", ["root", "folder"])
def test_one_visit_stores_the_whole_site(
    arrive: Arrive, patient: Path, patient_in_folder: Path, place: str
) -> None:
    """After a visit of the home page every page of both languages works without the host.

    That all are in the copy's list is checked in tests/site/test_offline.py; some are opened here.
    """
    folder, root_path = {"root": (patient, ""), "folder": (patient_in_folder.parent, "guide/")}[
        place
    ]
    with served(folder, root_path) as site:
        visitor = arrive_and_stay(arrive, site)
        root = visitor.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.scope)")
        assert root == site.address
    page = visitor.page
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.failure} {request.url}"))
    for lang in LANGUAGES:
        for path in randomness(f"offline {place} {lang}").sample(PAGES, count(4, soak=len(PAGES))):
            answer = page.goto(site.url(f"{FOLDERS[lang]}{path}"))
            assert answer
            assert (answer.status, page.locator("html").get_attribute("lang")) == (200, lang)
        visitor.lang = lang
        visitor.open_scored()
        visitor.tick(knows_goal="no", trusts_opinion="no")
        visitor.expect_verdict("step_back")
    left_behind = "net::ERR_ABORTED"  # requests of a page that was left
    assert [one for one in failed if not one.startswith(left_behind)] == []


def test_wrong_addresses_without_a_network(arrive: Arrive, folder: Path) -> None:
    """They show the site's own page for wrong addresses; a folder without its slash still works."""
    with served(folder) as site:
        site.faults["/404.html"] = "missing"
        visitor = arrive_and_stay(arrive, site)
    answer = visitor.page.goto(site.url("en/nothing/here"))
    assert answer
    assert answer.status == 404
    expect(visitor.page.locator("h1")).to_have_text(load("ru")("site.not_found_title"))
    visitor.page.goto(site.url("en/checklist?from=mail"))
    visitor.expect_engine("python")


def test_a_new_version_waits_for_the_visitor(arrive: Arrive, host: Site, folder: Path) -> None:
    """It is offered and loaded on request, and no input is lost."""
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


def test_an_update_can_be_put_off(arrive: Arrive, host: Site, folder: Path) -> None:
    """The bar closes, and the old version stays until the site is opened again."""
    visitor = arrive_and_stay(arrive, host)
    publish(folder, with_new_words)
    look_for_update(visitor.page)
    expect_offer(visitor)
    link = visitor.page.locator("article a:visible").first
    link.focus()
    visitor.page.locator('[data-update] [data-action="later"]').focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator('[data-update] [data-action="later"]')).to_be_hidden()
    expect(link).to_be_focused()
    visitor.page.reload()
    expect(visitor.page.locator("h1")).not_to_contain_text("(new)")
    expect_offer(visitor)


def test_other_tabs_are_not_reloaded(arrive: Arrive, host: Site, folder: Path) -> None:
    """They offer the new version, and reload only when their visitor wants it.

    Their version stays available even if a newer one is published that they have not accepted.
    """
    visitor = arrive_and_stay(arrive, host, path="checklist/")
    modules = modules_of(folder)
    for number, edit in enumerate((with_other_modules, without_a_page), start=2):
        publish(folder, edit)
        look_for_update(visitor.page)
        waits = "navigator.serviceWorker.getRegistration().then((one) => !one.installing)"
        until(visitor.page, f"{COPIES}.then((keys) => keys.length === {number})")
        until(visitor.page, waits)
    other = visitor.page.context.new_page()
    other.goto(host.url("en/"))
    expect(other.locator('[data-update] [data-action="reload"]')).to_be_visible(timeout=PYTHON_MS)
    visitor.page.evaluate("globalThis.stillHere = true")
    with other.expect_navigation():
        other.locator('[data-update] [data-action="reload"]').click()
    expect(other.locator("h1")).to_contain_text("(new)")
    expect_offer(visitor, "elsewhere")
    assert visitor.page.evaluate("globalThis.stillHere")
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")
    host.is_gone = True
    assert len(visitor.page.evaluate(COPIES)) == 2
    assert wrong_files(visitor.page, modules) == []
    assert wrong_files(visitor.page, {GIVEN_UP: ""}) == [GIVEN_UP]
    answer = other.goto(host.url(GIVEN_UP))
    assert answer
    assert answer.status == 404


def modules_of(folder: Path) -> dict[str, str]:
    """Return the digests of the pages' own modules."""
    files: dict[str, str] = list_of(folder)["files"]
    return {path: digest for path, digest in files.items() if path.startswith("app/")}


def with_other_modules(folder: Path) -> None:
    """Publish the pages' modules under new names, as after any change of them."""
    (modules,) = (folder / "app").iterdir()
    modules.rename(modules.with_name("other"))
    for page in folder.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace(f"/{modules.name}/", "/other/"))


def without_a_page(folder: Path) -> None:
    """Publish a changed text, and one page less."""
    with_new_words(folder)
    (folder / GIVEN_UP / "index.html").unlink()


BROKEN_OFF: tuple[Fault, ...] = ("missing", "truncated", "damaged", "wrong", "lost", "gone")


def test_an_update_that_breaks_off_changes_nothing(
    arrive: Arrive, host: Site, folder: Path
) -> None:
    """The old version stays complete; the next attempt fetches only what is missing."""
    visitor = arrive_and_stay(arrive, host)
    old = list_of(folder)["files"]
    publish(folder, with_new_words)
    states: list[str] = []

    def note(state: str) -> None:  # Playwright takes no method of a list
        states.append(state)

    visitor.page.expose_function("stateIs", note)
    for fault in BROKEN_OFF:
        host.faults["/en/"] = fault
        states.clear()
        visitor.page.evaluate(
            """navigator.serviceWorker.getRegistration().then((one) =>
              one.addEventListener("updatefound", () => {
                const { installing } = one;
                installing.addEventListener("statechange", () => stateIs(installing.state));
              }))"""
        )
        look_for_update(visitor.page)
        expect_state(visitor.page, states, "redundant")
        host.is_gone = True
        visitor.page.reload()
        expect(visitor.page.locator("h1"), fault).not_to_contain_text("(new)")
        assert wrong_files(visitor.page, old) == [], fault
        host.repair()
    host.requests.clear()
    look_for_update(visitor.page)
    expect_offer(visitor)
    fetched = {path for path in host.requests if not path.endswith(SERVICE_WORKER)}
    assert fetched == {"/en/"}


def expect_state(page: Page, states: list[str], last: str) -> None:
    """Wait until a service worker has reached a state; ``states`` collects those it reaches."""
    for _ in range(PYTHON_MS // 100):
        if last in states:
            return
        page.wait_for_timeout(100)
    raise AssertionError(states)


def test_an_update_takes_over_when_no_tab_is_open(arrive: Arrive, host: Site, folder: Path) -> None:
    """The new version becomes active without a request."""
    visitor = arrive_and_stay(arrive, host)
    publish(folder, with_new_words)
    look_for_update(visitor.page)
    expect_offer(visitor)
    for _ in range(PYTHON_MS // 100):
        visitor.page.goto("about:blank")
        visitor.open("")
        if "(new)" in visitor.page.locator("h1").inner_text():
            break
    expect(visitor.page.locator("h1")).to_contain_text("(new)")


def test_changed_headers_reach_the_visitor(arrive: Arrive, host: Site, folder: Path) -> None:
    """A version with other headers is fetched again, though no byte of its files has changed."""
    visitor = arrive_and_stay(arrive, host)
    host.requests.clear()
    publish(folder, lambda _: None, headers="others")
    look_for_update(visitor.page)
    expect_offer(visitor)
    assert {f"/{path}" for path in list_of(folder)["files"]} <= set(host.requests)


def test_no_copy_is_made_with_a_damaged_file(arrive: Arrive, host: Site) -> None:
    """The page reports it, and what was stored before the failure can be removed."""
    visitor = arrive_and_copy_at_once(arrive, host)
    host.faults["/glossary/"] = "damaged"
    visitor.open("privacy/")
    expect_copy(visitor, "copy_failed")
    assert visitor.page.evaluate("navigator.serviceWorker.controller") is None
    visitor.page.locator('[data-action="remove-copy"]').click()
    expect_copy(visitor, "removed")
    expect(visitor.page.locator('[data-slot="copy"]')).to_be_focused()
    assert visitor.page.evaluate(COPIES) == []
    visitor.open_scored()


def test_no_room_for_a_copy(arrive: Arrive, host: Site) -> None:
    """The page reports it, and nothing of the unfinished copy stays in the storage."""
    visitor = arrive_and_copy_at_once(arrive, host)
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    origin = host.address.rstrip("/")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    visitor.open("privacy/")
    expect_copy(visitor, "copy_failed")
    expect(visitor.page.locator('[data-action="remove-copy"]')).to_be_hidden()
    assert visitor.page.evaluate(COPIES) == []


def test_a_copy_that_the_browser_lost_is_made_again(
    arrive: Arrive, host: Site, folder: Path
) -> None:
    """The next idle page makes it, and until then no page says that there is one."""
    visitor = arrive_and_stay(arrive, host)
    visitor.page.evaluate(f"{COPIES}.then((keys) => caches.delete(keys[0]))")
    host.faults["/glossary/"] = "missing"
    visitor.open("privacy/")
    expect_copy(visitor, "copy_failed")
    host.repair()
    visitor.page.reload()
    expect_copy(visitor, "copy_ready")
    files = list_of(folder)["files"]
    host.is_gone = True
    assert wrong_files(visitor.page, files) == []


def test_pages_come_from_the_network_when_the_cache_fails(
    arrive: Arrive, host: Site, folder: Path
) -> None:
    """The browser's storage returns nothing any more."""
    publish(folder, with_a_way_to_break_the_cache)
    visitor = arrive_and_stay(arrive, host)
    visitor.page.evaluate("navigator.serviceWorker.controller.postMessage('break')")
    for path, status in (("privacy/", 200), ("nothing/here", 404)):
        answer = visitor.page.goto(host.url(f"en/{path}"))
        assert answer
        assert answer.status == status
    visitor.open_scored()


def with_a_way_to_break_the_cache(folder: Path) -> None:
    """Let a test make the service worker's storage fail."""
    script = folder / SERVICE_WORKER
    script.write_text(
        script.read_text(encoding="utf-8")
        + """addEventListener("message", ({ data }) => {
          for (const name of data === "break" ? ["open", "match", "has", "keys"] : []) {
            CacheStorage.prototype[name] = () => Promise.reject(new Error("broken"));
          }
        });""",
        encoding="utf-8",
    )


def test_sites_on_one_host_have_separate_copies(
    arrive: Arrive, patient_in_folder: Path, tmp_path: Path
) -> None:
    """Removing the copy of one leaves the other's in place."""
    for name in ("guide", "preview"):
        shutil.copytree(patient_in_folder, tmp_path / name)
    with served(tmp_path, "guide/") as site:
        visitor = arrive_and_stay(arrive, site)
        visitor.page.goto(site.url("../preview/en/privacy/"))
        expect_copy(visitor, "copy_ready")
        expect_kept(visitor.page)
        assert len(visitor.page.evaluate(COPIES)) == 2
        visitor.page.locator('[data-action="remove-copy"]').click()
        expect_copy(visitor, "removed")
    visitor.open("privacy/")
    expect_copy(visitor, "copy_ready")
    assert wrong_files(visitor.page, list_of(tmp_path / "guide")["files"]) == []


DAMAGE = """async (end) => {
  const [key] = await caches.keys();
  const cache = await caches.open(key);
  const [request] = (await cache.keys()).filter(({ url }) => new RegExp(end).test(url));
  const answer = await cache.match(request);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  bytes.fill(1, bytes.length >> 1);
  await cache.put(request, new Response(bytes, answer));
}"""


def test_a_damaged_image_in_the_copy_is_replaced(arrive: Arrive, host: Site) -> None:
    """It is fetched again by itself."""
    visitor = arrive_and_stay(arrive, host)
    visitor.page.evaluate(DAMAGE, r"\.packed$")
    host.requests.clear()
    visitor.open_scored()
    assert [path for path in host.requests if path.endswith(".packed")] != []
    host.requests.clear()
    visitor.reload()
    visitor.expect_engine("python")
    assert [path for path in host.requests if "/runtime/" in path] == []


def test_a_damaged_module_in_the_copy_is_replaced(arrive: Arrive, host: Site, folder: Path) -> None:
    """It is fetched again after one press on the retry button; without a network it is not."""
    visitor = arrive_and_stay(arrive, host)
    retry = visitor.page.locator('[data-action="retry"]')
    visitor.open_scored()
    shared = visitor.page.locator('link[rel="modulepreload"][href*="chunk-"]').first
    href = shared.get_attribute("href") or ""
    for end in ("worker", "main", Path(href).stem):
        visitor.page.evaluate(DAMAGE, rf"/app/.*/{end}\.js$")
        visitor.open()
        retry.click(timeout=PYTHON_MS)
        visitor.expect_engine("python")
    host.is_gone = True
    visitor.reload()
    visitor.expect_engine("python")
    files = list_of(folder)["files"]
    assert wrong_files(visitor.page, files) == []
    (image,) = (path for path in files if path.endswith(".packed"))
    past_the_copy = f"fetch('/{image}', {{ cache: 'reload' }}).then(({{ status }}) => status)"
    assert visitor.page.evaluate(past_the_copy) == 200


def test_parts_of_python_are_stored_once_they_are_used(
    arrive: Arrive, host: Site, folder: Path
) -> None:
    """They stay in the next version; a part with a wrong digest is not run."""
    visitor = arrive_and_stay(arrive, host)
    parts = list_of(folder)["later"]
    (loader,) = (path for path in parts if path.endswith("pyodide.mjs"))
    content = (folder / loader).read_bytes()
    (folder / loader).write_bytes(content + b"\n")
    use = f"import('/{loader}').then(() => 'run', () => 'refused')"
    assert visitor.page.evaluate(use) == "refused"
    (folder / loader).write_bytes(content)
    assert wrong_files(visitor.page, parts) == []
    publish(folder, with_new_words)
    look_for_update(visitor.page)
    expect_offer(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator('[data-update] [data-action="reload"]').click()
    visitor.page.evaluate(f"{COPIES}.then((keys) => caches.delete(keys[0]))")
    host.is_gone = True
    assert visitor.page.evaluate(use) == "run"
    assert wrong_files(visitor.page, parts) == []


def test_no_copy_is_made_where_data_is_to_be_saved(arrive: Arrive, host: Site) -> None:
    """The copy takes four megabytes, and the browser can be set to save data."""
    visitor = arrive(host, "en", service_workers="allow")
    visitor.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    visitor.open("privacy/")
    expect_copy(visitor, "copy_save_data")
    registrations = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    assert visitor.page.evaluate(registrations) == 0


def test_removing_everything_leaves_nothing(arrive: Arrive, host: Site, folder: Path) -> None:
    """The buttons that remove clients and the copy leave the browser as it was.

    Pages that are still open, here and in another tab, do not make the copy again; the next visit
    does, and does not call it a new version.
    """
    visitor = arrive_and_stay(arrive, host, "en", "checklist/")
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    page = visitor.page
    page.locator(".md-header__option label:visible").first.click()
    visitor.open("clients/")
    page.locator('[data-action="wipe"]').click()
    page.locator('[data-action="wipe-really"]').click()
    expect(page.locator('[data-block="none"]')).to_be_visible()
    other = page.context.new_page()
    other.goto(host.url("privacy/"))
    page.clock.install()
    visitor.open("privacy/")
    expect_copy(visitor, "copy_ready")
    page.locator('[data-action="remove-copy"]').click()
    expect_copy(visitor, "removed")
    host.requests.clear()
    page.clock.run_for(2 * REST_MS)
    page.evaluate("fetch('/licences.txt', { cache: 'reload' }).then((it) => it.text())")
    assert [path for path in host.requests if path.endswith(SERVICE_WORKER)] == []
    assert wrong_files(other, list_of(folder)["files"]) == []
    # The database stays, with nothing but a random mark of the wipe.
    assert page.evaluate(EVERYTHING) == {"local": [], "tab": [], "database": [NAME], "copy": []}
    assert visitor.records() == []
    visitor.open("privacy/")
    page.clock.fast_forward(REST_MS)
    expect_copy(visitor, "copy_ready")
    expect(other.locator('[data-slot="update"]')).to_be_empty()
