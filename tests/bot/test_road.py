"""The road, walked by people over real HTTP."""

from tests.hotline import Hotline


async def test_she_is_answered_by_a_person_who_sees_neither_name_nor_number(hotline: Hotline) -> None:
    operator = await hotline.operator()
    she = await hotline.survivor()
    await she.arrives()
    await she.asks_for_a_person()
    await operator.takes()
    await she.sees("person_in")
    await operator.says("I am here. Take your time.")
    await she.reads("I am here. Take your time.")
    await she.says("He comes back at six.")
    await operator.reads("He comes back at six.")
    for bubble in (*await operator.screen(), *await she.screen()):
        assert "anary" not in bubble.text
