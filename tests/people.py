"""The people of the tests: a Survivor who says, taps and sees; an Operator who claims and answers; a Service."""

from functools import cache
from typing import Self

from dialogs.words import Catalogs, load
from hamroh.places import LOCALES
from practice.phone import Bubble, Phone


@cache
def words(domain: str = "survivor") -> Catalogs:
    """The catalogs, read once for all tests."""
    return load(LOCALES, domain)


class Person:
    """Somebody with a phone, in one language."""

    domain = "survivor"

    def __init__(self, phone: Phone, language: str) -> None:
        self.phone = phone
        self.language = language

    @classmethod
    async def new(cls, base_url: str, bot: str, number: int, language: str, code: str = "") -> Self:
        """A person whose name and username are canaries: they must turn up nowhere."""
        phone = await Phone.open(
            base_url,
            bot=bot,
            user_id=number,
            first_name=f"Canaryname{number}",
            username=f"canaryuser{number}",
            language_code=code or language,
        )
        return cls(phone, language)

    def word(self, key: str, **values: object) -> str:
        """What a key of the catalogs says in this person's language."""
        catalogs = words(self.domain)
        return catalogs.say(self.language, key, **values) if values else catalogs.text(self.language, key)

    async def says(self, text: str) -> Bubble:
        """Type and send."""
        return await self.phone.says(text)

    async def taps(self, key: str) -> None:
        """Tap the newest button with the label of this key."""
        await self.phone.taps(self.word(key), within=10)

    async def sees(self, key: str, **values: object) -> Bubble:
        """Wait for the sentence of this key (up to its first placeholder, where no values are given)."""
        wanted = self.word(key, **values)
        return await self.phone.sees(wanted if values else wanted.split("{")[0], within=10)

    async def reads(self, text: str) -> Bubble:
        """Wait for these very words from the other side."""
        return await self.phone.sees(text, within=10)

    async def screen(self) -> list[Bubble]:
        """What stands in the chat now."""
        return await self.phone.screen()

    async def close(self) -> None:
        """Put the phone away."""
        await self.phone.close()


class Survivor(Person):
    """She writes to the survivors' bot."""

    async def arrives(self) -> None:
        """From /start to the menu: language, then safe to write."""
        await self.says("/start")
        await self.taps(f"language.{self.language}")
        await self.sees("safe_now")
        await self.taps("yes")
        await self.sees("menu.need")

    async def asks_for_a_person(self) -> None:
        """From the menu into the queue, with her yes."""
        await self.taps("person")
        await self.sees("consent")
        await self.taps("agree")
        await self.sees("leave_msg")


class Member(Person):
    """Somebody of the staff."""

    domain = "staff"

    async def enrols(self, code: str) -> None:
        """Send the one-time code."""
        await self.phone.start(code)
        await self.reads("/help")


class Operator(Member):
    """She answers at the desk."""

    async def goes_on_duty(self) -> None:
        """`/duty`."""
        await self.says("/duty")
        await self.sees("duty.on")

    async def takes(self) -> int:
        """Claim the newest alert; the case's number."""
        seen = max((bubble.message_id for bubble in await self.screen()), default=0)
        await self.taps("button.take")
        head = self.word("card.head").split("{")[0]
        card = await self.phone.sees(
            lambda bubble: bubble.text.startswith(head), within=10, after=seen, called="a card"
        )
        return int(card.text.split()[1])

    async def sees_card(self, number: int) -> Bubble:
        """The newest card of this case."""
        head = self.word("card.head").split("{")[0]
        return await self.phone.sees(
            lambda bubble: bubble.text.startswith(f"{head}{number} "), within=10, called=f"the card of {number}"
        )


class Service(Member):
    """They receive referrals."""
