"""The page that is being rendered: its address, its source file and its language."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from mkdocs.utils import get_relative_url

from checklist.site.pages import folder_of
from checklist.texts import Texts


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What renderers need to know about one page.

    ``url`` is its path below the site's root, such as ``en/checklist/``; ``source`` is the path of
    its Markdown file below ``docs``, such as ``en/checklist.md``; ``texts`` are those of its
    language.
    """

    url: str
    source: str
    texts: Texts

    @property
    def name(self) -> str:
        """The name of the Markdown file, which is the same in both languages."""
        return PurePosixPath(self.source).name

    @property
    def folder(self) -> str:
        """The path of the page's language below the site's root: ``""`` or ``"en/"``."""
        return folder_of(self.texts.lang)

    @property
    def is_article(self) -> bool:
        """Whether this is the article, whose phrases other pages link to."""
        return self.name == "article.md"

    def href(self, path: str) -> str:
        """Return the address, relative to this page, of a path below the site's root."""
        return get_relative_url(path, self.url)
