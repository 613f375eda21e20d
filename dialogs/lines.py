"""What a screen says: the lines of a step in her language, as she reads, and without what may not be said here."""

from collections.abc import Mapping
from typing import Final

from dialogs.flows.road import FORMS
from dialogs.kinds import Step
from dialogs.manner import Manner
from dialogs.region import Region
from dialogs.words import Catalogs, placeholders

# Marks a key's easy-read form: the same sentence, shorter, one idea at a time.
EASY: Final = "~easy"
# What only helps somebody who speaks: left out where she writes only.
SPOKEN: Final = frozenset({"danger_more.silent", "danger_more.neutral", "police.silent", "police.pretend"})
# Who may call for her, or where a text arrives: the second only where the region has such a number.
CALLED_FOR: Final = "text.called_for"
BY_TEXT: Final = "text.by_text"
BY_TEXT_NUMBER: Final = "emergency_text"


def keys_of(step: Step, values: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the lines, each slot with several forms replaced by the form that `values` names for it."""
    keys = []
    for key in step.text:
        form = values.get(key, FORMS[key][0]) if key in FORMS else key
        if key in FORMS and form not in FORMS[key]:
            raise ValueError(f"{step.id}: {form!r} is no form of {key}")
        keys.append(form)
    return tuple(key for key in keys if key)


def _gated(step: Step, keys: tuple[str, ...], language: str, region: Region) -> tuple[str, ...]:
    """The keys with what may not be said here replaced by the neutral sentence, once and at the end."""
    said = tuple(key for key in keys if region.statements.said(key, language))
    return said if len(said) == len(keys) or not step.neutral else (*said, step.neutral)


def in_form(keys: tuple[str, ...], catalogs: Catalogs, manner: Manner) -> tuple[str, ...]:
    """The keys, for simple text with the easy-read form of each sentence that has one."""
    if not manner.easy:
        return keys
    return tuple(easy if (easy := f"{key}{EASY}") in catalogs.english else key for key in keys)


def _called_for(keys: tuple[str, ...], catalogs: Catalogs, region: Region) -> tuple[str, ...]:
    """The key of what is said beside a telephone number to somebody who only writes."""
    names = set(region.numbers) | set(region.said())
    if not any(placeholders(catalogs.english[key]) & names for key in keys):
        return ()
    return (BY_TEXT if BY_TEXT_NUMBER in region.said() else CALLED_FOR,)


def _refuse_strangers(step: Step, keys: tuple[str, ...], catalogs: Catalogs, values: Mapping[str, str]) -> None:
    """A value that no line takes is a mistake of the caller: better loud in a test than a gap in a sentence."""
    taken = {name for key in keys for name in placeholders(catalogs.english[key])} | (set(step.text) & set(FORMS))
    strangers = set(values) - taken
    if strangers:
        raise ValueError(f"{step.id}: no line takes {', '.join(sorted(strangers))}")


def lines_of(
    step: Step,
    language: str,
    catalogs: Catalogs,
    region: Region,
    values: Mapping[str, str],
    only: tuple[str, ...],
    manner: Manner,
) -> tuple[str, ...]:
    """The lines of a step, filled; the greeting's once in each of the languages `only`."""
    keys = keys_of(step, values)
    _refuse_strangers(step, keys, catalogs, values)
    keys = _gated(step, keys, language, region)
    if manner.text_only:
        keys = tuple(key for key in keys if key not in SPOKEN)
        keys = (*keys, *_called_for(keys, catalogs, region))
    keys = in_form(keys, catalogs, manner)
    filled = {**region.said(), **region.statements.words(language), **values}
    if not step.inside:
        return tuple(dict.fromkeys(catalogs.say(code, key, **filled) for code in only for key in keys))
    return tuple(catalogs.say(language, key, **filled) for key in keys)
