"""The configuration files for hosts: the headers of pages, of the worker and of other files."""

import json
from pathlib import Path

import pytest

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.headers import version_of, write_headers
from checklist.site.publishing.policy import PYTHON_POLICY, WORKER_POLICY, policy_of, with_policy

type Rules = dict[str, dict[str, str]]


def rules_of(site: Path) -> Rules:
    """Return the headers in ``_headers``, by pattern."""
    rules: Rules = {}
    pattern = ""
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[pattern][name] = value
        elif not line.startswith("#"):
            pattern = line
            rules[pattern] = {}
    return rules


@pytest.fixture(scope="session")
def rules(built: Path) -> Rules:
    """The rules for the site at the root of a host."""
    return rules_of(built)


def test_only_files_with_a_digest_in_their_path_are_immutable(built: Path, rules: Rules) -> None:
    """By exact paths: the response for a missing file beside them must not be cached."""
    immutable = [pattern for pattern, sent in rules.items() if "immutable" in str(sent)]
    files = []
    for folder in ("app", "runtime"):
        (named,) = (built / folder).iterdir()
        assert len(named.name.rpartition("-")[2]) == 8
        files += [f"/{path.relative_to(built).as_posix()}" for path in sorted(named.iterdir())]
    assert immutable == files


def test_each_page_has_its_own_policy_in_the_header(built: Path, rules: Rules) -> None:
    """The header adds only directives that do not work in a page."""
    for page in built.rglob("*.html"):
        address = f"/{page.relative_to(built).as_posix().removesuffix('index.html')}"
        policy = policy_of(page.read_text(encoding="utf-8"))
        sent = rules[address]["Content-Security-Policy"]
        assert sent == f"{policy}; frame-ancestors 'none'", address


def test_only_the_worker_may_compile_wasm(built: Path, rules: Rules) -> None:
    """One response may compile WebAssembly, and none may evaluate text as code."""
    (worker,) = built.glob("app/*/worker.js")
    allowed = [pattern for pattern, sent in rules.items() if "wasm-unsafe-eval" in str(sent)]
    assert allowed == [f"/{worker.relative_to(built).as_posix()}"]
    assert rules[allowed[0]]["Content-Security-Policy"] == PYTHON_POLICY
    (search,) = built.glob("app/*/search-worker.js")
    for other in ("service-worker.js", search.relative_to(built).as_posix()):
        assert rules[f"/{other}"]["Content-Security-Policy"] == WORKER_POLICY
    for file in READ_BY_HOSTS:
        text = (built / file).read_text(encoding="utf-8")
        assert "unsafe-inline" not in text
        assert "unsafe-eval" not in text.replace("wasm-unsafe-eval", "")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_headers_of_every_response(rules: Rules, header: str, value: str) -> None:
    """404 responses have them too."""
    assert rules["/*"][header] == value


def test_no_policy_applies_to_all_addresses(rules: Rules) -> None:
    """Cloudflare would add it to the worker's policy, and the worker could not compile wasm."""
    assert "Content-Security-Policy" not in rules["/*"]


def test_no_page_may_use_the_device(rules: Rules) -> None:
    """No camera, location or other feature that could identify or observe a visitor."""
    disabled = rules["/*"]["Permissions-Policy"].split(", ")
    assert disabled == [
        *("browsing-topics=()", "camera=()", "display-capture=()", "geolocation=()"),
        *("microphone=()", "payment=()", "usb=()"),
    ]


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A site with only a home page."""
    (tmp_path / "index.html").write_text(with_policy('<meta charset="utf-8">'), encoding="utf-8")
    return tmp_path


def test_hsts_is_sent_if_it_is_configured(small_site: Path) -> None:
    """Once in each of the three files, for all addresses; otherwise in none."""
    write_headers(small_site, "/")
    assert "Strict-Transport" not in "".join(
        path.read_text("utf-8") for path in small_site.iterdir()
    )
    write_headers(small_site, "/", "max-age=300; includeSubDomains")
    assert (
        rules_of(small_site)["/*"]["Strict-Transport-Security"] == "max-age=300; includeSubDomains"
    )
    for file in READ_BY_HOSTS:
        assert (small_site / file).read_text(encoding="utf-8").count(
            "Strict-Transport-Security"
        ) == 1


@pytest.mark.parametrize("value", ["300", "max-age=", "max-age=300\n  X: y", "max-age=300;preload"])
def test_an_invalid_value_of_hsts_fails_the_build(small_site: Path, value: str) -> None:
    """Browsers would ignore it."""
    with pytest.raises(
        ValueError, match=r"no valid Strict-Transport-Security, such as max-age=300"
    ):
        write_headers(small_site, "/", value)


def test_the_rules_are_within_the_limits_of_cloudflare(rules: Rules) -> None:
    """At most a hundred rules, and lines of at most 2,000 characters."""
    assert len(rules) <= 100
    assert max(len(value) for sent in rules.values() for value in sent.values()) < 2_000


def test_vercel_has_the_same_rules(built: Path, rules: Rules) -> None:
    """In the notation of its own file."""
    parsed = json.loads((built / "vercel.json").read_text(encoding="utf-8"))["headers"]
    assert [{h["key"]: h["value"] for h in rule["headers"]} for rule in parsed] == [*rules.values()]


def test_the_folder_of_the_site_is_in_the_files(built_in_folder: Path) -> None:
    """It comes from SITE_URL."""
    rules = rules_of(built_in_folder)
    assert {pattern for pattern in rules if not pattern.startswith("/guide/")} == set()
    assert "/guide/" in rules
    for file in READ_BY_HOSTS:
        assert "/guide/checklist/" in (built_in_folder / file).read_text(encoding="utf-8")


def test_changed_headers_change_the_version(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed page does not change it: the page contains its policy."""
    first = version_of(small_site)
    page = with_policy('<meta charset="utf-8"><script>1</script>')
    (small_site / "404.html").write_text(page, encoding="utf-8")
    assert version_of(small_site) == first
    for name, other in (("_COMMON_HEADERS", ()), ("NO_FRAMES", "frame-ancestors 'self'")):
        with monkeypatch.context() as changed:
            changed.setattr(f"checklist.site.publishing.headers.{name}", other)
            assert version_of(small_site) != first
