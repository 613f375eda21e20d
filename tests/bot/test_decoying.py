"""In the cookery book: set and turned like any book, her words known and never told, a cry heard and not answered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from dialogs import decoy
from dialogs.check_decoy import screens
from dialogs.decoy import Taste, answer
from hamroh.places import Database, region_of
from practice.bubble import Bubble
from tests.bot.reading import AT_THE_DOOR, OTHER_READER
from tests.bot.walking import stands, walks
from tests.conftest import Fresh
from tests.hotline import Hotline
from tests.people import Operator, Survivor
from tests.sight import Sight, calls, now_in
from triage import decoying, setting
from vault.database import Engine, begin

CODE, DURESS, EXIT = "quince jam", "plum sauce", "vine leaves"


async def leaves(she: Survivor) -> Bubble:
    """The way out, waited for until the book alone is left."""
    await she.taps("exit")
    left = await she.phone.sees(lambda b: not b.mine and "1. " in b.text and "\n2. " in b.text, within=10)
    await she.phone.sees_gone(lambda b: b.message_id != left.message_id, within=10)
    return left


async def sets_word(she: Survivor, sight: Sight, kind: str, word: str) -> None:
    await walks(she, f"word_{kind}", sight)
    await she.says(word)
    await she.sees("word.noted")


async def answered(she: Survivor, typed: str) -> Bubble:
    """What the book, or whoever it is, says first after this."""
    said = await she.says(typed)
    return await she.phone.sees(lambda b: not b.mine and b.message_id > said.message_id, within=10)


def looks(bubble: Bubble) -> tuple[object, ...]:
    """All that somebody who looks over her shoulder can tell of a message."""
    return bubble.text, tuple(bubble.labels), bubble.silent, bubble.protected, str(bubble.entities)


async def in_talk(line: Hotline, sight: Sight, *kinds: str) -> tuple[Survivor, Operator, int]:
    """She has chosen words of these kinds and talks with a counsellor."""
    operator = await line.operator()
    she = await line.survivor("en")
    for kind in kinds:
        await sets_word(she, sight, kind, {"code": CODE, "duress": DURESS}[kind])
    await walks(she, "talking", sight, operator)
    return she, operator, (await sight.one(she)).number


async def ordered(eye: Engine, sight: Sight, she: Survivor, side: str) -> list[str]:
    """The kinds of all orders of her case, or to her, of this side."""
    case = await sight.one(she)
    async with begin(eye) as connection:
        query = text(f"select kind from {side}_orders where case_id = :case order by serial")
        return [row.kind for row in await connection.execute(query, {"case": case.id})]


# The book's own settings.


async def test_every_page_of_the_book_is_an_edit_of_one_message_and_every_tap_is_answered(
    line: Hotline, sight: Sight
) -> None:
    she = await line.survivor("en")
    await walks(she, "menu", sight)
    shown = await leaves(she)
    before = now_in(line)
    ways = [
        ("By kind", "By kind"), ("Soups", "Soups"), ("More dishes", "Chalop"), ("Settings", "Portions: 4"),
        ("Portions: 8", "Portions: 8"), ("Dishes on a page: 10", "Dishes on a page: 10"), ("All dishes", "10. "),
        ("Mastava, rice soup", "Beef 600 g"), ("About", "Bukhara region"),
    ]  # fmt: skip
    for label, then in ways:
        assert await she.phone.taps(label, message_id=shown.message_id, within=10, answer_within=10) is not None, label
        assert (await she.phone.sees(then, within=10)).message_id == shown.message_id
    assert {call.method for call in calls(line, she, since=before)} == {"editmessagetext"}
    assert len(await she.screen()) == 1


async def test_the_book_keeps_what_was_set_in_it_and_her_own_language_is_another_thing(
    line: Hotline, sight: Sight
) -> None:
    she = await line.survivor("uz")
    await walks(she, "menu", sight)
    await leaves(she)
    for label in ("Sozlamalar", "Til", "Русский", "Блюд на странице: 10", "Все блюда"):
        await she.phone.taps(label, within=10)
    await she.phone.sees("10. ", within=10)
    assert (await answered(she, "лазанья")).text.endswith("рис, морковь, мука.")
    assert (await sight.one(she)).language == "uz"
    await she.says("/start")
    greeting = await stands(she, "greet")
    assert greeting.labels[0] == "Oʻzbekcha", "the greeting still begins with hers"
    await she.taps("language.uz")
    await stands(she, "safe_now")
    await she.taps("yes")
    await stands(she, "menu")
    await she.taps("exit")
    left = await she.phone.sees("Домашняя кухня", within=10)
    assert "10. " in left.text, "a book keeps its settings"


# A cry for help.


async def test_a_cry_is_answered_as_by_a_book_and_told_to_the_desk_without_a_word_of_it(
    line: Hotline, sight: Sight
) -> None:
    she, operator, number = await in_talk(line, sight, "code")
    await leaves(she)
    await operator.sees("she_left")
    before = now_in(line)
    said = await answered(she, AT_THE_DOOR["en"])
    assert said.text.split("\n")[1].startswith("Nothing was found")
    await operator.sees("decoy_cry", risk=operator.word("risk.immediate"), number=number)
    assert [call.method for call in calls(line, she, since=before)] == ["sendmessage"]
    assert AT_THE_DOOR["en"] not in " ".join(bubble.text for bubble in await operator.screen())
    assert AT_THE_DOOR["en"] not in await sight.words("desk", await sight.one(she))


async def test_words_of_somebody_else_in_the_book_are_told_too_and_answered_as_dully(
    line: Hotline, sight: Sight
) -> None:
    she, operator, _number = await in_talk(line, sight, "code")
    await leaves(she)
    said = await answered(she, OTHER_READER["en"])
    assert said.text.split("\n")[1].startswith("Nothing was found")
    await operator.sees("identity_doubt")


async def test_after_her_duress_word_a_cry_is_told_to_nobody(line: Hotline, sight: Sight, eye: Engine) -> None:
    she, operator, _number = await in_talk(line, sight, "duress")
    await leaves(she)
    await answered(she, DURESS)
    await operator.sees("she_was_forced")
    await answered(she, AT_THE_DOOR["en"])
    assert "decoy_cry" not in await ordered(eye, sight, she, "staff")


# Her words, line by line of the table.


@pytest.mark.parametrize("kind", ["code", "duress", "exit"])
async def test_two_examples_are_shown_that_may_be_chosen_and_that_the_book_does_not_list(
    line: Hotline, sight: Sight, kind: str
) -> None:
    she = await line.survivor("en")
    shown = await walks(she, f"word_{kind}", sight)
    ideas = region_of(line.settings).decoy("en").ideas
    offered = [idea for idea in ideas if idea in shown.text]
    assert len(offered) == 2
    await she.says(offered[0])
    await she.sees("word.noted")


@pytest.mark.parametrize(("kind", "word"), [("code", "Mastava"), ("code", "mung beans"), ("duress", "Manti")])
async def test_what_the_book_lists_is_no_word_of_hers(line: Hotline, sight: Sight, kind: str, word: str) -> None:
    she = await line.survivor("en")
    await walks(she, f"word_{kind}", sight)
    await she.says(word)
    await she.sees("word.bad")


async def test_a_way_out_may_be_a_dish_since_nobody_types_it_in_the_book(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "exit", "Mastava")
    await she.says("mastava")
    left = await she.phone.sees("Home cooking", within=10)
    assert left.text.split("\n")[1] == "Mastava, rice soup"


async def test_a_word_one_slip_from_another_of_hers_is_refused(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "code", "lentil stew")
    await walks(she, "word_duress", sight)
    await she.says("lentil stews")
    await she.sees("word.bad")


async def test_wrong_words_are_nothing_found_however_many_and_the_right_one_still_leads_back(
    line: Hotline, sight: Sight
) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "code", CODE)
    await leaves(she)
    wrong = ["quince ja", "quince jams", "jam quince", "quincejam", "quince", "open", "1234", "my word", "let me in"]
    shown = {looks(await answered(she, word)) for word in wrong}
    assert len(shown) == 1, "each is answered like the others"
    right = await she.says("Quince JAM")
    await she.sees("safe_now")
    await she.phone.sees_gone(lambda bubble: bubble.message_id == right.message_id, within=10)
    assert not any(CODE in bubble.text.lower() for bubble in await she.screen()), "it stands in no history"


async def test_her_word_is_known_in_any_script_and_spelling(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("uz")
    await sets_word(she, sight, "code", "koʻk choy")
    for spelling in ("кўк чой", "KO'K CHOY", "kok choy!"):
        await leaves(she)
        await answered(she, spelling)
        await she.sees("safe_now")
        await she.taps("yes")
        await stands(she, "word_done")


async def test_a_dish_her_way_back_and_her_duress_word_are_each_answered_by_one_silent_message_first(
    line: Hotline, sight: Sight, eye: Engine
) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "code", CODE)
    await sets_word(she, sight, "duress", DURESS)
    await leaves(she)
    firsts = []
    for word in ("lasagne", DURESS, CODE):
        before = now_in(line)
        shown = await answered(she, word)
        first, *_ = calls(line, she, since=before)
        firsts.append((first.method, first.params["disable_notification"], first.params["protect_content"]))
        assert shown.labels
    assert len(set(firsts)) == 1
    assert firsts[0][0] == "sendmessage"
    async with begin(eye) as connection:
        query = text(
            "select distinct urgency from survivor_orders where address_id = :at and message_id is null"
            " and (kind = 'screen' or kind = 'decoy')"
        )
        rows = await connection.execute(query, {"at": (await sight.one(she)).address})
        assert len([row.urgency for row in rows]) == 1, "none of them has to wait where another need not"


async def test_everything_is_compared_and_read_and_searched_for_each_text_alike(
    line: Hotline, sight: Sight, monkeypatch: pytest.MonkeyPatch
) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "code", CODE)
    await sets_word(she, sight, "duress", DURESS)
    await leaves(she)
    done: list[str] = []
    for room, name in ((decoy, "answer"), (decoying, "read"), (setting, "meant")):
        real = getattr(room, name)

        def counted(*given: object, name: str = name, real: object = real, **more: object) -> object:
            done.append(name)
            return real(*given, **more)  # type: ignore[operator]

        monkeypatch.setattr(room, name, counted)
    seen = []
    for word in ("lasagne", DURESS, CODE):
        done.clear()
        await answered(she, word)
        seen.append(list(done))
    assert seen == [["answer", "read", "meant"]] * 3


async def test_her_duress_word_looks_like_the_same_search_by_somebody_who_chose_none(
    line: Hotline, sight: Sight
) -> None:
    she, operator, number = await in_talk(line, sight, "duress")
    await leaves(she)
    other = await line.survivor("en")
    await walks(other, "menu", sight)
    await leaves(other)
    assert looks(await answered(she, DURESS)) == looks(await answered(other, DURESS))
    await operator.sees("she_was_forced", number=number)
    assert looks(await answered(she, "rice")) == looks(await answered(other, "rice"))


async def test_typed_in_the_talk_her_duress_word_is_a_way_out_like_any(line: Hotline, sight: Sight) -> None:
    she, operator, number = await in_talk(line, sight, "duress")
    other = await line.survivor("en")
    await sets_word(other, sight, "exit", DURESS)
    await walks(other, "menu", sight)
    shown = []
    for person in (she, other):
        before = now_in(line)
        said = await person.says(DURESS)
        left = await person.phone.sees("Home cooking", within=10)
        await person.phone.sees_gone(lambda b: not b.text.startswith("Home cooking"), within=10)
        first, *_ = calls(line, person, since=before)
        assert first.method == "sendmessage"
        shown.append(looks(left))
        assert said.message_id not in {bubble.message_id for bubble in await person.screen()}
    assert shown[0] == shown[1]
    await operator.sees("she_was_forced", number=number)


async def test_after_her_duress_word_nothing_goes_to_her_and_nobody_is_called(
    line: Hotline, sight: Sight, eye: Engine
) -> None:
    she, operator, _number = await in_talk(line, sight, "duress")
    before_desk = set(await ordered(eye, sight, she, "staff"))
    await leaves(she)
    await answered(she, DURESS)
    await operator.sees("she_was_forced")
    before = now_in(line)
    await operator.says("Are you there?")
    await operator.sees("not_sent.left")
    assert calls(line, she, since=before) == []
    assert set(await ordered(eye, sight, she, "staff")) - before_desk <= {"she_left", "she_was_forced", "line"}
    assert (await sight.one(she)).forced_at is not None


async def test_the_neutral_start_after_a_duress_word_proves_nothing_and_her_own_word_does(
    line: Hotline, sight: Sight
) -> None:
    she, operator, number = await in_talk(line, sight, "duress", "code")
    await leaves(she)
    await answered(she, DURESS)
    await operator.sees("she_was_forced")
    await she.says("/start")
    await stands(she, "greet")
    await she.taps("language.en")
    await she.taps("yes")
    await stands(she, "talking")
    await operator.says("Is it you?")
    await operator.sees("not_delivered.forced")
    assert not any("Is it you?" in bubble.text for bubble in await she.screen())
    await leaves(she)
    await she.says(CODE)
    await she.sees("safe_now")
    await operator.sees("she_is_back", number=number)
    await she.taps("yes")
    await stands(she, "talking")
    await operator.says("Good that you wrote.")
    await she.reads("Good that you wrote.")


async def test_her_words_die_with_the_case(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await sets_word(she, sight, "code", CODE)
    await walks(she, "erase_ask", sight)
    await she.taps("erase")
    await she.sees("erased")
    before = await she.says(CODE)
    await stands(she, "greet", after=before.message_id)
    assert (await sight.one(she)).state == "with_program", "somebody new, who has chosen nothing"


async def test_the_book_never_asks_for_a_word(line: Hotline) -> None:
    asking = ("password", "code", "parol", "parolni", "пароль", "код", "рамз", "kod", "login")
    region = region_of(line.settings)
    for language in region.decoys:
        for screen in screens(language, region):
            said = " ".join((screen.first, *screen.body, *(button.label for button in screen.buttons()))).lower()
            assert not set(asking) & set(said.replace(".", " ").replace(",", " ").split())


# The door.


@pytest.fixture
async def closed(fresh: Fresh, tmp_path: Path) -> AsyncIterator[Hotline]:
    """A hotline behind a closed door."""
    private = tmp_path / "private"
    private.mkdir()
    (private / "door.toml").write_text('parameters = ["zira7"]\nwords = ["qora zira osh"]\n')
    async with fresh() as database:
        made: Database = database
        running = await Hotline.open(made, tmp_path / "data", HAMROH_DOOR="closed", HAMROH_PRIVATE=str(private))
        try:
            yield running
        finally:
            await running.close()


async def test_behind_a_closed_door_start_is_the_book_until_it_carries_the_way_in(closed: Hotline) -> None:
    she = await closed.survivor("en")
    await she.phone.start("zira7")
    await she.sees("greet")
    await she.taps("language.en")
    await she.taps("yes")
    await she.sees("menu.need")
    await leaves(she)
    names = tuple(book.name for book in region_of(closed.settings).decoys.values())
    for typed in ("/start", "/start zira", "/start ZIRA7", "/help", "zira7"):
        assert (await answered(she, typed)).text.startswith(names), typed
    await she.phone.start("zira7")
    await she.sees("greet")
    await she.taps("language.en")
    await she.taps("yes")
    await she.sees("menu.need")
    await leaves(she)
    await she.says("Қора зира ош")
    await she.sees("greet")


async def test_behind_a_closed_door_a_stranger_has_a_book_with_settings_and_no_way_on(closed: Hotline) -> None:
    he = await closed.survivor("ru")
    shown = await answered(he, "/start")
    assert looks(shown)[:2] == looks(await answered(he, "/start"))[:2]
    await he.phone.taps("Настройки", within=10)
    await he.phone.taps("Порций: 8", within=10)
    plov = answer("манты", Taste("ru", portions=8), region_of(closed.settings))
    assert (await answered(he, "манты")).text.split("\n")[1] == plov.body[0] == "Порций: 8"
