"""The guidance pages: every fact that a page must hold, how near it is, and how its screens are chained."""

import pytest

from dialogs.engine import STEPS, move
from dialogs.flows.guidance import SINCE, WHEN, label_of, neutral_of, step_of, told
from dialogs.flows.guidance_pages import FORMS, LISTS, PAGES
from dialogs.kinds import Effect, Place, Step
from dialogs.manner import Manner
from dialogs.screen import render
from tests.dialogs.ground import region, words

# Page, its numbered facts, the lines that hold them.
FACTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "danger_more": (
        ("danger.call", "danger_more.silent"),
        ("danger_more.room",),
        ("danger_more.head",),
        ("danger_more.children",),
        ("danger_more.shout",),
        ("danger_more.bag",),
        ("danger_more.afterwards",),
    ),
    "injured": (
        ("injured.call", "injured.head", "injured.signs"),
        ("injured.press",),
        ("injured.care",),
        ("care.report_any", "injured.report"),
        ("injured.write", "injured.forensic"),
        ("injured.photo",),
        ("injured.alone",),
    ),
    "sexual": (
        ("sexual.fault", "sexual.marital"),
        ("pep.today", "ec.today"),
        ("sexual.infection", "hepb.within"),
        ("sexual.go", "sexual.care"),
        ("sexual.clothes", "samples.maybe", "mouth.within", "sexual.forensic"),
        ("sexual.test", "sexual.pregnancy"),
        ("sexual.where", "sexual.woman"),
        ("sexual.common",),
        ("pep.past", "ec.past", "samples.past", "hepb.past"),
    ),
    "strangled": (
        ("doctor", "strangled.within"),
        ("neck.ambulance", "strangled.signs"),
        ("strangled.later",),
        ("strangled.alone",),
        ("neck.person",),
        ("strangled.tell",),
        ("strangled.word",),
    ),
    "drugged": (("drugged.keep", "urine.today", "ghb.within"), ("drugged.tell",), ("drugged.ambulance",)),
    "suicide": (
        ("suicide", "suicide.thanks"),
        ("suicide.call", "suicide.done"),
        ("suicide.stay",),
        ("suicide.waves",),
        ("suicide.done", "suicide.tell"),
        ("suicide.cause",),
        ("suicide.duty",),
        ("suicide.child",),
    ),
    "children": (
        ("children.failing",),
        ("children.teach",),
        ("children.secrets",),
        ("children.take", "children.papers"),
        ("children.custody", "children.alimony", "children.removal"),
        ("children.pickup",),
        ("children.touched", "minor.line", "minor.duty"),
        ("children.signs",),
    ),
    "leaving": (
        ("leaving.plan",),
        ("leaving.silent",),
        ("leaving.when",),
        ("leaving.bag", "leaving.bag_more"),
        ("leaving.papers",),
        ("leaving.phone",),
        ("leaving.shelter", "leaving.room"),
        ("leaving.back",),
    ),
    "order": (
        ("order.ask", "order.lawyer"),
        ("order.day", "order.also"),
        ("order.forbids",),
        ("order.term",),
        ("order.circle", "order.female"),
        ("order.breach",),
        ("order.paper", "order.copies", "order.data"),
        ("order.mediation", "order.practice"),
    ),
    "phone": (
        ("phone.other",),
        ("phone.sudden",),
        ("phone.knows",),
        ("phone.linked",),
        ("phone.spy",),
        ("phone.tracker",),
        ("phone.mail",),
    ),
    "money": (
        ("money.control",),
        ("money.reserve",),
        ("money.benefits", "money.home", "money.registration", "money.property", "money.nikoh"),
        ("money.debt",),
        ("money.work",),
        ("money.documents", "money.taken"),
        ("money.abroad",),
    ),
    "rights": (
        ("rights.crime",),
        ("rights.call", "rights.day"),
        ("rights.free", "rights.legal_aid"),
        ("rights.interpreter",),
        ("rights.female",),
        ("rights.secret", "rights.data"),
        ("rights.complaint", "rights.prosecutor", "rights.ombudsman", "rights.refused"),
        ("rights.withdraw",),
    ),
    "relatives": (
        ("relatives.counts", "relatives.circle"),
        ("relatives.ally",),
        ("relatives.order",),
        ("relatives.locked", "relatives.liberty"),
        ("relatives.child",),
        ("relatives.power", "rights.prosecutor", "relatives.harassment"),
        ("relatives.counts",),
    ),
    "friend": (
        ("friend.listen",),
        ("friend.ask",),
        ("friend.not",),
        ("friend.danger",),
        ("friend.phone",),
        ("friend.offer",),
        ("friend.many",),
        ("friend.third",),
        ("friend.nameless",),
    ),
    "disability": (
        ("disability.counts",),
        ("disability.alone",),
        ("disability.ways", "disability.sign"),
        ("disability.shelter", "disability.bag"),
        ("disability.capacity", "disability.help"),
        ("disability.witness", "disability.support"),
    ),
    "men": (
        ("men.call",),
        ("men.law", "men.line"),
        ("men.sexual", "pep.today", "samples.today"),
        ("men.threats",),
        ("men.private", "men.risk"),
        ("men.hurt", "men.perpetrator"),
    ),
    "minor": (
        ("minor.right",),
        ("minor.limits", "minor.duty"),
        ("minor.line",),
        ("minor.adult",),
        ("minor.internet",),
        ("minor.sixteen",),
        ("minor.care",),
        ("minor.consent", "minor.nocall"),
    ),
    "staying": (
        ("staying.respect",),
        ("staying.signs",),
        ("staying.rooms",),
        ("staying.ally",),
        ("staying.phone",),
        ("staying.papers",),
        ("staying.dates",),
        ("staying.yours", "staying.review"),
    ),
    "police": (
        ("police.call",),
        ("police.silent", "police.pretend"),
        ("police.arrival", "police.apart"),
        ("police.record",),
        ("police.detention", "police.where"),
        ("rights.complaint",),
        ("police.list",),
    ),
    "images": (
        ("images.fault",),
        ("images.keep",),
        ("images.order",),
        ("images.stop", "images.stop_limit"),
        ("images.abuse", "images.blackmail", "images.cyber"),
        ("images.family", "images.honour"),
        ("images.minor",),
    ),
    "marriage": (
        ("marriage.yes", "marriage.consent", "marriage.age", "marriage.abduction"),
        ("marriage.tell",),
        ("marriage.papers",),
        ("marriage.abroad", "marriage.consulate"),
        ("marriage.before", "marriage.annul"),
        ("marriage.several",),
        ("money.nikoh",),
    ),
    "stalking": (
        ("stalking.counts", "stalking.law"),
        ("stalking.once",),
        ("stalking.log",),
        ("stalking.tell",),
        ("stalking.routes",),
        ("stalking.signs",),
        ("stalking.harass",),
    ),
    "pregnancy": (
        ("pregnancy.often", "pregnancy.doctor"),
        ("pregnancy.call", "pregnancy.signs"),
        ("pregnancy.midwife",),
        ("pregnancy.forced", "pregnancy.reproductive"),
        ("pregnancy.midwife",),
        ("pregnancy.ask", "pregnancy.birth"),
    ),
    "after_leaving": (
        ("after_leaving.danger",),
        ("after_leaving.routes",),
        ("after_leaving.who",),
        ("after_leaving.talk", "after_leaving.handover"),
        ("after_leaving.divorce", "after_leaving.term"),
        ("after_leaving.usual",),
        ("after_leaving.shelter",),
        ("after_leaving.again",),
    ),
}


def steps_of(page: str) -> list[Step]:
    return [step for step in STEPS.values() if step.id == step_of(page) or step.id.startswith(f"read.{page}.")]


def nobody_knows(question: str, place: Place) -> str:
    raise AssertionError(f"{question} is decided by what she told, not asked outside")


def test_there_is_a_page_for_each_question() -> None:
    assert set(FACTS) == {page.id for page in PAGES}
    assert len(FACTS) == 24


@pytest.mark.parametrize("page", FACTS)
def test_a_page_holds_each_of_its_facts(page: str) -> None:
    said = {form for step in steps_of(page) for key in step.text for form in FORMS.get(key, (key,))}
    assert {key for fact in FACTS[page] for key in fact} <= said


@pytest.mark.parametrize("page", FACTS)
def test_a_page_comes_back_to_its_list_and_leads_on(page: str) -> None:
    first = STEPS[step_of(page)]
    assert first.back == ("danger" if page == "danger_more" else next(n for n, ps in LISTS.items() if page in ps))
    assert all(step.back in STEPS for step in steps_of(page))
    others = {"read.men.clock", "read.men.hurt", "read.children.3"}
    own = [step for step in steps_of(page) if not step.item and step.id not in others]
    assert all(step.neutral == neutral_of(page) for step in own)


def test_every_question_is_three_taps_from_the_menu_at_most() -> None:
    for name, pages in LISTS.items():
        assert move(Place(step="menu"), "menu", "read", nobody_knows).place.step == "read"
        assert move(Place(step="read"), "read", name.replace(".", "_"), nobody_knows).place.step == name
        for page in pages:
            assert move(Place(step=name), name, page, nobody_knows).place.step == step_of(page)


def test_a_question_is_her_own_words_on_a_button() -> None:
    screen = render("list.now", "en", words(), region())
    assert [button.label for button in screen.buttons()][:5] == [
        "What if I am injured?",
        "What after sexual violence?",
        "Someone pressed on my neck",
        "I may have been drugged",
        "I don't want to live",
    ]
    assert all(label_of(page) in words().english for pages in LISTS.values() for page in pages)


@pytest.mark.parametrize("page", WHEN)
def test_when_it_happened_is_asked_once_in_ranges_and_may_be_skipped(page: str) -> None:
    place = Place(step=step_of(page))
    start = "read.men.2" if page == "men" else "read.strangled.2" if page == "strangled" else step_of(page)
    asked = move(place, start, "since", nobody_knows).place
    assert asked.step == f"read.{page}.when"
    for choice, answer in SINCE.items():
        given = move(asked, asked.step, choice, nobody_knows)
        assert given.place.step == f"read.{page}.clock"
        assert given.place.answers == {WHEN[page][0]: answer}
        assert given.effect is Effect.ANSWER
        assert move(given.place, start, "since", nobody_knows).place.step == f"read.{page}.clock"
    skipped = move(asked, asked.step, "skip", nobody_knows).place
    assert (skipped.step, skipped.answers) == (f"read.{page}.clock", {})
    refused = move(asked, asked.step, "nosay", nobody_knows).place
    assert (refused.step, refused.answers) == (f"read.{page}.clock", {WHEN[page][0]: "refused"})
    assert move(asked, asked.step, "stop", nobody_knows).place.step == "read"


def test_what_happened_together_is_not_asked_twice() -> None:
    place = Place(answers={"sexual_when": "yesterday"})
    assert told("since_drugged", place) == told("since_men", place) == "told"
    assert told("since_strangled", place) == "ask"
    assert told("person", place) == ""


def test_the_page_on_not_wanting_to_live_asks_plainly_and_a_yes_brings_a_person() -> None:
    screen = render("read.suicide", "en", words(), region())
    assert screen.body[0] == "Trust line for women: 1146. Ambulance: 103"
    assert screen.body[-1] == "Do you have thoughts of killing yourself?"
    assert screen.buttons()[0].label == "Talk to a person"
    moved = move(Place(step="read.suicide"), "read.suicide", "yes", nobody_knows)
    assert (moved.place.step, moved.effect, moved.choice.value) == ("read.suicide.now", Effect.DANGER, "suicidal")


def test_danger_leads_on_to_more_and_keeps_the_numbers_first() -> None:
    assert "read.danger_more" in [choice.to for choice in STEPS["danger"].choices()]
    assert render("read.danger_more", "en", words(), region()).body[0].startswith("Police: 102")


def test_the_answer_on_the_neck_leads_to_its_page() -> None:
    assert "read.strangled" in [choice.to for choice in STEPS["who.neck"].choices()]


@pytest.mark.parametrize("language", ["uz", "ru", "en"])
@pytest.mark.parametrize("page", FACTS)
def test_easy_read_is_shorter(page: str, language: str) -> None:
    for step in steps_of(page):
        full = render(step.id, language, words(), region()).body
        easy = render(step.id, language, words(), region(), manner=Manner(easy=True)).body
        assert len("".join(easy)) < len("".join(full))
