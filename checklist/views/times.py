"""Formatting of times."""

from datetime import datetime

from checklist.texts import Texts


def format_time(at: str, texts: Texts) -> str:
    """Return an ISO 8601 time as date and time in the language's format, in its own offset."""
    time = datetime.fromisoformat(at)
    return texts(
        "dates.minute",
        day=f"{time.day:02}",
        month=f"{time.month:02}",
        year=time.year,
        hour=f"{time.hour:02}",
        minute=f"{time.minute:02}",
    )
