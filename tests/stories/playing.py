"""Playing a story: each act done on a real phone, and what every phone shows once nothing is under way any more."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from textwrap import wrap

from sqlalchemy import text

from hamroh.places import region_of
from practice.bubble import Bubble
from practice.phone import Phone
from tests.hotline import STAFF_BOT, SURVIVORS_BOT, Hotline
from tests.people import Member, Survivor, words
from tests.sight import Sight
from tests.stories.transcript import Act, Role, Story, Telling, masked
from vault.database import Engine

_STILL = text(
    "select (select count(*) from survivor_inbox where state = 'open')"
    " + (select count(*) from staff_inbox where state = 'open')"
    " + (select count(*) from survivor_orders where ended_at is null and held_until is null and not_before <= now())"
    " + (select count(*) from staff_orders where ended_at is null and held_until is null and not_before <= now())"
)
# Holds a label together while a row of them is cut into lines.
_HARD = "\u00a0"
_DULL = ("first.dish", "first.list", "first.menu", "first.bread")


def _dull_lines() -> frozenset[str]:
    catalogs = words()
    return frozenset(catalogs.text(language, key) for language in catalogs.languages for key in _DULL)


class Stage:
    """The people of one story, their phones, and what stood on them when we last looked."""

    def __init__(self, hotline: Hotline, engine: Engine) -> None:
        self._hotline = hotline
        self._engine = engine
        self._people: dict[str, Survivor | Member] = {}
        self._seen: dict[str, dict[int, Bubble]] = {}

    async def casts(self, roles: Sequence[Role]) -> None:
        """Everybody takes their place."""
        for role in roles:
            self._people[role.name] = await self._cast(role)
            self._seen[role.name] = {}
        await self._quiet()
        for name in self._people:
            await self._look(name)

    async def _cast(self, role: Role) -> Survivor | Member:
        languages = ",".join(role.languages)
        if role.side == "survivor":
            return await self._hotline.survivor(role.languages[0])
        if role.side == "shelter":
            [service, *_] = region_of(self._hotline.settings).services
            return await self._hotline.service(service.id, languages=languages)
        return await self._hotline.operator(languages, on_duty="off duty" not in role.more)

    async def does(self, act: Act) -> None:
        """One act of one person."""
        person = self._people[act.who]
        if act.what.startswith("["):
            await self._taps(act.who, act.what.strip("[]"))
        elif act.what.startswith("("):
            await self._other(person, act.what.strip("()"))
        else:
            await person.says(act.what)

    async def _taps(self, who: str, label: str) -> None:
        """The newest button whose label is this one, its numbers put aside."""
        phone = self._people[who].phone
        for bubble in reversed(await phone.screen()):
            for shown in bubble.labels:
                if masked(shown) == label:
                    await phone.taps(shown, message_id=bubble.message_id)
                    return
        raise AssertionError(f"{who} has no button [{label}]")

    async def _other(self, person: Survivor | Member, what: str) -> None:
        if what == "sends a sticker":
            await person.phone.sends_sticker(b"a cat")
        elif what == "sends a voice note":
            await person.phone.sends_voice(b"OggS, a voice", duration=4)
        elif what == "an hour goes by" and isinstance(person, Survivor):
            then = datetime.now(UTC) - timedelta(hours=1)
            await Sight(self._hotline, self._engine).change(person, heard_at=then, window_until=then)
        else:
            raise AssertionError(f"nobody knows how to play: ({what})")

    async def tells(self, telling: Telling) -> None:
        """What every phone shows now that it did not before, once nothing is under way."""
        await self._quiet()
        for name, person in self._people.items():
            voice = self._voice(name, person)
            said, gone = await self._look(name)
            for bubble in said:
                telling.say(voice, _drawn(bubble))
            if gone:
                telling.say("", f"(gone from the phone of {name}: {gone})")

    def _voice(self, name: str, person: Survivor | Member) -> str:
        """Whose words these are; and to whom, where several hear that voice."""
        ours = isinstance(person, Survivor)
        several = sum(isinstance(other, Survivor) is ours for other in self._people.values()) > 1
        voice = "hotline" if ours else "desk"
        return f"{voice} to {name.rsplit(maxsplit=1)[-1]}" if several else voice

    async def _look(self, name: str) -> tuple[list[Bubble], int]:
        """New and changed messages of the other side, and how many of all are gone."""
        phone: Phone = self._people[name].phone
        before = self._seen[name]
        now = {bubble.message_id: bubble for bubble in await phone.screen()}
        self._seen[name] = now
        said = [bubble for number, bubble in now.items() if not bubble.mine and before.get(number) != bubble]
        return said, len(set(before) - set(now))

    async def _quiet(self) -> None:
        """Nothing waits at Telegram, in an inbox or in an outbox."""
        telegram = self._hotline.telegram.telegram
        bots = [telegram.named(name) for name in (SURVIVORS_BOT, STAFF_BOT)]
        async with asyncio.timeout(60), self._engine.connect() as connection:
            # Asking the database lets everybody else go on, whatever the bots still have before them.
            while await connection.scalar(_STILL) or any(bot.updates.count() for bot in bots if bot):
                await connection.rollback()


def _drawn(bubble: Bubble) -> str:
    """A message as the transcript shows it: the dull first line left out, the buttons under it."""
    first, _, rest = bubble.text.partition("\n")
    body = rest if first in _dull_lines() and rest else bubble.text
    if len(body.split("\n")) > 30:
        body = "\n".join((*body.split("\n")[:3], "... and so on, down to the end of the display"))
    buttons = wrap(" ".join(f"[{label.replace(' ', _HARD)}]" for label in bubble.labels), 100)
    return masked("\n".join((body, *(row.replace(_HARD, " ") for row in buttons))))


async def play(story: Story, hotline: Hotline, engine: Engine) -> list[str]:
    """The transcript of the story as it happens now."""
    stage = Stage(hotline, engine)
    await stage.casts(story.cast)
    telling = Telling()
    for act in story.acts():
        telling.gap()
        telling.say(act.who, act.what)
        await stage.does(act)
        await stage.tells(telling)
    return telling.lines
