"""What the checklist page shows of the open client, and the same as the database has it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from playwright.sync_api import Page

from tests.support.database import RECORDS
from tests.support.visitor import wait_for

type Seen = Mapping[str, Any]

AGREED: Final[Seen | str] = {}

_NOTHING_WAITS: Final = """
const nothingWaits = () => Object.entries(localStorage).every(
  ([key, text]) => !key.startsWith("client-checklist:/:") || JSON.parse(text).pending.length === 0);
"""
_SHOWN: Final = """
const shown = () => {
  const value = (name) => document.querySelector(`[data-field="${name}"]`).value;
  const figure = (name) => value(name) === "" ? null : Number(value(name).replace(",", "."));
  const all = (css) => [...document.querySelectorAll(css)];
  return {
    id: history.state?.client ?? null,
    answers: Object.fromEntries(
      all('[data-fact][data-touched="true"] input:checked').map((one) => [one.name, one.value])),
    checks: Object.fromEntries(all('[data-check][data-touched="true"] input:checked')
      .map((one) => [one.name.slice("check-".length), one.value])),
    stage: document.querySelector('[name="stage"]:checked').value.replace("before", ""),
    name: value("name"),
    notes: Object.fromEntries(
      all("[data-note]").filter((one) => one.value).map((one) => [one.dataset.note, one.value])),
    context: all("[data-context]:checked").map((one) => one.dataset.context).sort(),
    staying: value("staying"),
    decision: value("decision"), went: value("went"), words: value("outcome-words"),
    ...Object.fromEntries(["hours", "weeks", "rate"].map((name) => [name, figure(name)])),
    greet: value("greet"), better: value("better"), reason: value("reason"),
  };
};
"""
_LOOK: Final = f"""async () => {{
  {RECORDS}{_SHOWN}{_NOTHING_WAITS}
  const isReady = !pythonStart.isKeepingInput && nothingWaits();
  return {{ isReady, shown: shown(), records: await records() }};
}}"""
_SHOWN_AROUND: Final = f"""async (argument) => {{
  {_SHOWN}
  const before = shown();
  (%s)(argument);
  for (let step = 0; step < 20; step += 1) {{
    await null;
  }}
  return [before, shown()];
}}"""


def shown(page: Page) -> Seen:
    """Return the open client as the page shows it."""
    seen: Seen = page.evaluate(f"() => {{ {_SHOWN} return shown(); }}")
    return seen


def shown_around(page: Page, script: str, argument: object) -> tuple[Seen, Seen]:
    """Run a script on the page; return the open client right before and right after it.

    What the page does at once, if in several steps, is done; nothing else has come between.
    """
    before, after = page.evaluate(_SHOWN_AROUND % script, argument)
    return before, after


def as_shown(record: Seen | None, client: str | None = None) -> Seen:
    """Return a stored client as the page is to show it; one that is not stored is blank."""
    one = record or {"id": client}
    outcome, estimate, letter = (one.get(key) or {} for key in ("outcome", "estimate", "letter"))
    return {
        "id": one["id"],
        "answers": one.get("answers", {}),
        "checks": one.get("checks", {}),
        "stage": one.get("stage", ""),
        "name": one.get("name", ""),
        "notes": one.get("notes", {}),
        "context": sorted(one.get("context", [])),
        "staying": one.get("staying", ""),
        **{key: outcome.get(key, "") for key in ("decision", "went", "words")},
        **{key: estimate.get(key) for key in ("hours", "weeks", "rate")},
        **{key: letter.get(key, "") for key in ("greet", "better", "reason")},
    }


def difference(page: Page) -> Seen | str:
    """Return where the page and the database do not agree, at this moment; empty where they do.

    They do not agree either while the page's journal has what the database may not have yet.
    """
    look = page.evaluate(_LOOK)
    if not look["isReady"]:
        return "not all of it is stored"
    there = look["shown"]
    [stored] = [one for one in look["records"] if one["id"] == there["id"]] or [None]
    wanted = as_shown(stored, there["id"])
    return {key: (there[key], wanted[key]) for key in wanted if there[key] != wanted[key]}


def differences_of(pages: Sequence[Page]) -> list[Seen | str]:
    """Return the same of several pages."""
    return [difference(page) for page in pages]


def expect_agreement(page: Page) -> None:
    """Wait until the page shows what the database has, with nothing on its way."""
    wait_for(page, lambda: difference(page), AGREED, "the page and the database")
