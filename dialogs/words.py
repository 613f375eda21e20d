"""The words: gettext catalogs read at start-up, one entry per sentence, found by its key (the message context)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog as PoCatalog

from dialogs.cyrillic import Exceptions, Script, exceptions, write
from dialogs.flows.road import LANGUAGES

SOURCE: Final = "en"
# Uzbek Cyrillic is never translated: it is the Uzbek in other letters.
LATIN: Final = "uz"
DERIVED: Final = "uz_Cyrl"

_VARIANTS: Final = ("~easy", "~aloud")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_REVIEWED = re.compile(r'^"X-Reviewed-By:[ \t]*(.*?)[ \t]*\\n"$', re.MULTILINE)


class BrokenWordsError(ValueError):
    """A catalog cannot be read; says which file and what is wrong there, never a text."""


def base(key: str) -> str:
    """The key of which this one is the variant for one manner of reading, or the key itself."""
    for variant in _VARIANTS:
        key = key.removesuffix(variant)
    return key


def names_a_language(key: str) -> bool:
    """Whether a key holds the name of a language, which is the same in every language."""
    return any(key == f"{kind}.{code}" for kind in ("language", "value.lang") for code in LANGUAGES)


def placeholders(text: str) -> frozenset[str]:
    """The names that stand in braces in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of a domain: its usable sentences by key, and what keeps it from being offered.

    `texts` holds only what may be said: an entry that is fuzzy, stale (its English has changed) or has other
    placeholders than the English is a fault and is left out. `reviewed_by` is empty while no native reader has read it.
    `derived_from` names the language whose letters were changed to make this one.
    """

    code: str
    texts: Mapping[str, str]
    faults: tuple[str, ...]
    reviewed_by: str
    derived_from: str = ""

    @property
    def complete(self) -> bool:
        """Whether every sentence of the source is here, fresh and usable."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Catalogs:
    """All languages of one domain; English is the source and always there."""

    domain: str
    languages: Mapping[str, Tongue]
    offered: tuple[str, ...]

    @property
    def english(self) -> Mapping[str, str]:
        """The source's sentences by key."""
        return self.languages[SOURCE].texts

    def text(self, language: str, key: str) -> str:
        """The sentence of a key with its placeholders still in it; English where the language has none. An unknown
        key is a programming error and raises KeyError.
        """
        tongue = self.languages.get(language, self.languages[SOURCE])
        return tongue.texts.get(key) or self.english[key]

    def say(self, language: str, key: str, /, **values: object) -> str:
        """The sentence of a key with every placeholder filled; a placeholder without a value raises KeyError."""
        return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), self.text(language, key))

    def value(self, language: str, field: str, value: str) -> str:
        """A value of a referral's field, where it is one of a closed list (or several, after commas); free words stand
        as they were written.
        """
        keys = [f"value.{field}.{one}" for one in value.split(",")]
        return ", ".join(self.text(language, key) for key in keys) if set(keys) <= set(self.english) else value

    def labels(self, language: str, key: str) -> tuple[str, ...]:
        """The label of a key as she may type it: in her language first, then in every other offered one."""
        others = (self.text(code, key) for code in self.offered if code != language)
        return tuple(dict.fromkeys((self.text(language, key), *others)))


def _read(path: Path) -> tuple[PoCatalog, str]:
    try:
        with path.open("rb") as file:
            catalog = pofile.read_po(file, abort_invalid=True)
        header = _REVIEWED.search(path.read_text("utf-8"))
    except (OSError, ValueError, pofile.PoFileError) as error:
        raise BrokenWordsError(f"{path}: not a readable catalog ({type(error).__name__})") from None
    return catalog, header[1] if header else ""


def _entries(catalog: PoCatalog, path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Each entry as (key, English, translation, fuzzy)."""
    seen: set[str] = set()
    for message in catalog:
        if not message.id:
            continue
        if not isinstance(message.id, str) or not isinstance(message.string, str) or not message.context:
            raise BrokenWordsError(f"{path}: line {message.lineno}: an entry has one English sentence and a context")
        if message.context in seen:
            raise BrokenWordsError(f"{path}: {message.context} stands there twice")
        seen.add(message.context)
        yield message.context, message.id, _whole(message.string), message.fuzzy


def _whole(text: str) -> str:
    """One sign for one letter: what an editor saved as letter and mark would not be found, nor counted, as one."""
    return unicodedata.normalize("NFC", text)


def _source(path: Path) -> Tongue:
    catalog, reviewed_by = _read(path)
    texts: dict[str, str] = {}
    faults: list[str] = []
    for key, english, translation, _ in _entries(catalog, path):
        texts[key] = english
        if translation:
            faults.append(f"{key}: the source has no translation of itself")
    return Tongue(SOURCE, texts, tuple(faults), reviewed_by)


def _fault(english: str | None, source: str, translation: str, fuzzy: bool) -> str | None:
    if english is None:
        return "is in no step"
    if not translation:
        return "missing"
    if fuzzy:
        return "fuzzy"
    if source != english:
        return "stale: its English has changed"
    return None if placeholders(translation) == placeholders(english) else "other placeholders than the English"


def _tongue(code: str, path: Path, english: Mapping[str, str]) -> Tongue:
    catalog, reviewed_by = _read(path)
    texts: dict[str, str] = {}
    faults: list[str] = []
    found = {key: rest for key, *rest in _entries(catalog, path)}
    for key, (source, translation, fuzzy) in found.items():
        fault = _fault(english.get(key), str(source), str(translation), bool(fuzzy))
        if fault:
            faults.append(f"{key}: {fault}")
        else:
            texts[key] = str(translation)
    faults.extend(f"{key}: missing" for key in english if key not in found)
    return Tongue(code, texts, tuple(faults), reviewed_by)


def _respelt(
    tongue: Tongue, english: Mapping[str, str], script: Script, known: Exceptions | None = None
) -> Mapping[str, str]:
    """The texts in other letters; the own name of a language, the same in English, keeps its own."""
    return {
        key: text if names_a_language(key) and text == english[key] else write(text, script, known)
        for key, text in tongue.texts.items()
    }


def _derived(latin: Tongue, english: Mapping[str, str], folder: Path) -> Tongue | None:
    """Uzbek Cyrillic, as whole as the Uzbek it is made from; None where the list of exceptions is not there."""
    file = folder / DERIVED / "exceptions.toml"
    if not file.exists():
        return None
    try:
        known = exceptions(file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenWordsError(f"{file}: not a readable list of exceptions ({type(error).__name__})") from None
    texts = _respelt(latin, english, Script.CYRILLIC, known)
    return Tongue(DERIVED, texts, latin.faults, known.reviewed_by, LATIN)


def _in_uzbek(found: dict[str, Tongue], folder: Path, *, reform: bool) -> dict[str, Tongue]:
    """The tongues with Uzbek in all its letters."""
    latin, english = found.get(LATIN), found[SOURCE].texts
    if latin is None:
        return found
    derived = _derived(latin, english, folder)
    if reform:
        found[LATIN] = replace(latin, texts=_respelt(latin, english, Script.REFORM))
    return {**found, DERIVED: derived} if derived else found


def load(folder: Path, domain: str = "survivor", *, reform: bool = False) -> Catalogs:
    """Every catalog of a domain under `folder`/<language>/LC_MESSAGES, and Uzbek Cyrillic made from the Uzbek.

    A language is offered only when complete: a stale safety sentence is worse than an absent language. `reform` writes
    Uzbek with the letters of the 2026 law (Ö Ğ Ş Ç), which is not in force before 22 April 2027.
    """
    paths = {path.parts[-3]: path for path in sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))}
    if SOURCE not in paths:
        raise BrokenWordsError(f"{folder}: no English catalog of the domain {domain}")
    if DERIVED in paths:
        raise BrokenWordsError(f"{paths[DERIVED]}: {DERIVED} is made from {LATIN}; a catalog of its own would drift")
    source = _source(paths[SOURCE])
    found = {
        code: source if code == SOURCE else _tongue(code, path, source.texts)
        for code, path in paths.items()
        if code in LANGUAGES
    }
    tongues = _in_uzbek(found, folder, reform=reform)
    offered = tuple(code for code in LANGUAGES if code in tongues and tongues[code].complete)
    return Catalogs(domain, tongues, offered)
