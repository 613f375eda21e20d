"""The stories, told again: every word that people say and see is as it stands in the transcripts beside this file."""

from pathlib import Path

import pytest

from hamroh.places import Database
from tests.discretion import indiscretions
from tests.hotline import STARTS, Hotline
from tests.sight import failed
from tests.stories.playing import play
from tests.stories.transcript import masked, read, write
from triage import decoying, reception
from triage.flags import Conversation, Reading
from triage.flags import read as read_flags
from vault.database import Engine


def _by_rule(text: str, *, state: Conversation | None = None) -> Reading:
    """The reader without its likeness, which is trained anew now and then: a story changes when the house does."""
    reading = read_flags(text, state=state)
    return reading if any(cue.rule != "second" for cue in reading.why) else Reading()


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stories are told with the rules alone."""
    for room in (reception, decoying):
        monkeypatch.setattr(room, "read", _by_rule)


STORIES = sorted(Path(__file__).parent.glob("*.md"))


@pytest.mark.parametrize("file", STORIES, ids=[file.stem for file in STORIES])
async def test_the_story_goes_as_it_is_written(
    file: Path, database: Database, owner: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    story = read(file)
    hotline = await Hotline.open(database, tmp_path, start=tuple(STARTS), **story.settings)
    try:
        told = await play(story, hotline, owner)
        assert indiscretions(hotline) == []
        assert failed(hotline) == []
    finally:
        await hotline.close()
    if request.config.getoption("--update"):
        write(story, told)
    else:
        assert "\n".join(told) == "\n".join(story.lines), "run with --update and read the difference"


def test_there_are_as_many_stories_as_a_counsellor_can_read_in_an_evening() -> None:
    assert 15 <= len(STORIES) <= 26


def test_what_differs_from_one_telling_to_the_next_is_put_aside() -> None:
    line = "Case 48213 waits since 14:05, until 24.11 18:00, receipt 1234-5678. Police: 102"
    assert masked(line) == "Case 00000 waits since 00:00, until 00.00 00:00, receipt 0000-0000. Police: 102"
    assert masked("Keyingi navbat: 25-noyabr, 09:00.") == masked("Keyingi navbat: 16:00.") == "Keyingi navbat: 00:00."


def test_a_story_without_a_cast_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nobody.md").write_text("# Nobody\n\n```text\nsurvivor         /start\n```\n", "utf-8")
    with pytest.raises(ValueError, match="a story has a cast"):
        read(tmp_path / "nobody.md")
