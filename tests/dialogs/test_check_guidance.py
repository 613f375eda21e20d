"""Each rule on guidance finds its own breach, and nothing in what is shipped."""

import datetime
from dataclasses import replace

import pytest

from dialogs import check_guidance
from dialogs.check_guidance import sentences
from dialogs.checked import Ground
from dialogs.kinds import Choice, Step
from dialogs.statements import Statement, Statements
from dialogs.words import Catalogs
from tests.dialogs import ground as shipped


def with_step(name: str, **changes: object) -> Ground:
    ground = shipped.ground()
    changed: Step = replace(ground.steps[name], **changes)  # type: ignore[arg-type]
    return replace(ground, steps={**ground.steps, name: changed})


def with_text(key: str, text: str, language: str = "en") -> Ground:
    words = shipped.words()
    tongue = words.languages[language]
    changed = replace(tongue, texts={**tongue.texts, key: text})
    return replace(
        shipped.ground(), catalogs=Catalogs(words.domain, {**words.languages, language: changed}, words.offered)
    )


def with_statements(book: Statements) -> Ground:
    return replace(shipped.ground(), region=replace(shipped.region(), statements=book))


def with_statement(name: str, **changes: object) -> Ground:
    book = shipped.region().statements
    changed: Statement = replace(book.by_id[name], **changes)  # type: ignore[arg-type]
    return with_statements(replace(book, by_id={**book.by_id, name: changed}))


def without_statement(name: str) -> Ground:
    book = shipped.region().statements
    return with_statements(replace(book, by_id={key: one for key, one in book.by_id.items() if key != name}))


LONG = "This is a sentence that goes on and on and on until nobody can follow it any more at all."
BREACHES = [
    ("lines_have_sources", without_statement("injured.press")),
    ("lines_have_sources", with_statement("injured.press", review_by=datetime.date(2026, 1, 1))),
    ("lines_have_sources", with_statement("injured.press", id="injured.forgotten")),
    ("needs_are_said", with_statement("injured.press", needs=("NUM:ambulance",))),
    ("needs_are_said", with_statement("children.pickup", needs=())),
    ("pages_have_neutral_sentences", with_step("read.order", neutral="")),
    ("pages_begin_with_an_act", with_step("read.order", text=("order.copies", "order.ask"))),
    ("pages_begin_with_an_act", with_step("read.pregnancy", text=("pregnancy.signs",))),
    ("pages_are_near", with_step("list.law", rows=())),
    ("pages_are_near", with_step("read", rows=())),
    ("pages_lead_on", with_step("read.order", rows=((Choice("menu", "menu"), Choice("read", "read")),))),
    ("suicide_has_a_person", with_step("read.suicide", rows=((Choice("yes", "read.suicide.now"),),))),
    ("suicide_has_a_person", with_text("suicide.call", "Ambulance: {ambulance}")),
    ("numbers_come_from_the_data", with_text("police.call", "Звоните 102.", "ru")),
    ("no_place_is_named", with_text("leaving.plan", "Come to Mustaqillik street.")),
    ("no_place_is_named", with_text("leaving.plan", "Navoiy koʻchasi 5 ga keling.", "uz")),
    ("no_relation_is_assumed", with_text("order.copies", "Ваш муж узнает.", "ru")),
    ("no_relation_is_assumed", with_text("phone.sudden", "Your husband may notice.")),
    ("no_relation_is_assumed", with_text("phone.sudden", "Eringiz sezadi.", "uz")),
    ("never_too_late", with_text("pep.past", "It is too late for HIV medicine.")),
    ("never_too_late", with_text("pep.past", "Уже поздно.", "ru")),
    ("easy_is_easy", with_text("order.copies~easy", LONG)),
    ("easy_is_easy", with_text("menu.need", LONG)),
]


@pytest.mark.parametrize(("rule", "ground"), BREACHES)
def test_a_breach_of_a_rule_on_guidance_is_found(rule: str, ground: Ground) -> None:
    assert list(getattr(check_guidance, rule)(ground))


@pytest.mark.parametrize("rule", sorted({rule for rule, _ in BREACHES}))
def test_nothing_is_found_in_what_is_shipped(rule: str) -> None:
    assert list(getattr(check_guidance, rule)(shipped.ground())) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call now. Say the place.", (2, 3)),
        ("Police: 102. Ambulance: 103", (2, 2)),
        ("Go\nStay here", (1, 2)),
        ("StopNCII.org works. It is free.", (2, 3)),
        ("Oʻsha odam qoʻngʻiroq qildi.", (4,)),
        ("", ()),
    ],
)
def test_the_words_of_each_sentence_are_counted(text: str, words: tuple[int, ...]) -> None:
    assert sentences(text) == words
