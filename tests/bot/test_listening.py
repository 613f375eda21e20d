"""Listening: where the region has a recording of a screen, she can hear it, and it goes like everything else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh.places import Database
from practice.bubble import Bubble
from practice.journal import Entry
from tests.bot.walking import jumps, stands
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Survivor

# No recording of anybody: the head of an Ogg page and silence, an example that plays nowhere.
EXAMPLE = b"OggS" + bytes(60)


@pytest.fixture
async def speaking(database: Database, tmp_path: Path) -> AsyncIterator[Hotline]:
    """A hotline whose private folder holds recordings of two screens in English and of one in Uzbek."""
    private = tmp_path / "private"
    for name in ("en/menu.ogg", "en/danger.ogg", "uz/menu.ogg"):
        file = private / "audio" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(EXAMPLE)
    running = await Hotline.open(database, tmp_path / "house", HAMROH_PRIVATE=str(private))
    try:
        yield running
    finally:
        await running.close()


def _voices(hotline: Hotline) -> list[Entry]:
    journal = hotline.telegram.telegram.journal.since(0)
    return [entry for entry in journal if entry.bot == SURVIVORS_BOT and entry.method == "sendvoice"]


async def _hears(she: Survivor) -> Bubble:
    return await she.phone.sees(lambda bubble: bubble.media == "voice", within=10, called="a recording")


async def test_a_screen_with_a_recording_can_be_heard_and_stays_where_it_is(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    menu = await stands(she, "menu")
    assert menu.labels[-2:] == [she.word("listen"), she.word("exit")]
    await she.taps("listen")
    heard = await _hears(she)
    assert heard.protected
    assert heard.silent
    assert heard.text == ""
    assert heard.labels == [she.word(key) for key in ("danger", "person", "exit")]
    [sent] = _voices(speaking)
    assert sent.params["chat_id"] == str(she.phone.user_id)
    assert (await she.screen())[-2].text == menu.text


async def test_a_screen_without_one_offers_none_and_a_late_tap_for_it_shows_where_she_is(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    await she.taps("about")
    about = await stands(she, "about")
    assert she.word("listen") not in about.labels
    assert _voices(speaking) == []


async def test_the_way_out_under_a_recording_leaves_the_book_alone(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    await she.taps("listen")
    heard = await _hears(she)
    await she.phone.taps(she.word("exit"), message_id=heard.message_id)

    def of_before(bubble: Bubble) -> bool:
        return bubble.message_id <= heard.message_id

    await she.phone.sees_gone(of_before, within=20)
    [left] = await she.screen()
    assert left.text.startswith("Home cooking")


async def test_the_way_out_under_the_screen_takes_the_recording_too(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    menu = await stands(she, "menu")
    await she.taps("listen")
    await _hears(she)
    await she.phone.taps(she.word("exit"), message_id=menu.message_id)
    await she.phone.sees_gone(lambda bubble: bubble.mine or bubble.media == "voice", within=20)
    [left] = await she.screen()
    assert (left.message_id, left.text.startswith("Home cooking")) == (menu.message_id, True)


async def test_what_is_tapped_under_a_recording_comes_as_a_new_message(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    await she.taps("listen")
    heard = await _hears(she)
    await she.phone.taps(she.word("person"), message_id=heard.message_id)
    await she.phone.sees(she.word("consent"), within=10, after=heard.message_id)


async def test_uzbek_in_cyrillic_letters_sounds_the_same(speaking: Hotline) -> None:
    she = await speaking.survivor("uz_Cyrl")
    await she.arrives()
    await she.taps("listen")
    await _hears(she)


async def test_who_only_writes_is_offered_no_recording(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    for key in ("settings", "reading", "textonly", "no"):
        await she.taps(key)
    await she.sees("reading.noted")
    shown = await jumps_to_danger(speaking, she)
    assert she.word("listen") not in shown.labels
    assert _voices(speaking) == []


async def jumps_to_danger(speaking: Hotline, she: Survivor) -> Bubble:
    """Back to the menu, and on to danger."""
    await she.taps("menu")
    return await jumps(speaking, she, "danger")


async def test_a_typed_number_counts_the_recording_as_it_is_shown(speaking: Hotline) -> None:
    she = await speaking.survivor()
    await she.arrives()
    menu = await stands(she, "menu")
    await she.says(str(len(menu.labels) - 1))
    await _hears(she)
    await she.says(str(len(menu.labels)))
    await she.phone.sees_gone(lambda bubble: bubble.mine or bubble.media == "voice", within=20)
