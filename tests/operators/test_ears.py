"""The staff's bot hearing: what python-telegram-bot hands over becomes a saying, a word with a picture none."""

from telegram import Bot, Update

from operators import ears
from post.allowed import strip
from triage.saying import Came, Said, Saying, Unreadable

CHAT = {"id": 7, "type": "private", "first_name": "-"}
USER = {"id": 7, "is_bot": False, "first_name": "-", "language_code": "ru"}
PLAIN = {"message_id": 5, "date": 1_760_000_000, "chat": CHAT, "from": USER}


def _came(kind: str, **more: object) -> Came:
    stripped = strip({"update_id": 1, kind: {**PLAIN, **more}})
    assert stripped is not None
    update = Update.de_json(dict(stripped.update), Bot("1:A"))
    assert update.effective_message is not None
    return ears._came(update.effective_message)


def _saying(kind: str = "message", **more: object) -> Saying:
    return _came(kind, **more).saying


def test_words_are_words_and_changed_words_are_known_as_changed() -> None:
    assert _saying(text="Hello") == Said("Hello")
    assert _saying("edited_message", text="Hello!", edit_date=1_760_000_100) == Said("Hello!", edited=True)


def test_a_picture_with_a_caption_is_no_words() -> None:
    size = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
    assert _saying(photo=[size], caption="Look") == Unreadable()
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    assert _saying(voice=voice, caption="Listen") == Unreadable()
    assert _saying(sticker={"file_id": "a"}) == Unreadable()


def test_a_reply_carries_the_id_of_the_message_it_answers_and_nothing_else_of_it() -> None:
    answered = {**PLAIN, "message_id": 3, "text": "Her words"}
    came = _came("message", text="Mine", reply_to_message=answered)
    assert came.reply_to == 3
    assert "Her words" not in str(came)
