"""Spelling habits played on a line: each gives the line as somebody else would have typed it."""

import re
from collections.abc import Callable

APOSTROPHE = re.compile("['ʻʼ‘’`´′‛ʹʿ＇]")
_UZBEK = {
    "yoʻ": "йў", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "ts": "тс",
    **dict(zip("abdfghijklmnopqrstuvxyzc", "абдфгҳижклмнопқрстувхйзк", strict=True)), "ʻ": "ъ",
}  # fmt: skip
_KARAKALPAK = {
    "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "á": "ә",
    "ó": "ө", "ú": "ү", "ǵ": "ғ", "ń": "ң", "ı": "ы", "w": "ў",
    **dict(zip("abdefghijklmnopqrstuvxyzc", "абдефгҳижклмнопқрстувхйзц", strict=True)),
}  # fmt: skip
_LOOKALIKE = str.maketrans("aeopcxy", "аеорсху")
_BARE = str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ")


def with_apostrophe(sign: str) -> Callable[[str], str]:
    """Every apostrophe typed as this sign."""
    return lambda text: APOSTROPHE.sub(sign, text)


def without_apostrophes(text: str) -> str:
    """No apostrophe at all."""
    return APOSTROPHE.sub("", text)


def reformed(o: str) -> Callable[[str], str]:
    """The letters of the reform: ğ ş ç and this letter for oʻ."""

    def write(text: str) -> str:
        text = APOSTROPHE.sub("ʻ", text)
        for old, new in (("oʻ", o), ("Oʻ", o.upper()), ("gʻ", "ğ"), ("Gʻ", "Ğ")):
            text = text.replace(old, new)
        for old, new in (("sh", "ş"), ("Sh", "Ş"), ("ch", "ç"), ("Ch", "Ç")):
            text = text.replace(old, new)
        return text

    return write


def chat(text: str) -> str:
    """w for sh, 4 for ch."""
    return re.sub("[Ss]h", "w", re.sub("[Cc]h(?=[a-z])", "4", text))


def k_for_q(text: str) -> str:
    """k for q and h for x."""
    return text.replace("q", "k").replace("Q", "K").replace("x", "h")


def cyrillic(text: str) -> str:
    """Uzbek in Cyrillic."""
    return _letters(APOSTROPHE.sub("ʻ", text.lower()), _UZBEK, initial_e="э")


def bare_cyrillic(text: str) -> str:
    """Uzbek in Cyrillic on a Russian keyboard: у к г х."""
    return bare(cyrillic(text))


def bare(text: str) -> str:
    """ў қ ғ ҳ typed as у к г х."""
    return text.translate(_BARE)


def karakalpak_cyrillic(text: str) -> str:
    """Karakalpak in Cyrillic."""
    return _letters(text.lower(), _KARAKALPAK, initial_e="е")


def karakalpak_old(text: str) -> str:
    """The Karakalpak Latin of 1995: a' o' u' g' n' i'."""
    for new, old in (("á", "a'"), ("ó", "o'"), ("ú", "u'"), ("ǵ", "g'"), ("ń", "n'"), ("ı", "i'")):
        text = text.replace(new, old).replace(new.upper(), old.upper())
    return text


def karakalpak_bare(text: str) -> str:
    """Karakalpak without any mark."""
    return text.lower().translate(str.maketrans("áóúǵńı", "aougni"))


def _letters(text: str, table: dict[str, str], initial_e: str) -> str:
    text = re.sub(r"(?<![a-zʻáóúǵńı])e|(?<=[aeiouáóúı])e", initial_e, text)
    pattern = re.compile("|".join(sorted(table, key=len, reverse=True)))
    return pattern.sub(lambda m: table[m.group()], text).replace("e", "е")


def unpunctuated(text: str) -> str:
    """No full stop, comma or question mark; quotation marks stay, for they say whose words these are."""
    return re.sub(r"[.,!?;:…]+", " ", text)


def shouted(text: str) -> str:
    """Capitals throughout."""
    return text.upper()


def drawn_out(text: str) -> str:
    """Each word's last vowel held down."""
    return re.sub(r"([aeiouаеиоу])([^\Waeiouаеиоу\d_]*)(?=\s|$)", r"\1\1\1\1\2", text)


def disguised(text: str) -> str:
    """Latin words with Cyrillic look-alikes in every word that keeps one letter of its own."""
    own = re.compile(r"[bdfghijklmnqrstuvwz]", re.IGNORECASE)
    return re.sub(r"[A-Za-z]+", lambda m: m.group().translate(_LOOKALIKE) if own.search(m.group()) else m.group(), text)


def threaded(text: str) -> str:
    """A zero-width joiner in every word."""
    return re.sub(r"(\w)(\w)", "\\1\u200d\\2", text)


ANY = {"unpunctuated": unpunctuated, "shouted": shouted, "drawn out": drawn_out, "threaded": threaded}
LATIN: dict[str, Callable[[str], str]] = {"disguised": disguised}
UZBEK_LATIN = {
    **{f"apostrophe {sign}": with_apostrophe(sign) for sign in "'ʻʼ‘’`´′‛ʹʿ＇"},
    "no apostrophe": without_apostrophes,
    **{f"reform {letter}": reformed(letter) for letter in "öõōó"},
    "chat": chat, "k for q": k_for_q, "Cyrillic": cyrillic, "bare Cyrillic": bare_cyrillic,
}  # fmt: skip
KARAKALPAK_LATIN = {
    "Cyrillic": karakalpak_cyrillic, "bare Cyrillic": lambda text: bare(karakalpak_cyrillic(text)),
    "old Latin": karakalpak_old, "bare": karakalpak_bare,
}  # fmt: skip
BY_LANGUAGE: dict[str, dict[str, Callable[[str], str]]] = {
    "uz-Latn": {**UZBEK_LATIN, **LATIN},
    "uz-Cyrl": {"bare": bare},
    "kaa-Latn": {**KARAKALPAK_LATIN, **LATIN},
    "kaa-Cyrl": {"bare": bare},
    "tg": {"bare": lambda text: bare(text).replace("ӣ", "и").replace("ӯ", "у")},
    "en": LATIN, "ru-Latn": LATIN, "mix": {}, "ru": {},
}  # fmt: skip


def variants(text: str, language: str) -> dict[str, str]:
    """The line in every habit of its language that changes it, by the habit's name."""
    made = {name: habit(text) for name, habit in {**ANY, **BY_LANGUAGE[language]}.items()}
    return {name: line for name, line in made.items() if line != text}
