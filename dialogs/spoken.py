"""Numbers, days and times as each language writes them: CLDR through Babel, with its gaps filled from our own tables.

The clock has 24 hours everywhere. What comes back is a value in the base form, to stand last in a sentence: no ending
is ever glued to it.
"""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale
from babel.numbers import format_decimal

from dialogs.cyrillic import write

# Babel 2.18 has no plural rule for Tajik and Karakalpak and writes Karakalpak in Cyrillic, the year first, with English
# numbers; its Uzbek Cyrillic months have no ь, its Tajik ones are capitals. Uzbek Cyrillic is derived, like its texts.
_NUMBERS_OF: Final[Mapping[str, str]] = {"kaa": "uz"}
_KARAKALPAK_MONTHS: Final = (
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentyabr", "oktyabr", "noyabr", "dekabr",
)  # fmt: skip
# Monday first, as datetime counts.
_KARAKALPAK_DAYS: Final = ("dúyshembi", "siyshembi", "sárshembi", "piyshembi", "juma", "shembi", "ekshembi")
# Between the day's number and its month.
_BETWEEN: Final[Mapping[str, str]] = {"uz": "-", "uz_Cyrl": "-", "kaa": "-"}
# Counted nouns by plural category; "other" alone where the noun does not change after a number. Russian has a fourth
# form for fractions, which is its "other".
_NOUNS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "minute": {
        "en": {"one": "minute", "other": "minutes"},
        "ru": {"one": "минута", "few": "минуты", "many": "минут", "other": "минуты"},
        "uz": {"other": "daqiqa"},
        "kaa": {"other": "minut"},
        "tg": {"other": "дақиқа"},
    },
    "hour": {
        "en": {"one": "hour", "other": "hours"},
        "ru": {"one": "час", "few": "часа", "many": "часов", "other": "часа"},
        "uz": {"other": "soat"},
        "kaa": {"other": "saat"},
        "tg": {"other": "соат"},
    },
    "day": {
        "en": {"one": "day", "other": "days"},
        "ru": {"one": "день", "few": "дня", "many": "дней", "other": "дня"},
        "uz": {"other": "kun"},
        "kaa": {"other": "kún"},
        "tg": {"other": "рӯз"},
    },
}
# Signs that stand for the letters of Uzbek apostrophes in CLDR and in what people type.
_APOSTROPHES: Final = "['`´‘’‛′ʹ＇]"


def speech(language: str) -> str:
    """The language that is spoken, whatever its letters: who answers in Uzbek answers in both scripts."""
    return "uz" if language == "uz_Cyrl" else language


def straight(text: str) -> str:
    """A text with every apostrophe-like sign as the Uzbek letter it stands for: ʻ after o and g, else ʼ in a word."""
    turned = re.sub(f"(?<=[oOgG]){_APOSTROPHES}", "ʻ", text)
    return re.sub(rf"(?<=\w){_APOSTROPHES}(?=\w)", "ʼ", turned)


def number(language: str, amount: float) -> str:
    """1,234.5 in English, 1 234,5 (with a no-break space) in every other of our languages."""
    return format_decimal(amount, locale=_NUMBERS_OF.get(language, language))


def clock_time(at: datetime.time | datetime.datetime) -> str:
    """14:05, the same in every language; a datetime must be in local time already."""
    return f"{at:%H:%M}"


@cache
def _months(language: str) -> tuple[str, ...]:
    if language == "kaa":
        return _KARAKALPAK_MONTHS
    if language == "uz_Cyrl":
        return tuple(write(month) for month in _months("uz"))
    names = Locale.parse(language).months["format"]["wide"]
    return tuple(_named(language, names[place]) for place in range(1, 13))


@cache
def _days(language: str) -> tuple[str, ...]:
    if language == "kaa":
        return _KARAKALPAK_DAYS
    if language == "uz_Cyrl":
        return tuple(write(day) for day in _days("uz"))
    names = Locale.parse(language).days["format"]["wide"]
    return tuple(_named(language, names[place]) for place in range(7))


def _named(language: str, name: str) -> str:
    """A name of CLDR as our texts write it: English alone has capitals here."""
    return name if language == "en" else straight(name).lower()


def day(language: str, date: datetime.date) -> str:
    """24 November, 24 ноября, 24-noyabr, 24-ноябрь, 24 ноябр."""
    return f"{date.day}{_BETWEEN.get(language, ' ')}{_months(language)[date.month - 1]}"


def long_day(language: str, date: datetime.date) -> str:
    """A day that may lie in another year: 24 November 2026; Uzbek and Karakalpak say the year first."""
    said = day(language, date)
    first = {"uz": "-yil ", "uz_Cyrl": "-йил ", "kaa": "-jıl "}.get(language)
    return f"{date.year}{first}{said}" if first else f"{said} {date.year}"


def weekday(language: str, date: datetime.date) -> str:
    """Tuesday, вторник, seshanba, сешанба, siyshembi."""
    return _days(language)[date.weekday()]


def day_and_time(language: str, at: datetime.datetime) -> str:
    """24 November, 14:05; `at` must be in local time already."""
    return f"{day(language, at.date())}, {clock_time(at)}"


def moment(language: str, at: datetime.datetime, now: datetime.datetime) -> str:
    """A local time, with its day where that is not today: 14:05, or 24 November, 14:05. Both are aware."""
    today = at.date() == now.astimezone(at.tzinfo).date()
    return clock_time(at) if today else day_and_time(language, at)


def plural(language: str, amount: float) -> str:
    """The plural category of an amount: one, few, many or other."""
    return str(Locale.parse(language).plural_form(amount))


def counted(language: str, amount: float, noun: str) -> str:
    """An amount with its unit: 5 minutes, 2 минуты, 5 daqiqa, 5 дақиқа. `noun` is minute, hour or day."""
    forms = _NOUNS[noun][speech(language)]
    form = forms.get(plural(language, amount), forms["other"])
    return f"{number(language, amount)} {write(form) if language == 'uz_Cyrl' else form}"
