"""`hamroh practice --once`: the whole road over HTTP, every turn printed as a transcript; fails where a step fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dialogs.words import Catalogs, load
from hamroh.phones import SURVIVOR, SURVIVORS_BOT
from hamroh.places import LOCALES
from hamroh.practice import SHELTER, Practice, enrol
from practice.phone import Bubble, Phone

# Seconds a step may take: a busy machine is slow, and a step that never comes must end the play.
WITHIN = 60


def _say(line: str = "") -> None:
    print(line, flush=True)


@dataclass(slots=True)
class _Teller:
    """One phone whose turns are told as they happen."""

    who: str
    phone: Phone
    seen: int = 0

    def _tell(self, line: str) -> None:
        for number, part in enumerate(line.splitlines() or [""]):
            _say(f"{self.who if number == 0 else '':<10} {part}")

    async def says(self, text: str) -> None:
        self._tell(f"> {text}")
        self.seen = (await self.phone.says(text)).message_id

    async def taps(self, label: str) -> None:
        self._tell(f"> [{label}]")
        await self.phone.taps(label, within=WITHIN)

    async def sees(self, wanted: str | Callable[[Bubble], bool], called: str = "") -> Bubble:
        bubble = await self.phone.sees(wanted, within=WITHIN, called=called)
        self._tell(f"< {bubble.text}")
        for row in bubble.buttons:
            self._tell("  " + "  ".join(f"[{label}]" for label in row))
        return bubble


@dataclass(slots=True)
class _Road:
    """The three phones and the words of the language they speak."""

    survivor: _Teller
    operator: _Teller
    shelter: _Teller
    words: Catalogs
    desk: Catalogs
    language: str

    def hers(self, key: str) -> str:
        return self.words.text(self.language, key)

    def theirs(self, key: str) -> str:
        return self.desk.text(self.language, key).split("{")[0].strip(" :")


async def _arrives(road: _Road) -> None:
    await road.survivor.says("/start")
    await road.survivor.taps(road.hers(f"language.{road.language}"))
    await road.survivor.sees(road.hers("safe_now"))
    await road.survivor.taps(road.hers("yes"))
    await road.survivor.sees(road.hers("menu.need"))


async def _is_screened(road: _Road) -> None:
    she = road.survivor
    await she.taps(road.hers("screening"))
    await she.sees(road.hers("age"))
    await she.taps(road.hers("yes"))
    await she.sees(road.hers("whose"))
    await she.taps(road.hers("partner"))
    await she.sees(road.hers("begin.how"))
    await she.taps(road.hers("goon"))
    for item, answer in (("worse_6_months", "yes"), ("weapon", "nosay"), ("strangled", "yes")):
        await she.sees(road.hers(f"who.{item}"))
        await she.taps(road.hers(answer))
    await she.sees(road.hers("doctor"))
    await she.taps(road.hers("goon"))
    for asked in ("neck.ask", "neck.ask_more"):
        await she.sees(road.hers(asked))
        await she.taps(road.hers("neck.none"))
    await she.sees(road.hers("neck.pregnant"))
    await she.taps(road.hers("no"))
    await she.sees(road.hers("strangled.alone"))
    await she.taps(road.hers("goon"))
    await she.sees(road.hers("pause.ask"))
    await she.taps(road.hers("goon"))
    for item, answer in (("could_kill_you", "dont_know"), ("beaten_pregnant", "never_pregnant")):
        await she.sees(road.hers(f"who.{item}"))
        await she.taps(road.hers(answer))
    await she.sees(road.hers("who.violently_jealous"))
    await she.taps(road.hers("yes"))
    await she.sees(road.hers("high.serious"))


async def _is_handed_over(road: _Road) -> None:
    await road.operator.says("/duty")
    await road.operator.sees(road.theirs("duty.on"))
    await road.survivor.taps(road.hers("person"))
    await road.survivor.sees(road.hers("consent"))
    await road.survivor.taps(road.hers("agree"))
    await road.survivor.sees(road.hers("leave_msg"))
    await road.operator.sees(road.theirs("risk.high"))
    await road.operator.taps(road.desk.text(road.language, "button.take"))
    await road.survivor.sees(road.hers("person_in"))


async def _talks(road: _Road) -> None:
    await road.operator.says("Assalomu alaykum. (1)")
    await road.survivor.sees("Assalomu alaykum. (1)")
    await road.survivor.says("Rahmat. (2)")
    await road.operator.sees("Rahmat. (2)")
    await road.operator.says("/note (3)")
    await road.operator.sees(road.theirs("note.kept"))


async def _is_referred(road: _Road) -> None:
    await road.operator.says(f"/refer {SHELTER} (4)")
    await road.operator.sees(road.theirs("refer.asked"))
    await road.survivor.sees(road.hers("referral.ask"))
    await road.survivor.taps(road.hers("agree"))
    await road.operator.sees(road.theirs("refer.sent"))
    await road.shelter.sees("(4)")
    await road.shelter.taps(road.desk.text(road.language, "button.ack"))
    await road.operator.sees(road.theirs("refer.acknowledged"))
    await road.shelter.taps(road.desk.text(road.language, "button.accept"))
    await road.operator.sees(road.theirs("refer.accepted"))


async def _says_goodbye(road: _Road) -> None:
    await road.operator.says("/close referred")
    await road.operator.sees(road.theirs("closed"))
    await road.survivor.sees(road.hers("person_out"))
    await road.survivor.taps(road.hers("finish"))
    await road.survivor.sees(road.hers("bye"))


async def _leaves_and_returns(road: _Road) -> None:
    await road.survivor.taps(road.hers("exit"))
    await road.survivor.phone.sees_gone(lambda bubble: road.hers("bye") in bubble.text, within=WITHIN)
    [left] = [bubble for bubble in await road.survivor.phone.screen() if not bubble.mine][-1:]
    _say(f"{'survivor':<10} < {left.text.splitlines()[0]} ...")
    await road.survivor.says("/start")
    await road.survivor.sees(road.hers("greet"))
    await road.survivor.taps(road.hers(f"language.{road.language}"))
    await road.survivor.taps(road.hers("yes"))
    await road.survivor.sees(road.hers("menu.need"))


async def _is_erased(road: _Road) -> None:
    await road.survivor.taps(road.hers("erase"))
    await road.survivor.sees(road.hers("erase_q"))
    await road.survivor.taps(road.hers("erase"))
    await road.survivor.sees(road.hers("erased"))


CHAPTERS: tuple[tuple[str, Callable[[_Road], Awaitable[None]]], ...] = (
    ("She arrives", _arrives),
    ("The screening", _is_screened),
    ("Handed over", _is_handed_over),
    ("The talk", _talks),
    ("The referral", _is_referred),
    ("Goodbye", _says_goodbye),
    ("Leaving at once, and coming back", _leaves_and_returns),
    ("Erased", _is_erased),
)


async def play(practice: Practice, language: str) -> int:
    """Walk the road once; 0 only when every step happened."""
    operator, shelter = await enrol(practice, (language,))
    survivor = await Phone.open(
        practice.telegram.base_url, bot=SURVIVORS_BOT, user_id=SURVIVOR, first_name="Survivor", language_code=language
    )
    road = _Road(
        _Teller("survivor", survivor),
        _Teller("operator", operator),
        _Teller("shelter", shelter),
        load(LOCALES),
        load(LOCALES, "staff"),
        language,
    )
    try:
        for title, chapter in CHAPTERS:
            _say(f"\n-- {title}")
            await chapter(road)
    except AssertionError as missing:
        _say(f"\nThis step did not happen: {missing}")
        return 1
    finally:
        for phone in (survivor, operator, shelter):
            await phone.close()
    _say("\nEvery step happened.")
    return 0
