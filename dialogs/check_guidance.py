"""Rules on guidance: every line has a source, a page begins with an act, is near, and stands whatever is signed."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dialogs.check_texts import seen
from dialogs.checked import Finding, Ground
from dialogs.flows.guidance import step_of
from dialogs.flows.guidance_pages import FORMS, LISTS, PAGES
from dialogs.kinds import Step
from dialogs.statements import About
from dialogs.words import placeholders

_MOST_TAPS: Final = 3
_EASY_MEAN: Final = 12
_EASY_LONGEST: Final = 15
_SENTENCE: Final = re.compile(r"[.!?…]+(?=\s|$)|\n")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’ʻʼ.][^\W_]+)*")
# A telephone number, an hour or a day of the law has three digits or more; it comes from the data, never from a text.
_LONG_NUMBER: Final = re.compile(r"\d{3,}")
_ADDRESS: Final = re.compile(
    r"\b(street|st\.|avenue|lane|улиц|ул\.|проспект|переул|дом №|koʻchasi|koʻcha \d|tor koʻcha|кўчаси|kóshesi|кӯчаи)",
    re.IGNORECASE,
)
# No page takes it for granted who does it: these words stand only where her own answer gave them.
_RELATION: Final = re.compile(
    r"\b(husband|wife|boyfriend|girlfriend|муж|мужа|мужу|мужем|муже|жена|жены|жене|жену|женой|erim|eri|eringiz|"
    r"xotin(?!-qiz)|xotini|xotiningiz|эрим|эри|эрингиз|хотин(?!-қиз)|шавҳар\w*|зани|завҷа\w*|kúyew\w*)\b",
    re.IGNORECASE,
)
_TOO_LATE: Final = re.compile(
    r"too late|слишком поздно|уже поздно|kech qoldi|juda kech|кеч қолди|дер шуд", re.IGNORECASE
)


def _pages(ground: Ground) -> Iterator[Step]:
    return (step for step in ground.steps.values() if step.id.startswith("read."))


def _lines(step: Step) -> Iterator[str]:
    for key in step.text:
        yield from (form for form in FORMS.get(key, (key,)) if form)


def lines_have_sources(ground: Ground) -> Iterator[Finding]:
    statements = ground.region.statements
    for step in _pages(ground):
        if step.question and step.item:
            continue
        for key in _lines(step):
            if key not in statements.by_id and key not in ground.steps["danger"].text:
                yield Finding(f"{step.id}, {key}", "is no statement: it has no source and no date")
    for statement in statements.by_id.values():
        if statement.id not in ground.catalogs.english:
            yield Finding(statement.id, "is stated, but not in the English")
        if statement.sources and not statement.source.strip():
            yield Finding(statement.id, "has no source")
        if statement.review_by <= statement.checked_on or statement.as_of > statement.checked_on:
            yield Finding(statement.id, "its dates do not follow each other")


def needs_are_said(ground: Ground) -> Iterator[Finding]:
    """A placeholder in a statement is what it needs, so that it can never be filled by a guess."""
    statements = ground.region.statements
    for statement in statements.by_id.values():
        asked = {need.removeprefix("NUM:") for need in statement.needs if need.startswith("NUM:")}
        laws = {need.removeprefix("LAW:") for need in statement.needs if need.startswith("LAW:")}
        asked |= {f"law_{key}" for key in laws if not statements.laws[key].seen}
        said = placeholders(ground.catalogs.english.get(statement.id, ""))
        if asked != said:
            yield Finding(statement.id, f"needs {sorted(asked)}, but says {sorted(said)}")


def pages_have_neutral_sentences(ground: Ground) -> Iterator[Finding]:
    statements = ground.region.statements
    for step in _pages(ground):
        gated = any(key in statements.by_id for key in _lines(step))
        if gated and step.neutral not in statements.neutral.values():
            yield Finding(step.id, "has no neutral sentence of its page")


def pages_begin_with_an_act(ground: Ground) -> Iterator[Finding]:
    """Signed or not: the first line of a page is never one that may be left out."""
    statements = ground.region.statements
    for page in PAGES:
        key = ground.steps[step_of(page.id)].text[0]
        first = statements.by_id.get(key)
        number = ground.catalogs.english.get(key, "").find("{") in range(40)
        if first is None or not (first.act or number):
            yield Finding(step_of(page.id), "does not begin with what to do now, or a number")
        elif first.mark not in {"S", "D"} and first.about is not About.SAFETY:
            yield Finding(step_of(page.id), "begins with a line that waits for a signature")


def _taps_from_menu(ground: Ground) -> Mapping[str, int]:
    taps, edge = {"menu": 0}, ["menu"]
    while edge:
        step = ground.steps[edge.pop(0)]
        for to in (to for choice in step.choices() for to in choice.targets()):
            if to in ground.steps and to not in taps:
                taps[to] = taps[step.id] + 1
                edge.append(to)
    return taps


def pages_are_near(ground: Ground) -> Iterator[Finding]:
    taps = _taps_from_menu(ground)
    for page in PAGES:
        far = taps.get(step_of(page.id))
        if far is None or far > _MOST_TAPS:
            yield Finding(step_of(page.id), f"{far} taps from the menu")
    listed = {page for pages in LISTS.values() for page in pages} | {"danger_more"}
    for name in sorted(listed ^ {page.id for page in PAGES}):
        yield Finding(name, "is a page in no list, or in a list and no page")


def pages_lead_on(ground: Ground) -> Iterator[Finding]:
    """One next step a screen; the questions and the clocks have their answers besides."""
    for page in PAGES:
        for place in range(len(page.screens) - 1):
            if len(ground.steps[step_of(page.id, place)].choices()) != 1:
                yield Finding(step_of(page.id, place), "has not exactly one next step")


def suicide_has_a_person(ground: Ground) -> Iterator[Finding]:
    step = ground.steps["read.suicide"]
    if [choice.id for choice in step.rows[0]] != ["person"]:
        yield Finding(step.id, "its first button is not a person")
    if "{trust}" not in ground.catalogs.english["suicide.call"]:
        yield Finding(step.id, "does not begin with the trust line")


def _texts(ground: Ground) -> Iterator[tuple[str, str, str]]:
    for language in ground.languages:
        for key in ground.catalogs.english:
            yield language, key, ground.catalogs.text(language, key)


def numbers_come_from_the_data(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        for found in _LONG_NUMBER.findall(text):
            if (key.removesuffix("~easy"), found) not in _COUNTED:
                yield Finding(f"{key} ({language})", f"says {found}, which is no placeholder")


# Days that she chooses from: no law and no telephone.
_COUNTED: Final = frozenset({("days_180", "180")})


def no_place_is_named(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        if _ADDRESS.search(text):
            yield Finding(f"{key} ({language})", "names a street or a house")


def no_relation_is_assumed(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        if _RELATION.search(text):
            yield Finding(f"{key} ({language})", "takes for granted who does it")


def never_too_late(ground: Ground) -> Iterator[Finding]:
    for language, key, text in _texts(ground):
        if _TOO_LATE.search(text):
            yield Finding(f"{key} ({language})", "says that it is too late")


def sentences(text: str) -> tuple[int, ...]:
    """How many words each sentence of a text has."""
    counts = (len(_WORD.findall(part)) for part in _SENTENCE.split(text))
    return tuple(count for count in counts if count)


def easy_is_easy(ground: Ground) -> Iterator[Finding]:
    """The easy form of a screen: never longer, a page's shorter, and its sentences short."""
    for one in seen(ground):
        where = f"{one.step.id} ({one.language})"
        if one.step.id in _GIVEN or one.step.item.startswith(_OFFICIAL):
            continue
        full, easy = len("\n".join(one.lines)), len("\n".join(one.easy))
        page = one.step.id.startswith("read")
        if easy > full or (page and easy == full):
            yield Finding(where, f"easy-read has {easy} characters, the full text {full}")
        counts = sentences("\n".join(one.easy))
        if max(counts, default=0) > _EASY_LONGEST or sum(counts) > _EASY_MEAN * len(counts):
            yield Finding(where, f"easy-read has sentences of {', '.join(map(str, counts))} words")


# Screens that hold lists of values or her own words: their length is not ours.
_GIVEN: Final = frozenset({"referral", "data", "data_show", "needs.found"})
# Published questions, whose wording may not be changed, for simple text neither.
_OFFICIAL: Final = ("wg.", "asq.")
