"""The release check: it lists the differences between the built site and a deployed one."""

import gzip
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.release import (
    DIFFERENT,
    NOT_CHECKED,
    SAME,
    UNKNOWN_PATH,
    Request,
    differences,
    header_rules,
    main,
    requests_for,
)
from tests.support.server import Fault, Site, served
from tests.support.site_build import PROJECT

CANONICAL = '<!doctype html><title>Front</title><link rel="canonical" href="{}">'
FILES = {
    "index.html": "<!doctype html><title>Front</title>",
    "404.html": "<!doctype html><title>Nothing here</title>",
    "en/checklist/index.html": "<!doctype html><title>Checklist</title>",
    "app/1.0-abcdef12/main.js": "export {};",
    "runtime/x/pyodide.mjs": "export const py = 1;",
    "runtime/x/pyodide.asm.wasm": "\0asm",
    "manifest.webmanifest": "{}",
    "assets/a name.txt": "words",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small built site, with the configuration files of hosts."""
    for name, contents in FILES.items():
        path = tmp_path / "guide" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents, encoding="utf-8")
    for name in READ_BY_HOSTS:
        (tmp_path / "guide" / name).write_text("rules", encoding="utf-8")
    (tmp_path / "404.html").write_text(
        FILES["404.html"], encoding="utf-8"
    )  # where the host expects it
    return tmp_path / "guide"


@pytest.fixture
def deployed(folder: Path) -> Iterator[Site]:
    """The same site, deployed to the folder of a host for which it was built."""
    with served(folder.parent, "guide/") as site:
        (folder / "index.html").write_text(CANONICAL.format(site.address), encoding="utf-8")
        yield site


def test_the_same_files(folder: Path, deployed: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The number of files is printed; the last slash of the address is optional."""
    assert main([str(folder), deployed.address.rstrip("/")]) == SAME
    assert f"All {len(FILES)} files" in capsys.readouterr().out


def test_pages_are_requested_by_their_folders(folder: Path, deployed: Site) -> None:
    """As visitors do; the configuration files of hosts are not requested."""
    main([str(folder), deployed.address])
    requested = {path.removeprefix("/guide/") for path in deployed.requests}
    assert {"", "en/checklist/", "404.html", "assets/a%20name.txt", UNKNOWN_PATH} <= requested
    assert requested & {"index.html", "en/checklist/index.html", *READ_BY_HOSTS} == set()


@pytest.mark.parametrize(
    ("path", "fault", "message"),
    [
        ("checklist/", "missing", "missing: the host answers 404 instead of 200"),
        ("pyodide.mjs", "wrong", "other contents: "),
        ("main.js", "damaged", "other contents: 10 bytes came, the file has 10"),
    ],
)
def test_a_difference_is_reported(
    folder: Path, deployed: Site, path: str, fault: Fault, message: str
) -> None:
    """With the address and the problem."""
    deployed.faults[path] = fault
    ((request, (problem,)),) = differences(requests_for(folder, deployed.address)).items()
    assert request.address.endswith(path)
    assert problem.startswith(message)


def test_a_host_that_never_sends_404_is_reported(folder: Path, deployed: Site) -> None:
    """The page could mistake its response for one of Python's files."""
    requests = requests_for(folder, deployed.address)
    (folder / UNKNOWN_PATH).mkdir()
    (folder / UNKNOWN_PATH / "index.html").write_text("<!doctype html><title>Front</title>")
    (problems,) = differences(requests).values()
    assert problems == ["wrong status: the host answers 200 instead of 404"]


def test_the_number_of_differences(
    folder: Path, deployed: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line of the report has it, and says what to do."""
    deployed.faults |= {"main.js": "missing", "checklist/": "wrong"}
    assert main([str(folder), deployed.address]) == DIFFERENT
    assert f"2 of {len(FILES) + 1} answers are not as" in capsys.readouterr().err


def test_a_truncated_file_differs(
    folder: Path, deployed: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both sizes are reported."""
    (folder / "big.txt").write_text("a" * 3000, encoding="utf-8")
    deployed.faults["big.txt"] = "truncated"
    assert main([str(folder), deployed.address]) == DIFFERENT
    assert "other contents: 1500 bytes came, the file has 3000" in capsys.readouterr().err


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Headers that the host adds to each response; set by the test."""
    headers: dict[str, str] = {}
    end = SimpleHTTPRequestHandler.end_headers

    def send(handler: SimpleHTTPRequestHandler) -> None:
        for name, value in headers.items():
            handler.send_header(name, value)
        end(handler)

    monkeypatch.setattr(SimpleHTTPRequestHandler, "end_headers", send)
    return headers


@pytest.mark.parametrize("part", [slice(-4), slice(4, None), slice(12), slice(0)])
def test_a_damaged_compressed_response_differs(
    folder: Path, deployed: Site, extra: dict[str, str], part: slice
) -> None:
    """A body that cannot be decompressed is reported as a difference."""
    (folder / "packed").write_bytes(gzip.compress(b"words")[part])
    extra["Content-Encoding"] = "gzip"
    request = Request(folder / "assets" / "a name.txt", deployed.url("packed"))
    ((problem,),) = differences([request]).values()
    assert problem.startswith("other contents: ")


def test_the_page_for_wrong_addresses_may_have_status_404(folder: Path, deployed: Site) -> None:
    """Some hosts send that status when it is requested directly; only its bytes count."""
    deployed.faults["/404.html"] = "missing"  # the host answers with the same page
    assert differences(requests_for(folder, deployed.address)) == {}
    (folder / "404.html").write_text("another", encoding="utf-8")
    assert len(differences(requests_for(folder, deployed.address))) == 2


def test_a_site_built_for_another_address_is_reported(
    folder: Path, deployed: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its links and headers are for that address, though each file is as it was built."""
    (folder / "index.html").write_text(CANONICAL.format("https://example.org/"), encoding="utf-8")
    assert main([str(folder), deployed.address]) == DIFFERENT
    assert f"built for another address; SITE_URL={deployed.address}" in capsys.readouterr().err


RULES = """\
# Made by the build.

/guide/*
  X-Frame-Options: DENY
  Permissions-Policy: camera=(), usb=()

/guide/app/1.0-abcdef12/main.js
  Cache-Control: public, immutable
"""


def test_headers_are_compared_where_a_host_reads_them(
    folder: Path, deployed: Site, extra: dict[str, str]
) -> None:
    """In any order and spacing; headers that the host adds itself are ignored."""
    (folder / "_headers").write_text(RULES, encoding="utf-8")
    extra |= {"X-Frame-Options": "DENY", "Permissions-Policy": "usb=(),camera=()", "Server": "x"}
    deployed.keeping = "public,immutable"
    assert main([str(folder), deployed.address, "--headers"]) == SAME


def test_a_wrong_header_is_reported(folder: Path, deployed: Site, extra: dict[str, str]) -> None:
    """With the value that was sent; without ``--headers`` headers are not compared."""
    (folder / "_headers").write_text(RULES, encoding="utf-8")
    extra |= {"X-Frame-Options": "DENY", "Permissions-Policy": "usb=(), camera=()"}
    requests = requests_for(folder, deployed.address)
    assert differences(requests) == {}
    ((one, (problem,)),) = differences(requests, header_rules(folder)).items()
    assert one.file.name == "main.js"
    assert problem == "Cache-Control: the host says no-store instead of public, immutable"
    del extra["X-Frame-Options"]
    wrong = differences(requests, header_rules(folder))
    assert set(wrong) == set(requests)
    message = "X-Frame-Options: the host says nothing instead of DENY"
    assert all(message in problems for problems in wrong.values())


@pytest.mark.parametrize("suffix", [".wasm", ".mjs", ".js", ".html", ".webmanifest"])
def test_a_wrong_media_type_is_reported(
    folder: Path,
    deployed: Site,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    """Browsers would reject the file, though its contents are the same."""
    types = {**SimpleHTTPRequestHandler.extensions_map, suffix: "application/octet-stream"}
    monkeypatch.setattr(SimpleHTTPRequestHandler, "extensions_map", types)
    assert main([str(folder), deployed.address]) == DIFFERENT
    assert "wrong type: it comes as application/octet-stream" in capsys.readouterr().err


def test_a_host_that_does_not_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file differs, and the reason is reported."""
    with served(folder) as stopped:
        address = stopped.address
    assert main([str(folder), address]) == DIFFERENT
    assert "no answer: " in capsys.readouterr().err


def test_differences_are_checked_again_later(
    folder: Path, deployed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the files that differed are requested again."""
    deployed.faults["main.js"] = "missing"

    def pause(_: float) -> None:
        deployed.faults.clear()
        deployed.requests.clear()

    monkeypatch.setattr(time, "sleep", pause)
    assert main([str(folder), deployed.address, "--again", "3"]) == SAME
    assert deployed.requests == ["/guide/app/1.0-abcdef12/main.js"]


@pytest.mark.parametrize(
    ("name", "address", "message"),
    [
        ("nothing", "https://example.org/", "no built site is there"),
        ("guide", "example.org/guide/", "give the whole address"),
        ("guide", "file:///etc/", "give the whole address"),
    ],
)
def test_a_check_that_cannot_run(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, address: str, message: str
) -> None:
    """The exit code is not that of a site that differs."""
    assert main([str(folder.parent / name), address]) == NOT_CHECKED
    assert message in capsys.readouterr().err


def test_no_file_of_the_site_is_hidden(built: Path) -> None:
    """Hosts, and the action that deploys to GitHub Pages, omit files that begin with a dot."""
    assert [path.name for path in built.rglob(".*")] == []


def test_the_check_needs_no_packages() -> None:
    """It also runs on a machine where only Python is installed."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "checklist.site.publishing.release", "--help"],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
