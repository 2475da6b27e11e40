"""The offline copy of the site: visitors who wait until the browser has it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from checklist.site.publishing.headers import version_of
from checklist.site.publishing.offline import SERVICE_WORKER, service_worker
from checklist.texts import load
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor, wait_for

REST_MS = 3_000  # as in offline.js
_STATE = """async () => {
  if (navigator.serviceWorker.controller) {
    return "controlled";
  }
  const all = await navigator.serviceWorker.getRegistrations();
  const workers = all.flatMap(({ installing, waiting, active }) => [installing, waiting, active]);
  const copies = await Promise.all((await caches.keys()).map(async (name) => {
    const files = await (await caches.open(name)).keys();
    return `${files.length} files in ${name}, the last ${files.at(-1)?.url}`;
  }));
  return [`workers: ${workers.map((one) => one?.state)}`, ...copies].join("; ");
}"""
WITHOUT_REST = f"""
{{
  const {{ setTimeout }} = self;
  self.setTimeout = (go, ms, ...rest) => setTimeout(go, ms === {REST_MS} ? 0 : ms, ...rest);
}}
"""


def arrive_and_stay(arrive: Arrive, site: Site, lang: str = "en", path: str = "") -> Visitor:
    """Bring a visitor who stays on one page until the offline copy is made."""
    visitor = arrive_and_copy_at_once(arrive, site, lang)
    visitor.open(path)
    expect_kept(visitor.page)
    return visitor


def arrive_and_copy_at_once(arrive: Arrive, site: Site, lang: str = "en") -> Visitor:
    """Bring a visitor whose pages make the copy as soon as they have loaded."""
    visitor = arrive(site, lang, service_workers="allow")
    visitor.may_complain = True  # about requests without a network
    visitor.page.context.add_init_script(WITHOUT_REST)
    return visitor


def expect_kept(page: Page) -> None:
    """Wait until a service worker controls the page; else fail with the state of the workers."""
    wait_for(page, lambda: str(page.evaluate(_STATE)), "controlled", about="the offline copy")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def expect_copy(visitor: Visitor, says: str) -> None:
    """Wait until the privacy page shows this message about the copy."""
    expect(visitor.page.locator('[data-slot="copy"]')).to_have_text(
        load(visitor.lang)(f"privacy.{says}")
    )


def list_of(site: Path) -> dict[str, Any]:
    """Return the data that the build gives to a site's service worker."""
    script = (site / SERVICE_WORKER).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(script.partition("\n")[0].removeprefix("self.BUILD=")[:-1])
    return data


def publish(folder: Path, edit: Callable[[Path], None], headers: str = "") -> None:
    """Replace the site by a new version, as a build of it would."""
    edit(folder)
    script = (folder / SERVICE_WORKER).read_text(encoding="utf-8").partition("\n")[2].strip()
    script_of_version = service_worker(script, folder, headers or version_of(folder))
    (folder / SERVICE_WORKER).write_text(script_of_version, encoding="utf-8")
