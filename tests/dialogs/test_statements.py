"""Statements: what may be said here, as a table, and what stands in the place of the rest."""

import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.bundle import Region
from dialogs.flows.guidance_pages import PAGES
from dialogs.region import BrokenRegionError, read_region
from dialogs.screen import render
from dialogs.statements import About, Law, Signature, Source, Statement, Statements, Why
from tests.dialogs.ground import REGIONS, region, words

DAY = datetime.date(2026, 11, 24)
SEEN, KNOWN = Source("seen", "Seen", "S", None), Source("known", "Known", "K", None)
OWN, UNSURE = Source("own", "Own", "D", None), Source("unsure", "Unsure", "?", None)
LAWS = {
    "seen": Law("seen", "asked", "yes", (SEEN,)),
    "written": Law("written", "asked", words={"uz": "Ha.", "en": "Yes."}),
    "open": Law("open", "asked"),
}


def stated(about: About, *sources: Source, needs: tuple[str, ...] = (), name: str = "x") -> Statement:
    return Statement(name, "p", about, sources, needs, DAY, DAY + datetime.timedelta(180))


def having(statement: Statement, *signatures: Signature) -> Statements:
    return Statements({statement.id: statement}, LAWS, {}, frozenset({"police"}), signatures)


def signed(*marks: str, ids: tuple[str, ...] = ()) -> Signature:
    return Signature("Somebody", DAY, marks, ids)


LAW, MEDICINE, SAFETY = About.LAW, About.MEDICINE, About.SAFETY
# What it is about, sources, needs, signatures; whether it is said, or why not.
GATES = [
    (stated(MEDICINE, SEEN), (), None),
    (stated(MEDICINE, KNOWN), (), Why.UNSIGNED),
    (stated(MEDICINE, KNOWN, SEEN), (), None),
    (stated(MEDICINE, KNOWN), (signed("K"),), None),
    (stated(MEDICINE, KNOWN), (signed(ids=("x",)),), None),
    (stated(MEDICINE, KNOWN), (signed("S"), signed(ids=("y",))), Why.UNSIGNED),
    (stated(MEDICINE, UNSURE), (), Why.UNSIGNED),
    (stated(MEDICINE, UNSURE), (signed("K"),), Why.UNSIGNED),
    (stated(SAFETY, KNOWN), (), None),
    (stated(SAFETY, OWN), (), None),
    (stated(SAFETY, KNOWN, needs=("NUM:police",)), (), None),
    (stated(SAFETY, KNOWN, needs=("NUM:child",)), (signed("K"),), Why.NO_VALUE),
    (stated(LAW, SEEN, needs=("LAW:seen",)), (), None),
    (stated(LAW, KNOWN, needs=("LAW:seen",)), (), Why.UNSIGNED),
    (stated(LAW, SEEN, needs=("LAW:open",)), (signed("K", "S"),), Why.NO_VALUE),
    (stated(LAW, SEEN, needs=("LAW:seen", "LAW:open")), (), Why.NO_VALUE),
    (stated(LAW, needs=("LAW:open",)), (signed("K", ids=("x",)),), Why.NO_VALUE),
    (stated(LAW, needs=("LAW:written",)), (), None),
]


@pytest.mark.parametrize(("statement", "signatures", "why"), GATES)
def test_a_statement_is_said_when_it_was_seen_or_signed_and_what_it_needs_is_known(
    statement: Statement, signatures: tuple[Signature, ...], why: Why | None
) -> None:
    book = having(statement, *signatures)
    assert book.why_off(statement, "en") is why
    assert book.said("x", "en") is (why is None)
    assert book.off() == ({} if why is None else {"x": why})


def test_what_is_no_statement_is_said() -> None:
    assert Statements().said("menu.need", "en")


def test_a_law_written_in_some_languages_is_said_in_those() -> None:
    book = having(stated(LAW, needs=("LAW:written",)))
    assert book.said("x", "uz")
    assert not book.said("x", "ru")
    assert book.words("uz") == {"law_written": "Ha."}
    assert book.words("ru") == {}


def test_a_statement_tells_its_mark_its_date_and_its_sources() -> None:
    old = replace(SEEN, as_of=datetime.date(2024, 5, 14))
    statement = stated(LAW, KNOWN, old)
    assert (statement.mark, statement.as_of, statement.source) == ("S", datetime.date(2024, 5, 14), "Known; Seen")
    assert stated(LAW, needs=("LAW:open",)).mark == ""
    assert stated(LAW, SEEN).as_of == DAY


def test_a_statement_is_due_by_its_age_by_its_own_date_and_not_once_signed_anew() -> None:
    statement = stated(MEDICINE, KNOWN)
    later = DAY + datetime.timedelta(100)
    assert list(having(statement).stale(180, later)) == []
    assert list(having(statement).stale(100, later)) == [(statement, 100)]
    due = DAY + datetime.timedelta(180)
    assert list(having(statement).stale(365, due)) == [(statement, 180)]
    fresh = Signature("A doctor", due, ("K",), ())
    assert list(having(statement, fresh).stale(365, due)) == []


def test_the_shipped_lines_of_law_without_a_source_wait_for_a_lawyer() -> None:
    book = region().statements
    for statement in book.by_id.values():
        for need in statement.needs:
            if need.startswith("LAW:") and not book.laws[need.removeprefix("LAW:")].seen:
                assert book.why_off(statement) is Why.NO_VALUE
    assert {law.sources[0].mark for law in book.laws.values() if law.seen} == {"S"}


@pytest.fixture
def practice() -> Region:
    return read_region(REGIONS / "bukhara", REGIONS / "practice")


def test_the_example_sign_off_opens_all_that_is_known_and_nothing_else(practice: Region) -> None:
    assert "example" in practice.statements.signatures[0].signed_by
    assert set(practice.statements.off().values()) == {Why.NO_VALUE}
    assert set(region().statements.off().values()) == {Why.NO_VALUE, Why.UNSIGNED}
    assert "not signed" in region().statements.in_short()
    assert practice.statements.in_short().endswith("signed by: example sign-off for practice, nobody has read this")


NEUTRAL = "Ask a doctor soon what can still be given and taken, and where. Going sooner helps more than going later."


def test_unsigned_lines_become_one_neutral_sentence(practice: Region) -> None:
    unsigned = render("read.sexual.clock", "en", words(), region()).body
    assert unsigned.count(NEUTRAL) == 1
    assert not any("pregnant" in line for line in unsigned)
    assert any("HIV" in line for line in unsigned)
    opened = render("read.sexual.clock", "en", words(), practice).body
    assert NEUTRAL not in opened
    assert any("pregnant" in line for line in opened)


def test_a_page_is_built_whatever_is_signed() -> None:
    nothing = replace(
        region(),
        statements=replace(
            region().statements,
            by_id={
                name: replace(one, about=About.MEDICINE, sources=(UNSURE,), needs=())
                for name, one in region().statements.by_id.items()
            },
        ),
    )
    for page in PAGES:
        screen = render(f"read.{page.id}", "en", words(), nothing)
        assert words().say("en", f"{page.id}.neutral") in screen.body
        assert screen.rows[-1][0].data.endswith(":exit")


def test_a_lawyers_words_open_a_line(tmp_path: Path) -> None:
    (tmp_path / "laws.toml").write_text(
        '[pickup]\nsource = "Act 1"\nas_of = 2026-10-01\nsigned_by = "A lawyer"\nsigned_on = 2026-11-20\n'
        '[pickup.words]\nen = "either parent"\n',
        "utf-8",
    )
    own = read_region(REGIONS / "bukhara", tmp_path)
    assert "Who may collect a child from school: either parent" in render("read.children.2", "en", words(), own).body
    assert not any("either" in line for line in render("read.children.2", "ru", words(), own).body)


def test_a_number_that_a_deployment_adds_opens_its_lines(tmp_path: Path) -> None:
    (tmp_path / "numbers.toml").write_text(
        '[child]\nnumber = "00 00"\nwho = "children"\nsource = "dialled"\nas_of = 2026-11-20\nverdict = "ship"\n',
        "utf-8",
    )
    own = read_region(REGIONS / "bukhara", tmp_path)
    assert "Children's line: 00 00" in render("read.minor", "en", words(), own).body


BROKEN = {
    "signatures.toml": [
        ('[[signature]]\nsigned_by = "A"\nsigned_on = 2026-11-24\n', "stands under statements"),
        ('[[signature]]\nsigned_by = "A"\nsigned_on = 2026-11-24\nall_of_mark = ["?"]\n', "only S or K"),
        ('[[signature]]\nsigned_by = "A"\nsigned_on = 2026-11-24\nstatements = ["nothing"]\n', "is no statement"),
        ('[[signature]]\nsigned_by = "A"\nall_of_mark = ["K"]\n', "a date is needed"),
    ],
    "laws.toml": [
        ('[no_such_law]\nwords = { en = "x" }\n', "no statement asks for this law"),
        ('[pickup]\nwords = { en = "x" }\nsource = "Act 1"\nas_of = 2026-10-01\n', "signed_by"),
        (f'[pickup]\nwords = {{ en = "{"x" * 161}" }}\n', "fit on a screen"),
    ],
}


@pytest.mark.parametrize(("name", "text", "said"), [(name, *case) for name, cases in BROKEN.items() for case in cases])
def test_a_broken_sign_off_is_refused_by_file_and_key(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BrokenRegionError, match=said) as refused:
        read_region(REGIONS / "bukhara", tmp_path)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('mark = "S"', 'mark = "A"', "is not one of"),
        ('needs = ["NUM:police_silent"]', 'needs = ["police_silent"]', "no NUM: key"),
        ('needs = ["NUM:police_silent"]', 'needs = ["LAW:nothing"]', "no law of this file"),
        ('sources = ["police_line"]', 'sources = ["nothing"]', "is no source of this file"),
        ('sources = ["law829"]', "sources = []", "what was seen names a source"),
        ('id = "danger.out"', 'id = "danger.call"', "stands there twice"),
        ('sources = ["womens_aid"]\nneeds = ["NUM:police_silent"]', "sources = []", "has a source, or needs"),
    ],
)
def test_a_broken_statement_is_refused_by_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copytree(REGIONS, tmp_path / "regions")
    file = tmp_path / "regions" / "national" / "statements.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BrokenRegionError, match=said):
        read_region(tmp_path / "regions" / "bukhara")
