"""Rules on the texts: what every sentence, label and screen must hold, in every language that is offered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Final

from dialogs.checked import Finding, Ground
from dialogs.deny import blames, promises, telltales, unsaid
from dialogs.flows.road import FORMS
from dialogs.kinds import Step
from dialogs.manner import AS_USUAL, Manner
from dialogs.screen import render, rows_of
from dialogs.template import FIELDS, NEEDS, missing, unused
from dialogs.words import base, names_a_language, placeholders

_LONGEST_SCREEN: Final = 600
_MOST_LINES: Final = 6
_LONGEST_LABEL: Final = 32
_LONGEST_FIRST: Final = 60
_WHY: Final = re.compile(
    r"\b(why|почему|зачем|nega|nimaga|nima uchun|нега|нимага|нима учун|nege|ne ushın|чаро|барои чӣ)\b", re.IGNORECASE
)
_LOUD: Final = re.compile("[!！‼⁉❗❕\U0001f000-\U0001ffff\u2600-\u27bf\u2b00-\u2bff\ufe0f]")
_SHOUTED: Final = re.compile(r"\b[^\W\d_]{3,}\b")
_LAST: Final = re.compile(r": \{[a-z_]+\}(?=\.|$)")
_NEUTRAL: Final = ("greet", "nothing", "error", "first.dish", "first.list", "first.menu", "first.bread")
# Labels read alone, by a screen reader: these say nothing of what happens.
_EMPTY_LABELS: Final = frozenset({"ok", "next", "далее", "дальше", "keyingi", ">", ">>", "→"})
# What stands for a value, so that a screen is measured full; a referral's own words come beside its closed lists.
_FULL: Final = {
    "n": "120",
    "time": "24-September, 09:00",
    "number": "482913",
    "examples": "xxxxxxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxxxxx",
    "hers": "xxxxxxxxxxxx: 999, xxxxxxxxxxxxxxxxxxxxxx: 99",
    "desk": "xxxxxxxxxxxx: 999, xxxxxxxxxxxx: 99, xxxxxxxxxxxxxxx: 99",
    "days": "24 September 2026, 24 September 2026",
    "day": "24 September 2026",
    "words": "",
    "lines": "\n".join(("", *("x" * 60 for _ in range(3)))),
}
# The words that a lawyer may yet write, and a number that may yet be known.
_LAW: Final = "x" * 60
_NUMBER: Final = "00 000 00 00"


def _forms(step: Step, language: str, ground: Ground) -> Iterator[dict[str, str]]:
    """A step's values for its lines that have several forms: each form once, and the longest of all lines together."""
    slots = {key: FORMS[key] for key in step.text if key in FORMS}
    for place in range(max(map(len, slots.values()), default=1)):
        yield {slot: forms[min(place, len(forms) - 1)] for slot, forms in slots.items()}
    if slots:
        length = _length(language, ground)
        yield {slot: max(forms, key=length) for slot, forms in slots.items()}


def _length(language: str, ground: Ground) -> Callable[[str], int]:
    return lambda form: len(ground.catalogs.text(language, form)) if form else 0


def grounds(ground: Ground) -> Iterator[Ground]:
    """The ground as it is, and with everything signed and known: every screen must hold its limits both ways."""
    yield ground
    region = ground.region
    yield replace(ground, region=replace(region, statements=region.statements.all_on(ground.languages, _LAW)))


def _longest(field: str, values: tuple[str, ...], language: str, ground: Ground) -> str:
    """A field of a referral at its longest, without the free words: of her needs all may be true at once."""
    say = ground.catalogs.say
    said = [say(language, f"{field.replace('field', 'value', 1)}.{value}") for value in values]
    return f"{say(language, field)}: {', '.join(said) if values is NEEDS else max(said, key=len, default='')}"


def _values(step: Step, forms: dict[str, str], ground: Ground, language: str) -> dict[str, str]:
    keys = [key for key in (forms.get(key, key) for key in step.text) if key]
    english = ground.catalogs.english
    known = {*ground.region.said(), *ground.region.statements.words(language)}
    wanted = {name for key in keys for name in placeholders(english[key])} - known
    fields = "\n".join(_longest(f"field.{field}", values, language, ground) for field, values in FIELDS.items())
    services = [service.name(language) for service in ground.region.services]
    needs = ", ".join(ground.catalogs.say(language, f"value.access.{need}") for need in NEEDS)
    full = {**_FULL, "needs": needs, "fields": fields, "service": max(services, key=len, default="")}
    return {**{name: full.get(name, _NUMBER) for name in wanted}, **forms}


@dataclass(frozen=True, slots=True)
class Seen:
    """One screen in one language: its lines filled, in full, in their easy-read form, and for who only writes."""

    language: str
    step: Step
    lines: tuple[str, ...]
    easy: tuple[str, ...]
    written: tuple[str, ...]


@lru_cache(maxsize=1)
def seen(ground: Ground) -> tuple[Seen, ...]:
    """Every screen in every language and every form, signed and unsigned; drawn once for the rules that look."""
    return tuple(_seen(ground))


def _seen(ground: Ground) -> Iterator[Seen]:
    for one in grounds(ground):
        for language in one.languages:
            for step in one.steps.values():
                for forms in _forms(step, language, one):
                    values = _values(step, forms, one, language)
                    full, easy, written = (
                        render(step.id, language, one.catalogs, one.region, values=values, manner=manner).body
                        for manner in (AS_USUAL, Manner(easy=True), Manner(text_only=True))
                    )
                    yield Seen(language, step, full, easy, written)


def _screens(ground: Ground) -> Iterator[tuple[str, Step, tuple[str, ...]]]:
    for one in seen(ground):
        yield one.language, one.step, one.lines


def _texts(ground: Ground) -> Iterator[tuple[str, str, str]]:
    for language in ground.languages:
        for key in ground.catalogs.english:
            yield language, key, ground.catalogs.text(language, key)


def keys_stand(ground: Ground) -> Iterator[Finding]:
    for key in missing(ground.catalogs.english):
        yield Finding(key, "is said but not in the English")
    for key in unused(ground.catalogs.english):
        yield Finding(key, "is in the English but said nowhere")


def screens_are_short(ground: Ground) -> Iterator[Finding]:
    for language, step, lines in _screens(ground):
        length = len("\n".join(lines)) + _LONGEST_FIRST // 2
        if length > _LONGEST_SCREEN or len(lines) > _MOST_LINES:
            yield Finding(f"{step.id} ({language})", f"{length} characters, {len(lines)} lines")


def _labels(ground: Ground) -> Iterator[tuple[str, Step, list[str]]]:
    for language in ground.languages:
        for step in ground.steps.values():
            rows = rows_of(step, ground.languages)
            yield language, step, [ground.catalogs.say(language, choice.key) for row in rows for choice in row]


def labels_are_short(ground: Ground) -> Iterator[Finding]:
    for language, step, labels in _labels(ground):
        for label in labels:
            if len(label) > _LONGEST_LABEL or label.casefold() in _EMPTY_LABELS:
                yield Finding(f"{step.id} ({language})", f"{len(label)} characters, or says nothing: {label}")


def labels_differ(ground: Ground) -> Iterator[Finding]:
    for language, step, labels in _labels(ground):
        folded = [label.casefold() for label in labels]
        if len(set(folded)) < len(folded):
            yield Finding(f"{step.id} ({language})", "two buttons say the same")


def one_question(ground: Ground) -> Iterator[Finding]:
    for language, step, lines in _screens(ground):
        marks = sum(line.count("?") for line in lines)
        if marks > 1 or (step.question and marks != 1):
            yield Finding(f"{step.id} ({language})", f"{marks} question marks")
    for language, key, text in _texts(ground):
        if "?" in text and _WHY.search(text):
            yield Finding(f"{key} ({language})", "asks why")


def calm(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        if _LOUD.search(text) or sum(word.isupper() for word in _SHOUTED.findall(text)) > 1:
            yield Finding(f"{key} ({language})", "is loud, or carries a sign that is read aloud")


def _denied(
    ground: Ground, find: Callable[..., Iterator[str]], texts: Iterator[tuple[str, str, str]]
) -> Iterator[Finding]:
    for language, key, text in texts:
        for stem in find(text, language, ground.deny):
            yield Finding(f"{key} ({language})", f"says {stem}")


def no_promise(ground: Ground) -> Iterator[Finding]:
    return _denied(ground, promises, _texts(ground))


def no_blame(ground: Ground) -> Iterator[Finding]:
    return _denied(ground, blames, _texts(ground))


def nothing_unsaid(ground: Ground) -> Iterator[Finding]:
    return _denied(ground, unsaid, _texts(ground))


def placeholders_last(ground: Ground) -> Iterator[Finding]:
    """Endings cannot be glued to a value; only the waiting time has its unit behind it."""
    for language, key, text in _texts(ground):
        if base(key) != "wait_n" and len(_LAST.findall(text)) != text.count("{"):
            yield Finding(f"{key} ({language})", "a placeholder does not stand last after a colon")


def danger_begins_with_number(ground: Ground) -> Iterator[Finding]:
    first = ground.steps["danger"].text[0]
    for language in ground.languages:
        if placeholders(ground.catalogs.text(language, first).split(".")[0]) != {"police"}:
            yield Finding(f"danger ({language})", "the first words are not the number of the police")


def own_names(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        if names_a_language(key) and text != ground.catalogs.english[key]:
            yield Finding(f"{key} ({language})", "a language's own name is the same everywhere")


def first_lines_are_dull(ground: Ground) -> Iterator[Finding]:
    region = ground.region
    own = ((code, "first_lines", line) for code, decoy in region.decoys.items() for line in decoy.first_lines)
    shared = ((language, key, text) for language, key, text in _texts(ground) if base(key) in _NEUTRAL)
    lines = tuple(chain(own, shared))
    yield from _denied(ground, telltales, iter(lines))
    for language, key, text in lines:
        if len(text) > _LONGEST_FIRST or "?" in text:
            yield Finding(f"{key} ({language})", "is long for a first line, or asks")
