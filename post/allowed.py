"""The allow-list: which fields of an update get in at all. Names become "-"; what is not listed is never kept.

File names, contact cards, forward origins, mentions, captions' entities and unknown kinds of updates stay outside: what
is not in the inbox cannot leak from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Raw = Mapping[str, Any]

# The kinds we ask Telegram for; anything else is acknowledged and forgotten.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

_NO_NAME = "-"
_VOICE = ("file_id", "file_unique_id", "duration", "mime_type", "file_size")
# What a message may be beside text and voice: kept as a bare mark, so that it can be answered as unreadable.
_BARE = (
    "photo",
    "sticker",
    "document",
    "video",
    "animation",
    "audio",
    "video_note",
    "contact",
    "location",
    "poll",
    "dice",
)
UNREADABLE = "hamroh_unreadable"


@dataclass(frozen=True, slots=True)
class Stripped:
    """An update as it is kept: its id, whose chat it is, and the fields that got in."""

    update_id: int
    chat_id: int
    update: Mapping[str, Any]


def _some(raw: Raw, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: raw[name] for name in names if name in raw}


def _user(raw: Raw) -> dict[str, Any]:
    return {"first_name": _NO_NAME, **_some(raw, ("id", "is_bot", "language_code"))}


def _chat(raw: Raw) -> dict[str, Any]:
    return {"first_name": _NO_NAME, **_some(raw, ("id", "type"))}


def _entities(raw: Raw) -> dict[str, Any]:
    commands = [
        _some(entity, ("type", "offset", "length"))
        for entity in raw.get("entities", ())
        if entity.get("type") == "bot_command"
    ]
    return {"entities": commands} if commands else {}


def _bare_message(raw: Raw) -> dict[str, Any]:
    return {**_some(raw, ("message_id", "date")), "chat": _chat(raw["chat"])}


def _message(raw: Raw) -> dict[str, Any]:
    kept = {**_bare_message(raw), **_some(raw, ("text", "edit_date")), **_entities(raw)}
    if "from" in raw:
        kept["from"] = _user(raw["from"])
    if "voice" in raw:
        kept["voice"] = _some(raw["voice"], _VOICE)
    if "text" not in raw and "caption" in raw:
        kept["text"] = raw["caption"]
    if "reply_to_message" in raw:
        kept["reply_to_message"] = _bare_message(raw["reply_to_message"])
    if any(name in raw for name in _BARE):
        kept[UNREADABLE] = True
    return kept


def _query(raw: Raw) -> dict[str, Any]:
    kept = {**_some(raw, ("id", "data")), "chat_instance": _NO_NAME, "from": _user(raw["from"])}
    if "message" in raw:
        kept["message"] = _bare_message(raw["message"])
    return kept


def _member(raw: Raw) -> dict[str, Any]:
    def status(member: Raw) -> dict[str, Any]:
        return {**_some(member, ("status", "until_date")), "user": _user(member["user"])}

    return {
        **_some(raw, ("date",)),
        "chat": _chat(raw["chat"]),
        "from": _user(raw["from"]),
        "old_chat_member": status(raw["old_chat_member"]),
        "new_chat_member": status(raw["new_chat_member"]),
    }


_STRIP = {"message": _message, "edited_message": _message, "callback_query": _query, "my_chat_member": _member}


def _chat_of(kind: str, raw: Raw) -> Raw | None:
    if kind == "callback_query":
        return {"id": raw["from"]["id"], "type": "private"}
    chat: Raw = raw["chat"]
    return chat


def strip(raw: Raw) -> Stripped | None:
    """The update as it may be kept, or None when it is of no kind that concerns us (a group, a channel, a new kind)."""
    kind = next((name for name in KINDS if isinstance(raw.get(name), Mapping)), None)
    if kind is None or not isinstance(raw.get("update_id"), int):
        return None
    try:
        chat = _chat_of(kind, raw[kind])
        if chat is None or chat.get("type") != "private":
            return None
        return Stripped(
            raw["update_id"], int(chat["id"]), {"update_id": raw["update_id"], kind: _STRIP[kind](raw[kind])}
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        return None
