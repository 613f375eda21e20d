"""Numbers, days and times in six languages, with the gaps of CLDR filled."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import spoken
from dialogs.check_letters import ALPHABETS

LANGUAGES = ("en", "ru", "uz", "uz_Cyrl", "kaa", "tg")
TUESDAY = date(2026, 11, 24)
TASHKENT = timezone(timedelta(hours=5))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "24 November"),
        ("ru", "24 ноября"),
        ("uz", "24-noyabr"),
        ("uz_Cyrl", "24-ноябрь"),
        ("kaa", "24-noyabr"),
        ("tg", "24 ноябр"),
    ],
)
def test_a_day_is_said_as_each_language_says_it(language: str, said: str) -> None:
    assert spoken.day(language, TUESDAY) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "24 November 2026"),
        ("ru", "24 ноября 2026"),
        ("uz", "2026-yil 24-noyabr"),
        ("uz_Cyrl", "2026-йил 24-ноябрь"),
        ("kaa", "2026-jıl 24-noyabr"),
        ("tg", "24 ноябр 2026"),
    ],
)
def test_a_day_of_another_year_says_the_year(language: str, said: str) -> None:
    assert spoken.long_day(language, TUESDAY) == said


@pytest.mark.parametrize(
    ("language", "week"),
    [
        ("en", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        ("ru", "понедельник вторник среда четверг пятница суббота воскресенье"),
        ("uz", "dushanba seshanba chorshanba payshanba juma shanba yakshanba"),
        ("uz_Cyrl", "душанба сешанба чоршанба пайшанба жума шанба якшанба"),
        ("kaa", "dúyshembi siyshembi sárshembi piyshembi juma shembi ekshembi"),
        ("tg", "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе"),
    ],
)
def test_the_week_begins_on_monday_in_every_language(language: str, week: str) -> None:
    monday = date(2026, 11, 23)
    assert [spoken.weekday(language, monday + timedelta(days=ahead)) for ahead in range(7)] == week.split()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1,234,567.5"),
        ("ru", "1\u00a0234\u00a0567,5"),
        ("uz", "1\u00a0234\u00a0567,5"),
        ("uz_Cyrl", "1\u00a0234\u00a0567,5"),
        ("kaa", "1\u00a0234\u00a0567,5"),
        ("tg", "1\u00a0234\u00a0567,5"),
    ],
)
def test_a_number_has_a_comma_for_a_fraction_everywhere_but_in_english(language: str, said: str) -> None:
    assert spoken.number(language, 1234567.5) == said
    assert spoken.number(language, 20) == "20"


@pytest.mark.parametrize("at", [time(14, 5), datetime(2026, 11, 24, 14, 5, tzinfo=UTC)])
def test_the_clock_has_twenty_four_hours(at: time | datetime) -> None:
    assert spoken.clock_time(at) == "14:05"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-24T08:00+05:00", "09:00"),
        ("2026-11-23T20:00+00:00", "09:00"),  # already the 24th in Tashkent
        ("2026-11-23T18:00+05:00", "24-noyabr, 09:00"),
    ],
)
def test_a_moment_says_its_day_unless_it_is_today_where_she_is(now: str, said: str) -> None:
    at = datetime(2026, 11, 24, 9, tzinfo=TASHKENT)
    assert spoken.moment("uz", at, datetime.fromisoformat(now)) == said


@pytest.mark.parametrize(
    ("language", "amount", "noun", "said"),
    [
        ("ru", 1, "minute", "1 минута"),
        ("ru", 2, "minute", "2 минуты"),
        ("ru", 5, "minute", "5 минут"),
        ("ru", 11, "minute", "11 минут"),
        ("ru", 12, "minute", "12 минут"),
        ("ru", 21, "minute", "21 минута"),
        ("ru", 22, "hour", "22 часа"),
        ("ru", 111, "day", "111 дней"),
        ("ru", 1.5, "hour", "1,5 часа"),
        ("ru", 0, "day", "0 дней"),
        ("en", 1, "hour", "1 hour"),
        ("en", 2, "hour", "2 hours"),
        ("en", 0, "day", "0 days"),
        ("uz", 1, "minute", "1 daqiqa"),
        ("uz", 5, "minute", "5 daqiqa"),
        ("uz_Cyrl", 5, "minute", "5 дақиқа"),
        ("uz_Cyrl", 24, "hour", "24 соат"),
        ("uz_Cyrl", 3, "day", "3 кун"),
        ("kaa", 1, "minute", "1 minut"),
        ("kaa", 5, "day", "5 kún"),
        ("tg", 1, "day", "1 рӯз"),
        ("tg", 5, "minute", "5 дақиқа"),
    ],
)
def test_a_counted_noun_follows_its_number(language: str, amount: float, noun: str, said: str) -> None:
    assert spoken.counted(language, amount, noun) == said


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.dates())
def test_whatever_the_day_its_letters_are_those_of_the_language(language: str, date_: date) -> None:
    for said in (spoken.day(language, date_), spoken.long_day(language, date_), spoken.weekday(language, date_)):
        assert {sign for sign in said if sign.isalpha()} <= ALPHABETS[language]


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.integers(0, 10**6))
def test_every_amount_finds_its_form(language: str, amount: int) -> None:
    for noun in ("minute", "hour", "day"):
        assert spoken.counted(language, amount, noun).startswith(spoken.number(language, amount))


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("O'zbek", "Oʻzbek"),
        ("o‘g‘il", "oʻgʻil"),
        ("ma’no", "maʼno"),
        ("a`lo", "aʼlo"),
        ("bog'", "bogʻ"),
        ("'salom'", "'salom'"),
        ("Oʻzbek maʼno", "Oʻzbek maʼno"),
    ],
)
def test_the_apostrophes_of_uzbek_become_its_letters(typed: str, letters: str) -> None:
    assert spoken.straight(typed) == letters


def test_who_speaks_uzbek_speaks_it_in_both_scripts() -> None:
    assert [spoken.speech(code) for code in ("uz_Cyrl", "uz", "kaa")] == ["uz", "uz", "kaa"]
