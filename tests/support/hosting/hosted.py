"""A built site on one of the hosts that the build writes headers for."""

from dataclasses import dataclass
from pathlib import Path

from tests.support.hosting.rules import netlify_rules, vercel_rules

READERS = {"_headers": netlify_rules, "vercel.json": vercel_rules}
"""The reader of each file of headers; nginx reads ``nginx.conf`` itself."""
HOSTS = {
    "netlify": "_headers",
    "cloudflare": "_headers",
    "vercel": "vercel.json",
    "nginx": "nginx.conf",
}
"""The file of headers that each host reads."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A built site, the address of its root, and its host."""

    site: Path
    address: str
    host: str
