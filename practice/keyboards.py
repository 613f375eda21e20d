"""Keyboards under messages and under the composer, checked as Telegram checks them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from practice.call import Call, Json, bad

CALLBACK_DATA_LIMIT = 64  # bytes, 1-64: core.telegram.org/bots/api#inlinekeyboardbutton
_INLINE_KINDS = ("switch_inline_query", "switch_inline_query_current_chat", "web_app", "login_url", "pay")
_OTHER_KINDS = ("callback_game", "switch_inline_query_chosen_chat")
_STYLES = {"", "danger", "success", "primary"}


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` stays with its message; `plain` (a reply keyboard, its removal, a forced reply) changes the composer."""

    inline: Json | None = None
    plain: Json | None = None


def read_markup(call: Call) -> Markup:
    value = call.json("reply_markup", "Can't parse reply keyboard markup JSON object")
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad("Object expected as reply markup")
    rows = _rows(value.get("keyboard"), 'Field "keyboard" must be an Array of Arrays', _key)
    inline = _rows(
        value.get("inline_keyboard"),
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        _button,
    )
    if rows:
        return Markup(plain={**value, "keyboard": rows})
    if inline:
        return Markup(inline={"inline_keyboard": inline})
    if value.get("remove_keyboard") or value.get("force_reply"):
        return Markup(plain=value)
    return Markup()


def read_inline_markup(call: Call) -> Json | None:
    """For edits, which take an inline keyboard or none."""
    markup = read_markup(call)
    if markup.plain:
        raise bad("Inline keyboard expected")
    return markup.inline


def _rows(value: object, complaint: str, read: Callable[[object], Json]) -> list[list[Json]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad(complaint)
    return [[read(button) for button in row] for row in value if row]


def _key(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad("Can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad("Keyboard button text must be non-empty")
    return button


def _button(button: object) -> Json:
    where = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(where + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad(where + 'Can\'t find field "text"')
    if str(button.get("style", "")) not in _STYLES:
        raise bad(where + "Invalid button style specified")
    form = {key: button[key] for key in ("text", "style", "icon_custom_emoji_id") if button.get(key)}
    form.update(_purpose(button, where))
    if not button["text"].strip():
        raise bad("Inline keyboard button text must be non-empty")
    return form


def _purpose(button: Json, where: str) -> Json:
    """What a press does. A url goes first, then the data; empty ones count as absent."""
    if url := button.get("url"):
        return {"url": _checked_url(url)}
    if data := button.get("callback_data"):
        if not isinstance(data, str) or len(data.encode()) > CALLBACK_DATA_LIMIT:
            raise bad("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    if isinstance(copied := button.get("copy_text"), dict):
        if not 1 <= len(str(copied.get("text", ""))) <= 256:
            raise bad("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": copied}
    for kind in (*_INLINE_KINDS, *_OTHER_KINDS):
        if button.get(kind) is not None:
            return {kind: button[kind]}
    raise bad(where + "Text buttons are unallowed in the inline keyboard")


def _checked_url(url: object) -> str:
    """Only what opens in a browser or in Telegram; a phone number («tel:») is refused, as by the real server."""
    text = str(url)
    parts = urlsplit(text if "://" in text else f"http://{text}")
    reason = ""
    try:
        if parts.scheme in {"tg", "ton", "tonsite"}:
            return text
        if parts.scheme not in {"http", "https"}:
            reason = "Unsupported URL protocol"
        elif not parts.hostname:
            reason = "URL host is empty"
        elif parts.port is None and "." not in parts.hostname:
            reason = "Wrong HTTP URL"
    except ValueError:
        reason = "Wrong port number specified in the URL"
    if reason:
        raise bad(f"Inline keyboard button URL '{text}' is invalid: {reason}")
    return text if "://" in text else f"http://{text}/"
