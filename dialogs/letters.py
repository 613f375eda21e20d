"""Letters: folds what people type, in any script and spelling of the six languages, to one plain form for comparing."""

import re
import unicodedata
from typing import Final

# Cyrillic as Uzbek, Russian, Tajik and Karakalpak write it, to the nearest plain Latin; both sides of a comparison pass
# through it, so that it need not be right, only the same.
_CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ҷ": "j", "ә": "a", "ө": "o", "ү": "u",
        "ң": "n",
    }
)  # fmt: skip
# Latin letters that keep no mark when decomposed, and the reform's ş and ç, which stand for sh and ch.
_LATIN: Final = str.maketrans({"ı": "i", "ş": "sh", "ș": "sh", "ç": "ch"})
# The letters of Uzbek that only the apostrophe tells apart are folded with it dropped: most people do not type it.
_APOSTROPHES: Final = re.compile("['`´ʻʼ‘’‛′ʹʿʾ＇]")
_OTHER: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The words of a text in plain small Latin letters and digits, one space between them; empty where it has none."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    latin = _APOSTROPHES.sub("", small).translate(_CYRILLIC).translate(_LATIN)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", latin) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"\bye", "e", word) for word in _OTHER.sub(" ", bare).split())


def spellings(text: str) -> frozenset[str]:
    """The folded forms in which a text of ours may come back: Russian is typed with е for ё."""
    return frozenset((fold(text), fold(text.casefold().replace("ё", "е"))))


def one_slip(first: str, second: str) -> bool:
    """Whether the two differ by at most one letter: one more, one less, or another one."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[at:] if len(short) < len(long) else short[at + 1 :]
    return rest == long[at + 1 :]
