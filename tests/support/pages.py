"""The pages of the site and the folder of each language."""

PAGES = (
    "",
    "about/",
    "aid/",
    "article/",
    "before-you-start/",
    "begun/",
    "cases/",
    "checklist/",
    "clients/",
    "glossary/",
    "not-covered/",
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
    "your-contact/",
)
FOLDERS = {"ru": "", "en": "en/"}
