"""The scene of the pictures is a way through the real flows, and a browser takes it where there is one."""

import asyncio
import shutil
import struct
from pathlib import Path

import pytest

from dialogs.engine import STEPS
from dialogs.words import load
from hamroh import pictures
from hamroh.docs import main
from hamroh.places import LOCALES


def test_the_scene_is_told_in_languages_that_are_offered() -> None:
    assert set(pictures.LINES) == set(pictures.LANGUAGES) <= set(load(LOCALES).offered)


def test_each_sentence_that_the_scene_waits_for_is_one_that_is_said() -> None:
    words = load(LOCALES)
    for language in pictures.LANGUAGES:
        for seen, tapped in pictures._WAY:
            assert words.text(language, seen)
            assert words.text(language, tapped.format(language))


def test_each_tap_of_the_scene_is_a_button_of_the_screen_before_it() -> None:
    for seen, tapped in pictures._WAY:
        shown = [step for step in STEPS.values() if seen in step.text or step.id == seen]
        assert shown, seen
        labels = {choice.key for step in shown for choice in step.choices()} | {"person"}
        assert tapped.format("en") in labels, tapped


def test_without_a_browser_it_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert main(["--pictures", "--folder", str(tmp_path)]) == 2
    assert capsys.readouterr().out == "no chromium and chromedriver here: `make browser` brings them\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.browser
async def test_a_picture_is_taken_of_the_whole_scene(tmp_path: Path) -> None:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("no chromium: the scene is not photographed (make browser brings it)")
    assert await asyncio.to_thread(pictures.take, tmp_path, ("en",)) == 0
    raw = await asyncio.to_thread((tmp_path / "phones-en.png").read_bytes)
    assert struct.unpack(">II", raw[16:24]) == (1366, 840)
    assert 50_000 < len(raw) < 300 * 1024
