"""Share links: short, complete or refused, and with nothing that was not chosen."""

import base64
import json
import random
import re
import string
import zlib
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checklist.clients import Client, ClientError, checksum_of, parse_client, read_link, write_link
from checklist.clients.limits import MAX_LINK_LENGTH
from checklist.rules import FACTS
from tests.support.answers import ADRIFT
from tests.support.client_files import answers
from tests.support.damaged_links import compressed, with_checksum

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NOTHING = "-" * len(FACTS)
UNANSWERED = "x" * len(FACTS)


def in_base32(raw: bytes) -> str:
    """Return the part of a link that has name and notes, as in the second format."""
    return base64.b32hexencode(zlib.compress(raw, 9)).decode().rstrip("=").lower()


def compressed_json(value: object) -> str:
    """Return the part of a link that has name and notes."""
    return compressed(json.dumps(value).encode())


def problem_of(payload: str) -> tuple[str, str]:
    """Open a link that must be refused; return place and kind of the problem."""
    with pytest.raises(ClientError) as caught:
        read_link(payload)
    [problem] = caught.value.problems
    return problem.place, problem.kind


@given(answers, words, st.dictionaries(st.sampled_from(["decides", "knows_goal"]), words))
def test_a_link_returns_what_was_put_into_it(
    given_answers: dict[str, str], name: str, notes: dict[str, str]
) -> None:
    """Answers always; name and notes only where they were chosen."""
    record = {"answers": given_answers, "name": name, "notes": notes, "staying": "secret"}
    client = Client(record, given_answers)  # type: ignore[arg-type]  # drawn from the answers
    bare = read_link(write_link(client))
    assert bare.answers == given_answers
    assert (bare.name, dict(bare.notes), bare.staying) == ("", {}, "")
    full = read_link(write_link(client, name=True, notes=True))
    assert (full.answers, full.name, dict(full.notes)) == (given_answers, client.name, notes)


@given(answers)
def test_a_link_is_short_and_needs_no_escaping(given_answers: dict[str, str]) -> None:
    """Answers alone take the same few characters for every client."""
    payload = write_link(Client({}, given_answers))  # type: ignore[arg-type]  # as above
    assert re.fullmatch(r"2z1\.0z[a-z]{11}zz[0-9a-f]{8}", payload)


def test_a_link_with_name_and_notes_has_only_small_letters_and_digits() -> None:
    """No dash, tilde or underscore that an editor replaces or takes for a mark of its own."""
    client = parse_client({"answers": ADRIFT, "name": "Anna «x»", "notes": {"decides": "?" * 90}})
    link = write_link(client, name=True, notes=True)
    assert re.fullmatch(r"2z1\.0z[a-z]{11}z[0-9a-v]+z[0-9a-f]{8}", link)


OLD_BARE = "1~1.0~-nn--------~~8cb22d65"
OLD_FULL = (
    "1~1.0~-nn----u--y~eNqrVspLzE1VslK6MOHCXiDcoKCm4JyvpKOUl1-SWqxkVa2UkpqcmQJiKl1svLD_YsOFfUB6"
    "x8Wmiz0KF7Ze7Lw4UQEotuHCdqXaWgA3_CXv~ce507cf5"
)
"""Links of the first format, as they were written until version 1.4.0."""


def test_links_of_the_first_format_are_read() -> None:
    """People keep them for years."""
    assert read_link(OLD_BARE).answers == ADRIFT
    client = read_link(OLD_FULL)
    assert client.answers == {**ADRIFT, "decides": "unknown", "hit_wall": "yes"}
    assert client.name == "Анна & Co"
    assert dict(client.notes) == {"decides": "спросить ещё раз"}


@given(answers, st.integers(0, 26), st.characters(codec="ascii"))
def test_a_mistyped_link_is_refused(given_answers: dict[str, str], place: int, letter: str) -> None:
    """A changed character never gives another client; but capitals and other dots are read."""
    payload = write_link(Client({}, given_answers))  # type: ignore[arg-type]  # as above
    changed = payload[:place] + letter + payload[place + 1 :]
    assume(changed.lower() != payload and (payload[place] != "." or letter.isalnum()))
    place_of_problem, kind = problem_of(changed)
    assert place_of_problem == "link"
    assert kind in {"damaged_link", "newer_link"}


def quoted_in_mail(link: str) -> str:
    """Break the link where a reply quotes it line by line."""
    return f"{link[:12]}\r\n> > {link[12:]}"


CHANGED: dict[str, Callable[[str], str]] = {
    "a full stop": lambda link: f"{link}.",
    "an ellipsis": lambda link: f"{link}…",
    "punctuation": lambda link: f"({link}),!?;:",
    "quotes": lambda link: f"«{link}»",
    "curly quotes": lambda link: f"“{link}”",
    "square brackets": lambda link: f"[{link}](",
    "braces": lambda link: f"{{{link}}}",
    "angle brackets": lambda link: f"<{link}>",
    "markup around": lambda link: f'{link}">link</a>',
    "words around": lambda link: f"{link} and more words",
    "asterisks": lambda link: f"**{link}**",
    "underscores": lambda link: f"__{link}__",
    "backticks": lambda link: f"`{link}`",
    "tildes": lambda link: f"~~{link}~~",
    "a mark of quoted mail": lambda link: f"> {link}",
    "quoted mail": quoted_in_mail,
    "backslashes": lambda link: re.sub(r"([~_.-])", r"\\\1", link),
    "spaces": lambda link: f" {link[:9]} {link[9:]}\u00a0",
    "a space after every letter": " ".join,
    "line breaks": lambda link: f"{link[:12]}\r\n{link[12:]}",
    "invisible characters": lambda link: f"\u200b{link[:5]}\u00ad{link[5:]}\u2060\ufeff",
    "marks of direction": lambda link: f"\u2068\u061c{link}\u2069",
    "a selector of variants": lambda link: f"{link[:9]}\ufe0f{link[9:]}\U000e0020",
    "a tracker": lambda link: f"{link}&utm_source=mail&utm_medium=x",
    "another tracker": lambda link: f"{link}?fbclid=IwAR0-_x",
    "a text fragment": lambda link: f"{link}:~:text=yes",
    "percent-encoding": lambda link: link.replace("~", "%7E"),
    "percent-encoding of everything": lambda link: "".join(f"%{ord(one):02X}" for one in link),
    "percent-encoding twice": lambda link: link.replace("~", "%257E").replace("-", "%252D"),
    "percent-encoding of all that is around": lambda link: f"%20%22{link}%22",
    "entities": lambda link: link.replace("~", "&#126;").replace("-", "&#x2d;"),
    "an entity after it": lambda link: f"{link}&amp;utm_source=mail",
    "entities by name": lambda link: link.replace("~", "&tilde;"),
    "quoted-printable": lambda link: f"3D{link[:10]}=\r\n{link[10:]}=20",
    "quoted-printable tildes": lambda link: link.replace("~", "=7E"),
    "quoted-printable twice": lambda link: link.replace("~", "=3D7E"),
    "an equals sign": lambda link: f"%3D{link}",
    "percent-encoding that is not UTF-8": lambda link: f"%FF{link.replace('~', '%7E')}",
    "en dashes": lambda link: link.replace("--", "\u2013"),
    "em dashes": lambda link: link.replace("--", "\u2014"),
    "longer em dashes": lambda link: link.replace("---", "\u2014"),
    "single en dashes": lambda link: link.replace("-", "\u2013"),
    "hyphens that do not break": lambda link: link.replace("-", "\u2011"),
    "minus signs": lambda link: link.replace("-", "\u2212"),
    "small tildes": lambda link: link.replace("~", "\u02dc"),
    "letters of full width": lambda link: link.translate(
        {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    ),
    "another dot": lambda link: link.replace(".", "\u3002"),
    "a comma for the dot": lambda link: link.replace(".", ","),
    "a space after the dot": lambda link: link.replace(".", ". "),
    "tags that break lines": lambda link: f"{link[:12]}<br />\n{link[12:20]}<wbr>{link[20:]}",
    "named entities": lambda link: f"{link[:12]}&nbsp;{link[12:20]}&shy;{link[20:]}",
    "escapes of JavaScript": lambda link: link.replace(".", "\\u002e").replace("~", "%u007E"),
    "quoted-printable with a space": lambda link: f"{link[:10]}=20\n{link[10:]}",
    "the link twice": lambda link: f"{link}](https://example.org/checklist/#c={link})",
    "deleted pairs of tildes": lambda link: link.replace("~~", ""),
    "deleted tildes": lambda link: link.replace("~", ""),
}


LINKS = {
    "answers": write_link(parse_client({"answers": ADRIFT})),
    "all": write_link(
        parse_client({"answers": ADRIFT, "name": "Anna «x»", "notes": {"decides": "?" * 90}}),
        name=True,
        notes=True,
    ),
    "first format, answers": OLD_BARE,
    "first format, all": OLD_FULL,
}


@pytest.mark.parametrize("change", CHANGED)
@pytest.mark.parametrize("kind", LINKS)
def test_a_link_is_read_in_spite_of_what_others_did_to_it(change: str, kind: str) -> None:
    """Messengers, mail and editors change links; the checksum decides what it was."""
    link = LINKS[kind]
    assert read_link(CHANGED[change](link)).record == read_link(link).record


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_is_known_again_by_its_checksum(kind: str) -> None:
    """Also where it was changed on its way."""
    link = LINKS[kind]
    assert checksum_of(link) == checksum_of(f"«{link}».") == link[-8:]


@pytest.mark.parametrize("dot", ["", "\u00b7", "\u2024", "[.]"])
def test_a_link_is_read_without_its_dot(dot: str) -> None:
    """The only character of a new link that is neither a digit nor a letter."""
    link = LINKS["all"]
    assert read_link(link.replace(".", dot)).record == read_link(link).record


def test_a_link_in_capitals_is_read() -> None:
    """One of the first format only where nothing in it tells capitals and small letters apart."""
    for link in (LINKS["answers"], LINKS["all"], OLD_BARE):
        assert read_link(link.upper()).record == read_link(link).record
    assert problem_of(OLD_FULL.upper()) == ("link", "damaged_link")


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "1~",
        "2z",
        "2z1.0z",
        "2z99999999z",
        "11.0yeN",
        "1.0",
        "-",
        "\n>",
        "%7E",
        "<a",
        "&a",
        "=20",
    ],
)
def test_a_long_payload_takes_no_long_time(unit: str) -> None:
    """The time for repairing does not grow with the square of the length."""
    assert problem_of(unit * (MAX_LINK_LENGTH // len(unit)))[0] == "link"


@given(answers, st.integers(0, 26))
def test_a_link_cut_short_is_refused(given_answers: dict[str, str], end: int) -> None:
    """It is never read as if it were complete."""
    payload = write_link(Client({}, given_answers))  # type: ignore[arg-type]  # as above
    assert problem_of(payload[:end]) == ("link", "damaged_link")


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("", "damaged_link"),
        ("1", "damaged_link"),
        ("2~anything", "newer_link"),
        ("3z1.0zanything", "newer_link"),
        ("2", "damaged_link"),
        ("2z1.0z", "damaged_link"),
        ("1z1.0z", "damaged_link"),
        (with_checksum(f"1~9.0~{NOTHING}~"), "newer_rules"),
        (with_checksum(f"1~0.1~{NOTHING}~"), "damaged_link"),
        (with_checksum(f"1~one~{NOTHING}~"), "damaged_link"),
        (with_checksum(f"1~01.0~{NOTHING}~"), "damaged_link"),
        ("\ud800~", "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING[1:]}~"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}-~"), "damaged_link"),
        (with_checksum(f"1~1.0~x{NOTHING[1:]}~"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~not base64!"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~AAAA"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~!!!!{compressed_json({'name': 'x'})}"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed(bytes([0xFF]))}"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed(b'[' * 100)}"), "too_deep"),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed_json([1])}"), "damaged_link"),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed_json('x' * 10_000_000)}"), "too_large"),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed_json({'name': 'x'})}~"), "damaged_link"),
        *(
            (with_checksum(f"2z{body}", "z"), kind)
            for body, kind in [
                (f"9.0z{UNANSWERED}z", "newer_rules"),
                (f"0.1z{UNANSWERED}z", "damaged_link"),
                (f"1.0z{UNANSWERED[1:]}z", "damaged_link"),
                (f"1.0z-{UNANSWERED[1:]}z", "damaged_link"),
                (f"1.0z{UNANSWERED}z!!!!", "damaged_link"),
                (f"1.0z{UNANSWERED}zwwww", "damaged_link"),
                (f"1.0z{UNANSWERED}z\u0434", "damaged_link"),
                (f"1.0z{UNANSWERED}z\ud800", "damaged_link"),
                (f"1.0z{UNANSWERED}z0000", "damaged_link"),
                (f"1.0z{UNANSWERED}zz", "damaged_link"),
                (f"1.0z{UNANSWERED}z{in_base32(b'[' * 100)}", "too_deep"),
                (f"1.0z{UNANSWERED}z{in_base32(b'x' * 10_000_000)}", "too_large"),
            ]
        ),
    ],
)
def test_a_hostile_link_is_refused(payload: str, kind: str) -> None:
    """With its own message; a small link with large contents is not unpacked."""
    assert problem_of(payload) == ("link", kind)


def test_only_name_and_notes_are_read_beside_the_answers() -> None:
    """Other keys in a forged link are ignored."""
    chosen = {"name": "N", "answers": {"decides": "no"}, "id": "1", "log": [1], "format": "x"}
    client = read_link(with_checksum(f"1~1.0~{NOTHING}~{compressed_json(chosen)}"))
    assert dict(client.answers) == {}
    assert set(client.record) == {"format", "rules", "answers", "name"}


def test_a_forged_name_is_checked() -> None:
    """A name that is not text is reported, as in a file."""
    payload = with_checksum(f"1~1.0~{NOTHING}~{compressed_json({'name': 7})}")
    assert problem_of(payload) == ("name", "not_text_value")


@pytest.mark.parametrize(
    ("payload", "value"),
    [
        (with_checksum("1~7.7.7~~"), '"7.7.7"'),
        (with_checksum("1~1.0~y~"), f'"{with_checksum("1~1.0~y~")}"'),
        (with_checksum(f"1~1.0~{NOTHING}~AAAA"), '"AAAA"'),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed(b'{')}"), f'"{compressed(b"{")}"'),
        (with_checksum(f"1~1.0~{NOTHING}~{compressed(b'[]')}"), f'"{compressed(b"[]")}"'),
    ],
)
def test_the_message_on_a_damaged_link_shows_its_damaged_part(payload: str, value: str) -> None:
    """The version, the compressed name and notes, or the whole link."""
    with pytest.raises(ClientError) as caught:
        read_link(payload)
    assert [problem.value for problem in caught.value.problems] == [value]


NOISE = "".join(
    random.Random(1).choices(
        string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~", k=990_000
    )
)


@pytest.mark.parametrize("note", ["n" * MAX_LINK_LENGTH, NOISE], ids=["long", "long when packed"])
def test_notes_too_large_for_a_link_are_refused(note: str) -> None:
    """Before and after compression."""
    client = Client({"notes": {"decides": note}}, {})
    with pytest.raises(ClientError) as caught:
        write_link(client, notes=True)
    assert [(one.place, one.kind, one.value) for one in caught.value.problems] == [
        ("link", "too_large", "1")
    ]


def test_a_link_is_made_of_a_name_with_a_lone_surrogate() -> None:
    """A question mark takes its place."""
    assert read_link(write_link(Client({"name": "a\ud800"}, {}), name=True)).name == "a?"


def test_compressed_names_are_read_whatever_their_length() -> None:
    """Only the padding is left out of a link."""
    names = [string.ascii_letters[:size] for size in range(1, 41)]
    links = [write_link(Client({"name": name}, {}), name=True) for name in names]
    assert {len(link.split("z")[3]) % 8 for link in links} == {0, 2, 4, 5, 7}  # RFC 4648, 6
    assert [read_link(link).name for link in links] == names
