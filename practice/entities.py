"""What a bot wrote, read as Telegram reads it: HTML with its complaints, or a list of entities."""

import re
from dataclasses import dataclass

from practice.call import Call, Json, Refusal, bad
from practice.text import CAPTION_LIMIT, MESSAGE_LIMIT, clean, finish, units

_TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_ASKED = {"text_link", "text_mention", "custom_emoji", "expandable_blockquote", *_TAGS.values()}
_IGNORED = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
_LETTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]*)))?""")
_INPUT_LIMIT = 1 << 15  # bytes the server accepts before it parses anything


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    written: int


def read_text(call: Call) -> tuple[str, list[Json]]:
    """The `text` of a message with its entities; refuses an empty and a too long one."""
    if not call.text("text"):
        raise bad("Message text is empty")
    text, entities = _formatted(call, "text", "entities")
    text, entities = finish(text, entities, MESSAGE_LIMIT, "Message is too long")
    if not text:
        raise bad("Text must be non-empty")
    return text, entities


def read_caption(call: Call) -> tuple[str, list[Json]]:
    text, entities = _formatted(call, "caption", "caption_entities")
    return finish(text, entities, CAPTION_LIMIT, "Message caption is too long")


def _formatted(call: Call, name: str, list_name: str) -> tuple[str, list[Json]]:
    text, mode = call.text(name), call.text("parse_mode").lower()
    if len(text.encode()) > _INPUT_LIMIT:
        raise bad("Text is too long")
    if text and mode == "html":
        return parse_html(text)
    if text and mode not in {"", "none"}:
        raise bad("Unsupported parse_mode")  # Markdown is not practised here: the house writes HTML or entities
    given = call.json(list_name, "Can't parse entities JSON object")
    items = given if isinstance(given, list) else []  # what is no list is passed over, as by the server
    return clean(text), [entity for item in items if (entity := _given(item))]


def _given(item: object) -> Json | None:
    if not isinstance(item, dict):
        raise bad("Can't parse MessageEntity: expected an Object")
    kind = str(item.get("type"))
    if kind in _IGNORED:
        return None
    if kind not in _ASKED:
        raise bad("Can't parse MessageEntity: Unsupported type specified")
    for field in ("offset", "length"):
        if not isinstance(item.get(field), int):
            raise bad(f'Can\'t parse MessageEntity: Field "{field}" must be a valid Integer')
        if not 0 <= item[field] <= 1_000_000:
            raise bad(f"Receive an entity with incorrect {field} {item[field]}")
    return {key: value for key, value in item.items() if value is not None}


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of Telegram's HTML; its complaints name byte offsets of the source."""
    parser = _Html(source)
    try:
        return parser.run()
    except _Broken as broken:
        raise bad(f"Can't parse entities: {broken}") from None


class _Broken(Exception):  # noqa: N818 - becomes a Refusal at once
    pass


class _Html:
    """One walk over one source; offsets are counted in UTF-16 units while the text grows."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.written: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "&":
                self._reference()
            elif letter != "<":
                self._write(letter, 1)
            elif self.source.startswith("</", self.at):
                self._end()
            else:
                self._start()
        if self.open:
            raise _Broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # a language only counts inside <pre>
        return "".join(self.written), self.entities

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())

    def _write(self, letters: str, consumed: int) -> None:
        self.written.append(letters)
        self.offset += units(letters)
        self.at += consumed

    def _reference(self) -> None:
        match = _LETTER.match(self.source, self.at)
        letter = _decoded(match) if match else ""
        self._write(letter or "&", len(match.group()) if match and letter else 1)

    def _start(self) -> None:
        begin = self.at
        match = re.compile(r"<([^\s>]*)").match(self.source, begin)
        name = match.group(1).lower() if match else ""
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise _Broken(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in _TAGS:
            raise _Broken(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _Broken(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(_Open(name, attributes, self.offset, len(self.written)))

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            rest = self.source[self.at :].lstrip()
            self.at = len(self.source) - len(rest)
            if rest.startswith(">"):
                self.at += 1
                return found
            if not rest:
                raise _Broken(f'Unclosed start tag "{name}" at byte offset {self._bytes(begin)}')
            match = _ATTRIBUTE.match(self.source, self.at)
            if not match:
                raise _Broken(f'Empty attribute name in the tag "{name}" at byte offset {self._bytes(begin)}')
            value = next((part for part in match.groups()[1:] if part is not None), "")
            found[match.group(1)] = _LETTER.sub(lambda found: _decoded(found) or found.group(), value)
            self.at = match.end()

    def _end(self) -> None:
        begin = self.at
        if not self.open:
            raise _Broken(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        match = re.compile(r"</([^\s>]*)\s*>").match(self.source, begin)
        if not match:
            raise _Broken(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        opened, name = self.open[-1], match.group(1).lower()
        if name and name != opened.tag:
            raise _Broken(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.open.pop()
        self.at = match.end()
        if self.offset > opened.offset:
            self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        entity: Json = {"offset": opened.offset, "length": self.offset - opened.offset, "type": _TAGS[opened.tag]}
        if opened.tag == "a":
            url = opened.attributes.get("href") or "".join(self.written[opened.written :])
            if "." not in url and not url.startswith("tg://"):
                return  # what is no link stays plain text
            entity["url"] = url if "://" in url else f"http://{url}/"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
            if not entity["custom_emoji_id"].isdigit():
                raise Refusal(400, "Bad Request: invalid custom emoji identifier specified")
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and self._fills_code(entity):
            inner = self.entities.pop()
            entity["language"] = inner["language"]
        elif opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
        self.entities.append(entity)

    def _fills_code(self, entity: Json) -> bool:
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        return same and last.get("type") == "code" and "language" in last


def _decoded(match: re.Match[str]) -> str:
    if match.group(3):
        return _NAMED[match.group(3)]
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
