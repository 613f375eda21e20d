"""Hearing anything: whatever she sends, wherever she stands, is answered kindly and never with a shrug."""

import asyncio

import pytest

from practice.bubble import Bubble
from tests.bot.walking import PNG, by_tens, late_tap, stands, takes, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight
from triage.handover import CHANGED

# One step of each kind; the matrix of all ways out stands with leaving.
STEPS = ("menu", "about", "danger", "limits", "refused", "waiting", "left_words", "age", "who.weapon", "who.neck",
         "who.high", "goodbye", "erase_ask", "language", "settings", "near_now")  # fmt: skip
LANGUAGES = ("en", "ru", "uz")


async def _next(she: Survivor, after: int) -> Bubble:
    """What comes below this message."""
    return await she.phone.sees(lambda bubble: not bubble.mine, after=after, within=20)


async def _sends(she: Survivor, kind: str) -> int:
    phone = she.phone
    if kind == "sticker":
        return (await phone.sends_sticker(b"a cat")).message_id
    if kind == "photo":
        return (await phone.sends_photo(PNG)).message_id
    if kind == "contact":
        return (await phone.sends_contact("+998900000000", "Somebody")).message_id
    if kind == "location":
        return (await phone.sends_location(39.77, 64.43)).message_id
    if kind == "document":
        return (await phone.sends_document(b"%PDF-", name="passport.pdf", mime="application/pdf")).message_id
    return (await phone.sends_voice(b"OggS", duration=2)).message_id


KINDS = ("sticker", "photo", "contact", "location", "document", "voice")


async def _unreadable(line: Hotline, sight: Sight, step: str, turn: int) -> None:
    she = await line.survivor(LANGUAGES[turn % 3])
    await walks(she, step, sight)
    kind = KINDS[turn % len(KINDS)]
    shown = await _next(she, await _sends(she, kind))
    if step in {"waiting", "left_words"} and kind == "voice":
        assert she.word("arrived") in shown.text, (step, kind)
        return
    assert she.word("sos") in shown.text, (step, kind)
    said = "voice.kept" if kind == "voice" else "misread"
    assert she.word(said) in shown.text, (step, kind)
    assert she.word("person") in shown.labels, (step, kind)
    await she.taps("no")
    # She is led back to where she stood, a wait to the waiting.
    await stands(she, "waiting" if step in {"waiting", "left_words"} else _back_to(step))


def _back_to(step: str) -> str:
    """Where "no" leads: to the step itself, unless that only came between."""
    return "menu" if step in {"language", "erase_ask", "near_now"} else "waiting" if step == "danger" else step


async def test_what_holds_no_words_is_answered_with_the_danger_question_wherever_she_stands(
    line: Hotline, sight: Sight
) -> None:
    await by_tens(_unreadable(line, sight, step, turn) for turn, step in enumerate(STEPS))


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_thing_is_answered_and_none_is_kept(line: Hotline, sight: Sight, kind: str) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    shown = await _next(she, await _sends(she, kind))
    assert she.word("sos") in shown.text
    await she.taps("yes")
    await she.sees("danger.call")
    kept = [entry for entry in await sight.reads("survivors", await sight.one(she)) if entry.kind != "voice"]
    assert kept == []


async def _words_heard(line: Hotline, sight: Sight, step: str, turn: int) -> None:
    language = LANGUAGES[turn % 3]
    she = await line.survivor(language)
    await walks(she, step, sight)
    said = {"en": "my mother says I should stay", "ru": "мама говорит, чтобы я осталась", "uz": "onam chida deydi"}
    last = await she.says(said[language])
    await _next(she, last.message_id)
    kept = await sight.words("survivors", await sight.one(she))
    assert kept[-1] == said[language], step


async def test_her_own_words_are_heard_and_kept_wherever_she_stands(line: Hotline, sight: Sight) -> None:
    steps = ("greet", "safe_now", *STEPS, "who.none", "heard", "sos", "traces", "minor", "not_partner", "whose")
    await by_tens(_words_heard(line, sight, step, turn) for turn, step in enumerate(steps))


async def test_four_thousand_emoji_are_words_like_any_other(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    await walks(she, "menu", sight)
    await she.says("🌧" * 4096)

    def heard_again(bubble: Bubble) -> bool:
        return she.word("heard.unread") in bubble.text and she.word("thanks") not in bubble.text

    await she.phone.sees(heard_again, within=10)
    assert await sight.words("survivors", await sight.one(she)) == ["🌧" * 2048] * 2


@pytest.mark.parametrize(
    "said", ["/help", "/settings", "/duty", "/queue", "/take 12345", "/close", "/note secret", "/"]
)
async def test_commands_that_are_not_hers_show_her_where_she_stands(line: Hotline, sight: Sight, said: str) -> None:
    she = await line.survivor("ru")
    await walks(she, "who.weapon", sight)
    last = await she.says(said)
    shown = await _next(she, last.message_id)
    assert she.word("who.weapon") in shown.text
    assert await sight.words("survivors", await sight.one(she)) == []


async def test_data_that_no_button_of_ours_carries_shows_her_where_she_stands(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    shown = await walks(she, "who.pause", sight)
    garbage = (
        "",
        ":",
        "menu",
        "menu:",
        "nowhere:yes",
        "who.pause:fly",
        "menu:exit:" + "x" * 50,
        "drop table",
        "🌧",
        "a" * 64,
    )
    for data in garbage:
        late_tap(line, she, shown.message_id, data)
    async with asyncio.timeout(20):
        while len([bubble for bubble in await she.screen() if she.word("pause.ask") in bubble.text]) < len(garbage) + 1:
            await _next(she, shown.message_id)
    await she.taps("goon")
    await stands(she, "who.could_kill_you")


async def test_late_taps_on_old_keyboards_are_answered(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    shown = await walks(she, "goodbye", sight)
    for data, step in (
        ("menu:about", "about"),
        ("who.strangled:yes", "who.neck"),
        ("left_words:back", "menu"),
        ("talking:stop", "after"),
        ("goodbye:menu", "menu"),
        ("age:no", "minor"),
        ("who.weapon:no", "minor"),
    ):
        late_tap(line, she, shown.message_id, data)
        await stands(she, step)


@pytest.mark.parametrize(("language", "named", "other"), [("en", "русский", "ru"), ("ru", "oʻzbekcha", "uz")])
async def test_another_language_by_its_name_keeps_her_place(
    line: Hotline, sight: Sight, language: str, named: str, other: str
) -> None:
    she = await line.survivor(language)
    await walks(she, "who.could_kill_you", sight)
    last = await she.says(named)
    she.language = other
    await stands(she, "who.could_kill_you", after=last.message_id)
    assert (await sight.one(she)).language == other


@pytest.mark.parametrize(("language", "asked", "other"), [("en", "change language", "ru"), ("uz", "til", "en")])
async def test_asking_for_the_languages_leads_back_to_the_question_too(
    line: Hotline, sight: Sight, language: str, asked: str, other: str
) -> None:
    she = await line.survivor(language)
    await walks(she, "who.weapon", sight)
    last = await she.says(asked)
    await she.phone.sees(she.word("language.choose"), after=last.message_id, within=10)
    await she.taps(f"language.{other}")
    she.language = other
    await stands(she, "who.weapon")
    await she.taps("yes")
    await stands(she, "who.strangled")


async def test_from_the_menu_another_language_leads_to_the_menu(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "who.weapon", sight)
    await she.says("change language")
    await she.taps("language.ru")
    she.language = "ru"
    await stands(she, "who.weapon")
    await she.taps("back")
    await stands(she, "menu")
    await she.taps("lang")
    await stands(she, "language")
    await she.taps("language.uz")
    she.language = "uz"
    await stands(she, "menu")


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "are you a bot?"), ("ru", "Вы живой человек?"), ("uz", "siz botmisiz")]
)
async def test_asked_whether_it_is_a_program_it_says_so(line: Hotline, sight: Sight, language: str, asked: str) -> None:
    she = await line.survivor(language)
    await walks(she, "who.none", sight)
    last = await she.says(asked)
    await she.phone.sees(she.word("program"), after=last.message_id, within=10)


async def test_words_changed_afterwards_are_heard_as_they_stand_now(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    said = await she.says("he is a good man")
    await she.sees("thanks")
    await she.phone.edits(said.message_id, "he is not a good man")
    await she.phone.sees(lambda bubble: she.word("heard.offer") in bubble.text, after=said.message_id + 1, within=10)
    assert await sight.words("survivors", await sight.one(she)) == [
        "he is a good man",
        f"{CHANGED} he is not a good man",
    ]


async def test_thanks_and_no_blame_are_said_once(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("ru")
    await walks(she, "menu", sight)
    for turn in range(3):
        last = await she.says(f"это случилось {turn}")
        await she.phone.sees(she.word("heard.offer"), after=last.message_id, within=10)
    said = [bubble.text for bubble in await she.screen() if she.word("blame2") in bubble.text]
    assert len(said) == 1


async def test_a_reply_typed_on_top_of_a_forwarded_message_keeps_no_trace_of_its_author(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "waiting", sight)
    await she.phone.forwards("Come home or else", author="Canary Author", author_id=77)
    await she.sees("left_words.person")
    await takes(operator, (await sight.one(she)).number)
    card = await operator.reads("Come home or else")
    assert "Canary" not in card.text
