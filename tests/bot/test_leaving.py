"""Leaving at once, from every step: hidden within one call, everything gone, and a cookery book that works."""

from time import monotonic

import pytest

from dialogs.engine import STEPS
from practice.bubble import Bubble
from tests.bot.walking import OF_TWO, PNG, by_tens, fills, jumps, late_tap, late_words, stands, walks, way_by_tap
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight, calls, now_in

BOOK = {"en": "Home cooking", "ru": "Домашняя кухня", "uz": "Uy taomlari"}
LANGUAGES = ("en", "ru", "uz")
WORDS = {"en": "chalop", "ru": "чалоп", "uz": "Chalop"}


async def _only_the_book(she: Survivor) -> Bubble:
    """Wait until one message stands in her chat, and it is the book's."""

    def inside(bubble: Bubble) -> bool:
        return bubble.mine or not bubble.text.startswith(BOOK[she.language])

    await she.phone.sees_gone(inside, within=20)
    [left] = await she.screen()
    return left


async def _exits(line: Hotline, she: Survivor, step: str, thumb: int) -> str:
    """Tap the way out under this message, and look at the first call that came of it, and at what remains."""
    before = now_in(line)
    await she.taps("exit")
    left = await _only_the_book(she)
    first, *_ = calls(line, she, since=before)
    assert first.method == "editmessagetext", step
    assert int(first.params["message_id"]) == thumb == left.message_id, step
    assert first.params["text"].startswith(BOOK[she.language]), step
    return step


async def _exits_from(line: Hotline, step: str, language: str) -> str:
    she = await line.survivor(language)
    await she.arrives()
    return await _exits(line, she, step, (await jumps(line, she, step)).message_id)


def _tapped_to() -> list[str]:
    """Every step of the road, the questions and the settings that a tap leads to, some of the pages and of the plan."""
    taps = [step for step in STEPS if way_by_tap(step) is not None]
    pages = [step for step in taps if step.startswith("read.")]
    asked = [step for step in taps if step.startswith("plan.")]
    return [step for step in taps if step not in pages + asked] + pages[::6] + asked[::6]


async def test_the_way_out_works_from_every_step_and_hides_within_one_call(line: Hotline) -> None:
    steps = _tapped_to()
    assert len(steps) > 50
    left = await by_tens(_exits_from(line, step, LANGUAGES[turn % 3]) for turn, step in enumerate(steps))
    assert left == steps


SHOWN = ("greet", "heard_first", "heard", "left_words", "sos", "near_now", "again", "word_done", "word_bad", "who.high",
         "who.other", "limits_young", "plan.noted", "plan.line.rooms", "plan.empty", "plan.gone", "plan.typed",
         "plan.person", "plan.closed", "plan.share_first", "plan.share", "plan.shared",
         "plan.unshareable", "asq.thoughts_now", "asq.other")  # fmt: skip


async def _exits_after_walking(line: Hotline, sight: Sight, step: str, operator: Operator | None = None) -> str:
    she = await line.survivor("en")
    shown = await walks(she, step, sight, operator)
    return await _exits(line, she, step, shown.message_id)


async def test_the_way_out_works_where_no_tap_leads(line: Hotline, sight: Sight) -> None:
    left = await by_tens(_exits_after_walking(line, sight, step) for step in SHOWN)
    assert left == list(SHOWN)


def test_no_step_was_left_out() -> None:
    by_tap = {step for step in STEPS if way_by_tap(step) is not None}
    # The lines of the plan are one screen with another answer on it.
    alike = {step for step in STEPS if step.startswith("plan.line.")}
    assert by_tap | set(SHOWN) | set(OF_TWO) | alike == set(STEPS)


@pytest.mark.parametrize("step", sorted(OF_TWO))
async def test_the_way_out_works_beside_a_counsellor_too(line: Hotline, sight: Sight, step: str) -> None:
    operator = await line.operator()
    await _exits_after_walking(line, sight, step, operator)
    if step not in {"after", "person_first"}:
        await operator.sees("she_left")


async def _leaves_by_word(line: Hotline, sight: Sight, step: str, language: str, word: str) -> None:
    she = await line.survivor(language)
    await walks(she, step, sight)
    before = now_in(line)
    await she.says(word)
    left = await _only_the_book(she)
    first, *_ = calls(line, she, since=before)
    assert first.method == "sendmessage", (step, word)
    assert left.text.startswith(BOOK[language]), (step, word)
    assert len(left.text.split("\n")) > 30, "long enough to push what stands above off the display"
    assert left.silent


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_region_s_word_and_the_plain_ones_lead_out_from_any_state(
    line: Hotline, sight: Sight, language: str
) -> None:
    plain = {"en": "EXIT", "ru": "Быстро выйти", "uz": "chiqish"}[language]
    slip = {"en": "chalob", "ru": "чалпп", "uz": "chalopp"}[language]
    steps = ("greet", "safe_now", "who.weapon", "limits", "left_words", "sos")
    said = (WORDS[language], plain, slip)
    await by_tens(_leaves_by_word(line, sight, step, language, said[turn % 3]) for turn, step in enumerate(steps))


async def test_typed_in_a_live_talk_the_word_leads_out_and_is_no_word_to_the_counsellor(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("ru")
    await walks(she, "talking", sight, operator)
    await she.says("чалоп")
    await _only_the_book(she)
    await operator.sees("she_left")
    assert not any("чалоп" in bubble.text for bubble in await operator.screen())
    assert await sight.words("desk", await sight.one(she)) == []


async def test_the_answer_to_the_word_begins_with_the_dish_it_names(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await she.says("chalop")
    left = await _only_the_book(she)
    assert left.text.split("\n")[1] == "Chalop, cold yoghurt soup"


async def test_pressed_ten_times_is_pressed_once(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    under = await walks(she, "traces", sight)
    before = now_in(line)
    for _ in range(10):
        late_tap(line, she, under.message_id, "traces:exit")
    await _only_the_book(she)
    await she.says("osh")
    await she.reads("Oshi sofi")
    edits = [call for call in calls(line, she, since=before) if call.method == "editmessagetext"]
    assert len(edits) == 1


async def test_old_buttons_of_what_is_gone_bring_the_book_and_nothing_else(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    under = await walks(she, "heard", sight)
    await she.taps("exit")
    await _only_the_book(she)
    for data in (
        "menu:screening",
        "who.weapon:yes",
        "limits:agree",
        "safe_now:yes",
        "d:about:en",
        "x",
        "",
        "d:open:en.29",
    ):
        late_tap(line, she, under.message_id, data)
    await she.reads("Halvaitar")
    [left] = await she.screen()
    assert left.text.startswith("Halvaitar")
    assert (await sight.one(she)).state == "with_program"


async def test_the_book_is_a_book_for_two_minutes_of_a_suspicious_reader(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "safe_now", sight)
    await she.taps("no")
    await _only_the_book(she)
    await she.phone.taps("Plov")
    await she.reads("Lamb 500 g")
    await she.phone.taps("All dishes")
    await she.reads("1. Oshi sofi")
    await she.phone.taps("More dishes")
    await she.reads("6. Mastava")
    await she.phone.taps("By kind")
    await she.phone.taps("Salads")
    await she.reads("Achichuk")
    await she.phone.taps("Settings")
    await she.phone.taps("Portions: 2")
    await she.reads("Portions: 2")
    await she.phone.taps("About")
    await she.reads("A number opens the dish")
    await she.says("rice and carrots")
    await she.reads("Oshi sofi")
    await she.says("who is this")
    await she.reads("Nothing was found")
    await she.says("/help")
    await she.says("/duty")
    await she.phone.sends_sticker(b"a cat")
    last = await she.phone.sends_photo(PNG)
    await she.phone.sees("Nothing was found", within=10, after=last.message_id)
    words = " ".join(bubble.text for bubble in await she.screen() if not bubble.mine)
    for telling in ("safe", "danger", "person", "counsellor", "deleted", "left", "goodbye"):
        assert telling not in words.lower().replace("leftover", ""), telling


async def test_what_she_typed_into_the_book_stays_like_anything_typed_there(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await she.taps("exit")
    await _only_the_book(she)
    await she.says("soup")
    await she.reads("6. Mastava")
    assert [bubble.text for bubble in await she.screen() if bubble.mine] == ["soup"]


async def test_what_telegram_dates_before_the_exit_goes_though_it_comes_after_it(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    await she.taps("exit")
    await _only_the_book(she)
    late_words(line, she, "he has taken my passport", seconds=5)
    await she.reads("Nothing was found")
    await she.phone.sees_gone(lambda bubble: bubble.mine)


async def test_of_three_hundred_messages_none_is_left_within_two_seconds(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    first_shown = await walks(she, "heard", sight)
    await fills(line, sight, she, 300)
    said = await she.says("And one thing more.")
    shown = await stands(she, "heard", after=said.message_id)
    assert len(await she.screen()) >= 300
    # On the brink: Telegram still lets them go, and they go.
    await sight.grows_old(she, hours=47, upto=first_shown.message_id)
    before, begun = now_in(line), monotonic()
    await she.phone.taps(she.word("exit"), message_id=shown.message_id, answer_within=0)
    left = await _only_the_book(she)
    took = monotonic() - begun
    first, *others = calls(line, she, since=before)
    assert (first.method, left.message_id) == ("editmessagetext", shown.message_id)
    assert [call.method for call in others] == ["deletemessages"] * len(others)
    assert len(others) <= 5, "a hundred at a time, and what is on the brink by itself"
    assert took < 2.0


async def test_the_way_out_under_a_message_that_is_gone_hides_with_its_first_call(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    gone = await walks(she, "menu", sight)
    await she.taps("exit")
    await _only_the_book(she)
    returned = await she.says("/start")
    await stands(she, "greet", after=returned.message_id)
    await she.phone.sees_gone(lambda bubble: bubble.message_id == gone.message_id, within=10)
    before = now_in(line)
    late_tap(line, she, gone.message_id, "menu:exit")
    await _only_the_book(she)
    first, *_ = calls(line, she, since=before)
    assert first.ok
    assert first.method == "sendmessage"
    assert first.params["text"].startswith(BOOK["en"])
