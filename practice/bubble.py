"""What a phone shows, as values for tests: bubbles, notifications, answers to taps."""

from collections.abc import Callable
from dataclasses import dataclass

from practice.call import Json


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen. `buttons` are rows of labels; `media` is a kind or "", `urls` go by label."""

    message_id: int
    mine: bool
    text: str
    entities: list[Json]
    buttons: list[list[str]]
    edited: bool
    date: int
    protected: bool = False
    silent: bool = False
    media: str = ""
    reply_to: int = 0
    urls: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for row in self.buttons for label in row]


Wanted = str | Callable[[Bubble], bool]


@dataclass(frozen=True, slots=True)
class Notification:
    """One lock-screen notice: spoilers masked, newlines gone; `silent` came without a sound."""

    seq: int
    at: float
    message_id: int
    sender: str
    text: str
    silent: bool


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    text: str
    show_alert: bool


def drawn(screen: list[Bubble]) -> str:
    """The screen in letters, for a failed test."""
    lines = []
    for bubble in screen:
        who = ">" if bubble.mine else "<"
        keys = "".join(f" [{label}]" for label in bubble.labels)
        lines.append(
            f"{bubble.message_id:>5} {who} {bubble.media or ''}{bubble.text}{keys}{' (edited)' * bubble.edited}"
        )
    return "\n".join(lines) or "(an empty chat)"


def read_bubbles(view: Json) -> list[Bubble]:
    return [read_bubble(form) for form in view["messages"]]


def read_bubble(form: Json) -> Bubble:
    buttons = [button for row in form["buttons"] for button in row]
    return Bubble(
        message_id=form["message_id"],
        mine=form["mine"],
        text=form["text"],
        entities=form["entities"],
        buttons=[[button["label"] for button in row] for row in form["buttons"]],
        edited=form["edited"],
        date=form["date"],
        protected=form["protected"],
        silent=form["silent"],
        media=form.get("media", {}).get("kind", ""),
        reply_to=form.get("reply_to", {}).get("message_id", 0),
        urls=tuple((button["label"], button["url"]) for button in buttons if "url" in button),
    )


def fitting(wanted: Wanted) -> Callable[[Bubble], bool]:
    if isinstance(wanted, str):
        return lambda bubble: not bubble.mine and wanted in bubble.text
    return wanted


def name_of(wanted: Wanted) -> str:
    return repr(wanted) if isinstance(wanted, str) else "what it looks for"
