"""A browser with a profile on the disk, which is killed as in a power cut and started again."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Error, Playwright

from tests.support.server import Site
from tests.support.time_limits import TIMEOUT_MS
from tests.support.visitor import Visitor, wait_for

type LaunchOptions = Mapping[str, Any]

_WRITE_ELSEWHERE: Final = """() => new Promise((done, failed) => {
  const opening = indexedDB.open("elsewhere", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("some");
  opening.onerror = failed;
  opening.onsuccess = () => {
    const writing = opening.result.transaction("some", "readwrite", { durability: "strict" });
    writing.objectStore("some").put(1, 1);
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


@dataclass(frozen=True)
class Running:
    """A browser between its start and its end."""

    visitor: Visitor
    context: BrowserContext
    profile: Path

    def kill(self) -> None:
        """End the browser and all its processes at once; none of them can write another byte."""
        self.visitor.verify()
        assert self.context.browser
        session = self.context.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        [main] = [one["id"] for one in processes if one["type"] == "browser"]
        os.killpg(os.getpgid(main), signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Wait until the browser has ended; one that was killed may have ended already."""
        with suppress(Error):
            self.context.close()

    def write_elsewhere(self) -> None:
        """Write into a database that is not the page's, and wait until that is on the disk.

        It takes as long as the page's own writes do on this machine at present.
        """
        self.visitor.page.evaluate(_WRITE_ELSEWHERE)

    def until_on_disk(self, text: str) -> None:
        """Wait until the browser has written a text that lies in ``localStorage`` to the disk.

        It does so seconds after the page has, so that what is there may be older than the database.
        """
        folder = self.profile / "Default" / "Local Storage"
        wanted = (text.encode("latin-1"), text.encode("utf-16-le"))

        def is_there() -> bool:
            files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
            return any(one in content for content in files for one in wanted)

        wait_for(self.visitor.page, is_there, True, f"{text} on the disk")


@dataclass(frozen=True)
class Computer:
    """A computer with one browser and a profile, which is kept when the browser is killed."""

    playwright: Playwright
    options: LaunchOptions
    profile: Path
    site: Site
    started: list[Running] = field(default_factory=list)

    def start(self) -> Running:
        """Start the browser."""
        context = self.playwright.chromium.launch_persistent_context(
            self.profile, service_workers="block", **self.options
        )
        context.set_default_timeout(TIMEOUT_MS)
        running = Running(Visitor(context.pages[0], self.site, "en"), context, self.profile)
        self.started.append(running)
        return running

    def start_anew(self, running: Running) -> Running:
        """Kill the browser and start it again."""
        running.kill()
        return self.start()

    def close(self) -> None:
        """End what was started."""
        for running in self.started:
            running.close()
