"""Everything that the page writes is valid, and is the same after an export and an import."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Locator, expect

from checklist.advice import CHECKS, STAGES
from checklist.browser import handle
from checklist.clients import parse_client, read_client
from checklist.clients.schema import schema
from checklist.rules import ANSWERS, RULES_VERSION
from checklist.site.requests.random_records import Samples, random_text
from tests.support.answers import CONTEXT_IDS, FACT_IDS
from tests.support.clients_page import (
    fill_storage,
    link_of,
    open_clients,
    press,
    press_in_menu,
    record,
    stored_by_id,
    until_kept,
    wipe,
)
from tests.support.sampling import count, randomness
from tests.support.server import Site
from tests.support.shown import expect_agreement, shown
from tests.support.visitor import Visitor, wait_for

RUNS: Final = count(1, soak=20)
MORE: Final = 15
SCHEMA: Final = schema()
VALID: Final = Draft202012Validator(SCHEMA)
OLDER: Final = "0.9"
FIGURES: Final = ("0", "5", "0.1", "1e-7", "123456.789", "999999999")
ARE_STORED: Final = """() => Object.entries(localStorage).every(
  ([key, text]) => !key.startsWith("client-checklist:/:") || JSON.parse(text).pending.length === 0)
"""

type Write = Callable[[Visitor, Random], None]


def field(visitor: Visitor, name: str) -> Locator:
    """The page's field of this name, in a panel that is open."""
    found = visitor.page.locator(f'[data-field="{name}"]')
    panel = visitor.page.locator("details[data-panel]").filter(has=found)
    if panel.count() and panel.get_attribute("open") is None:
        panel.locator("summary").first.click()
    return found


def write(name: str) -> Write:
    """Return a function that types a random text, sometimes an empty one, into a field."""

    def fill(visitor: Visitor, chance: Random) -> None:
        field(visitor, name).fill(random_text(chance))

    return fill


def choose(name: str) -> Write:
    """Return a function that chooses a random option of a list."""

    def select(visitor: Visitor, chance: Random) -> None:
        options = field(visitor, name).locator("option")
        field(visitor, name).select_option(index=chance.randrange(options.count()))

    return select


def answer(visitor: Visitor, chance: Random) -> None:
    """Answer a question."""
    visitor.tick(**{chance.choice(FACT_IDS): chance.choice(ANSWERS)})


def check(visitor: Visitor, chance: Random) -> None:
    """Answer a check, or choose a stage."""
    visitor.check(**{chance.choice(CHECKS).id: chance.choice(ANSWERS)})
    visitor.tick(stage=chance.choice(STAGES))


def note(visitor: Visitor, chance: Random) -> None:
    """Write a note on a question or on a check, which are unfolded."""
    id_ = chance.choice((*FACT_IDS, *(check.id for check in CHECKS)))
    textarea = visitor.page.locator(f"#note-{id_}")
    details = visitor.page.locator(".note").filter(has=textarea)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    textarea.fill(f"{random_text(chance)}.")


def context(visitor: Visitor, chance: Random) -> None:
    """Tick a context note, or remove the tick."""
    visitor.page.locator(f'[data-context="{chance.choice(CONTEXT_IDS)}"]').click()


def meeting(visitor: Visitor, chance: Random) -> None:
    """Add a meeting to the log."""
    write("meeting")(visitor, chance)
    press(visitor, "add-meeting")
    expect(field(visitor, "meeting")).to_have_value("")


def figures(visitor: Visitor, chance: Random) -> None:
    """Type a number into the estimate."""
    field(visitor, chance.choice(("hours", "weeks", "rate"))).fill(chance.choice(FIGURES))


def letter(visitor: Visitor, chance: Random) -> None:
    """Edit the letter."""
    letter = field(visitor, "letter")
    expect(letter).not_to_have_value("")
    letter.fill(f"{random_text(chance)}\n{random_text(chance)}.")


def step(visitor: Visitor, chance: Random) -> None:
    """Undo or redo answers."""
    action = chance.choice(("undo", "redo", "start-over"))
    visitor.page.locator(f'[data-action="{action}"]').click(force=True)


WRITES: Final[Mapping[str, Write]] = {
    "answer": answer,
    "check": check,
    "note": note,
    "name": write("name"),
    "context": context,
    "staying": write("staying"),
    "figures": figures,
    "decision": choose("decision"),
    "went": choose("went"),
    "words": write("outcome-words"),
    "meeting": meeting,
    "greet": write("greet"),
    "better": write("better"),
    "letter": letter,
    "reason": choose("reason"),
    "letter's language": choose("letter-lang"),
    "undo": step,
}
TICKED: Final = {**dict.fromkeys(FACT_IDS, "yes"), "knows_goal": "no", "trusts_opinion": "no"}
"""Step back: there is a letter for that."""


def write_everything(visitor: Visitor, chance: Random) -> None:
    """Fill every field, then do random actions."""
    visitor.tick(**TICKED)
    visitor.expect_verdict_from_python("step_back")
    field(visitor, "kind").select_option("refusal")
    letter(visitor, chance)
    for name in ("name", "staying", "outcome-words", "greet", "better", "sign"):
        field(visitor, name).fill(f"{random_text(chance)}.")
    for name in ("hours", "weeks", "rate"):
        field(visitor, name).fill(chance.choice(FIGURES))
    field(visitor, "reason").select_option("money")
    field(visitor, "decision").select_option("taken")
    field(visitor, "went").select_option("mixed")
    visitor.check(pays_late="yes")
    visitor.tick(stage="begun")
    visitor.page.locator('[data-context="early"]').check()
    note(visitor, chance)
    meeting(visitor, chance)
    parts = ("greet", "better", "sign", "reason", "text")
    until_kept(visitor, " && ".join(("one.stage", *(f"one.letter?.{part}" for part in parts))))
    expect_agreement(visitor.page)
    [one] = [one for one in visitor.records() if one["id"] == shown(visitor.page)["id"]]
    # Only a shared client has a link, and only a full log has lost entries.
    assert {*paths(one)} == {*NAMED} - {"link", "trimmed"}
    for name in chance.choices([*WRITES], k=MORE):
        WRITES[name](visitor, chance)
    expect_agreement(visitor.page)


def paths(value: object, before: str = "") -> Iterator[str]:
    """Yield the paths of all keys in a record, without those of answers, checks and notes."""
    if isinstance(value, list):
        for one in value:
            yield from paths(one, before)
    elif isinstance(value, dict) and not before.endswith(("answers", "checks", "notes")):
        for key, one in value.items():
            path = f"{before}.{key}" if before else key
            yield path
            yield from paths(one, path)


def named(part: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the paths of all keys in the schema."""
    part = part.get("items", part)
    if not before.endswith(("answers", "checks")):
        for key, one in part.get("properties", {}).items():
            path = f"{before}.{key}" if before else key
            yield path
            yield from named(one, path)


NAMED: Final = frozenset(named(SCHEMA["$defs"]["case"])) - {"log.rules"}
"""What a client has of whom everything is known; newer rules have not come meanwhile."""


def save_a_shared_client(visitor: Visitor, chance: Random) -> None:
    """Open the client's own link and save it as another client."""
    link = link_of(visitor, *chance.choice(((), ("link-name",), ("link-name", "link-notes"))))
    before = len(visitor.records())
    visitor.page.goto("about:blank")
    visitor.page.goto(link)
    visitor.expect_engine("python")
    press(visitor, "keep-shared")
    wait_for(visitor.page, lambda: len(visitor.records()), before + 1, "the client of the link")
    expect_agreement(visitor.page)


def rename_and_duplicate(visitor: Visitor, chance: Random) -> None:
    """Rename one client and duplicate another, chosen at random."""
    page = visitor.page
    before = len(visitor.records())
    rows = page.locator(".client")
    press_in_menu(rows.nth(chance.randrange(before)), "rename")
    name = f"{random_text(chance)}."
    page.locator('[data-dialog="rename"] input').fill(name)
    typed = page.locator('[data-dialog="rename"] input').input_value()
    page.locator('[data-dialog="rename"] button[value="ok"]').click()
    until_kept(visitor, f"one.name === {json.dumps(typed)}")
    press_in_menu(rows.nth(chance.randrange(before)), "duplicate")
    expect(page.locator(".client")).to_have_count(before + 1)


def import_file(visitor: Visitor, file: Path, total: int) -> None:
    """Import a file, and wait until there are so many clients."""
    page = visitor.page
    page.locator('[data-field="file"]').set_input_files(file)
    press(visitor, "import-add")
    expect(page.locator(".client")).to_have_count(total)


def export_all(visitor: Visitor, file: Path) -> None:
    """Save all clients into a file."""
    with visitor.page.expect_download() as download:
        press(visitor, "save-json")
    download.value.save_as(file)


def with_older_rules(request: str) -> str:
    """Return the response of a Python that migrates every client it opens from older rules."""
    parsed = json.loads(request)
    if parsed.get("do") != "open":
        return handle(request)
    parsed["record"] = {**parsed["record"], "rules": RULES_VERSION}
    return json.dumps({**json.loads(handle(json.dumps(parsed))), "news": ["The rules are new."]})


@pytest.mark.soak
@pytest.mark.parametrize("number", range(RUNS))
def test_what_the_page_writes_is_valid_and_survives_a_round_trip(
    visitor: Visitor, site: Site, tmp_path: Path, number: int
) -> None:
    """Each record matches the schema and is the same after an export, a wipe and an import."""
    chance = randomness(f"page writes {number}")
    site.answer = with_older_rules
    fill_storage(visitor, [record("older", name="Older", rules=OLDER)])
    visitor.open("checklist/#case=older")
    until_kept(visitor, "one.log?.some(({ rules }) => rules)")
    press(visitor, "new-client")
    write_everything(visitor, chance)
    save_a_shared_client(visitor, chance)
    open_clients(visitor)
    file = tmp_path / "some.json"
    sample = Samples(chance).record() | {"id": "imported"}
    file.write_text(json.dumps(sample), encoding="utf-8")
    import_file(visitor, file, 4)
    rename_and_duplicate(visitor, chance)
    wait_for(visitor.page, lambda: bool(visitor.page.evaluate(ARE_STORED)), True, "all is stored")

    before = stored_by_id(visitor)
    for one in before.values():
        assert [error.message for error in VALID.iter_errors(one)] == []
        parse_client(one)
        read_client(json.dumps(one))
    all_of_them = tmp_path / "all.json"
    export_all(visitor, all_of_them)
    written = json.loads(all_of_them.read_text(encoding="utf-8"))
    assert [error.message for error in VALID.iter_errors(written)] == []
    wipe(visitor)
    import_file(visitor, all_of_them, len(before))
    assert stored_by_id(visitor) == before
