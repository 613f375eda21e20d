"""What Telegram's refusals mean: told by its own sentence and code, whoever's framework brought them."""

import pytest

from post.call import Call, Method, RefusedError

MEANINGS = {
    (400, "Bad Request: message is not modified: specified new message content is exactly the same"): {
        "already"
    },
    # As python-telegram-bot says it.
    (400, "Message is not modified: specified new message content is exactly the same"): {"already"},
    (400, "Bad Request: message to delete not found"): {"already"},
    (400, "Bad Request: message to edit not found"): {"message_gone"},
    (400, "Bad Request: message can't be edited"): {"message_gone"},
    (403, "Forbidden: bot was blocked by the user"): {"unreachable"},
    (403, "Forbidden: bot can't initiate conversation with a user"): {"unreachable"},
    (403, "Forbidden: user is deactivated"): {"unreachable"},
    (400, "Bad Request: chat not found"): {"unreachable"},
    (400, "Bad Request: message can't be deleted for everyone"): set(),
    (400, "Bad Request: can't parse entities"): set(),
    (401, "Unauthorized"): set(),
    (429, "Too Many Requests: retry after 5"): set(),
}  # fmt: skip


@pytest.mark.parametrize(("code", "why"), MEANINGS)
@pytest.mark.parametrize("shout", [False, True])
def test_a_refusal_means_what_its_sentence_says(code: int, why: str, shout: bool) -> None:
    error = RefusedError(code, why.upper() if shout else why)
    found = {name for name in ("already", "message_gone", "unreachable") if getattr(error, name)}
    assert found == MEANINGS[code, why]


def test_a_refusal_keeps_the_time_it_names() -> None:
    assert RefusedError(429, "Too Many Requests: retry after 5", 5.0).retry_after == 5.0
    assert RefusedError(400, "Bad Request").retry_after is None


def test_a_call_cannot_be_changed_once_it_is_made_and_protects_by_default() -> None:
    call = Call(Method.SEND, 5001, "words")
    assert call.protect
    with pytest.raises(AttributeError):
        call.text = "other words"  # type: ignore[misc]
