"""Pages into which a browser's extension or its translation puts elements of its own."""

import re
from typing import Final

from playwright.sync_api import expect

from checklist.texts import load
from tests.support.clients_page import open_panels, press, until_listed
from tests.support.visitor import Visitor

EXTENSION: Final = """document.addEventListener("DOMContentLoaded", () => {
  const put = () => {
    for (const one of document.querySelectorAll(
      "ul, ol, dl, fieldset, form, section, details, p, h2, button:not(.added), .client",
    )) {
      if (!one.querySelector(":scope > some-extension")) {
        one.prepend(document.createElement("some-extension"));
        const button = document.createElement("button");
        one.append(Object.assign(button, { className: "added", textContent: "+" }));
      }
    }
    document.querySelectorAll("input, textarea").forEach((one) => { one.dataset.checked = "1"; });
  };
  put();
  setInterval(put, 100);
});"""
"""Puts an element and a button into whatever of the page it finds, again and again."""

TRANSLATION: Final = """document.addEventListener("DOMContentLoaded", () => setInterval(() => {
  document.documentElement.lang = "de";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const { parentElement } = text;
    if (text.data.trim()
        && !parentElement.closest("[translate=no], font, script, style, textarea, select")) {
      const font = document.createElement("font");
      font.append(Object.assign(document.createElement("font"), { textContent: "x" + text.data }));
      text.replaceWith(font);
    }
  }
}, 100));"""
"""Replaces each text by two nested elements, as the browsers' translations do."""


def use(visitor: Visitor) -> None:
    """Answer, name a client, copy a link, and find the client in the list."""
    page = visitor.page
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")
    visitor.tick(trusts_opinion="yes")
    visitor.expect_verdict("open")
    page.locator('[data-field="name"]').fill("Анна")
    visitor.expect_saved()
    open_panels(visitor, "words", "decision", "share")
    press(visitor, "copy-link")
    expect(page.locator('[data-slot="link-copied"]')).to_contain_text(load("ru")("messages.copied"))
    page.reload()
    expect(page.locator('[data-field="name"]')).to_have_value("Анна")
    visitor.open("clients/")
    until_listed(page)
    page.locator('[data-field="filter"]').fill("анн")
    expect(page.locator(".client:visible")).to_have_count(1)
    expect(page.locator('.client [data-slot="name"]')).to_have_text(re.compile("Анна"))
    page.locator('[data-field="filter"]').fill("x")
    expect(page.locator(".client:visible")).to_have_count(0)


def test_elements_of_an_extension_break_nothing(visitor: Visitor) -> None:
    """There are more of them after each change of the page."""
    visitor.page.add_init_script(EXTENSION)
    use(visitor)


def test_a_translated_page_works(visitor: Visitor) -> None:
    """What changes is shown in place of the translation; names are not translated."""
    visitor.page.add_init_script(TRANSLATION)
    use(visitor)
