"""The files of headers that hosts read: each page has its policy, the worker another."""

import json
from pathlib import Path

import pytest

from checklist.site.headers import version_of, write_headers
from checklist.site.policy import SERVICE_WORKER, WORKER, policy_of, with_policy
from checklist.site.publish import READ_BY_HOSTS

type Rules = dict[str, dict[str, str]]


def rules_of(site: Path) -> Rules:
    """Return what ``_headers`` says, by pattern."""
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


def test_only_what_its_name_vouches_for_is_kept_for_ever(built: Path, rules: Rules) -> None:
    """Each file by itself: what is missing beside it must not be kept as missing."""
    kept = [pattern for pattern, sent in rules.items() if "immutable" in str(sent)]
    files = []
    for folder in ("app", "runtime"):
        (named,) = (built / folder).iterdir()
        assert len(named.name.rpartition("-")[2]) == 8
        files += [f"/{path.relative_to(built).as_posix()}" for path in sorted(named.iterdir())]
    assert kept == files


def test_each_page_has_the_policy_that_stands_in_it(built: Path, rules: Rules) -> None:
    """The header adds only what a page cannot say itself."""
    for page in built.rglob("*.html"):
        address = f"/{page.relative_to(built).as_posix().removesuffix('index.html')}"
        policy = policy_of(page.read_text(encoding="utf-8"))
        sent = rules[address]["Content-Security-Policy"]
        assert sent == f"{policy}; frame-ancestors 'none'", address


def test_wasm_is_allowed_to_the_worker_alone(built: Path, rules: Rules) -> None:
    """One response may compile; none may evaluate."""
    (worker,) = built.glob("app/*/worker.js")
    allowed = [pattern for pattern, sent in rules.items() if "wasm-unsafe-eval" in str(sent)]
    assert allowed == [f"/{worker.relative_to(built).as_posix()}"]
    assert rules[allowed[0]]["Content-Security-Policy"] == WORKER
    assert rules["/service-worker.js"]["Content-Security-Policy"] == SERVICE_WORKER
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
def test_what_every_answer_says(rules: Rules, header: str, value: str) -> None:
    """Also for addresses that lead nowhere."""
    assert rules["/*"][header] == value


def test_no_policy_for_all(rules: Rules) -> None:
    """Cloudflare would join it with the worker's, which then could not compile."""
    assert "Content-Security-Policy" not in rules["/*"]


def test_what_no_page_may_ask_of_the_device(rules: Rules) -> None:
    """Nothing that it could betray a visitor by."""
    refused = rules["/*"]["Permissions-Policy"].split(", ")
    assert refused == [
        *("browsing-topics=()", "camera=()", "display-capture=()", "geolocation=()"),
        *("microphone=()", "payment=()", "usb=()"),
    ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of nothing but its front page."""
    (tmp_path / "index.html").write_text(with_policy('<meta charset="utf-8">'), encoding="utf-8")
    return tmp_path


def test_https_only_is_said_where_the_owner_says_so(small: Path) -> None:
    """In all three files, once for all addresses; else in none."""
    write_headers(small, "/")
    assert "Strict-Transport" not in "".join(path.read_text("utf-8") for path in small.iterdir())
    write_headers(small, "/", "max-age=300; includeSubDomains")
    assert rules_of(small)["/*"]["Strict-Transport-Security"] == "max-age=300; includeSubDomains"
    for file in READ_BY_HOSTS:
        assert (small / file).read_text(encoding="utf-8").count("Strict-Transport-Security") == 1


@pytest.mark.parametrize("said", ["300", "max-age=", "max-age=300\n  X: y", "max-age=300;preload"])
def test_https_only_for_how_long(small: Path, said: str) -> None:
    """What browsers would not understand fails the build."""
    with pytest.raises(ValueError, match=r"may say: max-age=300"):
        write_headers(small, "/", said)


def test_cloudflare_takes_no_more_than_a_hundred_rules(rules: Rules) -> None:
    """Nor lines of over 2,000 characters."""
    assert len(rules) <= 100
    assert max(len(value) for sent in rules.values() for value in sent.values()) < 2_000


def test_vercel_is_told_the_same(built: Path, rules: Rules) -> None:
    """Its file has the same rules in its own notation."""
    told = json.loads((built / "vercel.json").read_text(encoding="utf-8"))["headers"]
    assert [{h["key"]: h["value"] for h in rule["headers"]} for rule in told] == [*rules.values()]


def test_the_folder_of_the_site_is_in_the_files(built_in_folder: Path) -> None:
    """It comes from SITE_URL."""
    rules = rules_of(built_in_folder)
    assert {pattern for pattern in rules if not pattern.startswith("/guide/")} == set()
    assert "/guide/" in rules
    for file in READ_BY_HOSTS:
        assert "/guide/checklist/" in (built_in_folder / file).read_text(encoding="utf-8")


def test_other_headers_are_another_version(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, and what stands in one, is none: its policy is in the page itself."""
    first = version_of(small)
    page = with_policy('<meta charset="utf-8"><script>1</script>')
    (small / "404.html").write_text(page, encoding="utf-8")
    assert version_of(small) == first
    for name, other in (("_EVERYWHERE", ()), ("NO_FRAMES", "frame-ancestors 'self'")):
        with monkeypatch.context() as changed:
            changed.setattr(f"checklist.site.headers.{name}", other)
            assert version_of(small) != first
