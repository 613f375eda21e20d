"""What the end of a word says: suffix classes by language, read on the skeleton, giving marks such as negated."""

import re
from collections.abc import Callable
from functools import lru_cache


class Mark:
    """What a word form says beside its meaning: bits of an int, for an enum would cost more than the reading itself."""

    NONE = 0
    NEG = 1
    NOW = 2
    PAST = 4
    FUT = 8
    FIRST = 16  # first person singular
    COND = 32
    BID = 64  # imperative or wish


MARKS = {
    "neg": Mark.NEG,
    "now": Mark.NOW,
    "past": Mark.PAST,
    "fut": Mark.FUT,
    "i": Mark.FIRST,
    "cond": Mark.COND,
    "bid": Mark.BID,
}

_NOUN = re.compile(
    r"(?:(?:lar|ler|la|le)?(?:jon|ça|gina|xon|hon|bek|day|dek)?"
    r"(?:imiz|ingiz|ising|isi|si|im|ing|i|m|ng|u|ugm|um|em|am)?(?:lar|ler|la)?"
    r"(?:ning|nin|din|tin|niki|ni|di|ti|ga|ka|na|ge|ke|ne|a|e|da|de|ta|te|dan|den|nan|nen|tan|ten|in|inde|ine|inen|inan|dagi|degi|ge|bilan|minan|siz)?"
    r"(?:mi|man|men|miz|san|sen|siz|dir|ku|ham|am|iam|u|e|edi|ekan)?)"
)
_VOICE = (
    r"(?:il|in|iş|ul|un|uş|el|l|n|ş|dir|dur|tir|tur|tu|t|ir|ur|iz|gaz|giz|kaz|kiz|diz|la|lan|laş|lat"
    r"|aol|ol|al|vor|ivor|vur|aver|ver|vol|ivol|ib?iubor)"
)
_PERSON = r"(?P<me>man|men|mn|m)|san|sen|siz|miz|mz|dilar|dila|tilar|di|ti|lar|la|d|t"
_TURKIC = re.compile(
    rf"{_VOICE}{{0,2}}?(?P<neg>m[aei]|b[ae](?=[isğgidn])|p[ae](?=[isgidnk]))?"
    r"(?:"
    r"(?P<past>[dt][iu](?P<me1>m)?(?:ng|k|ngiz|lar|la|n|iez)?)"
    r"|(?P<gan>[gk]?[ae]n(?!i?iap|i?iot|ivot)(?P<me2>man|men)?\w{0,7})"
    r"|(?P<now>(?:[aeiu]?i?(?:iap|apt|iot|iapt|iat|vot|vop|vom|vos|vat|uti|opt|oti|at[iu]r(?!gan)|ati|etir)|m[ao]kda|abat|aptı)\w{0,8})"
    rf"|(?P<ib>[iu]?[bp](?:{_PERSON.replace('P<me>', 'P<me3>')}|t[iu]\w{{0,3}}|ke?ti|sa|edi)?)"
    rf"|(?P<mokchi>[mbp][aoe]k(?:çi|şi)(?:{_PERSON.replace('P<me>', 'P<me4>')})?(?:edi)?)"
    r"|(?P<fut>(?:ai|ei|a|e|i|ar|er|ir|ur|r|as|s|dim|[ae]şak|[ae]jak)"
    rf"(?:{_PERSON.replace('P<me>', 'P<me5>')}|digan\w{{0,6}}|tugin\w{{0,6}}|edi|kan|miş|mi)?)"
    r"|(?P<cond>s[ae](?P<me6>m)?(?:ng|k|lar|la|ngiz)?)"
    r"|(?P<bid>sin(?:lar)?|ai|ei|ain|aiik|ailik|eilik|ing|ng|ingiz|ngiz|inglar|gin|g[iu]?n|iiş)"
    r"|(?P<inf>[iu]?[şv]\w{0,8}|m[ao]k\w{0,4}|g[au]n?[çğgi]\w{0,4}|g[ae]li|g[iu]\w{0,5}|ib\w{0,5}|ovç?\w{0,3}|oltir\w*)"
    r")?"
)
_RUSSIAN = re.compile(
    r"(?:[aeiouiv]|im|om|em|am|ah|ami|iami|ih|oi|ei|ii|ia|iu|oie|oe|aia|iei|ov|ev|ogo|ego|emu|omu|uiu|io|iem|iah|j|oj|ej|ie)?"
)
_ENGLISH = re.compile(r"(?:s|es|d|ed|ing|er|ers|in|z|n|en|nt|ting|ning|ping|bing|ted|ped|bed|ned|y|i|lei)?")
_TAJIK_END = re.compile(
    r"(?:[aieou]|ad|and|ro|am|at|aş|amon|aton|aşon|mon|ton|şon|and|anda|ed|em|i|ii|ho|hoi|oni?|gi|ed|m|ş|t|st|ist|astu?|istoda\w{0,5}|iston\w*|aast|aam|mro|i?roba?|ba)*"
)


# Endings are few and come again and again; only they are remembered, never a word that somebody wrote.
_remembered = lru_cache(maxsize=4096)


@_remembered
def noun(rest: str) -> int | None:
    """A Turkic noun's ending (possessive, plural, case), or None if the rest is no ending."""
    return Mark.NONE if _NOUN.fullmatch(rest) else None


@_remembered
def turkic(rest: str) -> int | None:
    """An Uzbek or Karakalpak verb's ending: voice, negation, tense, person."""
    if not rest:
        return Mark.BID
    found = _TURKIC.fullmatch(rest)
    if not found:
        return None
    part = found.groupdict()
    mark = Mark.NEG if part["neg"] else Mark.NONE
    if any(part[name] for name in ("me1", "me2", "me3", "me4", "me5", "me6")) or (part["now"] or "").endswith("man"):
        mark |= Mark.FIRST
    if part["now"]:
        mark |= Mark.NOW
    if part["past"] or part["gan"] or part["ib"]:
        mark |= Mark.PAST
    if part["fut"] or part["mokchi"]:
        mark |= Mark.FUT
    if part["cond"]:
        mark |= Mark.COND
    if part["bid"]:
        mark |= Mark.BID
    return mark


def turkic_ending(rest: str) -> int | None:
    """A verb's ending that must be there: for stems that bare mean something else (yoq burn, yoʻq no)."""
    return turkic(rest) if rest else None


@_remembered
def russian(rest: str) -> int | None:
    """A Russian noun's or adjective's ending; verb forms are listed whole with their marks."""
    return Mark.NONE if _RUSSIAN.fullmatch(rest) else None


@_remembered
def english(rest: str) -> int | None:
    """An English ending."""
    if not _ENGLISH.fullmatch(rest):
        return None
    return Mark.NOW if rest.endswith("ing") or rest == "in" else Mark.PAST if rest.endswith("ed") else Mark.NONE


@_remembered
def tajik(rest: str) -> int | None:
    """A Tajik ending: izofat, object, person."""
    if len(rest) > 12 or not _TAJIK_END.fullmatch(rest):
        return None
    mark = Mark.FIRST if rest.startswith(("am", "m")) and not rest.startswith(("amon", "mon")) else Mark.NONE
    return mark | (Mark.NOW if "istoda" in rest else Mark.NONE)


def whole(rest: str) -> int | None:
    """Nothing may follow."""
    return None if rest else Mark.NONE


def open_end(rest: str) -> int | None:
    """Anything up to nine letters may follow."""
    return Mark.NONE if len(rest) <= 9 else None


CLASSES: dict[str, Callable[[str], int | None]] = {
    "whole": whole,
    "open": open_end,
    "noun": noun,
    "verb": turkic,
    "verb-end": turkic_ending,
    "ru": russian,
    "en": english,
    "tg": tajik,
    "tg-verb": tajik,
}
