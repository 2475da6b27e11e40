"""The responses of hosts that are configured by our files, at the root and in a folder."""

import http.client
import shutil
import socket
import ssl
import subprocess
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.headers import NOT_FOUND, write_headers
from checklist.site.publishing.policy import NO_FRAMES, PYTHON_POLICY, WORKER_POLICY, policy_of
from checklist.site.publishing.release import differences, header_rules, requests_for
from tests.support.hosting.hosted import READERS, Hosted
from tests.support.hosting.nginx import nginx, own_server
from tests.support.machine import required

POLICY = "Content-Security-Policy"
UNKNOWN_PATH = "nothing/is/here"
EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NOT_CACHED: tuple[list[str], ...] = ([], ["no-cache"])
"""The headers of a response that may not be cached: none, or to revalidate it."""


@dataclass(frozen=True, slots=True)
class Response:
    """A host's response to one request."""

    status: int
    headers: Message
    body: bytes

    def sent(self, name: str) -> list[str]:
        """Return every value that a response has for a header."""
        return [str(value) for value in self.headers.get_all(name, [])]


def request(address: str, **headers: str) -> Response:
    """Request an address, and follow no redirect."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=300)) as connection:
        return _response_to(connection, parts.path, headers)


def _response_to(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str]
) -> Response:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return Response(response.status, response.headers, response.read())


def one_of(hosted: Hosted, pattern: str) -> str:
    """Return the address of the only file that matches a pattern."""
    (file,) = hosted.site.glob(pattern)
    return f"{hosted.address}{file.relative_to(hosted.site).as_posix()}"


def test_every_file_is_served_as_it_was_built(hosted: Hosted) -> None:
    """The release check finds no difference in contents, types and the page for wrong addresses."""
    expected = requests_for(hosted.site, hosted.address)
    assert differences(expected, header_rules(hosted.site)) == {}


def test_a_page_has_its_policy_in_a_header(hosted: Hosted) -> None:
    """Once, the same as in the page, with the directives that work only in a header."""
    for folder in ("", "en/", "checklist/", "en/clients/", "en/signs/wall/"):
        policy = policy_of((hosted.site / folder / "index.html").read_text(encoding="utf-8"))
        sent = request(f"{hosted.address}{folder}").sent(POLICY)
        assert sent == [f"{policy}; {NO_FRAMES}"], folder


def test_the_worker_has_a_policy_of_its_own(hosted: Hosted) -> None:
    """Only one: a second policy would apply as well, and forbid what the worker needs."""
    policies = {"app/*/worker.js": PYTHON_POLICY, "service-worker.js": WORKER_POLICY}
    for pattern, policy in policies.items():
        assert request(one_of(hosted, pattern)).sent(POLICY) == [policy], pattern


def test_headers_that_every_response_has_once(hosted: Hosted) -> None:
    """For any address."""
    for pattern in ("index.html", "app/*/worker.js", "runtime/*/python.packed", "assets/mark.svg"):
        response = request(one_of(hosted, pattern).removesuffix("index.html"))
        assert {name: response.sent(name) for name in EVERYWHERE} == {
            name: [value] for name, value in EVERYWHERE.items()
        }, pattern
        assert len(response.sent("Permissions-Policy")) == 1, pattern


def test_a_wrong_address(hosted: Hosted) -> None:
    """It has the site's own page and status 404, and may not be shown in a frame."""
    response = request(f"{hosted.address}{UNKNOWN_PATH}")
    assert response.status == 404
    assert response.body == (hosted.site / "404.html").read_bytes()
    assert response.sent("X-Frame-Options") == ["DENY"]


def test_a_missing_file_is_not_cached(hosted: Hosted) -> None:
    """It may exist a moment later, when a release has been published completely."""
    for pattern in ("app/*/main.js", "runtime/*/python.packed"):
        there = one_of(hosted, pattern)
        folder, _, name = there.rpartition("/")
        for missing in (f"{folder}/other-{name}", there.replace("-", "-0")):
            response = request(missing)
            assert response.status == 404, missing
            assert response.sent("Cache-Control") in NOT_CACHED, missing
            assert response.sent("Last-Modified") + response.sent("Expires") == [], missing


def test_how_long_files_are_cached(hosted: Hosted) -> None:
    """Files with a digest in their path are immutable; all others are revalidated each time."""
    for pattern, caching in (
        ("index.html", "no-cache"),
        ("service-worker.js", "no-cache"),
        ("app/*/main.js", "public, max-age=31536000, immutable"),
        ("runtime/*/python.packed", "public, max-age=31536000, immutable"),
    ):
        address = one_of(hosted, pattern).removesuffix("index.html")
        assert request(address).sent("Cache-Control") == [caching], pattern


def test_wasm_has_its_media_type(hosted: Hosted) -> None:
    """Otherwise a browser does not compile it while it arrives."""
    assert request(one_of(hosted, "runtime/*/pyodide.asm.wasm")).sent("Content-Type") == [
        "application/wasm"
    ]


def test_a_folder_without_its_slash_is_redirected(hosted: Hosted) -> None:
    """Links in the page are relative to the address with the slash."""
    response = request(f"{hosted.address}en/checklist")
    assert response.status in (301, 308)
    assert urlsplit(response.sent("Location")[0]).path.endswith("/en/checklist/")


def test_ones_own_server(hosted: Hosted, base: str) -> None:
    """It compresses, hides the files of headers, and redirects to the folder, as hosts do."""
    if hosted.host != "nginx":
        return
    response = request(one_of(hosted, "app/*/main.js"), **{"Accept-Encoding": "gzip"})
    assert response.sent("Content-Encoding") == ["gzip"]
    assert response.sent("Vary") == ["Accept-Encoding"]
    for file in READ_BY_HOSTS:
        response = request(f"{hosted.address}{file}")
        assert response.status == 404, file
        assert response.body == (hosted.site / NOT_FOUND).read_bytes(), file
    if base != "/":  # other addresses of the host are not ours
        response = request(hosted.address.rstrip("/"))
        assert (response.status, response.sent("Location")) == (301, [hosted.address])


@pytest.mark.parametrize("file", READERS)
def test_no_two_rules_set_the_same_header(built: Path, file: str) -> None:
    """Hosts differ in which rule then wins: the last, the most specific, or all of them."""
    rules = READERS[file]((built / file).read_text(encoding="utf-8"))
    for expected in requests_for(built, "https://example.org/"):
        path = urlsplit(expected.address).path
        names = [name for rule in rules if rule.matches(path) for name, _ in rule.headers]
        assert len(names) == len(set(names)), path


def test_a_long_folder(built: Path, tmp_path: Path) -> None:
    """The configuration makes room in nginx's tables for long addresses."""
    base = "/should-i-work-with-this-client/a-guide-and-a-checklist/"
    write_headers(Path(shutil.copytree(built, tmp_path / "site")), base)
    (tmp_path / "nginx").mkdir()
    server = own_server(tmp_path / "site", tmp_path / "plain")
    with nginx(server, tmp_path / "nginx") as address:
        assert request(f"{address}{base}en/signs/backseat/").sent("Cache-Control") == ["no-cache"]


def make_certificate(folder: Path) -> None:
    """Put a certificate for example.org and its key where the configuration expects them."""
    command = [required("openssl"), "req", "-x509", "-nodes", "-subj", "/CN=example.org"]
    files = ["-keyout", "privkey.pem", "-out", "fullchain.pem"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    folder.mkdir()
    subprocess.run([*command, *kind, *files], cwd=folder, check=True, capture_output=True)


def test_ones_own_server_with_https(built: Path, tmp_path: Path) -> None:
    """After the owner's values are filled in; plain HTTP is redirected."""
    make_certificate(tmp_path / "keys")
    (tmp_path / "nginx").mkdir()
    server = own_server(built, tmp_path / "plain", tmp_path / "keys")
    with nginx(server, tmp_path / "nginx") as address:
        trusting = ssl.create_default_context(cafile=tmp_path / "keys" / "fullchain.pem")
        trusting.check_hostname = False  # its name is example.org, which leads elsewhere
        place = urlsplit(address).netloc
        with closing(http.client.HTTPSConnection(place, context=trusting)) as secure:
            response = _response_to(secure, "/en/", {})
        assert response.status == 200
        assert response.sent("X-Frame-Options") == ["DENY"]
        with closing(http.client.HTTPConnection("example.org")) as plain:
            plain.sock = socket.socket(socket.AF_UNIX)
            plain.sock.connect(str(tmp_path / "plain"))
            response = _response_to(plain, "/en/?q=client", {})
        assert (response.status, response.sent("Location")) == (
            301,
            ["https://example.org/en/?q=client"],
        )
