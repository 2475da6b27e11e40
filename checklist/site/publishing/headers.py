"""Write the configuration files in which static hosts read the headers to send.

``_headers`` is for Netlify and Cloudflare Pages, ``vercel.json`` for Vercel, ``nginx.conf`` for
one's own server. GitHub Pages sends no custom headers; there only the policy in each page applies.

Each page has its own rule: Cloudflare joins the headers of all rules that match, and two policies
together would block the worker with Python. Each immutable file has its own rule as well: a rule
for the folder would also apply to missing files, and a 404 during a deployment would be cached for
a year.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.policy import NO_FRAMES, PYTHON_POLICY, WORKER_POLICY, policy_of
from checklist.site.templates import TEMPLATES

NOT_FOUND: Final = "404.html"
_INDEX: Final = "index.html"
_HASH: Final = re.compile(r" 'sha256-[^']*'")
_DIGEST_LENGTH: Final = 8
_PLAIN: Final = TEMPLATES.overlay(autoescape=False)  # these files are not HTML
_POLICY: Final = "Content-Security-Policy"
_WORKERS: Final = {"worker.js": PYTHON_POLICY, "search-worker.js": WORKER_POLICY}
_CACHE: Final = "Cache-Control"
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_REVALIDATE: Final = "no-cache"
_IMMUTABLE_FOLDERS: Final = ("app", "runtime")
_HSTS: Final = "Strict-Transport-Security"
_HSTS_VALUE: Final = re.compile(r"max-age=\d+(; includeSubDomains)?(; preload)?")
_DISABLED_FEATURES: Final = (
    *("browsing-topics", "camera", "display-capture", "geolocation"),
    *("microphone", "payment", "usb"),
)
_COMMON_HEADERS: Final = (
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _DISABLED_FEATURES)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),  # for 404 responses, which have no frame-ancestors
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The headers for addresses that match a pattern; a ``*`` at its end matches any rest."""

    pattern: str
    headers: tuple[tuple[str, str], ...]


def write_headers(site: Path, base: str, hsts: str = "") -> None:
    """Write the files for a built site whose root has the path ``base``, such as ``/guide/``.

    ``hsts`` is the value of ``Strict-Transport-Security``, such as ``max-age=300``, or empty.
    Raises ``ValueError`` if browsers would ignore that value.
    """
    if hsts and not _HSTS_VALUE.fullmatch(hsts):
        raise ValueError(f"HSTS: {hsts} is no valid {_HSTS}, such as max-age=300")
    common = (*_COMMON_HEADERS, *([(_HSTS, hsts)] if hsts else []))
    rules = (Rule("*", common), *_rules(site))
    (site / "_headers").write_text(_netlify(rules, base), encoding="utf-8")
    (site / "vercel.json").write_text(_vercel(rules, base), encoding="utf-8")
    (site / "nginx.conf").write_text(_nginx(rules, common, base), encoding="utf-8")


def version_of(site: Path) -> str:
    """Return a digest of the headers of a built site: 8 hexadecimal digits.

    It ignores the hashes of inline scripts, so that a change of a page does not change it.
    """
    sent = (_COMMON_HEADERS, *(rule.headers for rule in _rules(site)))
    values = {tuple((name, _HASH.sub("", value)) for name, value in headers) for headers in sent}
    return hashlib.sha256(json.dumps(sorted(values)).encode()).hexdigest()[:_DIGEST_LENGTH]


def _rules(site: Path) -> Iterator[Rule]:
    """Yield the rules for single files; patterns are relative to the site's root."""
    for page in sorted(site.rglob("*.html")):
        policy = f"{policy_of(page.read_text(encoding='utf-8'))}; {NO_FRAMES}"
        address = page.relative_to(site).as_posix().removesuffix(_INDEX)
        yield Rule(address, ((_POLICY, policy), (_CACHE, _REVALIDATE)))
    yield Rule("service-worker.js", ((_POLICY, WORKER_POLICY), (_CACHE, _REVALIDATE)))
    for folder in _IMMUTABLE_FOLDERS:
        for file in sorted(site.glob(f"{folder}/*/*")):
            yield Rule(file.relative_to(site).as_posix(), tuple(_immutable_headers(file)))


def _immutable_headers(file: Path) -> Iterator[tuple[str, str]]:
    if file.name in _WORKERS:
        yield _POLICY, _WORKERS[file.name]
    yield _CACHE, _IMMUTABLE
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


def _nginx(rules: Iterable[Rule], common: Iterable[tuple[str, str]], base: str) -> str:
    """Return a server block, with a map from addresses to values for each varying header."""
    return _PLAIN.get_template("hosts/nginx.conf").render(
        everywhere=common,
        policies=_by_address(rules, _POLICY),
        caching=_by_address(rules, _CACHE),
        base=base,
        not_found=NOT_FOUND,
        not_for_visitors=READ_BY_HOSTS,
        index=_INDEX,
    )


def _by_address(rules: Iterable[Rule], header: str) -> dict[str, str]:
    """Return the values of a header by file, as nginx resolves addresses."""
    return {
        f"{rule.pattern}{_INDEX}" if _is_folder(rule.pattern) else rule.pattern: value
        for rule in rules
        for name, value in rule.headers
        if name == header
    }


def _is_folder(address: str) -> bool:
    return not address or address.endswith("/")
