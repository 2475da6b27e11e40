"""Chromium, through Playwright as in the other tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, Page, Playwright

from tests.support.engines.engine import (
    VIEWPORT,
    Engine,
    EngineError,
    Json,
    Key,
    from_page,
    in_page,
)
from tests.support.time_limits import TIMEOUT_MS
from tests.support.visitor import QUIET


class _Chromium:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> None:
        with _refusals():
            self._page.goto(url)

    def reload(self) -> None:
        with _refusals():
            self._page.reload()

    def run(self, script: str) -> Json:
        with _refusals():
            return from_page(self._page.evaluate(in_page(script)))

    def click(self, x: int, y: int) -> None:
        with _refusals():
            self._page.mouse.click(x, y)

    def type(self, text: str) -> None:
        with _refusals():
            self._page.keyboard.type(text)

    def key(self, key: Key) -> None:
        with _refusals():
            self._page.keyboard.press(key)


@contextmanager
def chromium(playwright: Playwright, program: str | None) -> Iterator[Engine]:
    """Run Chromium with a new profile; without ``program`` it is Playwright's."""
    browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
    try:
        page = browser.new_page(viewport=VIEWPORT)
        page.set_default_timeout(TIMEOUT_MS)
        yield _Chromium(page)
    finally:
        browser.close()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise EngineError(str(error)) from error
