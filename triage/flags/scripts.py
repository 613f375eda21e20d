"""Characters that only carry other characters, and words whose letters come from two scripts."""

import re

# Everything that people and keyboards put where an Uzbek, Karakalpak or Russian apostrophe belongs.
APOSTROPHES = "'ʻʼ‘’`´′‛ʹʿ＇ʾˊˋ"
# Zero-width and direction characters: they may stand inside a word and mean nothing.
JOINED = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

_MIXED = re.compile(r"[^\n]*(?:[a-z][^\n]*[\u0370-\u058f]|[\u0370-\u058f][^\n]*[a-z])[^\n]*")
_BOTH = re.compile(r"[a-z]'?[\u0370-\u058f]|[\u0370-\u058f]'?[a-z]")
_RUN = re.compile(r"[a-z]+|[\u0370-\u058f]+|[^a-z\u0370-\u058f]+")
_TO_LATIN = dict(zip("аеорсухіјѕԁһԛԝвкмнтьοαερνικτυ", "aeopcyxijsdhqwbkmhtboaepvikty", strict=True))
_TO_CYRILLIC = dict(zip("aeopcyxkmtbh", "аеорсухкмтвн", strict=True))
_GREEK = str.maketrans("οαεικτνμρυχ", "oaeiktnmpux")


def one_script(words: str) -> str:
    """Words (one a line, lower case) with look-alike letters put back into the script of their neighbours.

    A run of one script is a disguise only if all its letters have a twin in the other: `мужim` stays as it is.
    """
    return _MIXED.sub(lambda m: _unmask(m.group()), words) if _BOTH.search(words) else words.translate(_GREEK)


def _unmask(word: str) -> str:
    runs = _RUN.findall(word)
    latin = [run for run in runs if "a" <= run[0] <= "z"]
    other = [run for run in runs if "\u0370" <= run[0] <= "\u058f"]
    sure_latin = sum(letter not in _TO_CYRILLIC for run in latin for letter in run)
    sure_other = sum(letter not in _TO_LATIN for run in other for letter in run)
    if sure_latin >= sure_other:
        runs = [_swap(run, _TO_LATIN) if run in other else run for run in runs]
    else:
        runs = [_swap(run, _TO_CYRILLIC) if run in latin else run for run in runs]
    return "".join(runs).translate(_GREEK)


def _swap(run: str, twins: dict[str, str]) -> str:
    return "".join(twins[letter] for letter in run) if all(letter in twins for letter in run) else run
