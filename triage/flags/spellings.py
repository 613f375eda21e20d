"""Spelling habits that lose a letter for good, played forward: every form a stem may come in, per language."""

import re
from itertools import product

# What a letter of the exact key may have become before it reached us.
_ALWAYS = {"ö": "ou", "ä": "ae", "ü": "u"}
_BY_LANGUAGE: dict[str, dict[str, tuple[str, ...]]] = {
    "kaa": {"w": ("w", "u", "v"), "ñ": ("n", "ng")},
    "tg": {"j": ("j", "ç")},
}
_MOST = 24  # forms of one stem; more would only slow the start


def spellings(exact: str, language: str) -> list[str]:
    """Every spelling of one exact key that people of this language use, the proper one first."""
    table = {**_ALWAYS, **_BY_LANGUAGE.get(language, {})}
    forms = ["".join(letters) for letters, _ in zip(product(*(table.get(c, c) for c in exact)), range(_MOST))]  # noqa: B905
    if language == "ru":
        forms = [form for start in forms for form in _russian(start)]
    if language == "uz" and exact.startswith("yo") and len(exact) > 4:
        forms += ["e" + form[2:] for form in forms]
    return list(dict.fromkeys(forms))


def _russian(form: str) -> list[str]:
    forms = [form]
    if "yo" in form:  # ё is typed е in Cyrillic and yo, io, jo, e or o in Latin
        forms += [form.replace("yo", "e"), form.replace("yo", "jo"), re.sub("(?<=[jşç])yo", "o", form)]
    if "sx" in form:  # сх typed in Latin looks like ш: shvatil
        forms += [each.replace("sx", "ş") for each in forms]
    if form.endswith("y"):  # й
        forms += [each[:-1] + "j" for each in forms]
    return forms
