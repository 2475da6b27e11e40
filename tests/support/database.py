"""The clients' database in a browser: read, written and recreated by the tests.

The scripts are the body of an async function, so that each engine can run them in its own way.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from playwright.sync_api import Page

type Record = Mapping[str, object]

NAME: Final = "client-checklist:/"
"""The database of a site at the root of its host."""

RECORDS: Final = """const records = () => new Promise((done, fail) => {
  const settings = document.getElementById("checklist-settings");
  const { root = "/" } = settings ? JSON.parse(settings.textContent) : {};
  const opening = indexedDB.open(`client-checklist:${new URL(root, document.baseURI).pathname}`);
  // Where the page has made none yet, reading makes none either.
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => done([]);
  opening.onsuccess = () => {
    const { result: database } = opening;
    const close = (found) => { database.close(); done(found); };
    if (!database.objectStoreNames.contains("clients")) { close([]); return; }
    const reading = database.transaction("clients");
    reading.onabort = () => fail(reading.error); // otherwise nobody would hear of it
    const all = reading.objectStore("clients").getAll();
    all.onsuccess = () => close(all.result.flatMap(({ record }) => record ?? []));
  };
});
"""
"""Defines ``records()``, which resolves to every client that the browser keeps."""

PUT: Final = """const put = (rows, state = {}) => new Promise((done, failed) => {
  const opening = indexedDB.open("client-checklist:/");
  opening.onerror = failed;
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("clients", { keyPath: "id" });
    opening.result.createObjectStore("state");
  };
  opening.onsuccess = () => {
    const writing = opening.result.transaction(["clients", "state"], "readwrite");
    rows.forEach((one) => writing.objectStore("clients").put(one));
    Object.entries(state).forEach(([key, value]) => writing.objectStore("state").put(value, key));
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
});
"""
"""Defines ``put(rows, state)``, which writes rows, and values by their keys, over what is there."""

_STATE: Final = """(key) => new Promise((done, failed) => {
  const opening = indexedDB.open("client-checklist:/");
  opening.onerror = failed;
  opening.onsuccess = () => {
    const reading = opening.result.transaction("state").objectStore("state").get(key);
    reading.onsuccess = () => { opening.result.close(); done(reading.result); };
  };
})"""

_MAKE_ANEW: Final = """([version, tables]) => new Promise((done, failed) => {
  indexedDB.deleteDatabase("client-checklist:/").onsuccess = () => {
    if (version === 0) { done(); return; }
    const opening = indexedDB.open("client-checklist:/", version);
    opening.onupgradeneeded = () => tables.forEach(
      (name) => opening.result.createObjectStore(name, { keyPath: "id" }));
    opening.onerror = failed;
    opening.onsuccess = () => { opening.result.close(); done(); };
  };
})"""

_PUT_AS_1_4: Final = """(clients) => new Promise((done, failed) => {
  const opening = indexedDB.open("client-checklist", 1);
  opening.onerror = failed;
  opening.onupgradeneeded = () => opening.result.createObjectStore("cases", { keyPath: "id" });
  opening.onsuccess = () => {
    const writing = opening.result.transaction("cases", "readwrite");
    clients.forEach((one) => writing.objectStore("cases").put(one));
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


_OUTSIDE: Final = """() => Object.entries({ ...localStorage }).map(([key, text]) => {
  if (!key.startsWith("client-checklist:/:")) { return [key, text]; }
  const { record, pending } = JSON.parse(text);
  return [record, pending];
})"""


def read_outside(page: Page) -> list[Any]:
    """Return the contents of ``localStorage``; of journals only the changes, without revisions."""
    found: list[Any] = page.evaluate(_OUTSIDE)
    return found


def read_clients(page: Page) -> list[dict[str, Any]]:
    """Return every stored client."""
    found: list[dict[str, Any]] = page.evaluate(f"() => {{ {RECORDS} return records(); }}")
    return found


def write_clients(page: Page, clients: Sequence[Record]) -> None:
    """Write clients into the database as the page would have."""
    rows = [{"id": one["id"], "record": one, "revisions": {}} for one in clients]
    write_rows(page, rows)


def write_rows(page: Page, rows: Sequence[Record]) -> None:
    """Write rows into the database, valid or not."""
    page.evaluate(f"(rows) => {{ {PUT} return put(rows); }}", list(rows))


def write_clients_of_1_4(page: Page, clients: Sequence[Record]) -> None:
    """Write clients where version 1.4.0 stored them."""
    page.evaluate(_PUT_AS_1_4, list(clients))


def write_state(page: Page, key: str, value: object) -> None:
    """Write a value that is not a client, such as which client is open."""
    script = f"([key, value]) => {{ {PUT} return put([], {{ [key]: value }}); }}"
    page.evaluate(script, [key, value])


def read_state(page: Page, key: str) -> object:
    """Return such a value; None if there is none."""
    return page.evaluate(_STATE, key)


def opened_last(page: Page) -> str | None:
    """Return the id of the client that was opened last; None if there is none."""
    mark = read_state(page, "open")
    return str(mark["id"]) if isinstance(mark, dict) else None


def forget_journals(page: Page) -> None:
    """Remove what the page stores outside the database."""
    page.evaluate(
        """() => Object.keys(localStorage)
          .filter((key) => key.startsWith("client-checklist:/:"))
          .forEach((key) => localStorage.removeItem(key))"""
    )


def make_database(page: Page, version: int, *tables: str) -> None:
    """Create the database again, empty, with the version that another release would use."""
    page.evaluate(_MAKE_ANEW, [version, list(tables)])


def delete_database(page: Page) -> None:
    """Remove the database with all clients."""
    page.evaluate(_MAKE_ANEW, [0, []])
