"""One call of a bot: its parameters as Telegram reads them, and the refusals it may meet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from practice.telegram import Bot, Telegram

Json = dict[str, Any]

_PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 409: "Conflict"}


class Refusal(Exception):  # noqa: N818 - Telegram refuses; it is no error of ours
    """A call that Telegram refuses: the HTTP status, the description and, for 429, the seconds to wait."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad(text: str, code: int = 400) -> Refusal:
    """The server writes «Bad Request: » before a text and lowers its first letter, unless it is a name in capitals."""
    shouted = len(text) > 1 and (text[1] == "_" or "A" <= text[1] <= "Z")
    return Refusal(code, f"{_PREFIXES[code]}: {text if shouted else text[:1].lower() + text[1:]}")


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A result that Telegram explains in words beside it."""

    result: object
    description: str


@dataclass(frozen=True, slots=True)
class Call:
    """Parameters come as text from forms and query strings and typed from JSON; both read the same here."""

    telegram: "Telegram"
    bot: "Bot"
    method: str
    params: Mapping[str, Any]
    files: Mapping[str, Upload]

    def has(self, name: str) -> bool:
        return name in self.params

    def text(self, name: str) -> str:
        value = self.params.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
        try:
            number = int(self.text(name).strip() or default)
        except ValueError:
            number = default
        if least is not None:
            number = max(least, number)
        return number if most is None else min(most, number)

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, complaint: str) -> Any:
        """A structured parameter, or None when it was not given; `complaint` is what Telegram says of broken JSON."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(complaint) from None
