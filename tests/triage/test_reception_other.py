"""Somebody else at her phone: what her words must say before the cookery book answers instead."""

import pytest

from tests.hotline import Hotline
from triage.flags.reading import Cue, Reading
from triage.reception import _somebody_else

SUSPICION = "perpetrator_writing"


@pytest.mark.parametrize(
    ("rules", "flags", "else_"),
    [
        (("perp.wife",), (SUSPICION,), True),
        (("perp.wife", "second"), (SUSPICION,), True),
        (("second", "second"), (SUSPICION,), False),
        (("danger.door",), ("immediate_danger",), False),
        ((), (), False),
    ],
)
def test_a_likeness_alone_is_no_proof_that_somebody_else_writes(
    rules: tuple[str, ...], flags: tuple[str, ...], else_: bool
) -> None:
    reading = Reading(flags, "high", tuple(Cue(rule, 0, 1) for rule in rules))  # type: ignore[arg-type]
    assert _somebody_else(reading) is else_


async def test_a_woman_who_asks_where_she_could_go_is_not_sent_out(hotline: Hotline) -> None:
    she = await hotline.survivor("en")
    await she.arrives()
    said = await she.says("Yes. I would like to go away with my children, but where?")
    answer = await she.phone.sees(lambda bubble: not bubble.mine, within=10, after=said.message_id)
    assert {she.word("danger"), she.word("exit")} <= set(answer.labels)


@pytest.mark.parametrize(
    ("language", "said", "answer"),
    [
        ("en", "delete everything", "erase_q"),
        ("ru", "удалите всё", "erase_q"),
        ("kaa", "sen botsań ba", "program"),
        ("tg", "ту ботӣ", "program"),
        ("uz", "boshqa til", "language.choose"),
        ("en", "help", "consent"),
    ],
)
async def test_a_plain_request_is_answered_though_it_looks_like_danger_to_the_second_reader(
    hotline: Hotline, language: str, said: str, answer: str
) -> None:
    she = await hotline.survivor(language)
    await she.arrives()
    await she.says(said)
    await she.sees(answer)
