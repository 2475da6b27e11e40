"""Times as people read them: the wall clock of whoever wrote them down."""

from datetime import datetime

from checklist.texts import Texts


def shown_time(at: str, texts: Texts) -> str:
    """Return an ISO time with its own offset as the language writes it."""
    time = datetime.fromisoformat(at)
    return texts(
        "dates.minute",
        day=f"{time.day:02}",
        month=f"{time.month:02}",
        year=time.year,
        hour=f"{time.hour:02}",
        minute=f"{time.minute:02}",
    )
