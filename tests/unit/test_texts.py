"""The texts: complete in both languages, all of them used, none of them broken."""

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from markupsafe import Markup

from checklist.advice import CHECKS, KINDS, STAGES
from checklist.clients import PROJECT_RESULTS, Client, ImportItem, Migration
from checklist.rules import FACTS, RULE, SIGNS, Answers, score
from checklist.site.publishing.offline import manifest, render_update
from checklist.site.publishing.sbom import Own, licences
from checklist.site.render.article import phrases
from checklist.site.render.case_index import render_case_index
from checklist.site.render.clients_page import render_clients
from checklist.site.render.form import render_checklist
from checklist.site.render.guide import Places, guide_makers
from checklist.site.render.last_client import render_last_client
from checklist.site.render.not_found import render_not_found
from checklist.site.render.privacy import render_copy, render_stored
from checklist.site.render.script_data import SCRIPT_SECTIONS
from checklist.site.render.worked_cases import read_worked_cases
from checklist.texts import LANGUAGES, MissingTextError, Texts, load
from checklist.texts.explanation import explain
from checklist.texts.plurals import FORMS, plural_form
from checklist.views.agenda import agenda
from checklist.views.comparison import comparison
from checklist.views.csv_file import to_csv
from checklist.views.history import history
from checklist.views.import_preview import describe_import
from checklist.views.letters import Options, letter, why_none
from checklist.views.losses import estimate, losses
from checklist.views.migration import describe_migration
from checklist.views.overview import overview
from checklist.views.result_text import in_text
from checklist.views.sheet import sheet
from checklist.views.wording import situation_of_client
from tests.support.answers import ADRIFT, AT, GOOD
from tests.support.checklist_links import LINKS
from tests.support.site_build import SOURCES
from tests.support.states import sample_of_states

LAYOUT = SOURCES / "page" / "theme"
LAYOUT_KEY = re.compile(r"words\(['\"]([\w.]+)['\"]")
DOCS = SOURCES.parent / "docs"
WORKED = read_worked_cases(DOCS / "cases.toml")
LOG = [
    {"at": AT, "answers": {"decides": ["yes", "no"]}},
    {"at": AT, "meeting": "about the terms"},
    {"at": AT, "note": "decides", "text": ""},
    {"at": AT, "decision": "taken"},
    {"at": AT, "decision": "declined"},
    {"at": AT, "rules": "1.0"},
    {"at": AT, "meeting": ""},
    {"at": AT, "checks": {"pays_late": [None, "yes"]}},
    {"at": AT, "stage": "begun"},
    {"at": AT, "stage": "before"},
]
BESIDE: list[dict[str, Any]] = [
    *({"checks": {check.id: "yes"}, "stage": stage} for stage in STAGES for check in CHECKS),
    {"checks": {check.id: "unknown" for check in CHECKS}},
    {"checks": {check.id: "no" for check in CHECKS}},
    {"checks": {"nothing_signed": "yes", "bad_history": "no"}, "stage": "before"},
    {"checks": {"pays_late": "yes", "paid_when_paid": "yes"}, "stage": "begun"},
    {"checks": {"pays_late": "yes", "abusive": "yes"}, "stage": "begun"},
    {"checks": {"pays_late": "yes", "goes_silent": "yes"}, "stage": "begun"},
]
"""Each check by itself at each stage, all unknown or answered well, and some that meet."""
DECIDED = {
    "changed": AT,
    "staying": "of the good company",
    "outcome": {"decision": "declined", "went": "well", "words": "W"},
}


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every key with its sentence; a list counts as one sentence."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", "\n".join(value) if isinstance(value, list) else value


def without_plural_forms(keys: Iterator[tuple[str, str]]) -> set[str]:
    """Leave out plural forms that only one of the languages has."""
    return {re.sub(r"\.(few|many)$", ".other", key) for key, _ in keys}


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    """A missing sentence would leave a gap in the pages of that language."""
    ru, en = (without_plural_forms(leaves(load(lang).table)) for lang in LANGUAGES)
    assert ru == en


def test_both_languages_have_the_same_placeholders() -> None:
    """So that no figure is missing in one of them."""
    ru, en = (dict(leaves(load(lang).table)) for lang in LANGUAGES)
    differing = {
        key: (placeholders(ru[key]), placeholders(en[key]))
        for key in ru.keys() & en.keys()
        if placeholders(ru[key]) != placeholders(en[key])
    }
    assert not differing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_counted_sentence_has_every_form_of_its_language(lang: str) -> None:
    """Russian needs one, few, many, other; English one, other."""
    keys = [key for key, _ in leaves(load(lang).table)]
    counted = {key.removesuffix(".one") for key in keys if key.endswith(".one")}
    assert counted
    for key in counted:
        forms = {other.removeprefix(f"{key}.") for other in keys if other.startswith(f"{key}.")}
        assert forms == set(FORMS[lang]), key


@pytest.mark.parametrize(
    ("lang", "form", "counts"),
    [
        ("ru", "one", (1, 21, 101, 1001)),
        ("ru", "few", (2, 3, 4, 22, 104)),
        ("ru", "many", (0, 5, 10, 11, 12, 14, 19, 20, 111, 112)),
        ("en", "one", (1,)),
        ("en", "other", (0, 2, 11, 21)),
    ],
)
def test_plural_form(lang: str, form: str, counts: tuple[int, ...]) -> None:
    """Numbers take the form that Unicode CLDR gives them."""
    assert {plural_form(lang, count) for count in counts} == {form}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_empty(lang: str) -> None:
    """Or has spaces at its ends."""
    assert [key for key, text in leaves(load(lang).table) if not text or text != text.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_and_signs_have_texts(lang: str) -> None:
    """In both languages, and there are no texts for others."""
    table = load(lang).table
    assert list(table["facts"]) == [fact.id for fact in FACTS]
    assert list(table["checks"]) == [check.id for check in CHECKS]
    assert list(table["signs"]) == [sign.id for sign in SIGNS]
    assert set(table["verdicts"]) == {line.verdict for line in RULE}


@pytest.mark.parametrize("key", ["facts.no_such", "facts", "facts.knows_goal.looks_yes"])
def test_a_missing_sentence_is_an_error(key: str) -> None:
    """So is a key of more than one sentence."""
    with pytest.raises(MissingTextError, match=re.escape(key)):
        load("en")(key)


def test_an_unknown_language_is_an_error() -> None:
    """Only Russian and English exist."""
    with pytest.raises(MissingTextError, match="fr"):
        load("fr")


class Recorder(Texts):
    """The texts of a language, recording which keys were used."""

    used: set[str]

    def _find(self, key: str) -> object:
        self.used.add(key)
        return super()._find(key)


def recorder(lang: str) -> Recorder:
    """Return the texts of a language, with no key used yet."""
    words = Recorder(lang, load(lang).table)
    object.__setattr__(words, "used", set())
    return words


def make_all_views(answers: Answers, words: Texts) -> None:
    """Make every document and letter that these answers allow."""
    client = Client({"answers": answers, "log": LOG, **DECIDED}, answers)
    make_views(client, words)
    comparison([client, Client({"answers": {}, "notes": {"knows_goal": "N"}}, {})], words)
    overview([client], words)
    to_csv([client], words)


def make_views(client: Client, words: Texts) -> None:
    """Make every document and letter about one client, and why there is no letter."""
    for kind in KINDS:
        if not letter(kind, client, words, Options(greet="A", better="B", sign="C")):
            why_none(kind, client, words)
    for view in (agenda, history, losses, sheet):
        view(client, words)
    in_text(situation_of_client(client), words)


def make_texts_beside_the_rule(words: Texts) -> None:
    """Make what the checks and the stage say, for answers of each verdict."""
    for answers in (GOOD, {}, ADRIFT, {"depends_on_client": "no"}):
        for beside in BESIDE:
            client = Client({"answers": answers, "log": LOG, **beside}, answers)
            make_views(client, words)
            comparison([client, client], words)


def make_rare_texts(words: Texts) -> None:
    """Make what only an empty case, changed rules or an imported file need."""
    empty = Client({"answers": {}}, {})
    for kind in KINDS:
        letter(kind, empty, words)
    history(empty, words)
    overview([empty], words)
    estimate({"hours": 1}, words)
    estimate({"hours": 1, "rate": 1}, words)
    for item in (
        ImportItem("new", empty),
        ImportItem("same", empty),
        ImportItem("copy", empty),
        ImportItem("copy", empty, ("decides",)),
    ):
        describe_import([item], words)
    for then in (None, ("work",), ("step_back",)):
        describe_migration(Migration(empty, "0.9", then, ("work",), ()), words)
    words("migration.why", what="")
    for went in PROJECT_RESULTS:
        sheet(Client({"answers": {}, "outcome": {"decision": "taken", "went": went}}, {}), words)


def make_the_guide(words: Texts) -> None:
    """Make every part of the guide that its pages use, the layout, and the link to the owner."""
    makers = guide_makers(words, Places(source=str, checklist=""), WORKED)
    for page in DOCS.glob("en/**/*.md"):
        for line in page.read_text(encoding="utf-8").splitlines():
            marker = re.fullmatch(r"\[\[(\w+)(.*)\]\]", line)
            if marker and marker[1] in makers:
                makers[marker[1]](*marker[2].split())
    render_case_index(words, WORKED)
    for template in LAYOUT.rglob("*.html"):
        for key in LAYOUT_KEY.findall(template.read_text(encoding="utf-8")):
            words(key, name="")
    for key in words.section("search"):
        words(f"search.{key}", count=0)
    words("site.feedback")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_used(lang: str) -> None:
    """An unused sentence would go out of date unnoticed."""
    words = recorder(lang)
    render_checklist(words, LINKS, settings={}, first=Markup())
    make_the_guide(words)
    render_clients(words, app="app", checklist="checklist/", schema="schema", settings={})
    render_last_client(words, root="./", checklist="checklist/", script=Markup())
    render_not_found([words], base="/", app="app")
    render_stored(words)
    for has_image in (True, False):
        render_copy(words, has_image=has_image)
    render_update(words, "service-worker.js")
    manifest(words)
    licences(Own("client-checklist", "1", "MIT", ""), (), [words])
    phrases(words)
    make_rare_texts(words)
    make_texts_beside_the_rule(words)
    for answers in sample_of_states(name="sentences"):
        explain(score(answers), answers, words)
        make_all_views(answers, words)
        if not unused(words):
            break
    assert unused(words) == set()


def unused(words: Recorder) -> set[str]:
    """Return the sentences that nothing in Python has used yet."""
    used_by_scripts = tuple(f"{section}." for section in SCRIPT_SECTIONS)
    used_elsewhere = ("errors.", "cli.", *used_by_scripts)  # used in test_cli and in the browser
    return {
        key
        for key, _ in leaves(words.table)
        if key not in words.used
        and not key.startswith(used_elsewhere)
        and not re.search(r"\.(one|few|many|other)$", key)
    }


def test_every_error_sentence_is_raised_somewhere() -> None:
    """Each kind of problem in the texts is a kind that the code can raise."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [
            *SOURCES.glob("rules/*.py"),
            *SOURCES.glob("clients/*.py"),
            *SOURCES.glob("*.py"),
        ]
    )
    unused = [kind for kind in load("en").table["errors"] if f'"{kind}"' not in code]
    assert unused == []


def test_every_sentence_for_scripts_is_used_by_one() -> None:
    """The page's modules contain the key of every sentence that is sent to them."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("page/**/*.js", "page/templates/*.html")
        for path in SOURCES.glob(pattern)
    )
    keys = [key for name in SCRIPT_SECTIONS for key, _ in leaves(load("en").section(name))]
    assert keys
    assert [key for key in keys if key.rpartition(".")[2] not in code] == []
