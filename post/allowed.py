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


def _some(raw: Raw, kind: type, *names: str) -> dict[str, Any]:
    """These fields, where they are of the kind they should be: what is nested is never taken as it is."""
    return {name: raw[name] for name in names if isinstance(raw.get(name), kind)}


def _part(raw: Raw, name: str) -> Raw:
    part = raw[name]
    if not isinstance(part, Mapping):
        raise TypeError(name)
    return part


def _user(raw: Raw) -> dict[str, Any]:
    return {"first_name": _NO_NAME, **_some(raw, int, "id", "is_bot"), **_some(raw, str, "language_code")}


def _chat(raw: Raw) -> dict[str, Any]:
    return {"first_name": _NO_NAME, **_some(raw, int, "id"), **_some(raw, str, "type")}


def _entities(raw: Raw) -> dict[str, Any]:
    commands = [
        {"type": "bot_command", **_some(entity, int, "offset", "length")}
        for entity in raw.get("entities", ())
        if entity.get("type") == "bot_command"
    ]
    return {"entities": commands} if commands else {}


def _bare_message(raw: Raw) -> dict[str, Any]:
    return {**_some(raw, int, "message_id", "date"), "chat": _chat(_part(raw, "chat"))}


def _message(raw: Raw) -> dict[str, Any]:
    kept = {**_bare_message(raw), **_some(raw, str, "text"), **_some(raw, int, "edit_date"), **_entities(raw)}
    if "from" in raw:
        kept["from"] = _user(_part(raw, "from"))
    if "voice" in raw:
        voice = _part(raw, "voice")
        kept["voice"] = {
            **_some(voice, str, "file_id", "file_unique_id", "mime_type"),
            **_some(voice, int, "duration", "file_size"),
        }
    if "text" not in raw and isinstance(raw.get("caption"), str):
        kept["text"] = raw["caption"]
    if "reply_to_message" in raw:
        kept["reply_to_message"] = _bare_message(_part(raw, "reply_to_message"))
    if any(name in raw for name in _BARE):
        kept[UNREADABLE] = True
    return kept


def _query(raw: Raw) -> dict[str, Any]:
    kept = {**_some(raw, str, "id", "data"), "chat_instance": _NO_NAME, "from": _user(_part(raw, "from"))}
    if "message" in raw:
        kept["message"] = _bare_message(_part(raw, "message"))
    return kept


def _member(raw: Raw) -> dict[str, Any]:
    def status(member: Raw) -> dict[str, Any]:
        user = _user(_part(member, "user"))
        return {**_some(member, str, "status"), **_some(member, int, "until_date"), "user": user}

    return {
        **_some(raw, int, "date"),
        "chat": _chat(_part(raw, "chat")),
        "from": _user(_part(raw, "from")),
        "old_chat_member": status(_part(raw, "old_chat_member")),
        "new_chat_member": status(_part(raw, "new_chat_member")),
    }


_STRIP = {"message": _message, "edited_message": _message, "callback_query": _query, "my_chat_member": _member}


def _chat_of(kind: str, raw: Raw) -> Raw:
    """The chat an update is of; a tap without its message (Telegram has forgotten it) is of whoever tapped."""
    if kind == "callback_query" and "message" not in raw:
        return {"id": _part(raw, "from")["id"], "type": "private"}
    return _part(_part(raw, "message") if kind == "callback_query" else raw, "chat")


def _is_number(value: object) -> bool:
    """A number that Telegram could have given and the database can hold."""
    return isinstance(value, int) and -(2**63) <= value < 2**63


def strip(raw: Raw) -> Stripped | None:
    """The update as it may be kept, or None when it is of no kind that concerns us (a group, a channel, a new kind)."""
    kind = next((name for name in KINDS if isinstance(raw.get(name), Mapping)), None)
    if kind is None or not _is_number(raw.get("update_id")):
        return None
    try:
        chat = _chat_of(kind, raw[kind])
        if chat.get("type") != "private" or not _is_number(chat.get("id")):
            return None
        kept = {"update_id": raw["update_id"], kind: _STRIP[kind](raw[kind])}
    except (KeyError, TypeError, AttributeError):
        return None
    return Stripped(raw["update_id"], chat["id"], kept)
