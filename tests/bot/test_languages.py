"""Six languages, spoken by people: guessed only for the order, changed anywhere, and heard by whoever speaks them."""

import pytest

from tests.hotline import Hotline
from tests.people import Survivor


def languages_of(labels: list[str], she: Survivor) -> list[str]:
    codes = ("uz", "uz_Cyrl", "ru", "tg", "kaa", "en")
    names = {she.word(f"language.{code}"): code for code in codes}
    return [names[label] for label in labels if label in names]


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("tg", ["tg", "uz", "uz_Cyrl", "ru", "kaa", "en"]),
        ("uz-Cyrl", ["uz_Cyrl", "uz", "ru", "tg", "kaa", "en"]),
        ("kk", ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"]),
    ],
)
async def test_her_phones_language_only_orders_the_greeting(hotline: Hotline, code: str, order: list[str]) -> None:
    she = await hotline.survivor(order[0], code=code)
    await she.says("/start")
    greeting = await she.sees("greet")
    assert languages_of(greeting.labels, she) == order
    spoken = [line for line in greeting.text.splitlines() if "." in line]
    assert spoken[0] == she.word("greet")


@pytest.mark.parametrize("language", ["uz", "uz_Cyrl", "ru", "tg", "kaa", "en"])
async def test_in_every_language_she_reaches_a_person_and_leaves(hotline: Hotline, language: str) -> None:
    she = await hotline.survivor(language, code="fr")
    await she.arrives()
    await she.asks_for_a_person()
    await she.taps("exit")
    await she.phone.sees(lambda bubble: not bubble.mine and "1." in bubble.text, within=10)


async def test_whoever_answers_in_uzbek_is_told_of_a_case_in_uzbek_cyrillic(hotline: Hotline) -> None:
    speaks = await hotline.operator("uz")
    other = await hotline.operator("ru")
    she = await hotline.survivor("uz_Cyrl")
    await she.arrives()
    await she.asks_for_a_person()
    await speaks.takes()
    await she.sees("person_in")
    assert not any(other.word("button.take") in bubble.labels for bubble in await other.screen())


async def test_a_language_named_in_the_middle_of_the_questions_leaves_her_at_that_question(
    hotline: Hotline,
) -> None:
    she = await hotline.survivor("uz")
    await she.arrives()
    for key in ("screening", "yes", "partner", "goon"):
        await she.taps(key)
    await she.sees("who.worse_6_months")
    await she.taps("no")
    await she.sees("who.weapon")
    for name, code in (("ўзбекча", "uz_Cyrl"), ("тоҷикӣ", "tg"), ("qaraqalpaqsha", "kaa"), ("english", "en")):
        she.language = code
        typed = await she.says(name)
        asked = await she.phone.sees(she.word("who.weapon"), within=10, after=typed.message_id)
        assert asked.text.endswith(she.word("who.weapon"))
    await she.taps("no")
    await she.sees("who.strangled")


async def test_the_way_out_is_heard_in_every_language(hotline: Hotline) -> None:
    for language, word in (("kaa", "shalap"), ("tg", "Чалоб"), ("uz_Cyrl", "чалоп")):
        she = await hotline.survivor(language)
        await she.arrives()
        typed = await she.says(word)
        book = await she.phone.sees(lambda bubble: not bubble.mine, within=10, after=typed.message_id)
        assert len(book.text.splitlines()) > 25


async def test_asking_for_another_language_in_the_middle_of_the_questions_leads_back_to_the_question(
    hotline: Hotline,
) -> None:
    she = await hotline.survivor("uz")
    await she.arrives()
    for key in ("screening", "yes", "partner", "no"):
        await she.taps(key)
    await she.sees("who.weapon")
    await she.says("til")
    await she.sees("language.choose")
    she.language = "tg"
    await she.taps("language.tg")
    asked = await she.sees("who.weapon")
    assert asked.text.endswith(she.word("who.weapon"))
