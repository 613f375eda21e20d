"""Tokens with three keys each: exact, without diacritics, and the skeleton that all spelling habits share.

Every Cyrillic letter has one Latin sound here, whatever the language, so that one lexicon entry serves all scripts.
What a habit loses for good (ў typed as у, ә typed as е) is won back on the lexicon's side by `variants`.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from triage.flags.scripts import APOSTROPHES, JOINED, MARKS, one_script

_LETTER = r"[^\W\d_]"
_JOIN = "[" + APOSTROPHES + JOINED + MARKS + "]"
# Digits stand alone (ages, classes, house numbers) unless they are chat letters inside a word: 4 = ch, 6 = sh.
_WORD = re.compile(
    rf"(?:4(?=[aeiouаеиоуўў][{APOSTROPHES}]?(?:{_LETTER}|4){{2}})|{_LETTER})(?:{_LETTER}|{_JOIN}|(?:44|66|[46])(?!\d))*|\d(?:\d|[{JOINED}])*",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?\n]")  # where a sentence may end
_PAUSED = re.compile(r"[,:;–—-]\s*$")  # a line that goes on
# Plain keys after which a full stop only shortens a word (г. ул. кв. тел. мин. Mr.); one letter alone does so too.
_SHORTENED = frozenset(("ul", "kv", "tel", "min", "sek", "rub", "str", "sm", "dr", "st", "mr", "mrs", "ms", "etc"))
_LONGEST = 40  # letters of a word that are looked at; real words are shorter, attacks are not
_MANY_MARKS = re.compile(rf"([{MARKS}]{{2}})[{MARKS}]+")  # before NFKC, whose reordering is quadratic in a run of marks
_INVISIBLE = re.compile(f"[{JOINED}]+")
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэ", "abvgdejziyklmnoprstufx\0çşş\1ı\1e", strict=True)),
        "ц": "ts", "\u0451": "yo", "ю": "yu", "я": "ya", "ў": "ö", "ғ": "ğ", "қ": "q", "ҳ": "h", "ә": "ä", "ө": "ö",
        "ү": "ü",
        "ң": "ñ", "ӣ": "i", "ӯ": "ö", "ҷ": "j", "і": "i", "ѝ": "i", "ї": "i", "є": "e", "ґ": "g", "һ": "h", "ұ": "u",
    }
)  # fmt: skip
# Beside a vowel ў is the Karakalpak w, which people without that key type as у: both become u.
_CYRILLIC_W = re.compile(r"(?<=[аеиоуыэәөүя])ў|ў(?=[аеиоуыэәөүя])")
_LATIN = str.maketrans(
    {
        "õ": "ö", "ō": "ö", "ó": "ö", "ô": "ö", "ḡ": "ğ", "ǵ": "ğ", "ģ": "ğ", "ş": "ş", "ș": "ş", "ç": "ç", "ü": "ü",
        "ú": "ü", "ū": "ü", "á": "ä", "ā": "ä", "ə": "ä", "ń": "ñ", "ň": "ñ", "ı": "ı", "í": "ı", "ī": "i", "î": "i",
        "é": "e", "â": "a", "à": "a", "š": "ş", "č": "ç", "ž": "j",
    }
)  # fmt: skip
_LONG = re.compile(r"(.)\1{2,}")
_CHAT = ((re.compile(r"(?<=[^\W\d])4|4(?=[^\W\d])"), "ç"), (re.compile(r"(?<=[^\W\d])6|6(?=[^\W\d])"), "ş"))
_SOFT_N = re.compile("n'(?!t)")
_APOSTROPHES = (("o'", "ö"), ("g'", "ğ"), ("a'", "ä"), ("u'", "ü"), ("i'", "ı"))
_DIGRAPHS = (("shch", "ş"), ("sch", "ş"), ("şç", "ş"), ("sh", "ş"), ("ch", "ç"))
# Replacing a handful of letters one after the other is five times quicker than str.translate.
_PLAIN = (("ö", "o"), ("ğ", "g"), ("ä", "a"), ("ü", "u"), ("ñ", "n"), ("ı", "i"), ("'", ""), ("\1", ""))
_SOUNDS = (("zh", "j"), ("kh", "h"), ("c", "ts"))
_DOUBLE = re.compile(r"([^\W\d])\1+")
_SOFT_J = re.compile(r"(?<=[bdfglmnprtvz])j(?=[aeiou])")
_FOLD = (("q", "k"), ("x", "h"), ("w", "ş"), ("y", "i"))
_LAST_I = re.compile("ii+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, column by column: code point bounds, the three keys, and the words that open a sentence
    (all but the first one), in order."""

    starts: list[int]
    ends: list[int]
    exact: list[str]
    plain: list[str]
    skeleton: list[str]
    opens: list[int]

    def __len__(self) -> int:
        return len(self.starts)


def cut(text: str) -> Tokens:
    """Cut a text into words and give each its keys. Linear in the length of the text."""
    found = list(_WORD.finditer(text))
    if not found:
        return Tokens([], [], [], [], [], [])
    words = [match[0][:_LONGEST] for match in found]
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    exact, plain, skeleton = _keys(words)
    return Tokens(starts, ends, exact, plain, skeleton, _openings(text, starts, plain))


def _keys(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The three keys of each word; of a word that comes again, once."""
    distinct = list(dict.fromkeys(words))
    exact = exact_keys(distinct)
    joined = plainly("\n".join(exact))
    columns = exact, joined.split("\n"), _bones(joined).split("\n")
    if len(distinct) == len(words):
        return columns
    place = dict(zip(distinct, range(len(distinct)), strict=True))
    order = [place[word] for word in words]
    one, two, three = ([column[at] for at in order] for column in columns)
    return one, two, three


def without(tokens: Tokens, text: str, gaps: list[tuple[int, int]]) -> Tokens:
    """The words that stand in none of these stretches of their text (in order), as if those were blank."""
    parts, at = [], 0
    for start, end in gaps:
        parts += [text[at:start], " " * (end - start)]
        at = end
    blank = "".join([*parts, text[at:]])
    kept = [word for word, start in enumerate(tokens.starts) if blank[start] != " "]
    starts, ends = [tokens.starts[word] for word in kept], [tokens.ends[word] for word in kept]
    exact, plain, skeleton = (
        [column[word] for word in kept] for column in (tokens.exact, tokens.plain, tokens.skeleton)
    )
    return Tokens(starts, ends, exact, plain, skeleton, _openings(blank, starts, plain))


def _openings(text: str, starts: list[int], words: list[str]) -> list[int]:
    """The words that open a sentence: after a mark or at a new line, and not after a pause ("...") or a shortened word,
    inside a date or a link, or where a line goes on after a comma."""
    found: dict[int, None] = {}
    for end in _END.finditer(text):
        at = bisect_left(starts, end.start())
        if 0 < at < len(starts) and at not in found and _ends(text, end.start(), words[at - 1]):
            found[at] = None
    return list(found)


def _ends(text: str, at: int, word: str) -> bool:
    """Whether the sign at this place ends the sentence of the word before it."""
    if text[at] == ".":
        inside = text[at + 1 : at + 2].isalnum() or "." in (text[at - 1 : at], text[at + 1 : at + 2])
        return not (inside or len(word) == 1 or word in _SHORTENED)
    return text[at] != "\n" or not _PAUSED.search(text, max(0, at - 4), at)


def exact_keys(words: list[str]) -> list[str]:
    """Each word in one lower-case Latin spelling with its diacritics (ö ğ ş ç ä ü ñ ı), whatever script it came in."""
    text = "\n".join(words).lower().replace("`", "'")
    if not text.isascii():
        text = _one_alphabet(text)
    text = _LONG.sub(r"\1", text)
    if "'" in text:
        for letters, letter in _APOSTROPHES:
            text = text.replace(letters, letter)
        text = _SOFT_N.sub("ñ", text)
    for digit, (pattern, letter) in zip("46", _CHAT, strict=True):
        if digit in text:
            text = pattern.sub(letter, text)
    for letters, letter in _DIGRAPHS:
        text = text.replace(letters, letter)
    return text.replace("\1", "").split("\n")


def _one_alphabet(text: str) -> str:
    letters = set(text)  # most texts hold few of the odd ones: look before each pass
    if not _QUOTES.isdisjoint(letters):
        text = text.translate(_APOSTROPHE)
    if not _ODD.isdisjoint(letters):
        text = _MANY_MARKS.sub(r"\1", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    if not _ASCII_LETTERS.isdisjoint(letters):
        text = one_script(text)
    if "ў" in letters:
        text = _CYRILLIC_W.sub("u", text)
    text = text.translate(_LETTERS)
    return text if _ODD.isdisjoint(letters) else _STRAY.sub("", text)


def _every(ranges: str) -> frozenset[str]:
    """The characters of a regular expression's character class."""
    return frozenset(chr(code) for code in range(0x00A0, 0x10000) if re.match(f"[{ranges}]", chr(code)))


_QUOTES = frozenset(APOSTROPHES) - {"'"}
_ODD = _every(JOINED + MARKS)
_ASCII_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_LETTERS = {**_CYRILLIC, **_LATIN}
_STRAY = re.compile(rf"[{MARKS}]+")


def _bones(plain: str) -> str:
    for letters, letter in _SOUNDS:
        plain = plain.replace(letters, letter)
    plain = _SOFT_J.sub("y", _DOUBLE.sub(r"\1", plain))
    for letters, letter in _FOLD:
        plain = plain.replace(letters, letter)
    return _LAST_I.sub("i", plain.replace("ie", "e"))


def plainly(exact: str) -> str:
    """Exact keys without their diacritics."""
    for letter, bare in _PLAIN:
        exact = exact.replace(letter, bare)
    return exact


def bones(exact: str) -> str:
    """The skeleton of one exact key."""
    return _bones(plainly(exact))
