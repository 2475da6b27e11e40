"""The clients' database in a browser: read, written to and made anew by the tests.

The scripts are the body of an async function, so that each engine can run them in its own way.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from playwright.sync_api import Page

type Record = Mapping[str, object]

RECORDS: Final = """const records = () => new Promise((done) => {
  const opening = indexedDB.open("client-checklist");
  // Where the page has made none yet, reading makes none either.
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => done([]);
  opening.onsuccess = () => {
    const { result: database } = opening;
    const done_with = (found) => { database.close(); done(found); };
    if (!database.objectStoreNames.contains("cases")) { done_with([]); return; }
    const all = database.transaction("cases").objectStore("cases").getAll();
    all.onsuccess = () => done_with(all.result);
  };
});
"""
"""Defines ``records()``, which resolves to every client that the browser keeps."""

PUT: Final = """const put = (clients) => new Promise((done, failed) => {
  const opening = indexedDB.open("client-checklist");
  opening.onerror = failed;
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore("cases", { keyPath: "id" });
  opening.onsuccess = () => {
    const writing = opening.result.transaction("cases", "readwrite");
    clients.forEach((one) => writing.objectStore("cases").put(one));
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
});
"""
"""Defines ``put(clients)``, which writes clients over those with the same id."""

_MAKE_ANEW: Final = """([version, tables]) => new Promise((done, failed) => {
  indexedDB.deleteDatabase("client-checklist").onsuccess = () => {
    if (version === 0) { done(); return; }
    const opening = indexedDB.open("client-checklist", version);
    opening.onupgradeneeded = () => tables.forEach(
      (name) => opening.result.createObjectStore(name, { keyPath: "id" }));
    opening.onerror = failed;
    opening.onsuccess = () => { opening.result.close(); done(); };
  };
})"""


def read_clients(page: Page) -> list[dict[str, Any]]:
    """Return every client that the browser keeps."""
    found: list[dict[str, Any]] = page.evaluate(f"() => {{ {RECORDS} return records(); }}")
    return found


def write_clients(page: Page, clients: Sequence[Record]) -> None:
    """Put clients into the database as the page would have left them."""
    page.evaluate(f"(clients) => {{ {PUT} return put(clients); }}", list(clients))


def make_database(page: Page, version: int, *tables: str) -> None:
    """Make the database anew, without a client, as another version of the page would."""
    page.evaluate(_MAKE_ANEW, [version, list(tables)])


def delete_database(page: Page) -> None:
    """Remove the database with all clients."""
    page.evaluate(_MAKE_ANEW, [0, []])
