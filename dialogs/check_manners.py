"""Rules on the manners of reading: what a screen reader says, and what is left to somebody who only writes."""

import re
from collections.abc import Iterator
from typing import Final

from dialogs.check_texts import seen
from dialogs.checked import Finding, Ground
from dialogs.flows.footer import keyboard
from dialogs.lines import BY_TEXT, CALLED_FOR, SPOKEN
from dialogs.manner import Manner
from dialogs.screen import label, rows_of
from dialogs.words import base

_ALOUD: Final = Manner(aloud=True)
# What says nothing alone, in any language of ours: the bare answers and ways that stand under a text.
_BARE: Final = ("yes", "no", "back", "menu", "stop", "goon", "agree", "disagree", "read")
# Pictograms, arrows and signs that a screen reader reads by name, or passes by.
_SIGNS: Final = re.compile("[\u2190-\u2bff\u3030\ufe0f\U0001f000-\U0001ffff<>*_#|]")
# A call to us, or a voice of ours: nobody is ever offered either.
_OUR_CALL: Final = re.compile(
    r"\b(call us|ring us|phone us|we (can|will|may) (call|ring|phone)|позвоните нам|мы (по)?звоним|мы можем позвонить|"
    r"бизга қўнғироқ|bizga qoʻngʻiroq|biz qoʻngʻiroq|ба мо занг|мо занг мезанем|bizge qońıraw|biz qońıraw)",
    re.IGNORECASE,
)


def labels_make_sense_alone(ground: Ground) -> Iterator[Finding]:
    """To a screen reader the buttons of a screen differ, carry no signs, and none is a bare yes or back."""
    for language in ground.languages:
        bare = {ground.catalogs.text(language, key).casefold() for key in _BARE}
        for step in (step for step in ground.steps.values() if step.inside):
            rows = rows_of(step, ground.languages)
            said = [label(step, choice, language, ground.catalogs, _ALOUD).casefold() for row in rows for choice in row]
            where = f"{step.id} ({language}), read aloud"
            if len(set(said)) < len(said):
                yield Finding(where, "two buttons say the same")
            for one in said:
                if one in bare or _SIGNS.search(one):
                    yield Finding(where, f"a button says nothing alone, or carries a sign: {one}")


def exit_is_said_alike(ground: Ground) -> Iterator[Finding]:
    """The way out has one name, however she reads."""
    for language in ground.languages:
        for step in ground.steps.values():
            way_out = keyboard(step)[-1][0]
            usual = ground.catalogs.text(language, way_out.key)
            if label(step, way_out, language, ground.catalogs, _ALOUD) != usual:
                yield Finding(f"{step.id} ({language})", "the way out is called otherwise by a screen reader")


def no_call_is_left_to_her(ground: Ground) -> Iterator[Finding]:
    """Who only writes is told who may call for her beside each number, and nothing that is for who speaks."""
    for one in seen(ground):
        say = ground.catalogs.text
        beside = {say(one.language, CALLED_FOR), say(one.language, BY_TEXT).partition("{")[0]}
        told = any(line in beside or line.startswith(tuple(beside)) for line in one.written)
        named = [number for number in ground.region.said().values() if _names(number, one.written)]
        where = f"{one.step.id} ({one.language}), text only"
        if named and one.step.inside and not told:
            yield Finding(where, "names a number, and nobody who may call")
        spoken = {say(one.language, key) for key in SPOKEN} & set(one.written)
        if spoken:
            yield Finding(where, "tells what to do while speaking")


def _names(number: str, lines: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", line) for line in lines)


def nobody_is_offered_a_call(ground: Ground) -> Iterator[Finding]:
    """No text offers a call from us or to us."""
    for language in ground.languages:
        for key in ground.catalogs.english:
            if _OUR_CALL.search(ground.catalogs.text(language, key)):
                yield Finding(f"{base(key)} ({language})", "offers a call")
