"""What ``_headers`` and ``vercel.json`` tell their hosts, and nginx in the place of those hosts.

All rules that match an address apply; a header that several of them name is sent several times,
which is the same as joined by commas, as Cloudflare joins them.
https://developers.cloudflare.com/pages/configuration/headers/
https://docs.netlify.com/manage/routing/headers/
https://vercel.com/docs/project-configuration/vercel-json
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TYPE: Final = "Content-Type"
_SERVER: Final = """
    map $request_uri $asked {{ "~^(?<path>[^?]*)" $path; }}
{maps}
    server {{
        listen {listen};
        root {publish};
        index index.html;
        error_page 404 /404.html;
        charset utf-8;
        types {{
            text/html html;
            text/css css;
            text/javascript js mjs;
            application/json json;
            application/manifest+json webmanifest;
        }}
        default_type application/octet-stream;
{pages}
{headers}
{types}
    }}
"""


_SHORT_NAMES: Final = """\
        if ($asked ~ "^(.*)\\.html$") { return 308 $1; }
        try_files $uri $uri/ $uri.html =404;
"""
"""Cloudflare Pages redirects to a page's address without its ending."""


@dataclass(frozen=True, slots=True)
class HostRule:
    """A regular expression for addresses, and the headers that they get."""

    addresses: str
    headers: tuple[tuple[str, str], ...]

    def matches(self, address: str) -> bool:
        """Whether the rule applies to the path of an address."""
        return re.fullmatch(self.addresses, address) is not None


def netlify_rules(text: str) -> list[HostRule]:
    """Read ``_headers``; raises ``ValueError`` for a line that is neither address nor header."""
    rules: list[HostRule] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("/"):
            rules.append(HostRule(re.escape(line).replace(r"\*", ".*"), ()))
            continue
        name, colon, value = line.strip().partition(": ")
        if not rules or not colon or line == line.lstrip():
            raise ValueError(f"_headers: neither an address nor a header: {line}")
        rules[-1] = HostRule(rules[-1].addresses, (*rules[-1].headers, (name, value)))
    return rules


def vercel_rules(text: str) -> list[HostRule]:
    """Read the headers of ``vercel.json``, whose addresses are regular expressions."""
    return [
        HostRule(rule["source"], tuple((one["key"], one["value"]) for one in rule["headers"]))
        for rule in json.loads(text)["headers"]
    ]


def as_host(
    publish: Path, rules: Iterable[HostRule], *, short_names: bool = False
) -> Callable[[str], str]:
    """Return a configuration with which nginx does what a host does with a folder and its rules.

    With ``short_names`` it leads from ``page.html`` to ``page``.
    https://developers.cloudflare.com/pages/configuration/serving-pages/
    """
    maps: list[str] = []
    headers: list[str] = []
    types: list[str] = []
    for rule in rules:
        for name, value in rule.headers:
            if name == _TYPE:
                types.append(
                    f'        location ~ "^{rule.addresses}$" '
                    f"{{ types {{ }} default_type {value}; }}"
                )
                continue
            variable = f"$sent_{len(maps)}"
            maps.append(f'    map $asked {variable} {{ "~^{rule.addresses}$" "{value}"; }}')
            headers.append(f"        add_header {name} {variable} always;")

    def server(listen: str) -> str:
        return _SERVER.format(
            listen=listen,
            publish=publish,
            pages=_SHORT_NAMES if short_names else "",
            maps="\n".join(maps),
            headers="\n".join(headers),
            types="\n".join(types),
        )

    return server
