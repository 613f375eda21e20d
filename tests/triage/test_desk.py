"""The door of the desk: what a staff member sent, to the verb it names; what names none does nothing and says so."""

import pytest

from practice.telegram import Message
from tests.desk import all_of, one, queue_up, talks
from tests.hotline import STAFF_BOT, Hotline
from tests.people import Member, Operator
from triage.saying import command_of, rest_of
from vault.database import Engine


def _message(desk: Hotline, member: Member, message_id: int) -> Message:
    telegram = desk.telegram.telegram
    bot = telegram.named(STAFF_BOT)
    assert bot is not None
    return telegram.chat(bot, telegram.users[member.phone.user_id]).messages[message_id]


async def _taps_old(desk: Hotline, operator: Operator, data: str) -> str:
    """Tap a button that carries this data, as a message of another version or another case would; the answer."""
    sent = await operator.says("/help")
    help_lines = await operator.phone.sees(operator.word("help.desk"), within=10, after=sent.message_id)
    markup = _message(desk, operator, help_lines.message_id).markup
    assert markup is not None
    markup["inline_keyboard"][0][0]["callback_data"] = data
    [label] = help_lines.labels
    await operator.phone.taps(label, message_id=help_lines.message_id, within=10)
    answer = await operator.phone.sees(lambda bubble: not bubble.mine, within=10, after=help_lines.message_id)
    return answer.text


async def test_an_old_button_never_does_something_else(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator("en")
    await talks(desk, operator)
    for data, key, values in (
        ("dance:1", "old_button", {}),
        ("close:54321:helped", "case.not_yours", {"number": 54321}),
        ("release:54321", "case.not_yours", {"number": 54321}),
        ("ask:54321:bux-shelter-a", "case.not_yours", {"number": 54321}),
        ("switch:54321", "case.not_yours", {"number": 54321}),
        ("earlier:54321:1", "case.not_yours", {"number": 54321}),
        ("take:54321", "case.unknown", {}),
        ("take:x", "case.unknown", {}),
        ("accept:RABCDEF", "not_yours", {}),
        ("start:ABC", "old_button", {}),
    ):
        assert await _taps_old(desk, operator, data) == operator.word(key, **values)
    assert await one(owner, "select state from cases") == "talking"


async def test_an_unknown_command_and_a_command_of_another_role_are_told_apart(desk: Hotline, owner: Engine) -> None:
    operator, shelter = await desk.operator("en"), await desk.service()
    await operator.says("/dance")
    unknown = await operator.sees("unknown_command")
    assert unknown.labels == [operator.word("button.help")]
    await operator.says("/ack RABCDEF")
    await operator.sees("not_yours")
    await shelter.says("/take 20001")
    await shelter.sees("not_yours")
    refused = await all_of(owner, "select verb from audit where verb like 'refused.%' order by at")
    assert refused == ["refused.ack", "refused.take"]


async def test_a_command_is_heard_however_it_is_written(desk: Hotline, owner: Engine) -> None:
    [number] = await queue_up(owner, "high")
    operator = await desk.operator("ru", on_duty=False)
    await operator.says(f"/DUTY@{STAFF_BOT}")
    await operator.sees("duty.on")
    await operator.says(f"  /Take\n{number}")
    assert (await operator.sees("card.head")).text.split()[1] == str(number)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/note He came.", "/note", "He came."),
        ("/note\nHe came.\nHe left.", "/note", "He came.\nHe left."),
        ("/Note@desk_bot  two  words ", "/note", "two  words"),
        ("/duty", "/duty", ""),
        ("no command /duty", "", "command /duty"),
        ("", "", ""),
    ],
)
def test_a_command_and_what_follows_it(text: str, command: str, rest: str) -> None:
    assert command_of(text) == command
    assert rest_of(text) == rest
