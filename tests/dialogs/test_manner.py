"""The manners of reading, over every screen: simple text, a screen reader, text only, and all of them at once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dialogs.check_manners import labels_make_sense_alone, no_call_is_left_to_her, nobody_is_offered_a_call
from dialogs.check_texts import _values
from dialogs.checked import Ground
from dialogs.engine import STEPS
from dialogs.flows.road import FORMS, LIVE
from dialogs.lines import BY_TEXT, CALLED_FOR, EASY
from dialogs.manner import AS_USUAL, Manner, manner_of
from dialogs.region import BrokenRegionError, Number, read_region
from dialogs.screen import Screen, render
from tests.dialogs import ground as shipped
from tests.dialogs.ground import LOCALES, region, words

ROOT = LOCALES.parent
LANGUAGES = ("uz", "uz_Cyrl", "ru", "tg", "kaa", "en")


def _shown(step: str, language: str, manner: Manner = AS_USUAL) -> Screen:
    forms = {key: FORMS[key][0] for key in STEPS[step].text if key in FORMS}
    values = _values(STEPS[step], forms, shipped.ground(), language)
    return render(step, language, words(), region(), values=values, manner=manner)


def test_her_settings_say_how_she_reads() -> None:
    assert manner_of({}) == AS_USUAL
    assert manner_of({"easy": "yes", "text": "yes"}) == Manner(easy=True, text_only=True)
    assert manner_of({"aloud": "yes", "plain": "yes"}) == Manner(aloud=True, plain=True)


def test_without_a_screen_reader_nothing_is_shown_uncovered() -> None:
    assert manner_of({"plain": "yes"}) == AS_USUAL


@pytest.mark.parametrize("language", LANGUAGES)
def test_simple_text_takes_the_easy_form_of_every_sentence_that_has_one(language: str) -> None:
    for step in STEPS.values():
        easy = "\n".join(_shown(step.id, language, Manner(easy=True)).body) if step.inside else ""
        for key in step.text:
            if key in words().english and key + EASY in words().english and step.inside:
                said = words().text(language, key).partition("{")[0]
                other = words().text(language, key + EASY).partition("{")[0]
                assert said == other or said not in easy or said in other or other in said, (step.id, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_finds_every_button_in_the_text(language: str) -> None:
    for step in STEPS.values():
        if step.inside:
            screen = _shown(step.id, language, Manner(aloud=True))
            labels = [button.label for button in screen.buttons()]
            numbered = [name if step.id in LIVE else f"{place} - {name}" for place, name in enumerate(labels, 1)]
            assert list(screen.body[-len(labels) :]) == numbered


def test_the_greeting_takes_no_notice_of_how_she_reads() -> None:
    every = Manner(easy=True, aloud=True, text_only=True, plain=True)
    assert _shown("greet", "en", every) == _shown("greet", "en")


def test_all_manners_at_once_stay_within_what_telegram_takes() -> None:
    every = Manner(easy=True, aloud=True, text_only=True, plain=True)
    assert max(len("\n".join(_shown(step, "ru", every).body)) for step in STEPS) < 1_200


def test_without_the_cover_the_body_is_not_hidden() -> None:
    assert not _shown("menu", "en", Manner(aloud=True, plain=True)).inside


def test_beside_a_number_who_only_writes_reads_who_may_call() -> None:
    lines = _shown("danger", "en", Manner(text_only=True)).body
    assert lines[0].startswith("Police: ")
    assert lines[-1] == words().text("en", CALLED_FOR)


def test_where_a_number_takes_text_messages_that_number_is_said_instead() -> None:
    sms = Number("emergency_text", "00 00", "somebody", "somewhere", date(2026, 1, 1), "ship", "", None)
    own = replace(region(), numbers={**region().numbers, "emergency_text": sms})
    lines = render("danger", "en", words(), own, manner=Manner(text_only=True)).body
    assert lines[-1] == words().say("en", BY_TEXT, emergency_text="00 00")


def test_a_screen_without_a_number_says_nothing_of_calls() -> None:
    assert _shown("menu", "en", Manner(text_only=True)) == _shown("menu", "en")


def _with(key: str, text: str) -> Ground:
    ground = shipped.ground()
    english = ground.catalogs.languages["en"]
    changed = replace(english, texts={**english.texts, key: text})
    return replace(ground, catalogs=replace(ground.catalogs, languages={**ground.catalogs.languages, "en": changed}))


def test_a_bare_yes_and_a_sign_in_a_label_are_found() -> None:
    assert list(labels_make_sense_alone(_with("yes~aloud", "Yes")))
    assert list(labels_make_sense_alone(_with("about", "\u2192 Who answers here")))
    assert not list(labels_make_sense_alone(shipped.ground()))


def test_a_call_of_ours_is_found() -> None:
    assert list(nobody_is_offered_a_call(_with("heard.offer", "You can call us, or go on with the menu.")))


def test_a_number_without_anybody_to_call_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogs.lines._called_for", lambda *_: ())
    assert list(no_call_is_left_to_her(shipped.ground()))


def _bundle(folder: Path, name: str, content: bytes) -> Path:
    file = folder / "audio" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return folder


def test_a_recording_is_found_by_language_and_step(tmp_path: Path) -> None:
    own = read_region(ROOT / "regions" / "bukhara", _bundle(tmp_path, "uz/danger.ogg", b"OggS" + bytes(9)))
    assert own.recording("danger", "uz") == own.recording("danger", "uz_Cyrl") == tmp_path / "audio/uz/danger.ogg"
    assert own.recording("danger", "ru") is None


BROKEN = {
    "no such step": ("uz/dangers.ogg", b"OggS"),
    "no such language": ("de/danger.ogg", b"OggS"),
    "another kind of file": ("uz/danger.ogg", b"RIFF"),
    "too large for a voice note": ("uz/danger.ogg", b"OggS" + bytes(1_000_000)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_file_that_cannot_be_played_is_refused_by_its_name(tmp_path: Path, broken: str) -> None:
    with pytest.raises(BrokenRegionError, match="audio"):
        read_region(ROOT / "regions" / "bukhara", _bundle(tmp_path, *BROKEN[broken]))
