"""How a screen looks on a survivor's phone: a dull first line, everything else behind a spoiler, silent, protected."""

from dialogs.beside import shown_whole
from dialogs.screen import Button, Screen
from post.call import Call, Key, Method, Span
from triage.wording import units


def _rows(rows: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Key, ...], ...]:
    placed = shown_whole(rows, lambda button: button.label)
    return tuple(tuple(Key(button.label, button.data) for button in row) for row in placed)


def call_with(voice: bytes, rows: tuple[tuple[Button, ...], ...], chat: int) -> Call:
    """The call that sends a recording: no caption, for a preview would show it."""
    return Call(Method.SEND, chat, rows=_rows(rows), silent=True, protect=True, voice=voice)


def call_for(screen: Screen, chat: int, edit: int | None) -> Call:
    """The call that puts this screen on her phone, in the place of message `edit` or as a new one.

    Offsets are UTF-16 units, as Telegram counts. A screen of the decoy or the greeting hides nothing: it has nothing.
    """
    text = screen.text()
    spans: tuple[Span, ...] = ()
    if screen.inside and screen.body:
        start = units(f"{screen.first}\n") if screen.first else 0
        spans = (Span("spoiler", start, units(text) - start),)
    method = Method.SEND if edit is None else Method.EDIT
    ids = () if edit is None else (edit,)
    return Call(method, chat, text, spans, _rows(screen.rows), ids, silent=True, protect=True)
