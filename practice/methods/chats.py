"""Small talk with the server: who am I, who is that, I am typing, give me that file."""

from practice.call import Call, Json, bad
from practice.files import GET_LIMIT
from practice.forms import bot_json, chat_json

LOGGED_OUT_LIFE = 600.0  # seconds: core.telegram.org/bots/api#logout
TYPING_LIFE = 5.0  # seconds, or until a message comes: core.telegram.org/bots/api#sendchataction
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def get_me(call: Call) -> Json:
    return {
        **bot_json(call.bot),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def get_chat(call: Call) -> Json:
    user = call.telegram.reach(call.bot, call.text("chat_id")).user
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    form = {**chat_json(user), "accent_color_id": user.id % 7, "max_reaction_count": 11}
    if user.username:
        form["active_usernames"] = [user.username]
    return {**form, "accepted_gift_types": dict.fromkeys(gifts, True), "can_send_gift": True}


def send_chat_action(call: Call) -> bool:
    if call.text("action").lower() not in _ACTIONS:
        raise bad("Wrong parameter action in request")
    chat = call.telegram.reach_open(call.bot, call.text("chat_id"))
    chat.busy_until = call.telegram.clock.now() + TYPING_LIFE
    chat.changed()
    return True


def get_file(call: Call) -> Json:
    file_id = call.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    stored = call.bot.files.known.get(file_id)
    if stored is None and any(file_id in bot.files.known for bot in call.telegram.bots.values()):
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored is None:
        raise bad("invalid file_id")
    if len(stored.body) > GET_LIMIT:
        raise bad("file is too big")
    form: Json = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.body)}
    return {**form, "file_path": call.bot.files.open_path(stored)}


def log_out(call: Call) -> bool:
    """From the cloud to a server of one's own: for ten minutes the bot cannot come back."""
    call.bot.updates.clear()
    call.bot.logged_out_until = call.telegram.clock.now() + LOGGED_OUT_LIFE
    return True


def close(call: Call) -> bool:
    """Before moving between servers; the next call opens the bot again."""
    return call.bot.id > 0
