"""The road to Telegram when it is bad: over real HTTP, with faults, from the counsellor's words to her screen."""

from practice.bubble import Bubble
from practice.faults import Fault, Kind
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Operator, Survivor


def fails(hotline: Hotline, kind: Kind, method: str = "sendMessage") -> None:
    """The next call of the survivors' bot meets this."""
    hotline.telegram.telegram.faults.order(Fault(kind, SURVIVORS_BOT, method))


async def talking(hotline: Hotline) -> tuple[Survivor, Operator]:
    """A talk that has begun."""
    operator = await hotline.operator()
    she = await hotline.survivor()
    await she.arrives()
    await she.asks_for_a_person()
    await operator.takes()
    await she.sees("person_in")
    return she, operator


async def copies(she: Survivor, text: str) -> int:
    """How often these words stand on her screen."""
    return sum(text in bubble.text for bubble in await she.screen())


async def test_words_arrive_over_a_bad_road_and_everything_that_arrived_is_gone_when_she_leaves(
    hotline: Hotline,
) -> None:
    she, operator = await talking(hotline)
    for number, kind in enumerate((Kind.REFUSE, Kind.ERROR_BEFORE)):
        fails(hotline, kind)
        await operator.says(f"Once {number}.")
        await she.reads(f"Once {number}.")
        assert await copies(she, f"Once {number}.") == 1
    for number, kind in enumerate((Kind.ERROR_AFTER, Kind.DROP)):
        fails(hotline, kind)
        await operator.says(f"Twice {number}.")
        first = await she.reads(f"Twice {number}.")
        await she.phone.sees(f"Twice {number}.", within=10, after=first.message_id)
        await operator.reads(operator.word("not_delivered.again"))
    fails(hotline, Kind.ERROR_AFTER, "editMessageText")
    fails(hotline, Kind.DROP, "deleteMessages")
    await she.taps("exit")

    def inside(bubble: Bubble) -> bool:
        return bubble.mine or not bubble.text.startswith("Home cooking")

    await she.phone.sees_gone(inside, within=20)
    assert len(await she.screen()) == 1


async def test_whoever_blocks_the_bot_is_written_to_no_more_and_the_counsellor_is_told(hotline: Hotline) -> None:
    she, operator = await talking(hotline)
    await she.phone.blocks()
    await operator.sees("she_left")
    await operator.says("Are you there?")
    await operator.sees("not_sent.left")
