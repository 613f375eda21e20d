"""What the desk says: every key has its English, and our own languages are whole."""

import re

import pytest

from hamroh.places import LOCALES
from tests.people import words
from triage import desk_words
from triage.desk import VERBS
from triage.lifecycle import CaseState

_TYPED = re.compile(r"/[a-z]+")


def test_every_key_has_its_english_and_no_english_is_left_over() -> None:
    english = words("staff").english
    assert desk_words.missing(english) == ()
    assert desk_words.unused(english) == ()


@pytest.mark.parametrize("language", ["uz", "ru"])
def test_our_own_languages_are_whole(language: str) -> None:
    tongue = words("staff").languages[language]
    assert tongue.faults == ()
    assert tongue.reviewed_by == ""


def test_uzbek_is_written_with_its_own_letters() -> None:
    text = (LOCALES / "uz" / "LC_MESSAGES" / "staff.po").read_text("utf-8")
    said = "\n".join(line for line in text.splitlines() if line.startswith("msgstr"))
    assert not re.search("['`´‘’]", said)
    assert "oʻ" in said
    assert "ʼ" in said


def test_a_translation_names_the_same_commands_as_the_english() -> None:
    catalogs = words("staff")
    for key, english in catalogs.english.items():
        for language in ("uz", "ru"):
            assert _TYPED.findall(catalogs.text(language, key)) == _TYPED.findall(english), (key, language)


def test_the_help_names_every_command_that_is_typed_and_no_other() -> None:
    catalogs = words("staff")
    named = {word[1:] for key in ("help.desk", "help.receiver") for word in _TYPED.findall(catalogs.text("en", key))}
    # Three verbs live under buttons only, and the help itself is named everywhere else.
    assert named == set(VERBS) - {"switch", "earlier", "ask", "help"}


def test_nobody_is_shouted_at_and_nobody_is_he_or_she_at_the_desk() -> None:
    """Staff are of any gender: no past tense of Russian that knows one, no exclamation mark."""
    catalogs = words("staff")
    for key, english in catalogs.english.items():
        for text in (english, catalogs.text("ru", key), catalogs.text("uz", key)):
            assert "!" not in text, key
    for key in (*desk_words.QUIET, *(f"welcome.{role}" for role in ("operator", "supervisor", "shelter"))):
        text = catalogs.text("ru", key)
        assert not re.search(r"\b[Вв]ы (?!не )\w+(л|ла|лся|лась)\b", text), key


def test_only_what_is_owed_a_look_sounds() -> None:
    assert desk_words.sounds("decoy_cry")
    assert desk_words.sounds("she_returned")
    assert not desk_words.sounds("note.kept")
    assert not desk_words.sounds("welcome.shelter")
    assert not desk_words.sounds(f"not_sent.{CaseState.LEFT}")
    with pytest.raises(KeyError):
        desk_words.sounds("no_such_line")


def test_a_line_is_quiet_or_sounds_but_never_both_and_every_alarm_sounds() -> None:
    assert set(desk_words.QUIET).isdisjoint(desk_words.SOUNDING)
    assert set(desk_words.SOUNDING) >= desk_words.ALARMS
