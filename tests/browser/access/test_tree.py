"""The accessibility tree of the checklist, compared with a file for each language and state.

After an intended change write the files anew with ``RENEW=1 .venv/bin/python -m pytest
tests/browser/access/test_tree.py`` and read the difference.
"""

import difflib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from checklist.texts import LANGUAGES
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import LINK, fill_storage, open_clients, open_panels, record
from tests.support.server import Site
from tests.support.time_limits import TIMEOUT_MS
from tests.support.viewports import DESKTOP
from tests.support.visitor import Arrive, Visitor

CHANGING: Final = {
    re.compile(r"http://[\d.:]+/"): "SITE/",
    re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"): "NOW",
    re.compile(r"\d\d\.\d\d\.\d{4}, \d\d:\d\d"): "NOW",
    re.compile(r"\d?\d:\d\d( [AP]M)?"): "TIME",
}
FILES: Final = Path(__file__).with_name("trees")
INTERVAL_MS = 250
AFTER_FIRST_SENTENCE: Final = re.compile(r'(status "[^".]+\.)[^"]*')
RESULT, CASE, PANELS_PART = "#checklist-result", ".client-bar, .notice:not([hidden])", ".panels"
ARTICLE: Final = "article"
# Roles that are not announced themselves: their children take their place.
_PLAIN: Final = {"none", "generic", "InlineTextBox", "LineBreak", "LabelText", "ListMarker"}
# Roles that are announced by their names, which are the texts in them.
_NAMED: Final = {
    *("button", "cell", "checkbox", "columnheader", "DisclosureTriangle", "heading", "link"),
    *("option", "radio", "rowheader", "textbox"),
}
_STATES: Final = ("checked", "disabled", "expanded", "invalid", "multiline", "readonly", "selected")
_USUAL: Final = {None, False, "false"}


def branches(nodes: dict[str, Any], id_: str, depth: int = 0, named: str = "") -> Iterator[str]:
    """Yield a line for each node of the tree: role, name, value, description and states.

    ``named`` is the role of the parent where its name is what a screen reader says.
    """
    node = nodes[id_]
    role = node["role"]["value"]
    if role == "StaticText" and named:
        return
    is_said = not node["ignored"] and role not in _PLAIN
    inner = depth + 1 if is_said else depth
    here = role if role in _NAMED else named
    parts = [
        line for child in node.get("childIds", ()) for line in branches(nodes, child, inner, here)
    ]
    if not is_said:
        yield from parts
        return
    line = "  " * depth + words_of(node)
    text = parts[0].strip() if len(parts) == 1 else ""
    if text.startswith("text ") and line.count('"') == 0:
        yield f"{line} {text.removeprefix('text ')}"
    else:
        yield line
        yield from parts


def words_of(node: dict[str, Any]) -> str:
    """Return what a screen reader says of one node."""
    name, value, description = (
        node.get(what, {}).get("value") for what in ("name", "value", "description")
    )
    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    states = [
        f"{state}={properties[state]}".lower()
        for state in _STATES
        if properties.get(state) not in _USUAL
    ]
    words = [node["role"]["value"].removeprefix("Static").lower()]
    if words == ["heading"]:
        words = [f"heading {properties['level']}"]
    words += [json.dumps(name, ensure_ascii=False)] if name else []
    words += [f"= {json.dumps(value, ensure_ascii=False)}"] if value else []
    words += [f"({description})"] if description else []
    words += [f"[{', '.join(states)}]"] if states else []
    return " ".join(words)


def tree_of(page: Page, selector: str) -> str:
    """Return the accessibility tree of some parts of a page, as text."""
    tools = page.context.new_cdp_session(page)
    nodes = {one["nodeId"]: one for one in tools.send("Accessibility.getFullAXTree")["nodes"]}
    by_element = {one.get("backendDOMNodeId"): id_ for id_, one in nodes.items()}
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    parts = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    lines: list[str] = []
    for part in parts:
        node = tools.send("DOM.describeNode", {"nodeId": part})["node"]
        lines += branches(nodes, by_element[node["backendNodeId"]])
    tools.detach()
    text = "\n".join(lines)
    for what, name in CHANGING.items():
        text = what.sub(name, text)
    return f"{text}\n"


def come_to(visitor: Visitor, state: str, site: Site) -> str:
    """Bring the checklist, or the list of clients, into a state; return the parts to compare."""
    page = visitor.page
    if state == "clients":
        records = [
            record("1", name="A", answers=ADRIFT),
            record("2", name="B", answers=OPEN, outcome={"decision": "taken"}),
            record("3", name="C", rules="9.0"),
        ]
        fill_storage(visitor, records)
        open_clients(visitor)
        return ARTICLE
    if state == "shared":
        visitor.open(f"checklist/#c={LINK}")
        visitor.expect_verdict_from_python("step_back")
        return CASE
    if state == "failed":
        visitor.may_complain = True
        site.faults["worker.js"] = "missing"
        visitor.open()
        visitor.tick(**ADRIFT)
        expect(page.locator('[data-slot="failure"]')).not_to_be_empty()
        visitor.expect_announced()
        return f"{RESULT}, {PANELS_PART}"
    if state != "step_back":  # it follows the empty one
        visitor.open_scored()
    if state == "step_back":
        visitor.tick(**ADRIFT)
        visitor.expect_verdict("step_back")
    elif state == "open":
        visitor.tick(**OPEN)
        visitor.expect_verdict("open")
        for details in page.locator("#q-knows_goal details").all():
            details.locator("summary").click()
        open_panels(visitor)
        expect(page.locator('[data-field="letter"]')).not_to_have_value("")
        expect(page.locator('[data-document="agenda"]')).not_to_be_empty()
        expect(page.locator('[data-document="history"]')).not_to_be_empty()
    visitor.expect_announced()
    parts = {
        "empty": ARTICLE,
        "step_back": f'{RESULT}, [role="group"] > .group',
        "open": f"#q-knows_goal, {PANELS_PART}",
    }
    return parts[state]


def compare(visitor: Visitor, state: str, parts: str) -> list[str]:
    """Return how the tree differs from the file, once the live regions have been updated."""
    file = FILES / f"{state}.{visitor.lang}.txt"
    tree = tree_of(visitor.page, parts)
    if os.environ.get("RENEW"):
        while (later := tree_after_a_moment(visitor, parts)) != tree:
            tree = later
        file.parent.mkdir(exist_ok=True)
        file.write_text(tree, encoding="utf-8")
    known = with_first_sentence_only(file.read_text(encoding="utf-8"))
    for _ in range(TIMEOUT_MS // INTERVAL_MS):
        tree = with_first_sentence_only(tree)
        if tree == known:
            return []
        tree = tree_after_a_moment(visitor, parts)
    return [*difflib.unified_diff(known.splitlines(), tree.splitlines(), file.name, "now", n=1)]


def with_first_sentence_only(tree: str) -> str:
    """Leave out what a live region says after its first sentence.

    The table of verdicts announces the verdict alone, Python the next question too; which of them
    is first depends on the speed of the machine.
    """
    return AFTER_FIRST_SENTENCE.sub(r"\1", tree)


def tree_after_a_moment(visitor: Visitor, parts: str) -> str:
    """Return the tree a moment later."""
    visitor.page.wait_for_timeout(INTERVAL_MS)
    return tree_of(visitor.page, parts)


@pytest.mark.parametrize(
    "states", [("empty", "step_back"), ("open",), ("failed",), ("shared",), ("clients",)]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tree_is_that_of_the_file(
    arrive: Arrive, site: Site, lang: str, states: tuple[str, ...]
) -> None:
    """Every name, role, state and description of the content, or of the part that changes."""
    visitor = arrive(site, lang, viewport=DESKTOP, timezone_id="UTC")
    changed: list[str] = []
    for state in states:
        parts = come_to(visitor, state, site)
        changed += compare(visitor, state, parts)
        if state == "empty":
            expect_names(visitor.page)
            expect_mark_of_the_next_question(visitor.page)
    assert changed == [], "\n".join(changed)


def expect_names(page: Page) -> None:
    """Each group of answers has its question, each answer its word, each field its label."""
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("article :is(fieldset, input, textarea, select)")]
          .filter((one) => !(one.localName === "fieldset" ? one.querySelector("legend")
            : one.labels?.[0] ?? one.ariaLabel)).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert nameless == []


def expect_mark_of_the_next_question(page: Page) -> None:
    """Check that the mark is part of the next question's description, and that no hidden one is."""
    marks = page.locator("fieldset[aria-describedby]:visible").evaluate_all(
        "all => all.flatMap((one) => one.getAttribute('aria-describedby').split(' '))"
    )
    assert "next-knows_goal" in marks
    for mark in marks:
        assert page.locator(f"#{mark}").is_visible()


def test_an_unanswered_question_is_described_as_such(arrive: Arrive, site: Site) -> None:
    """The line around an answered question is not the only difference."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(decides="unknown")
    without = visitor.page.locator('fieldset[aria-describedby*="unanswered"]')
    questions = visitor.page.locator("fieldset:is([data-fact], [data-check])")
    expect(without).to_have_count(questions.count() - 1)
    expect(visitor.page.locator("#unanswered-decides")).to_be_hidden()
    press_undo = visitor.page.locator('[data-action="undo"]')
    press_undo.click()
    expect(visitor.page.locator("#q-decides")).to_have_attribute(
        "aria-describedby", re.compile("unanswered-decides")
    )
