"""The allow-list: what may come in comes in, and nothing else, whatever stands in an update."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from post.allowed import KINDS, UNREADABLE, Stripped, strip

CANARY = "canary"
HER = 5001

USER = {
    "id": HER,
    "is_bot": False,
    "first_name": "canary first",
    "last_name": "canary last",
    "username": "canary_user",
    "language_code": "uz",
    "is_premium": "canary",
    "added_to_attachment_menu": "canary",
}
CHAT = {
    "id": HER,
    "type": "private",
    "title": "canary title",
    "username": "canary_user",
    "first_name": "canary first",
    "last_name": "canary last",
    "is_forum": "canary",
}
BASE = {"message_id": 7, "date": 1_795_500_000, "chat": CHAT, "from": USER}
KEPT_CHAT = {"first_name": "-", "id": HER, "type": "private"}
KEPT_USER = {"first_name": "-", "id": HER, "is_bot": False, "language_code": "uz"}
KEPT = {"message_id": 7, "date": 1_795_500_000, "chat": KEPT_CHAT, "from": KEPT_USER}

# Whatever else Telegram may put into a message, each with a canary inside.
FORBIDDEN: dict[str, Any] = {
    "message_thread_id": "canary",
    "sender_chat": {"id": -1, "type": "channel", "title": "canary"},
    "sender_business_bot": USER,
    "business_connection_id": "canary",
    "forward_origin": {"type": "user", "sender_user": USER, "date": 1},
    "forward_from": USER,
    "forward_sender_name": "canary",
    "external_reply": {"origin": {"type": "user", "sender_user": USER}},
    "quote": {"text": "canary"},
    "reply_to_story": {"id": "canary"},
    "via_bot": USER,
    "media_group_id": "canary",
    "author_signature": "canary",
    "link_preview_options": {"url": "https://canary"},
    "effect_id": "canary",
    "caption_entities": [{"type": "mention", "offset": 0, "length": 6, "user": USER}],
    "has_media_spoiler": "canary",
    "reply_markup": {"inline_keyboard": [[{"text": "canary", "callback_data": "canary"}]]},
    "contact": {"phone_number": "+canary", "first_name": "canary", "vcard": "canary", "user_id": HER},
    "location": {"latitude": "canary", "longitude": "canary"},
    "venue": {"title": "canary", "address": "canary"},
    "poll": {"question": "canary", "options": [{"text": "canary"}]},
    "dice": {"emoji": "canary", "value": 1},
    "document": {"file_id": "canary", "file_name": "canary.pdf"},
    "photo": [{"file_id": "canary"}],
    "video": {"file_id": "canary", "file_name": "canary.mp4"},
    "animation": {"file_id": "canary", "file_name": "canary.gif"},
    "audio": {"file_id": "canary", "title": "canary", "performer": "canary", "file_name": "canary.mp3"},
    "video_note": {"file_id": "canary"},
    "sticker": {"file_id": "canary", "set_name": "canary"},
    "story": {"chat": CHAT, "id": "canary"},
    "game": {"title": "canary"},
    "invoice": {"title": "canary"},
    "successful_payment": {"order_info": {"name": "canary"}},
    "users_shared": {"users": [USER]},
    "chat_shared": {"title": "canary"},
    "write_access_allowed": {"web_app_name": "canary"},
    "passport_data": {"data": "canary"},
    "proximity_alert_triggered": {"traveler": USER},
    "web_app_data": {"data": "canary"},
    "new_chat_members": [USER],
    "left_chat_member": USER,
    "pinned_message": {**BASE, "text": "canary"},
    "giveaway": {"prize_description": "canary"},
    "paid_media": {"paid_media": ["canary"]},
    "checklist": {"title": "canary"},
    "direct_messages_topic": {"user": USER},
    "something_new": {"deep": [{"canary": "canary"}]},
    UNREADABLE: "canary",
}


def written(stripped: Stripped | None) -> str:
    return "" if stripped is None else json.dumps(stripped.update, ensure_ascii=False)


def message(**more: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {**BASE, **more}}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_of_a_text_the_words_the_times_and_the_numbers_come_in_without_a_name(kind: str) -> None:
    raw = {"update_id": 1, kind: {**BASE, "text": "words", "edit_date": 1_795_500_001}}
    stripped = strip(raw)
    assert stripped == Stripped(1, HER, {"update_id": 1, kind: {**KEPT, "text": "words", "edit_date": 1_795_500_001}})


@pytest.mark.parametrize("field", FORBIDDEN)
def test_no_forbidden_field_of_a_message_brings_in_a_word(field: str) -> None:
    stripped = strip(message(text="words", **{field: FORBIDDEN[field]}))
    assert stripped is not None
    assert CANARY not in written(stripped)
    assert stripped.update["message"]["text"] == "words"


def test_all_forbidden_fields_together_bring_in_none() -> None:
    stripped = strip({"update_id": 1, "message": {**FORBIDDEN, **BASE}, "canary": "canary"})
    assert stripped is not None
    assert stripped.update == {"update_id": 1, "message": {**KEPT, UNREADABLE: True}}


UNREAD = (
    "photo", "sticker", "document", "video", "animation", "audio", "video_note", "contact", "location", "poll", "dice",
)  # fmt: skip


@pytest.mark.parametrize("kind", UNREAD)
def test_what_holds_no_words_comes_in_as_a_bare_mark(kind: str) -> None:
    stripped = strip(message(**{kind: FORBIDDEN[kind]}))
    assert stripped is not None
    assert stripped.update["message"] == {**KEPT, UNREADABLE: True}


def test_words_under_a_picture_come_in_as_words() -> None:
    stripped = strip(message(photo=[{"file_id": "canary"}], caption="words"))
    assert stripped is not None
    assert stripped.update["message"] == {**KEPT, "text": "words", UNREADABLE: True}


def test_of_a_voice_comes_in_what_fetches_it_and_no_name_of_a_file() -> None:
    voice = {"file_id": "f", "file_unique_id": "u", "duration": 3, "mime_type": "audio/ogg", "file_size": 9}
    stripped = strip(message(voice={**voice, "file_name": "canary.ogg"}))
    assert stripped is not None
    assert stripped.update["message"] == {**KEPT, "voice": voice}


def test_a_command_is_still_known_as_one_and_no_other_entity_comes_in() -> None:
    command = {"type": "bot_command", "offset": 0, "length": 6}
    entities = [
        {**command, "url": "canary"},
        {"type": "text_mention", "offset": 0, "length": 3, "user": USER},
        {"type": "text_link", "offset": 0, "length": 3, "url": "https://canary"},
        {"type": "phone_number", "offset": 0, "length": 3, "canary": 1},
    ]
    stripped = strip(message(text="/start", entities=entities))
    assert stripped is not None
    assert stripped.update["message"]["entities"] == [command]


def test_of_the_message_replied_to_only_its_number_comes_in() -> None:
    answered = {**BASE, "message_id": 5, "text": "canary", **FORBIDDEN, "reply_to_message": {"text": "canary"}}
    stripped = strip(message(text="words", reply_to_message=answered))
    assert stripped is not None
    assert stripped.update["message"]["reply_to_message"] == {
        "message_id": 5,
        "date": BASE["date"],
        "chat": KEPT_CHAT,
    }


def test_of_a_tap_its_data_and_the_message_under_it_come_in() -> None:
    query = {
        "id": "77",
        "from": USER,
        "data": "menu:exit",
        "chat_instance": "canary",
        "inline_message_id": "canary",
        "game_short_name": "canary",
        "message": {**BASE, "text": "canary", **FORBIDDEN},
    }
    stripped = strip({"update_id": 2, "callback_query": query})
    assert stripped == Stripped(
        2,
        HER,
        {
            "update_id": 2,
            "callback_query": {
                "id": "77",
                "data": "menu:exit",
                "chat_instance": "-",
                "from": KEPT_USER,
                "message": {"message_id": 7, "date": BASE["date"], "chat": KEPT_CHAT},
            },
        },
    )


def test_a_tap_whose_message_telegram_has_forgotten_comes_in_without_it() -> None:
    stripped = strip({"update_id": 2, "callback_query": {"id": "77", "from": USER, "data": "x", "chat_instance": "y"}})
    assert stripped is not None
    assert "message" not in stripped.update["callback_query"]


def test_a_tap_in_a_group_does_not_come_in() -> None:
    group = {**BASE, "chat": {"id": -1, "type": "supergroup", "title": "canary"}}
    query = {"id": "77", "from": USER, "data": "x", "chat_instance": "y", "message": group}
    assert strip({"update_id": 2, "callback_query": query}) is None


def test_a_block_comes_in_without_names() -> None:
    member = {"status": "kicked", "user": USER, "custom_title": "canary", "until_date": 0}
    change = {
        "chat": CHAT,
        "from": USER,
        "date": 5,
        "old_chat_member": {**member, "status": "member"},
        "new_chat_member": member,
        "invite_link": {"invite_link": "canary", "creator": USER, "name": "canary"},
    }
    stripped = strip({"update_id": 3, "my_chat_member": change})
    assert stripped is not None
    assert CANARY not in written(stripped)
    assert stripped.update["my_chat_member"]["new_chat_member"] == {
        "status": "kicked",
        "until_date": 0,
        "user": KEPT_USER,
    }


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", "something new", None, 7])
def test_nothing_but_a_private_chat_comes_in(kind: object) -> None:
    assert strip({"update_id": 1, "message": {**BASE, "chat": {**CHAT, "type": kind}, "text": "x"}}) is None


OTHERS = (
    "channel_post", "business_message", "edited_business_message", "deleted_business_messages", "message_reaction",
    "inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query", "poll", "poll_answer",
    "chat_member", "chat_join_request", "chat_boost", "business_connection", "purchased_paid_media", "something_new",
)  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_no_other_kind_of_update_comes_in(kind: str) -> None:
    assert kind not in KINDS
    assert strip({"update_id": 1, kind: {**BASE, "text": "canary", "query": "canary"}}) is None


BROKEN: list[Any] = [
    {},
    {"update_id": 1},
    {"update_id": "1", "message": BASE},
    {"update_id": 2**63, "message": BASE},
    {"update_id": -(2**63) - 1, "message": BASE},
    {"update_id": 1, "message": None},
    {"update_id": 1, "message": {}},
    {"update_id": 1, "message": {**BASE, "chat": None}},
    {"update_id": 1, "message": {**BASE, "chat": "private"}},
    {"update_id": 1, "message": {**BASE, "chat": {"type": "private"}}},
    {"update_id": 1, "message": {**BASE, "chat": {"id": "canary", "type": "private"}}},
    {"update_id": 1, "message": {**BASE, "chat": {"id": float("inf"), "type": "private"}}},
    {"update_id": 1, "message": {**BASE, "chat": {"id": float("nan"), "type": "private"}}},
    {"update_id": 1, "message": {**BASE, "chat": {"id": 2**63, "type": "private"}}},
    {"update_id": 1, "message": {**BASE, "from": "canary"}},
    {"update_id": 1, "message": {**BASE, "entities": 7}},
    {"update_id": 1, "message": {**BASE, "entities": [7]}},
    {"update_id": 1, "message": {**BASE, "voice": 7}},
    {"update_id": 1, "message": {**BASE, "reply_to_message": 7}},
    {"update_id": 1, "callback_query": {}},
    {"update_id": 1, "callback_query": {"from": {}}},
    {"update_id": 1, "my_chat_member": {"chat": CHAT}},
]


@pytest.mark.parametrize("raw", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_update_is_refused_and_never_stumbled_over(raw: dict[str, Any]) -> None:
    assert strip(raw) is None


def test_words_that_are_no_text_do_not_come_in() -> None:
    stripped = strip(message(text={"canary": "canary"}, caption=["canary"]))
    assert CANARY not in written(stripped)


# Where a word may stand: hers, our own button's, or one of Telegram's (an id of a file or tap, a language, a status).
WORDS = {"text", "data", "file_id", "file_unique_id", "mime_type", "language_code", "id", "status", "type"}
NAMES = st.sampled_from(
    [
        *KINDS, *FORBIDDEN, *BASE, *USER, *CHAT, "text", "caption", "entities", "voice", "reply_to_message", "data",
        "update_id", "old_chat_member", "new_chat_member", "user", "status", "type", "offset", "length",
    ]
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["private", CANARY])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=6),
    max_leaves=8,
)


quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.dictionaries(NAMES, ANYTHING, max_size=6))
def test_whatever_json_comes_nothing_is_raised_and_a_name_is_always_a_dash(raw: dict[str, Any]) -> None:
    check(strip(raw))


@quick
@given(
    st.sampled_from(KINDS),
    st.dictionaries(NAMES, ANYTHING, max_size=8),
    st.dictionaries(NAMES, ANYTHING, max_size=5),
    st.dictionaries(NAMES, ANYTHING, max_size=5),
)
def test_whatever_stands_in_a_private_chat_no_canary_comes_in_but_in_words(
    kind: str, inside: dict[str, Any], chat: dict[str, Any], user: dict[str, Any]
) -> None:
    whole = {**inside, "chat": {**chat, "id": HER, "type": "private"}, "from": {**user, "id": HER}}
    check(strip({"update_id": 1, kind: whole}))


def check(stripped: Stripped | None) -> None:
    """A kept update is small, holds scalars alone, and a canary only where words of hers belong."""
    if stripped is None:
        return
    assert -(2**63) <= stripped.update_id < 2**63
    for path, value in leaves(stripped.update):
        assert isinstance(value, str | int | float | bool | None), path
        assert path[-1] != "first_name" or value == "-"
        if isinstance(value, str) and CANARY in value:
            assert path[-1] in WORDS, path


def leaves(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping):
        return [found for name, inner in value.items() for found in leaves(inner, (*path, str(name)))]
    if isinstance(value, list):
        return [found for inner in value for found in leaves(inner, path)]
    return [(path, value)]
