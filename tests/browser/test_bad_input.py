"""Bad input in the real page: it refuses what Python refuses, and changes no saved client."""

import base64
from itertools import batched, chain, islice
from typing import Any

import pytest

from checklist.texts import load
from tests.support import damage, damaged_links
from tests.support.clients_page import fill_storage, open_clients, record
from tests.support.database import read_outside
from tests.support.entry_points import BAD_INPUT, response_to, run_main
from tests.support.sampling import count, randomness
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

FILES = count(300, soak=1_500)
LINKS = count(100, soak=300)
AT_ONCE = 100
BEFORE = [record("a", name="A", answers={"decides": "no"}), record("b", name="B", answers={})]

IMPORT = """async ([files, reading]) => {
  const field = document.querySelector('[data-field="file"]');
  const list = document.querySelector('[data-list="import-preview"]');
  const reports = [];
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "a.json"));
    const settled = new Promise((go) => {
      const observer = new MutationObserver(() => {
        if (list.textContent !== reading) { observer.disconnect(); go(); }
      });
      observer.observe(list, { childList: true });
    });
    field.files = transfer.files;
    field.dispatchEvent(new Event("change"));
    await settled;
    reports.push({
      lines: [...list.children].map((line) => line.textContent),
      refused: document.querySelector('[data-action="import-add"]').hidden,
    });
  }
  return reports;
}"""
OPEN = """async (payloads) => {
  const block = document.querySelector('[data-block="shared"]');
  const reports = [];
  for (const payload of payloads) {
    let hasBegun = false; // the notice about the link before may still be written once more
    const settled = new Promise((go) => {
      const observer = new MutationObserver(() => {
        hasBegun ||= block.dataset.state === "opening";
        if (hasBegun && block.dataset.state !== "opening") { observer.disconnect(); go(); }
      });
      observer.observe(block, { attributeFilter: ["data-state"] });
    });
    location.hash = `#c=${encodeURIComponent(payload)}`;
    await settled;
    reports.push(block.dataset.state);
  }
  return reports;
}"""


@pytest.mark.soak
def test_bad_files(arrive: Arrive, site: Site) -> None:
    """Each is refused with Python's message, or offered and not yet imported."""
    visitor = with_clients(arrive, site)
    open_clients(visitor)
    accidents = damage.damaged_bytes_of_clients(randomness("page"))
    files = [*islice(chain(damage.corpus().values(), accidents), FILES)]
    small = read_outside(visitor.page)
    texts = load(visitor.lang)
    reports: list[dict[str, Any]] = []
    for some in batched(files, AT_ONCE):
        written = [base64.b64encode(raw).decode() for raw in some]
        reports += visitor.page.evaluate(IMPORT, [written, texts("messages.reading")])
    for raw, seen in zip(files, reports, strict=True):
        if is_utf_16(raw):
            continue  # read by the page alone
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            expected = texts("errors.not_text", place="a.json", value=error.start)
            lines = [expected, texts("messages.save_as_utf8")]
            assert seen == {"lines": lines, "refused": True}
            continue
        if "client-cases" not in text:
            code, _ = run_main(["migrate"], raw)
            assert seen["refused"] == (code == BAD_INPUT), raw
    assert visitor.records() == BEFORE
    assert read_outside(visitor.page) == small


def is_utf_16(raw: bytes) -> bool:
    """Tell whether the page reads these bytes as UTF-16."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    half = raw[:4].count(0) == len(raw[:4]) // 2
    try:
        raw.decode("utf-16" if marked else "utf-16-be" if raw[:1] == b"\0" else "utf-16-le")
    except UnicodeDecodeError:
        return False
    return (marked and raw[2:4] != b"\0\0") or half


@pytest.mark.soak
def test_bad_links(arrive: Arrive, site: Site) -> None:
    """Each is opened or reported as damaged, as by Python; nothing of it is saved."""
    visitor = with_clients(arrive, site)
    visitor.open_scored()
    visitor.expect_opened()
    small = read_outside(visitor.page)
    links = [
        link.encode(errors="replace").decode()
        for link in islice(damaged_links.damaged_links(randomness("page")), LINKS)
    ]
    reports: list[str] = []
    for some in batched(dict.fromkeys(links), AT_ONCE):
        reports += visitor.page.evaluate(OPEN, list(some))
    for payload, state in zip(dict.fromkeys(links), reports, strict=True):
        answer = response_to({"lang": visitor.lang, "do": "open_link", "payload": payload})
        assert state == ("damaged" if "problems" in answer else "open"), payload
    assert visitor.records() == BEFORE
    assert read_outside(visitor.page) == small


def with_clients(arrive: Arrive, site: Site) -> Visitor:
    """Return a visitor with some saved clients."""
    visitor = arrive(site, "en")
    fill_storage(visitor, BEFORE)
    return visitor
