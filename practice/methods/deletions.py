"""Deletions: for both sides, within 48 hours, and silent about what was gone already."""

from practice.call import Call, bad
from practice.telegram import Chat, Message

REVOKE_LIMIT = 48 * 3600  # seconds: core.telegram.org/bots/api#deletemessage
BATCH_LIMIT = 100  # ids a call: core.telegram.org/bots/api#deletemessages


def delete_message(call: Call) -> bool:
    if not call.text("chat_id"):
        raise bad("Chat identifier is not specified")
    if not call.integer("message_id"):
        raise bad("Message identifier is not specified")
    chat = call.telegram.reach(call.bot, call.text("chat_id"))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    return _delete(call, chat, [message])


def delete_messages(call: Call) -> bool:
    """Ids that are unknown or of another chat are skipped; one that is too old fails them all."""
    ids = _ids(call)
    chat = call.telegram.reach(call.bot, call.text("chat_id"))
    return _delete(call, chat, [chat.messages[known] for known in ids if known in chat.messages])


def _ids(call: Call) -> list[int]:
    given = call.json("message_ids", "Can't parse message_ids JSON object")
    if given is None or given == []:
        raise bad("Message identifiers are not specified")
    if not isinstance(given, list):
        raise bad("Expected an Array of message identifiers")
    if len(given) > BATCH_LIMIT:
        raise bad("Too many message identifiers specified")
    try:
        ids = [int(number) for number in given]
    except (TypeError, ValueError):
        raise bad("Can't parse message identifier as a Number") from None
    if min(ids) <= 0:
        raise bad("Invalid message identifier specified")
    return ids


def _delete(call: Call, chat: Chat, messages: list[Message]) -> bool:
    now = call.telegram.now()
    if any(now - message.date > REVOKE_LIMIT for message in messages):
        raise bad("Message can't be deleted for everyone")
    for message in messages:
        chat.messages.pop(message.id, None)
    if messages:
        chat.changed()
    return True
