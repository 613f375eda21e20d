"""Tokens with three keys each: exact, without diacritics, and the skeleton that all spelling habits share.

Every Cyrillic letter has one Latin sound here, whatever the language, so that one lexicon entry serves all scripts.
What a habit loses for good (ў typed as у, ә typed as е) is won back on the lexicon's side by `variants`.
"""

import re
import unicodedata
from dataclasses import dataclass

from triage.flags.scripts import APOSTROPHES, JOINED, MARKS, one_script

_LETTER = r"[^\W\d_]"
_JOIN = "[" + APOSTROPHES + JOINED + MARKS + "]"
# Digits stand alone (ages, classes, house numbers) unless they are chat letters inside a word: 4 = ch, 6 = sh.
_WORD = re.compile(
    rf"(?:4(?=[aeiouаеиоуўў]{_LETTER}{{2}})|{_LETTER})(?:{_LETTER}|{_JOIN}|[46](?!\d))*|\d+",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.!?;\n…]+")
_LONGEST = 40  # letters of a word that are looked at; real words are shorter, attacks are not
_MANY_MARKS = re.compile(rf"([{MARKS}]{{2}})[{MARKS}]+")  # before NFKC, whose reordering is quadratic in a run of marks
_INVISIBLE = re.compile(f"[{JOINED}]+")
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэ", "abvgdejziyklmnoprstufx\0çşş\1ı\1e", strict=True)),
        "ц": "ts", "\u0451": "yo", "ю": "yu", "я": "ya", "ў": "ö", "ғ": "ğ", "қ": "q", "ҳ": "h", "ә": "ä", "ө": "ö", "ү": "ü",
        "ң": "ñ", "ӣ": "i", "ӯ": "ö", "ҷ": "j", "і": "i", "ѝ": "i", "ї": "i", "є": "e", "ґ": "g", "һ": "h", "ұ": "u",
    }
)  # fmt: skip
# Beside a vowel ў is the Karakalpak w, which people without that key type as у: both become u.
_CYRILLIC_W = re.compile(r"(?<=[аеиоуыэәөүя])ў|ў(?=[аеиоуыэәөүя])")
_LATIN = str.maketrans(
    {
        "õ": "ö", "ō": "ö", "ó": "ö", "ô": "ö", "ḡ": "ğ", "ǵ": "ğ", "ģ": "ğ", "ş": "ş", "ș": "ş", "ç": "ç", "ü": "ü",
        "ú": "ü", "ū": "ü", "á": "ä", "ā": "ä", "ə": "ä", "ń": "ñ", "ň": "ñ", "ı": "ı", "í": "ı", "ī": "i", "î": "i",
        "é": "e", "ё": "yo", "â": "a", "à": "a", "š": "ş", "č": "ç", "ž": "j", "ў": "ö",
    }
)  # fmt: skip
_DIGRAPHS = (
    (re.compile(r"(.)\1{2,}"), r"\1"),
    (re.compile("o'"), "ö"),
    (re.compile("g'"), "ğ"),
    (re.compile("a'"), "ä"),
    (re.compile("u'"), "ü"),
    (re.compile("n'(?!t)"), "ñ"),
    (re.compile("i'"), "ı"),
    (re.compile(r"(?<=[^\W\d])4|4(?=[^\W\d])"), "ç"),
    (re.compile(r"(?<=[^\W\d])6|6(?=[^\W\d])"), "ş"),
    (re.compile("shch|sch|şç"), "ş"),
    (re.compile("sh"), "ş"),
    (re.compile("ch"), "ç"),
)
_PLAIN = str.maketrans({"ö": "o", "ğ": "g", "ä": "a", "ü": "u", "ñ": "n", "ı": "i", "'": None, "\1": None})
_SKELETON = (
    (re.compile("zh"), "j"),
    (re.compile("kh"), "h"),
    (re.compile("c"), "ts"),
    (re.compile(r"([^\W\d])\1+"), r"\1"),
    (re.compile(r"(?<=[bdfglmnprtvz])j(?=[aeiou])"), "y"),
)
_FOLD = str.maketrans({"q": "k", "x": "h", "w": "ş", "y": "i"})
_AFTER_FOLD = ((re.compile("ie"), "e"), (re.compile("ii+$", re.MULTILINE), "i"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, column by column: code point bounds, the three keys, and where sentences break.

    breaks[i] counts the sentence ends before word i, so two words of one sentence share the number.
    """

    starts: list[int]
    ends: list[int]
    exact: list[str]
    plain: list[str]
    skeleton: list[str]

    def __len__(self) -> int:
        return len(self.starts)


def cut(text: str) -> Tokens:
    """Cut a text into words and give each its keys. Linear in the length of the text."""
    found = [(m.start(), m.end(), m.group()[:_LONGEST]) for m in _WORD.finditer(text)]
    exact = exact_keys([word for _, _, word in found])
    joined = "\n".join(exact)
    plain = joined.translate(_PLAIN)
    return Tokens(
        [start for start, _, _ in found],
        [end for _, end, _ in found],
        exact,
        plain.split("\n"),
        _bones(plain).split("\n"),
    ) if found else Tokens([], [], [], [], [])


def exact_keys(words: list[str]) -> list[str]:
    """Each word in one lower-case Latin spelling with its diacritics (ö ğ ş ç ä ü ñ ı), whatever script it came in."""
    text = _MANY_MARKS.sub(r"\1", _INVISIBLE.sub("", "\n".join(words).translate(_APOSTROPHE)))
    text = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    text = one_script(unicodedata.normalize("NFC", text))
    text = _CYRILLIC_W.sub("u", text).translate(_CYRILLIC).translate(_LATIN)
    text = _STRAY.sub("", text)
    for pattern, letter in _DIGRAPHS:
        text = pattern.sub(letter, text)
    return text.replace("\1", "").split("\n")


_STRAY = re.compile(rf"[{MARKS}]+")


def _bones(plain: str) -> str:
    for pattern, letters in _SKELETON:
        plain = pattern.sub(letters, plain)
    plain = plain.translate(_FOLD)
    for pattern, letters in _AFTER_FOLD:
        plain = pattern.sub(letters, plain)
    return plain


def bones(exact: str) -> str:
    """The skeleton of one exact key."""
    return _bones(exact.translate(_PLAIN))
