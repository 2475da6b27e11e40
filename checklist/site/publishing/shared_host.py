"""A warning where the site is a folder of a host, whose other sites could read the clients."""

from urllib.parse import urlsplit


def shared_host_warning(site_url: str) -> str | None:
    """Return the warning, or ``None`` if the site has a host of its own.

    Browsers separate what pages store by scheme, host and port only (the "origin" of RFC 6454).
    """
    address = urlsplit(site_url)
    if address.path in ("", "/"):
        return None
    return (
        f"site_url: {site_url} is a folder of {address.netloc}. Pages in other folders of this "
        "host can read the clients that visitors keep here. Unless all of them are yours, publish "
        "the site on a host of its own, such as a subdomain."
    )
