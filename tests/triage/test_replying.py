"""Words to her and notes for the desk: always to the case that is meant, never to another, never a note to her."""

from collections.abc import Awaitable, Callable

from practice.bubble import Bubble
from tests.desk import all_of, gone, one, settled, talks, texts, waits
from tests.hotline import Hotline
from tests.people import Survivor
from vault.database import Engine

SMILE = "\N{BLACK SUN WITH RAYS}\N{SNOWMAN}"


def _heard(she: Survivor, screen: list[str], words: str) -> list[str]:
    return [text for text in screen if words in text]


async def test_words_with_no_case_go_nowhere_and_that_is_said(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she = await waits(desk)
    await operator.says("Is anybody there?")
    told = await operator.sees("no_case")
    assert told.labels == [operator.word("button.queue")]
    await operator.takes()
    await operator.says("Now I am here.")
    await she.reads("Now I am here.")
    assert not _heard(she, [bubble.text for bubble in await she.screen()], "Is anybody there?")
    assert await all_of(owner, "select author from entries where kind = 'words'") == ["staff"]


async def test_with_two_talks_words_go_to_the_chosen_one_and_each_line_says_to_which(desk: Hotline) -> None:
    operator = await desk.operator()
    anna, first = await talks(desk, operator)
    bella, second = await talks(desk, operator)
    await operator.says("To Bella, who came last.")
    await bella.reads("To Bella, who came last.")
    await operator.sees("sent_to", number=second)
    await anna.says("Anna writes.")
    hers = await operator.reads(f"{first}: Anna writes.")
    assert hers.labels == [operator.word("button.case")]
    await bella.says("Bella writes.")
    assert (await operator.reads(f"{second}: Bella writes.")).labels == []
    await operator.taps("button.case")
    await operator.sees("writes_to", number=first)
    await operator.says("To Anna now.")
    await anna.reads("To Anna now.")
    await operator.sees("sent_to", number=first)
    for she, other in ((anna, "To Bella, who came last."), (bella, "To Anna now.")):
        await settled(operator)
        assert not _heard(she, [bubble.text for bubble in await she.screen()], other)


async def test_a_reply_goes_to_the_case_of_the_message_it_answers_whichever_is_chosen(desk: Hotline) -> None:
    operator = await desk.operator()
    anna, first = await talks(desk, operator)
    bella, second = await talks(desk, operator)
    await anna.says("He is home.")
    hers = await operator.reads(f"{first}: He is home.")
    await settled(operator)
    await operator.phone.says("Can you leave?", reply_to=hers.message_id)
    await anna.reads("Can you leave?")
    await operator.sees("sent_to", number=first)
    await operator.says("Still chosen.")
    await bella.reads("Still chosen.")
    await operator.says(f"/close {first} helped")
    await operator.sees("closed", number=first, outcome=operator.word("outcome.helped"))
    # The typed reply went with the case it was sent to, and what was said to Bella stands.
    await gone(operator, "Can you leave?")
    assert [bubble.text for bubble in await operator.screen() if bubble.mine and "Still chosen." in bubble.text]
    assert not _heard(bella, [bubble.text for bubble in await bella.screen()], "Can you leave?")
    assert second != first


async def test_a_reply_to_what_is_of_no_held_case_is_never_sent_to_another(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    _, first = await talks(desk, operator)
    await operator.says(f"/close {first} helped")
    closed = await operator.sees("closed", number=first, outcome=operator.word("outcome.helped"))
    bella, second = await talks(desk, operator)
    await operator.phone.says("I forgot to say: take care.", reply_to=closed.message_id)
    asked = await operator.sees("which_case")
    assert asked.labels == [operator.word("button.write_to", number=second)]
    await operator.phone.taps(operator.word("button.write_to", number=second), within=10)
    await operator.sees("writes_to", number=second)
    await operator.says("For Bella.")
    await bella.reads("For Bella.")
    assert not _heard(bella, [bubble.text for bubble in await bella.screen()], "I forgot to say")
    assert await one(owner, "select count(*) from entries where author = 'staff'") == 1


async def test_a_changed_message_is_neither_sent_nor_done_again(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, _ = await talks(desk, operator)
    sent = await operator.says("Good morning.")
    await she.reads("Good morning.")
    command = await operator.says("/note first")
    await operator.sees("note.kept")
    for message, changed in ((sent, "Good evening."), (command, "/close helped")):
        before = (await operator.screen())[-1].message_id
        await operator.phone.edits(message.message_id, changed)
        await operator.phone.sees(operator.word("edited.not_sent"), within=10, after=before)
    await operator.says("After.")
    await she.reads("After.")
    assert not _heard(she, [bubble.text for bubble in await she.screen()], "Good evening.")
    assert await one(owner, "select state from cases") == "talking"
    assert await one(owner, "select count(*) from entries where kind = 'note'") == 1


async def test_pictures_stickers_and_voices_of_staff_are_not_sent_and_that_is_said(desk: Hotline) -> None:
    operator = await desk.operator()
    she, _ = await talks(desk, operator)
    before = len(await she.screen())
    phone = operator.phone
    sends: tuple[Callable[[], Awaitable[Bubble]], ...] = (
        lambda: phone.sends_sticker(b"RIFFxxxxWEBPVP8 "),
        lambda: phone.sends_photo(b"\x89PNG\r\n\x1a\n" + bytes(32), caption="Look at this"),
        lambda: phone.sends_voice(b"OggS" + bytes(32), duration=2, caption="Listen"),
        lambda: phone.sends_document(b"text", name="plan.txt", caption="The plan"),
    )
    for send in sends:
        sent = await send()
        await operator.phone.sees(operator.word("text_only"), within=10, after=sent.message_id)
    await operator.says("In words, then.")
    await she.reads("In words, then.")
    assert len(await she.screen()) == before + 1


async def test_a_reply_of_four_thousand_characters_arrives_whole_in_parts(desk: Hotline) -> None:
    operator = await desk.operator()
    she, _ = await talks(desk, operator)
    long = " ".join(f"word{number:04}" for number in range(455))[:4096]
    assert len(long) > 4000
    before = (await she.screen())[-1].message_id
    await operator.says(long)
    await she.reads(long[-40:])
    parts = [bubble for bubble in await she.screen() if bubble.message_id > before]
    assert len(parts) == 2
    assert " ".join(" ".join(part.text.partition("\n")[2].split()) for part in parts) == long
    assert all(she.word("exit") in part.labels for part in parts)


async def test_what_she_writes_arrives_whole_whatever_letters_it_has(desk: Hotline) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    before = (await operator.screen())[-1].message_id
    await she.says("\N{GRINNING FACE}" * 2048)
    await she.says("@duty.on {number} <b>not bold</b> & %s")
    await operator.reads(f"{number}: @duty.on {{number}} <b>not bold</b> & %s")
    said = [bubble.text for bubble in await operator.screen() if bubble.message_id > before]
    parts = [text for text in said if text.startswith(f"{number}: \N{GRINNING FACE}")]
    assert len(parts) == 2
    assert sum(part.count("\N{GRINNING FACE}") for part in parts) == 2048


async def test_a_note_never_reaches_her_and_is_kept_as_it_was_written(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    for typed, kept in (
        ("/note 112 was called at nine.", "112 was called at nine."),
        ("/note\nTwo lines,\nboth kept.", "Two lines,\nboth kept."),
        (f"/note {number} Under its number.", "Under its number."),
    ):
        sent = await operator.says(typed)
        await operator.phone.sees(operator.word("note.kept", number=number), within=10, after=sent.message_id)
        await operator.says("/case")
        await operator.phone.sees(f"note: {kept}", within=10)
    await operator.says("I am here.")
    await she.reads("I am here.")
    for words in ("112 was called", "both kept", "Under its number"):
        assert not _heard(she, [bubble.text for bubble in await she.screen()], words)
    assert await one(owner, "select count(*) from survivor_copies c join entries e on e.id = c.entry_id "
                            "where e.kind = 'note'") == 0  # fmt: skip


async def test_a_note_without_words_asks_for_them_and_the_next_words_are_it_and_never_hers(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await operator.taps("button.note")
    await operator.sees("note.how", number=number)
    assert await one(owner, "select count(*) from entries where kind = 'note'") == 0
    await operator.says("She must not\nhear this.")
    await operator.sees("note.kept", number=number)
    assert await one(owner, "select count(*) from entries where kind = 'note'") == 1
    await operator.taps("button.note")
    await operator.phone.taps(operator.word("button.write_to", number=number), within=10)
    await operator.says("This is for you.")
    await she.reads("This is for you.")
    assert not _heard(she, [bubble.text for bubble in await she.screen()], "hear this")


async def test_words_after_she_ended_or_left_are_not_sent_and_the_case_can_be_closed(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await she.taps("stop")
    stopped = await operator.sees("she_stopped", number=number)
    assert stopped.labels == [operator.word("button.close")]
    await operator.says("Are you there?")
    await operator.sees("not_sent.with_program", number=number)
    await she.taps("person")
    await operator.sees("she_returned", number=number)
    await she.taps("exit")
    left = await operator.sees("she_left")
    assert left.labels == [operator.word("button.show"), operator.word("button.close")]
    await operator.says("And now?")
    refused = await operator.sees("not_sent.left", number=number)
    assert refused.labels == [operator.word("button.close")]
    await operator.taps("button.close")
    await operator.taps("outcome.her_choice")
    await operator.sees("closed", number=number, outcome=operator.word("outcome.her_choice"))
    await gone(operator, "Are you there?")
    assert await texts(operator)
    assert await one(owner, "select count(*) from entries where author = 'staff'") == 0
