"""Files in messages: read from a bot's call or from a phone, and described as the Bot API does."""

from practice.call import Call, Json, bad
from practice.files import PHOTO_LIMIT, SEND_LIMIT, Files, Stored, picture_size
from practice.telegram import Media

_NOUNS = {"video_note": "video note"}
_MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "document": "application/octet-stream",
    "sticker": "image/webp",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
}
_TYPES = {"voice": "VoiceNote", "photo": "Photo", "video_note": "VideoNote"}  # the server's own names for errors


def read_media(call: Call, kind: str) -> Media:
    """The file of a sendX call: uploaded under the method's own name or by attach://, or a file_id of this bot."""
    value = call.text(kind)
    upload = call.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload is not None:
        stored = accept(call.bot.files, kind, upload.body, upload.name, upload.mime)
    elif not value or value.startswith("attach://"):
        raise bad(f"There is no {_NOUNS.get(kind, kind)} in the request")
    else:
        stored = _known(call, kind, value)
    given = {
        "duration": call.integer("duration", least=0),
        "width": call.integer("width"),
        "height": call.integer("height"),
    }
    return describe(kind, stored, given)


def accept(files: Files, kind: str, body: bytes, name: str, mime: str) -> Stored:
    if not body:
        raise bad("File must be non-empty")
    if len(body) > (PHOTO_LIMIT if kind == "photo" else SEND_LIMIT):
        raise bad("File is too big")
    if kind == "photo" and picture_size(body) is None:
        raise bad("IMAGE_PROCESS_FAILED")
    if kind != "document" or mime in {"", "application/octet-stream"}:
        mime = _MIMES[kind] if kind != "document" else mime or _MIMES[kind]
    return files.keep(kind, body, name, mime)


def _known(call: Call, kind: str, file_id: str) -> Stored:
    """A file_id means something to the one bot that got it."""
    if file_id.startswith(("http://", "https://")):
        raise bad("Failed to get HTTP URL content")  # this Telegram fetches nothing from elsewhere
    stored = call.bot.files.known.get(file_id)
    if stored is None and any(file_id in bot.files.known for bot in call.telegram.bots.values()):
        raise bad("Wrong file identifier/HTTP URL specified")
    if stored is None:
        raise bad("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if stored.kind != kind and kind != "document":
        known, wanted = (_TYPES.get(name, name.capitalize()) for name in (stored.kind, kind))
        raise bad(f"Can't use file of type {known} as {wanted}")
    return stored


def describe(kind: str, stored: Stored, given: Json) -> Media:
    """The file as its message shows it; sizes that cannot be read are what the sender said."""
    form: Json = {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.body)}
    width, height = picture_size(stored.body) or (given.get("width") or 512, given.get("height") or 512)
    if kind == "photo":
        return Media(kind, [{**form, "width": width, "height": height}], stored)
    if kind == "sticker":
        shape = {"width": width, "height": height, "is_animated": False, "is_video": False, "type": "regular"}
        return Media(kind, {**form, **shape, "emoji": given.get("emoji") or "🙂"}, stored)
    form["mime_type"] = stored.mime
    if kind in {"voice", "audio", "video", "animation", "video_note"}:
        form["duration"] = given.get("duration") or 0
    if kind in {"video", "animation"}:
        form |= {"width": width, "height": height}
    if kind == "video_note":
        form = {key: value for key, value in form.items() if key != "mime_type"} | {"length": width}
    if kind in {"document", "audio", "video", "animation"} and stored.name:
        form["file_name"] = stored.name
    return Media(kind, form, stored)
