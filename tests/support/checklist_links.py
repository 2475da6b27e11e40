"""Addresses for the checklist's page, where a test renders it without a site."""

from typing import Final

from checklist.site.render.form import Links

LINKS: Final = Links(
    source=lambda id_: f"#{id_}",
    sign=lambda id_: f"signs/{id_}/",
    contact="your-contact/",
    beside={"guide": "not-covered/", "before": "before-you-start/", "begun": "begun/"},
    clients="clients/",
    app="app",
)
