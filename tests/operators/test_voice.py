"""The staff's bot speaking: every answer of Telegram's becomes one of ours, and a card the call it asks for."""

from datetime import timedelta
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from operators.voice import _call, speak
from post.call import Call, Method, RefusedError, UnclearError
from practice.faults import Fault, Kind
from tests.desk import alerted, failed_calls, waits
from tests.hotline import STAFF_BOT, Hotline
from triage.showing import Card


class Refusing:
    """A bot whose every call ends in this error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def send_message(self, *_: object, **__: object) -> None:
        raise self.error

    edit_message_text = delete_messages = send_message


@pytest.mark.parametrize("method", list(Method)[:3])
@pytest.mark.parametrize(
    ("error", "code", "again"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), 403, None),
        (BadRequest("Message to edit not found"), 400, None),
        (RetryAfter(timedelta(seconds=2)), 429, 2.0),
        (InvalidToken("Unauthorized"), 401, None),
        (TelegramError("Conflict"), 400, None),
    ],
)
async def test_a_clear_no_is_a_refusal_with_telegrams_own_words(
    method: Method, error: TelegramError, code: int, again: float | None
) -> None:
    with pytest.raises(RefusedError) as refused:
        await speak(cast(Bot, Refusing(error)), Call(method, 7, "Hello", ids=(1,)))
    assert (refused.value.code, refused.value.retry_after) == (code, again)
    assert refused.value.why == error.message.lower()


@pytest.mark.parametrize(
    "error",
    [TimedOut(), NetworkError("Bad Gateway"), TelegramError("Invalid server response"), KeyError("result")],
)
async def test_no_clear_answer_may_have_happened(error: Exception) -> None:
    with pytest.raises(UnclearError):
        await speak(cast(Bot, Refusing(error)), Call(Method.SEND, 7, "Hello"))


@pytest.mark.parametrize(
    ("card", "wanted"),
    [
        (Card("Hello", sounds=True), {"method": Method.SEND, "silent": False, "ids": ()}),
        (Card("Hello"), {"method": Method.SEND, "silent": True}),
        (Card("Hello", edit=9), {"method": Method.EDIT, "ids": (9,)}),
        (Card("A voice", voice=b"OggS"), {"method": Method.SEND, "voice": b"OggS"}),
    ],
)
def test_a_card_becomes_one_call_that_cannot_be_forwarded(card: Card, wanted: dict[str, Any]) -> None:
    call = _call(card, 7)
    assert call.protect
    assert {name: getattr(call, name) for name in wanted} == wanted


def test_what_the_ledger_calls_a_card_never_holds_its_words() -> None:
    assert Card("Her words").kind("words") == "words"
    assert Card("Her words", mark="referral R1", version="sent").kind("referral_card") == "referral R1#sent"


async def test_an_alert_that_telegram_puts_off_comes_when_it_may(hotline: Hotline) -> None:
    operator = await hotline.operator("en")
    hotline.telegram.telegram.faults.order(Fault(Kind.REFUSE, bot=STAFF_BOT, method="sendMessage", retry_after=1))
    await waits(hotline)
    await alerted(operator)
    assert [call.partition(":")[2].strip() for call in failed_calls(hotline)] == ["Too Many Requests: retry after 1"]
