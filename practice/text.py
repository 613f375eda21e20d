"""How Telegram measures, cleans and marks text: lengths and offsets are UTF-16 code units."""

import re

from practice.call import Json, bad

MESSAGE_LIMIT = 4096  # UTF-16 units after entity parsing: core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024  # core.telegram.org/bots/api#sendphoto

# Entities that Telegram finds by itself, in the order of its own preference.
_FOUND = (
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"«»]+")),
    ("url", re.compile(r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|info|me|io|uz|ru|kz)(?:/[^\s<>\"«»]*)?(?![\w@])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*[a-z]{2,}")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])", re.ASCII)),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ ()-]?\d){6,14}(?!\w)")),
)
_ORDER = ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers, offset and length in UTF-16 units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "ignore")


def pieces(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` units, no letter cut in two; blanks between parts go."""
    parts, start, size = [], 0, 0
    for index, letter in enumerate(text):
        if (size := size + units(letter)) > limit:
            parts.append(text[start:index])
            start, size = index, units(letter)
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def clean(text: str) -> str:
    """Control letters become blanks, carriage returns go; the newline stays."""
    return "".join(" " if letter < " " and letter != "\n" else letter for letter in text.replace("\r", ""))


def find_entities(text: str, taken: list[Json]) -> list[Json]:
    """What Telegram marks unasked: links, commands, mentions, numbers; never across what is marked already."""
    found: list[Json] = []
    busy = [(entity["offset"], entity["offset"] + entity["length"]) for entity in taken if _closed(entity)]
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match.group())
            if all(end <= left or right <= start for left, right in busy):
                busy.append((start, end))
                found.append({"offset": start, "length": end - start, "type": kind})
    return found


def _closed(entity: Json) -> bool:
    return entity["type"] in {"pre", "code", "text_link", "text_mention"}


def in_order(entities: list[Json]) -> list[Json]:
    def place(entity: Json) -> tuple[int, int, int]:
        kind = entity["type"]
        return entity["offset"], -entity["length"], _ORDER.index(kind) if kind in _ORDER else len(_ORDER)

    return sorted(entities, key=place)


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cuts blank ends as Telegram does: all at the end, and at the beginning up to the first entity."""
    text = text.rstrip()
    end = units(text)
    first = min((entity["offset"] for entity in entities), default=end)
    lead = 0
    while lead < first and lead < len(text) and text[lead] in " \n":
        lead += 1
    kept = []
    for entity in entities:
        length = min(entity["offset"] + entity["length"], end) - entity["offset"]
        if length > 0 and cut(text, entity["offset"], length).strip():
            kept.append({**entity, "offset": entity["offset"] - lead, "length": length})
    return text[lead:], kept


def finish(text: str, entities: list[Json], limit: int, too_long: str) -> tuple[str, list[Json]]:
    """Clean, trimmed, measured, with what Telegram finds by itself; ("", []) when nothing is left."""
    text, entities = trim(clean(text), entities)
    if units(text) > limit:
        raise bad(too_long)
    return text, in_order(entities + find_entities(text, entities))
