"""A phone for tests: a person who says, taps and sees, over the practice server's HTTP."""

import asyncio
import io
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from practice.bubble import (
    Bubble,
    CallbackAnswer,
    Notification,
    Wanted,
    drawn,
    fitting,
    name_of,
    read_bubble,
    read_bubbles,
)
from practice.call import Json

T = TypeVar("T")
__all__ = ["Bubble", "CallbackAnswer", "Notification", "Phone", "drawn"]


class Phone:
    """One person's phone, open on one bot. Nothing here sleeps: waits end when the server's long poll answers."""

    def __init__(self, session: aiohttp.ClientSession, owned: bool, base_url: str, bot: str, user_id: int) -> None:
        self._session = session
        self._owned = owned
        self._base = f"{base_url}/practice/chats/{user_id}/{bot}"
        self.user_id = user_id
        self.bot = bot

    @classmethod
    async def open(
        cls,
        base_url: str,
        *,
        bot: str,
        user_id: int,
        first_name: str = "",
        language_code: str = "uz",
        username: str = "",
        session: aiohttp.ClientSession | None = None,
    ) -> Self:
        """The phone of this person (made when new), open on the chat with `bot`, a username."""
        own = session or aiohttp.ClientSession()
        phone = cls(own, session is None, base_url, bot, user_id)
        form = {"id": user_id, "language_code": language_code, "username": username}
        await phone._ask(
            "POST", f"{base_url}/practice/users", form | ({"first_name": first_name} if first_name else {})
        )
        return phone

    async def close(self) -> None:
        if self._owned:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self, param: str | None = None) -> Bubble:
        return read_bubble(await self._do("start", param=param))

    async def says(self, text: str, *, reply_to: int = 0) -> Bubble:
        return read_bubble(await self._do("say", text=text, reply_to=reply_to))

    async def taps(
        self, label: str, *, message_id: int | None = None, within: float = 5.0, answer_within: float = 1.0
    ) -> CallbackAnswer | None:
        """Taps the newest visible button of this label, once it is there; what the bot answers within `answer_within`
        seconds, or None."""

        def carries(bubble: Bubble) -> bool:
            return label in bubble.labels and message_id in {None, bubble.message_id}

        bubble = await self.sees(carries, within=within, called=f"a button {label!r}")
        pressed = await self._do("tap", message_id=bubble.message_id, label=label)
        if "tap" not in pressed:
            return None
        answer = await self._ask("GET", f"{self._base}/taps/{pressed['tap']}?timeout={answer_within}")
        return CallbackAnswer(**answer) if answer else None

    async def presses(self, label: str, *, phone_number: str = "") -> Bubble:
        """A key of the reply keyboard."""
        return read_bubble(await self._do("press", label=label, phone_number=phone_number))

    async def edits(self, message_id: int, text: str) -> Bubble:
        return read_bubble(await self._do("edit", message_id=message_id, text=text))

    async def deletes(self, *message_ids: int) -> None:
        """For both sides; the bot is not told."""
        await self._do("delete", message_ids=list(message_ids))

    async def deletes_chat(self) -> None:
        await self._do("delete_chat")

    async def blocks(self) -> None:
        await self._do("block")

    async def unblocks(self) -> None:
        await self._do("unblock")

    async def forwards(self, text: str, *, author: str, author_id: int = 0) -> Bubble:
        return read_bubble(await self._do("forward", text=text, author=author, author_id=author_id))

    async def sends_contact(self, phone_number: str, first_name: str, vcard: str = "") -> Bubble:
        form = {"phone_number": phone_number, "first_name": first_name, "vcard": vcard}
        return read_bubble(await self._do("contact", **form))

    async def sends_location(self, latitude: float, longitude: float) -> Bubble:
        return read_bubble(await self._do("location", latitude=latitude, longitude=longitude))

    async def sends_voice(self, body: bytes, *, duration: int = 1, caption: str = "") -> Bubble:
        return await self._sends("voice", body, caption=caption, duration=duration)

    async def sends_photo(self, body: bytes, *, caption: str = "") -> Bubble:
        return await self._sends("photo", body, caption=caption)

    async def sends_document(self, body: bytes, *, name: str, mime: str = "", caption: str = "") -> Bubble:
        return await self._sends("document", body, name=name, mime=mime, caption=caption)

    async def sends_sticker(self, body: bytes) -> Bubble:
        return await self._sends("sticker", body)

    async def _sends(self, kind: str, body: bytes, **more: Any) -> Bubble:
        mime = more.pop("mime", "") or "application/octet-stream"
        query = {"kind": kind} | {name: str(value) for name, value in more.items() if value}
        headers = {"Content-Type": mime}
        data = io.BytesIO(body)  # a stream: large bodies must not hold up the loop
        async with self._session.post(f"{self._base}/file", params=query, data=data, headers=headers) as answer:
            return read_bubble(await _read(answer))

    async def view(self) -> Json:
        """The screen as the server tells it: bot, keyboard, blocked, busy and the messages."""
        view: Json = await self._ask("GET", self._base)
        return view

    async def screen(self) -> list[Bubble]:
        return read_bubbles(await self.view())

    async def keyboard(self) -> list[list[str]]:
        """The keys under the composer, rows of labels."""
        keyboard = (await self.view())["keyboard"]
        return keyboard["rows"] if keyboard else []

    async def notifications(self, since: int = 0) -> list[Notification]:
        notes = await self._ask("GET", f"{self._base}/notifications?since={since}")
        return [Notification(**note) for note in notes]

    async def sees(self, wanted: Wanted, within: float = 5.0, *, after: int = 0, called: str = "") -> Bubble:
        """The newest bubble with these words (of the bot's) or for which the predicate holds, as soon as it is there;
        `after` leaves out message ids up to it. Raises AssertionError with the screen after `within` seconds."""
        fits = fitting(wanted)

        def found(screen: list[Bubble]) -> Bubble | None:
            return next((bubble for bubble in reversed(screen) if bubble.message_id > after and fits(bubble)), None)

        return await self._wait(found, within, f"does not see {called or name_of(wanted)}")

    async def sees_gone(self, wanted: Wanted, within: float = 5.0) -> None:
        """Returns when no bubble fits any more."""
        fits = fitting(wanted)

        def gone(screen: list[Bubble]) -> bool | None:
            return not any(fits(bubble) for bubble in screen) or None

        await self._wait(gone, within, f"still sees {name_of(wanted)}")

    async def _wait(self, look: Callable[[list[Bubble]], T | None], within: float, complaint: str) -> T:
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        view = await self.view()
        while (found := look(read_bubbles(view))) is None:
            left = until - loop.time()
            if left <= 0:
                raise AssertionError(f"{self.bot}, phone of {self.user_id}: {complaint}\n{drawn(read_bubbles(view))}")
            view = await self._ask("GET", f"{self._base}/changes?since={view['seq']}&timeout={left:.3f}")
        return found

    async def _do(self, verb: str, **form: Any) -> Json:
        done: Json = await self._ask("POST", f"{self._base}/{verb}", form)
        return done

    async def _ask(self, method: str, url: str, form: Json | None = None) -> Any:
        async with self._session.request(method, url, json=form) as answer:
            return await _read(answer)


async def _read(answer: aiohttp.ClientResponse) -> Any:
    form = await answer.json()
    if answer.status != 200:
        raise AssertionError(f"the phone cannot: {form['error']}")
    return form
