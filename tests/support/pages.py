"""The pages of the site and the folder of each language."""

PAGES = (
    "",
    "about/",
    "aid/",
    "article/",
    "cases/",
    "checklist/",
    "clients/",
    "glossary/",
    "not-yet/",
    "paper/",
    "privacy/",
    "questions/",
    "signs/adrift/",
    "signs/backseat/",
    "signs/mismatch/",
    "signs/wall/",
    "stepping-back/",
    "success/",
    "teams/",
)
FOLDERS = {"ru": "", "en": "en/"}
