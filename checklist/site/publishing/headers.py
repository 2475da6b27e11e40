"""The headers to send, as files that static hosts read beside the pages.

``_headers`` is Netlify's and Cloudflare Pages', ``vercel.json`` Vercel's, ``nginx.conf`` is for a
server of one's own. GitHub Pages sends no headers of ours: there the policy in each page holds.

Each page has a rule of its own: Cloudflare joins what several rules say, and two policies joined
would forbid the worker what it needs. So has each file that may be kept for ever: a rule for their
folder would hold for what is missing there too, and a miss in the middle of a publication would be
kept for a year.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.policy import NO_FRAMES, SERVICE_WORKER, WORKER, policy_of
from checklist.site.templates import TEMPLATES

NOT_FOUND: Final = "404.html"
_INDEX: Final = "index.html"
_HASH: Final = re.compile(r" 'sha256-[^']*'")
_SHORT: Final = 8
_PLAIN: Final = TEMPLATES.overlay(autoescape=False)  # these files are no HTML
_POLICY: Final = "Content-Security-Policy"
_CACHE: Final = "Cache-Control"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_FIRST: Final = "no-cache"
_NAMED_BY_CONTENTS: Final = ("app", "runtime")
_HTTPS_ONLY: Final = "Strict-Transport-Security"
_HOW_LONG: Final = re.compile(r"max-age=\d+(; includeSubDomains)?(; preload)?")
_REFUSED: Final = (
    *("browsing-topics", "camera", "display-capture", "geolocation"),
    *("microphone", "payment", "usb"),
)
_EVERYWHERE: Final = (
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _REFUSED)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),  # frame-ancestors for addresses that lead nowhere
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What to send with the addresses that a pattern stands for; ``*`` is any end of one."""

    pattern: str
    headers: tuple[tuple[str, str], ...]


def write_headers(site: Path, base: str, https_only: str = "") -> None:
    """Write the files for a built site whose root has the path ``base``, such as ``/guide/``.

    ``https_only`` is for how long browsers are to keep to HTTPS, such as ``max-age=300``. Raises
    ``ValueError`` where they would not understand it.
    """
    if https_only and not _HOW_LONG.fullmatch(https_only):
        raise ValueError(f"HSTS: {https_only} is not what {_HTTPS_ONLY} may say: max-age=300")
    everywhere = (*_EVERYWHERE, *([(_HTTPS_ONLY, https_only)] if https_only else []))
    rules = (Rule("*", everywhere), *_rules(site))
    (site / "_headers").write_text(_netlify(rules, base), encoding="utf-8")
    (site / "vercel.json").write_text(_vercel(rules, base), encoding="utf-8")
    (site / "nginx.conf").write_text(_nginx(rules, everywhere, base), encoding="utf-8")


def version_of(site: Path) -> str:
    """Return a short name for the headers that a built site is to be sent with.

    It does not change with the pages and their scripts, whose hashes stand in the policies.
    """
    sent = (_EVERYWHERE, *(rule.headers for rule in _rules(site)))
    said = {tuple((name, _HASH.sub("", value)) for name, value in headers) for headers in sent}
    return hashlib.sha256(json.dumps(sorted(said)).encode()).hexdigest()[:_SHORT]


def _rules(site: Path) -> Iterator[Rule]:
    """Yield the rules for single files; patterns begin below the site's root."""
    for page in sorted(site.rglob("*.html")):
        policy = f"{policy_of(page.read_text(encoding='utf-8'))}; {NO_FRAMES}"
        address = page.relative_to(site).as_posix().removesuffix(_INDEX)
        yield Rule(address, ((_POLICY, policy), (_CACHE, _ASK_FIRST)))
    yield Rule("service-worker.js", ((_POLICY, SERVICE_WORKER), (_CACHE, _ASK_FIRST)))
    for folder in _NAMED_BY_CONTENTS:
        for file in sorted(site.glob(f"{folder}/*/*")):
            yield Rule(file.relative_to(site).as_posix(), tuple(_for_ever(file)))


def _for_ever(file: Path) -> Iterator[tuple[str, str]]:
    if file.name == "worker.js":
        yield _POLICY, WORKER
    yield _CACHE, _FOR_EVER
    if file.suffix == ".wasm":
        yield "Content-Type", "application/wasm"


def _netlify(rules: Iterable[Rule], base: str) -> str:
    return _PLAIN.get_template("hosts/_headers").render(rules=rules, base=base)


def _vercel(rules: Iterable[Rule], base: str) -> str:
    headers = [
        {
            "source": f"{base}{rule.pattern.replace('.', '\\.').replace('*', '(.*)')}",
            "headers": [{"key": name, "value": value} for name, value in rule.headers],
        }
        for rule in rules
    ]
    return json.dumps({"trailingSlash": True, "headers": headers}, indent=2) + "\n"


def _nginx(rules: Iterable[Rule], everywhere: Iterable[tuple[str, str]], base: str) -> str:
    """A server, with a map from addresses to each header that not all of them have."""
    return _PLAIN.get_template("hosts/nginx.conf").render(
        everywhere=everywhere,
        policies=_by_address(rules, _POLICY),
        caching=_by_address(rules, _CACHE),
        base=base,
        not_found=NOT_FOUND,
        not_for_visitors=READ_BY_HOSTS,
        index=_INDEX,
    )


def _by_address(rules: Iterable[Rule], header: str) -> dict[str, str]:
    """Return a header's values by the file that is sent, as nginx knows it."""
    return {
        f"{rule.pattern}{_INDEX}" if _is_folder(rule.pattern) else rule.pattern: value
        for rule in rules
        for name, value in rule.headers
        if name == header
    }


def _is_folder(address: str) -> bool:
    return not address or address.endswith("/")
