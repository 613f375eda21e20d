"""`hamroh play`: somebody walks the road in the terminal."""

from collections.abc import Callable, Iterator

from dialogs.engine import STEPS
from dialogs.kinds import Place
from dialogs.screen import render
from hamroh.play import main, values_of
from tests.dialogs.ground import region, words


def typed(*lines: str) -> Callable[[str], str]:
    """A player who types these lines and then closes the terminal."""
    left: Iterator[str] = iter(lines)

    def ask(_prompt: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def walk(*lines: str, flow: str = "road", language: str = "en", reading: tuple[str, ...] = ()) -> list[str]:
    said: list[str] = []
    ways = [part for way in reading for part in ("--reading", way)]
    assert main([flow, "--language", language, *ways], typed(*lines), said.append) == 0
    return said


def test_the_road_to_a_person_and_out_again() -> None:
    said = walk("English", "Yes", "menu", "talk to a person", "ask", "yes, you may", "chalop", "rice")
    assert "Is it safe for you to write now?" in said[1]
    assert "What do you need now?" in said[2]
    assert "May I show your messages to a counsellor?" in said[3]
    assert "I do not know how long you will wait." in said[4]
    assert "Chalop, cold yoghurt soup" in said[5]
    assert "1. Oshi sofi" in said[6]


def test_not_safe_is_the_cookery_book_at_once_and_start_leads_back() -> None:
    said = walk("1", "нет", "1", "/start", language="ru")
    assert "Домашняя кухня" in said[2]
    assert "Оши софи" in said[3]
    assert "Выберите язык." in said[4]


def test_the_screening_asks_one_thing_a_screen_and_answers_a_yes_to_the_neck_at_once() -> None:
    said = walk(
        "yes",
        "1",
        "go on",
        "no",
        "no",
        "yes",
        "go on",
        "none of these",
        "stop",
        "go on",
        "stop",
        "high",
        flow="screening",
    )
    assert "Are you 18 or older?" in said[0]
    assert "Six short questions follow." in said[2]
    assert "weapon or a knife" in said[4]
    assert "See a doctor today" in said[6]
    assert "counsellors are told at once" in said[7]
    assert "do not be alone tonight" in said[9]
    assert "Three questions are left." in said[10]
    assert "serious warning signs" in said[-1]


def test_words_are_answered_and_keep_the_way_on() -> None:
    said = walk("en", "да", "menu", "I am afraid of him", language="en")
    assert "Your message has arrived. So far no person can read it." in said[-1]


def test_while_waiting_words_leave_her_where_she_stands() -> None:
    said = walk("English", "yes", "waiting", "no", "please hurry")
    assert all("I do not know how long you will wait." in screen for screen in said[2:])
    assert len(said) == 5


def test_a_language_that_is_not_offered_is_said() -> None:
    said: list[str] = []
    assert main(["road", "--language", "kk"], typed(), said.append) == 2
    assert said == ["kk is not offered here: uz, uz_Cyrl, ru, tg, kaa, en"]


def test_a_region_that_is_not_there_is_said() -> None:
    said: list[str] = []
    assert main(["road", "--region", "atlantis"], typed(), said.append) == 2
    assert "region.toml: the file is missing" in said[0]


def test_it_is_read_as_she_would_read_it_and_a_way_of_reading_chosen_inside_holds_at_once() -> None:
    easy = walk("English", "yes", "menu", reading=("easy", "text"))
    assert "Use the buttons or your own words." in easy[2]
    aloud = walk("English", "yes", "menu", "about", reading=("aloud",))
    assert "\n1 - I am in danger now" in aloud[2]
    chosen = walk("English", "yes", "menu", "settings", "how i read here", "simple text", "menu")
    assert "Use the buttons or your own words." in chosen[-1]


def test_every_screen_can_be_walked_to_in_the_terminal() -> None:
    for step in STEPS.values():
        values = values_of(step, Place(step=step.id, language="en"), words(), region())
        assert render(step.id, "en", words(), region(), values=values).body
