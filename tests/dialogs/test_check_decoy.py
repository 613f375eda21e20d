"""The rules on the decoy: each finds its own breach, and the shipped books of both regions have none."""

from dataclasses import replace

import pytest

from dialogs import check_decoy, decoy_pages
from dialogs.bundle import Decoy, Dish
from dialogs.checked import Ground
from dialogs.decoy import Taste, about, home
from dialogs.screen import Button, Screen, parse_data
from tests.dialogs import ground as shipped

ENGLISH = shipped.region().decoys["en"]
IDEAS = ("quince jam", "plum sauce", "vine leaves", "apple patties", "lentil stew")
TEA = Dish("Tea", "sweet", (), ("Water {500} ml",), ("Boil water.", "Add tea.", "Wait."))


def with_decoy(**changes: object) -> Ground:
    decoy = replace(ENGLISH, **changes)  # type: ignore[arg-type]
    region = shipped.region()
    return replace(shipped.ground(), region=replace(region, decoys={**region.decoys, "en": decoy}))


def alone(ground: Ground) -> Ground:
    """The English book without the others."""
    return replace(ground, region=replace(ground.region, decoys={"en": ground.region.decoys["en"]}))


def with_dish(**changes: object) -> Ground:
    dish = replace(ENGLISH.dishes[0], **changes)  # type: ignore[arg-type]
    return with_decoy(dishes=(dish, *ENGLISH.dishes[1:]))


@pytest.mark.parametrize("name", ["bukhara", "samarqand"])
def test_the_shipped_book_stands_every_try(name: str) -> None:
    ground = replace(shipped.ground(), region=shipped.region(name))
    for rule in (
        check_decoy.works, check_decoy.has_its_pages, check_decoy.is_one_book, check_decoy.ideas_are_free,
        check_decoy.exit_words_are_natural,
    ):  # fmt: skip
        assert list(rule(ground)) == []


def test_every_screen_that_somebody_may_come_to_is_walked() -> None:
    walked = set(check_decoy.screens("en", shipped.region()))
    assert len(walked) > 150
    assert {home(Taste("en", page), shipped.region()) for page in (5, 10, 15)} <= walked
    assert {decoy_pages.opened(ENGLISH, 0, Taste("en", portions=many)) for many in (2, 4, 8)} <= walked
    assert about(Taste("en"), shipped.region()) in walked
    assert decoy_pages.settings(ENGLISH, Taste("en", 15, 8)) in walked
    assert any(tap.choice == "found" for screen in walked for tap in map(parse_data, _data(screen)) if tap)


def _data(screen: Screen) -> list[str]:
    return [button.data for button in screen.buttons()]


BROKEN: dict[str, tuple[Ground, str]] = {
    "few": (with_decoy(dishes=ENGLISH.dishes[:29]), "29 entries"),
    "short": (with_dish(steps=("Boil water.",)), "1 steps"),
    "long": (with_dish(steps=("Wait.",) * 7), "7 steps"),
    "brace": (with_dish(needs=("Rice {some}",)), "a brace that holds no amount"),
    "brace in a step": (with_dish(steps=("Add {2} eggs.", "Stir.", "Wait.")), "a brace that holds no amount"),
    "title": (with_dish(title="Plov |"), "a title with a sign that no title has"),
    "twins": (with_decoy(dishes=(*ENGLISH.dishes, ENGLISH.dishes[0])), "two dishes of one name"),
    "labels": (with_decoy(labels={**ENGLISH.labels, "list": "About"}), "no buttons, or two that say the same"),
    "wide": (with_decoy(labels={**ENGLISH.labels, "list": "x" * 33}), "a label over 32 signs"),
    "heavy": (with_dish(steps=("x" * 2000, "y" * 2000, "z" * 200)), "too long for one message"),
    "unknown": (with_decoy(dishes=(*ENGLISH.dishes, replace(TEA, title="-"))), "is not found by its title"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_book_that_would_not_stand_a_try_is_found(name: str) -> None:
    ground, said = BROKEN[name]
    assert any(said in finding.what for finding in check_decoy.works(alone(ground)))


def test_a_button_that_leads_nowhere_or_stands_still_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def foot(decoy: Decoy, *, without: str = "") -> tuple[tuple[Button, ...], ...]:
        return ((Button("All dishes", f"d:list:{decoy.language}.0"), Button("Nowhere", "nowhere")),)

    monkeypatch.setattr(decoy_pages, "_foot", foot)
    said = {finding.what for finding in check_decoy.works(alone(shipped.ground()))}
    assert "a button's data cannot be read back: nowhere" in said
    assert "a button that changes nothing: All dishes" in said
    assert any("no way to" in finding.what for finding in check_decoy.has_its_pages(shipped.ground()))


def test_a_language_that_the_settings_do_not_offer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoy_pages, "tongues", lambda decoy, region: decoy_pages.about(decoy))
    assert "no way to ru" in {finding.what for finding in check_decoy.has_its_pages(shipped.ground())}


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        (with_decoy(dishes=ENGLISH.dishes[:-1]), "33 entries, 32 in en"),
        (with_dish(needs=("Beef {500} g",)), "differs from dish 1 in en"),
        (with_dish(steps=("Cook.", "Wait.", "Serve.")), "differs from dish 1 in en"),
        (with_dish(kind="soup"), "differs from dish 1 in en"),
    ],
)
def test_a_book_that_differs_in_one_language_is_found(ground: Ground, said: str) -> None:
    assert any(said in finding.what for finding in check_decoy.is_one_book(ground))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Safe kitchen"},
        {"nothing": "Nothing found, call 102 instead"},
        {"about": ("Part of Hamroh.",)},
        {"kinds": {"rice": "For women"}},
        {"tongue": "Secret"},
        {"ideas": ("shelter soup",)},
        {"first_lines": ("A safe place",)},
        {"labels": {**ENGLISH.labels, "about": "Help"}},
    ],
)
def test_a_book_that_gives_something_away_is_found(changes: dict[str, object]) -> None:
    assert list(check_decoy.gives_nothing_away(alone(with_decoy(**changes))))


@pytest.mark.parametrize("word", ["lasagne", "telegram"])
def test_an_exit_word_that_the_book_does_not_know_or_the_talk_says_is_found(word: str) -> None:
    assert list(check_decoy.exit_words_are_natural(with_decoy(exit_words=(word,))))


@pytest.mark.parametrize(
    "ideas",
    [
        IDEAS,
        (*IDEAS, "Mastava"),
        (*IDEAS, "oshi sofi"),
        (*IDEAS, "chalop"),
        (*IDEAS, "tea"),
        (*IDEAS, "a very long name of a dish"),
    ],
)
def test_an_example_for_her_word_that_the_book_gives_away_is_found(ideas: tuple[str, ...]) -> None:
    assert list(check_decoy.ideas_are_free(with_decoy(ideas=ideas)))


def test_examples_that_stand_nowhere_are_free() -> None:
    assert list(check_decoy.ideas_are_free(with_decoy(ideas=(*IDEAS, "pumpkin soup")))) == []


def test_a_decoy_is_only_data() -> None:
    assert isinstance(shipped.region().decoy("ru"), Decoy)
