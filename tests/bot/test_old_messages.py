"""What Telegram no longer lets us delete: ours are written over, and nothing newer stays because of them."""

from dialogs.words import Catalogs
from practice.bubble import Bubble
from practice.faults import Fault, Kind
from tests.bot.walking import walks
from tests.hotline import SURVIVORS_BOT, Hotline
from tests.people import Survivor, words
from tests.sight import Sight
from vault.database import Engine

DAYS_2 = 49 * 3600


def _dull(catalogs: Catalogs) -> set[str]:
    keys = ("first.dish", "first.list", "first.menu", "first.bread")
    return {catalogs.text("en", key) for key in keys}


async def _all_ours_are_dull(she: Survivor, spared: int) -> None:
    dull = _dull(words())

    def telling(bubble: Bubble) -> bool:
        return not bubble.mine and bubble.message_id != spared and bubble.text not in dull

    await she.phone.sees_gone(telling, within=20)


async def test_where_telegram_refuses_a_batch_no_newer_message_stays_for_it(hotline: Hotline, owner: Engine) -> None:
    """Telegram's clock and ours differ, or it counts otherwise: one id too old fails the whole batch."""
    sight = Sight(hotline, owner)
    she = await hotline.survivor("en")
    await walks(she, "heard", sight)
    old = [bubble.message_id for bubble in await she.screen()]
    hotline.telegram.advance(DAYS_2)
    new = await she.says("/unknown")
    shown = await she.phone.sees(lambda bubble: not bubble.mine, after=new.message_id, within=10)
    await she.phone.taps(she.word("exit"), message_id=shown.message_id)
    await she.reads("Home cooking")
    await _all_ours_are_dull(she, shown.message_id)
    await she.phone.sees_gone(lambda bubble: bubble.message_id == new.message_id, within=20)
    standing = [bubble.message_id for bubble in await she.screen()]
    assert set(standing) == {*old, shown.message_id}, "only what cannot be deleted stands, hers among it"
    await she.says("/start")
    for label in ("language.en", "yes"):
        await she.taps(label)
    await she.sees("menu.left_behind")


async def test_her_counsellor_sees_what_still_stands_and_how_long_it_can_be_deleted(
    hotline: Hotline, owner: Engine
) -> None:
    sight = Sight(hotline, owner)
    operator = await hotline.operator()
    she = await hotline.survivor("en")
    first = await walks(she, "talking", sight, operator)
    number = (await sight.one(she)).number
    [hers] = [bubble.message_id for bubble in await she.screen() if bubble.mine][:1]
    await sight.grows_old(she, hours=10)
    await sight.grows_old(she, hours=39, upto=hers)
    faults = hotline.telegram.telegram.faults
    faults.order(Fault(Kind.REFUSE, SURVIVORS_BOT, "deleteMessages", retry_after=6))
    standing = len(await she.screen()) - 2
    await she.phone.taps(she.word("exit"), message_id=first.message_id)
    left = await operator.sees("she_left")
    assert left.labels == [operator.word("button.show"), operator.word("button.close")]
    await operator.phone.taps(operator.word("button.show"), message_id=left.message_id, within=10)
    card = await operator.phone.sees("Still standing in her chat", within=5, after=left.message_id)
    assert f"Still standing in her chat: {standing}. Telegram lets the bot delete until" in card.text
    assert ", 37 h from now." in card.text
    assert "too late for the bot to delete: 1." in card.text
    # What can be deleted is, and of the rest she is told when she is back.
    await operator.sees("left_behind", count=1, number=number)
    await operator.says("/case")
    card = await operator.phone.sees("too late for the bot to delete: 1.", within=5, after=card.message_id)
    assert "Still standing" not in card.text
    assert "goes to her" not in card.text


async def test_what_is_known_to_be_too_old_is_not_even_tried(hotline: Hotline, owner: Engine) -> None:
    sight = Sight(hotline, owner)
    she = await hotline.survivor("en")
    await walks(she, "heard", sight)
    old = [bubble.message_id for bubble in await she.screen()]
    await sight.until_known(she, len(old))
    hotline.telegram.advance(DAYS_2)
    await sight.grows_old(she, hours=49)
    await she.taps("exit")
    left = await she.reads("Home cooking")
    await _all_ours_are_dull(she, left.message_id)
    await she.says("/start")
    for label in ("language.en", "yes"):
        await she.taps(label)
    await she.sees("menu.left_behind")
    await she.taps("about")
    await she.sees("about.kept")
    await she.taps("back")
    await she.phone.sees_gone(lambda bubble: she.word("menu.left_behind") in bubble.text, within=10)
    refused = [entry.description for entry in hotline.telegram.telegram.journal.since(0) if not entry.ok]
    assert refused == []
