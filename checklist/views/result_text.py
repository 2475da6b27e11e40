"""The result of one client as plain text, for the command line."""

from typing import Any

from checklist.advice import Situation
from checklist.texts import Texts
from checklist.texts.explanation import Explanation, explain
from checklist.views.notices import advise, notice_line, signing_line


def in_text(situation: Situation, texts: Texts) -> str:
    """Return the verdict with its reasons, and the advice beside it.

    What calls for a stop stands above the verdict's own advice.
    """
    explained = explain(situation.result, situation.answers, texts)
    advice = advise(situation, texts)
    stops = [one for one in advice["notices"] if one["weight"] == "stop"]
    others = [one for one in advice["notices"] if one["weight"] != "stop"]
    lines = [explained["title"], *_notice_lines(stops, texts)]
    lines += ["", explained["lead"], explained["next"], *_reason_lines(explained, texts)]
    lines += _change_section(explained, texts) + _ask_lines(explained, texts)
    lines += ["", texts("result.signs")]
    for sign in explained["signs"]:
        lines.append(f"  {sign['title']}: {sign['count']} ({sign['status_text']})")
    lines += ["", *filter(None, [explained["margin"], explained["progress"]])]
    if others or advice["signing"]:
        lines += ["", advice["title"]]
    if others:
        lines += [advice["lead"], *_notice_lines(others, texts)]
    if advice["signing"]:
        lines += ["", advice["signing_title"]]
        lines += [f"  - {signing_line(item, texts)}" for item in advice["signing"]]
    titles = "; ".join(one["title"] for one in advice["letters"])
    return "\n".join([*lines, "", texts("notices.fits", titles=titles)])


def _notice_lines(notices: list[dict[str, Any]], texts: Texts) -> list[str]:
    """Return the notices, those of one weight under one heading."""
    lines: list[str] = []
    for weight in dict.fromkeys(one["weight_text"] for one in notices):
        same = [one for one in notices if one["weight_text"] == weight]
        lines += ["", weight, *(f"  - {notice_line(one, texts)}" for one in same)]
    return lines


def _reason_lines(explained: Explanation, texts: Texts) -> list[str]:
    if not explained["because"]:
        return []
    lines = ["", explained["because_title"], *_item_lines(explained["because"][0])]
    if explained["not_no"]:
        lines += ["", texts("result.not_no"), *_item_lines(explained["not_no"])]
    return [*lines, *filter(None, [explained["more_reasons"]])]


def _change_section(explained: Explanation, texts: Texts) -> list[str]:
    if not explained["change_lead"]:
        return []
    lines = ["", texts("result.change"), explained["change_lead"]]
    for group in explained["change"]:
        lines += _change_lines(group, explained["together"])
    return lines


def _ask_lines(explained: Explanation, texts: Texts) -> list[str]:
    if not (ask := explained["ask"]):
        return []
    lines = ["", texts("result.ask"), f"  {ask['question']}", f"  {texts('result.say')}"]
    return [*lines, f"    {ask['words']}", f"  {ask['find_out']}"]


def _change_lines(statements: list[dict[str, str]], together: str) -> list[str]:
    if len(statements) == 1:
        return _item_lines(statements)
    return [f"  - {together}", *(f"  {item}" for item in _item_lines(statements))]


def _item_lines(statements: list[dict[str, str]]) -> list[str]:
    return [f"  - {statement['text']}" for statement in statements]
