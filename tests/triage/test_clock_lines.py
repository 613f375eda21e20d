"""The clocks in words: which line is said for each answer and age, and what no line may ever say."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.engine import STEPS
from dialogs.flows.guidance import SINCE
from dialogs.flows.guidance_pages import FORMS
from dialogs.kinds import Place
from tests.people import words
from tests.vectors import vectors
from triage.clock_lines import forms_of, hurry, samples, told_at
from triage.clocks import Reading, clock_table, read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINES = ("pep", "ec", "samples", "mouth", "hepb", "urine", "ghb", "neck")
FORM_WORDS = ("now", "today", "tomorrow", "maybe", "past", "within")


def told(item: str, answer: str, hours_ago: float = 0) -> Place:
    given = Place(answers={item: answer})
    return told_at(given, item, NOW - timedelta(hours=hours_ago))


def shown(step: str, place: Place) -> dict[str, str]:
    forms = forms_of(STEPS[step], place, NOW)
    return {line: form.rpartition(".")[2] for line, form in forms.items() if line in LINES}


# What she answered, how many hours ago; the forms of pep, ec, samples, mouth, hepb.
SEXUAL = [
    ("today", 0, ("tomorrow", "tomorrow", "tomorrow", "within", "within")),
    ("yesterday", 0, ("today", "tomorrow", "today", "within", "within")),
    ("2-3_days", 0, ("maybe", "today", "maybe", "within", "within")),
    ("4-5_days", 0, ("maybe", "maybe", "maybe", "", "within")),
    ("week_or_more", 0, ("past", "past", "maybe", "", "within")),
    ("dont_know", 0, ("maybe", "maybe", "maybe", "within", "within")),
    ("refused", 0, ("maybe", "maybe", "maybe", "within", "within")),
    # An answer ages: what was "today" a day ago is not today any more.
    ("today", 1, ("today", "tomorrow", "today", "within", "within")),
    ("today", 24, ("today", "tomorrow", "today", "within", "within")),
    ("today", 25, ("now", "tomorrow", "now", "within", "within")),
    ("today", 48, ("maybe", "tomorrow", "maybe", "", "within")),
    ("today", 50, ("maybe", "today", "maybe", "", "within")),
    ("today", 72, ("past", "today", "maybe", "", "within")),
    ("yesterday", 72, ("past", "maybe", "maybe", "", "within")),
    ("yesterday", 120, ("past", "past", "maybe", "", "within")),
    ("yesterday", 168, ("past", "past", "past", "", "within")),
    ("today", 336, ("past", "past", "past", "", "past")),
    # From the future, as a clock set back would have it: nothing is known.
    ("today", -3, ("maybe", "maybe", "maybe", "within", "within")),
]


@pytest.mark.parametrize(("answer", "ago", "forms"), SEXUAL)
def test_after_sexual_violence_each_answer_and_age_has_its_words(
    answer: str, ago: float, forms: tuple[str, ...]
) -> None:
    found = shown("read.sexual.clock", told("sexual_when", answer, ago))
    assert found == dict(zip(("pep", "ec", "samples", "mouth", "hepb"), forms, strict=True))
    without = shown("read.men.clock", told("sexual_when", answer, ago))
    assert without == {line: form for line, form in found.items() if line != "ec"}


STRANGLED = [("today", 0, "within"), ("week_or_more", 0, "within"), ("dont_know", 999, "within"),
             ("yesterday", 671, "within"), ("yesterday", 672, "past"), ("week_or_more", 600, "past")]  # fmt: skip


@pytest.mark.parametrize(("answer", "ago", "form"), STRANGLED)
def test_pressure_on_the_neck_is_seen_today_for_four_weeks(answer: str, ago: float, form: str) -> None:
    assert shown("read.strangled.clock", told("strangled_when", answer, ago)) == {"neck": form}


DRUGGED = [("today", 0, ("tomorrow", "within")), ("yesterday", 0, ("tomorrow", "within")),
           ("2-3_days", 0, ("today", "within")), ("4-5_days", 0, ("maybe", "")), ("week_or_more", 0, ("past", "")),
           ("dont_know", 0, ("maybe", "within")), ("today", 12, ("tomorrow", ""))]  # fmt: skip


@pytest.mark.parametrize(("answer", "ago", "forms"), DRUGGED)
def test_a_drug_goes_by_its_own_time_or_by_that_of_what_happened_with_it(
    answer: str, ago: float, forms: tuple[str, str]
) -> None:
    for item in ("drugged_when", "sexual_when"):
        assert tuple(shown("read.drugged.clock", told(item, answer, ago)).values()) == forms


def test_nothing_told_is_spoken_of_like_hurry() -> None:
    place = Place()
    assert shown("read.sexual.clock", place)["pep"] == "maybe"
    assert shown("read.strangled.clock", place)["neck"] == "within"
    # An answer without its moment may be of any age.
    assert shown("read.sexual.clock", Place(answers={"sexual_when": "today"}))["pep"] == "maybe"


def plain(reading: Reading) -> str:
    """The rule in its own words: hours only where it cannot be past, and then the fewest that are left."""
    if reading.state == "past":
        return "past"
    if reading.may_be_past:
        return "maybe"
    left = reading.left_min_h or 0
    return "maybe" if left == 0 else "now" if left < 24 else "today" if left < 48 else "tomorrow"


VECTORS = [*vectors("clock_vectors"), *vectors("clock_edges")]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
@pytest.mark.parametrize("line", ["pep", "ec", "samples", "urine"])
def test_every_vector_has_words_that_its_reading_allows(vector: dict[str, dict[str, object]], line: str) -> None:
    reading = read(**vector["given"])  # type: ignore[arg-type]
    form = hurry(reading)
    assert form == plain(reading)
    for language in ("en", "uz", "ru"):
        text = words().text(language, f"{line}.{form}")
        assert not re.search(r"\d|too late|слишком поздно|kech qoldi", text)
        if form in {"now", "today", "tomorrow", "maybe"} and language == "en":
            assert re.search(r"\b(now|today)\b", text)
        if reading.may_be_past and language == "en":
            assert "hours are left" not in text


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_samples_are_never_called_gone_before_a_week(vector: dict[str, dict[str, object]]) -> None:
    asked = {name: value for name, value in vector["given"].items() if name != "clock"}
    first, last = (read(clock, **asked) for clock in ("evidence_72h", "evidence_168h"))  # type: ignore[arg-type]
    form = samples(first, last)
    assert (form == "past") == (last.state == "past")
    assert form in FORM_WORDS


def test_no_line_on_the_neck_and_none_of_a_clock_says_hours_in_figures() -> None:
    for line in LINES:
        for form in filter(None, FORMS[line]):
            for language in ("en", "uz", "ru"):
                for key in (form, f"{form}~easy"):
                    if key in words().english:
                        assert not re.search(r"\d", words().text(language, key)), key


def test_the_buttons_are_the_answers_that_the_clocks_know() -> None:
    assert {*SINCE.values(), "dont_know"} == set(clock_table().answers)


def test_an_answer_given_again_begins_to_age_anew_and_one_taken_back_is_gone() -> None:
    old = told("sexual_when", "today", 30)
    again = told_at(old, "sexual_when", NOW)
    assert again.moments == {"sexual_when": NOW.isoformat()}
    assert told_at(Place(moments=again.moments), "sexual_when", NOW).moments == {}
    assert told_at(old, "strangled", NOW) is old
    assert Place.from_json(old.to_json()) == old


def test_under_18_she_is_told_what_a_clinic_may_pass_on() -> None:
    minor, adult = Place(answers={"age": "minor"}), Place(answers={"age": "adult"})
    for step in ("read.sexual.clock", "read.strangled.clock", "read.injured.2"):
        assert forms_of(STEPS[step], minor, NOW)["care.report"] == "care.report_minor"
        assert forms_of(STEPS[step], adult, NOW)["care.report"] == "care.report_any"
    assert forms_of(STEPS["read.suicide.2"], minor, NOW) == {"suicide.young": "suicide.child"}
    assert forms_of(STEPS["read.suicide.2"], adult, NOW) == {"suicide.young": ""}
    assert forms_of(STEPS["menu"], minor, NOW) == {}
