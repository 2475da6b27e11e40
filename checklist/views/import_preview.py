"""The preview of an import: what it would do, for the visitor to confirm."""

from collections.abc import Iterable

from checklist.clients import ImportItem
from checklist.texts import Texts
from checklist.views.wording import question_of, short_name_of, verdict_in_words


def describe_import(items: Iterable[ImportItem], texts: Texts) -> list[str]:
    """Return a sentence for each client of the file."""
    return [_describe(item, texts) for item in items]


def _describe(item: ImportItem, texts: Texts) -> str:
    name = short_name_of(item.client, texts)
    verdict = verdict_in_words(item.client, texts)
    if item.differs:
        questions = " ".join(question_of(id_, texts) for id_ in item.differs)
        return texts("import.copy_differs", name=name, verdict=verdict, questions=questions)
    return texts(f"import.{item.kind}", name=name, verdict=verdict)
