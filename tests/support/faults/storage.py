"""Faults of the browser's storage: refused, full, damaged, deleted."""

from collections.abc import Iterator, Mapping
from typing import Final

from playwright.sync_api import expect

from tests.support.database import forget_journals, make_database, read_clients, write_clients
from tests.support.faults.fault import Fault, Step, all_of, load_again, wait_for_python
from tests.support.visitor import Visitor

WHILE_BROKEN: Final = """{
  const isBroken = () => !document.cookie.includes("mended");
  const refuse = (name) => { throw new DOMException("no", name); };
  %s
}"""


def failing(method: str, instead: str, works: str = "works.apply(this, given)") -> str:
    """Return a script that replaces a browser method until the test restores it."""
    return f"""{{
      const works = {method};
      {method} = function (...given) {{ return isBroken() ? {instead} : {works}; }};
    }}"""


def patched(*scripts: str) -> Step:
    """Load the page again in a browser with a replaced method."""

    def cause(visitor: Visitor) -> None:
        visitor.page.add_init_script(WHILE_BROKEN % "\n".join(scripts))
        load_again(visitor)

    return cause


def patched_at_work(*scripts: str) -> Step:
    """Replace a browser method while the page is open."""

    def cause(visitor: Visitor) -> None:
        wait_for_python(visitor)
        visitor.page.evaluate(f"() => {WHILE_BROKEN % '\n'.join(scripts)}")

    return cause


def mend(visitor: Visitor) -> None:
    """Restore the browser's method."""
    visitor.page.evaluate("() => { document.cookie = 'mended=1; path=/'; }")


REFUSED: Final = "refuse('SecurityError')"
FULL_UP: Final = "refuse('QuotaExceededError')"
OPEN: Final = "IDBFactory.prototype.open"
PUT: Final = "IDBObjectStore.prototype.put"
KEEP: Final = failing("Storage.prototype.setItem", FULL_UP)
TELL: Final = failing("Storage.prototype.getItem", REFUSED)
BREAKS_OFF: Final = """(() => {
  const request = works.apply(this, given);
  this.transaction.abort();
  return request;
})()"""
NOT_SAVED: Final = "storage.not_saved"
NOT_YET: Final = "storage.not_yet"
DAMAGED: Final = "storage.damaged_all"


def of_the_storage() -> Iterator[Fault]:
    """It is refused, full, damaged or wiped; and a browser may refuse a worker."""
    cause = patched(
        failing("window.Worker", "refuse('SecurityError')", "Reflect.construct(works, given)")
    )
    yield Fault("workers refused", cause, "load.reason.blocked", "worker.js", end=mend, press=True)
    cause = patched(failing(OPEN, REFUSED))
    yield Fault("database refused", cause, NOT_YET, end=mend)
    cause = patched(failing(OPEN, "{ addEventListener() {} }"))
    yield Fault("database silent", cause, NOT_YET, end=mend)
    cause = patched_at_work(failing("IDBDatabase.prototype.transaction", REFUSED), KEEP, TELL)
    yield Fault("everything refused at work", cause, NOT_SAVED, end=mend)
    yield Fault("copies full", patched(KEEP), end=mend)
    yield Fault("copies refused", patched(KEEP, TELL), end=mend)
    yield Fault("database full", patched(failing(PUT, FULL_UP)), NOT_YET, end=mend)
    cause = patched(failing(PUT, FULL_UP), KEEP)
    yield Fault("everything full", cause, NOT_SAVED, end=mend)
    cause = patched(failing(PUT, BREAKS_OFF))
    yield Fault("each write breaks off", cause, NOT_YET, end=mend)
    yield Fault("copies garbled", garbled_copies, "storage.damaged")
    cause = in_database(2, "clients", "state")
    yield Fault("a database of a newer version", cause, NOT_YET, end=wiped)
    cause = all_of(in_database(1), is_opened)
    yield Fault("a database without its table", cause, keeps={})
    yield Fault("wiped at work", all_of(wait_for_python, is_opened, wiped))
    for name, record in SPOILT.items():
        cause = all_of(with_record(record), damage_is_reported)
        yield Fault(f"a record {name}", cause, DAMAGED, keeps={})


SPOILT: Final[Mapping[str, Mapping[str, object]]] = {
    "of newer rules": {"rules": "9.0"},
    "whose log is a word": {"answers": {"knows_gaol": "no"}, "log": "none"},
}
"""One that is refused as a whole, one that is spoilt at two places: ``validate.test.mjs``."""


def garbled_copies(visitor: Visitor) -> None:
    """Damage every copy outside the database."""
    visitor.page.goto(visitor.site.url("licences.txt"))
    visitor.page.evaluate(
        """() => Object.keys(localStorage).forEach(
          (key) => localStorage.setItem(key, '{"record": {"answers": ["'))"""
    )
    load_again(visitor)


def in_database(version: int, *tables: str) -> Step:
    """Create the database again with the version that another release would use."""

    def cause(visitor: Visitor) -> None:
        visitor.page.goto(visitor.site.url("licences.txt"))
        make_database(visitor.page, version, *tables)
        load_again(visitor)

    return cause


def wiped(visitor: Visitor) -> None:
    """Clear what the site keeps, as a browser's settings do."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    origin = visitor.site.address.rstrip("/")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


def with_record(changes: Mapping[str, object]) -> Step:
    """Replace the stored record of the open client."""

    def cause(visitor: Visitor) -> None:
        visitor.page.goto(visitor.site.url("licences.txt"))
        forget_journals(visitor.page)
        spoilt = [{**one, **changes} for one in read_clients(visitor.page)]
        write_clients(visitor.page, spoilt)
        load_again(visitor)

    return cause


def damage_is_reported(visitor: Visitor) -> None:
    """Wait until the page says that it cannot read the client, before an answer changes that."""
    expect(visitor.page.locator('[data-slot="notice"]')).to_be_visible()


def is_opened(visitor: Visitor) -> None:
    """Wait until the page has opened a client, before an answer makes it keep another."""
    visitor.expect_opened()
