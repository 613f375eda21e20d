"""The safety plan as data: what may be asked and what never is, which way is whose, and that taps alone finish it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import planned
from dialogs.deny import telltales
from dialogs.engine import STEPS, move
from dialogs.flows import plan
from dialogs.flows.plan import ASKS, home_of, line_of, prompt_of, see_of
from dialogs.flows.plan_state import as_it_opens, door, let_go, showing, takes_words, told, watched
from dialogs.flows.plan_table import ITEMS, OWN, PARTS, PLAN
from dialogs.kinds import Effect, Fork, Place
from dialogs.screen import render
from tests.dialogs.ground import deny, region, words

SIX = ("uz", "uz_Cyrl", "ru", "kaa", "tg", "en")
KEPT = Place(language="en", settings={"phone": "never", "plan": "keep"})
WATCHED = Place(language="en", settings={"phone": "always"})
# What a plan never asks for: its place, day, number or name is what would be looked for.
BANNED = re.compile(
    r"\b(name|address|date|which day|password|photo|what number|имя|адрес|дата|пароль|фото|ism|manzil|sana|parol|"
    r"at|mánzil|ном|суроға|рамз)\b",
    re.IGNORECASE,
)


def known(question: str, place: Place) -> str:
    """A case that no person has, without flags."""
    if question == "plan":
        return door(place, (), with_person=False)
    return {"plan_share": showing(place, agreed=True), "person": "ask"}[question]


def puts(place: Place, step: str, choice: str) -> Place:
    """A tap on a question of the plan, with the answer put in its place as reception does it."""
    moved = move(place, step, choice, known)
    if moved.effect is Effect.PUT:
        item, _, answer = moved.choice.value.partition("=")
        rest = {name: value for name, value in place.plan.items() if name != item}
        return replace(moved.place, plan={**rest, item: answer} if answer else rest)
    return moved.place


@pytest.mark.parametrize("part", [part.id for part in PARTS])
def test_a_part_asks_at_most_three_questions_and_then_offers_to_stop(part: str) -> None:
    found = next(one for one in PARTS if one.id == part)
    assert 1 <= len(found.items) <= 3
    last = STEPS[prompt_of(found.items[-1])]
    assert {to for choice in last.choices() for to in choice.targets()} <= {
        "plan.noted", see_of(found), home_of(found), "read.suicide",
    }  # fmt: skip
    assert {choice.id for choice in STEPS["plan.noted"].choices()} == {"plan_more", "plan_see", "menu"}


@pytest.mark.parametrize("step", ASKS)
def test_every_question_of_the_plan_can_be_skipped_refused_and_stopped(step: str) -> None:
    found = STEPS[step]
    assert found.question
    assert {"skip", "nosay", "stop"} <= {choice.id for choice in found.choices()}
    for refused in ("skip", "nosay"):
        assert puts(KEPT, step, refused).plan == {}


@given(st.data())
def test_the_plan_can_be_finished_with_taps_alone(data: st.DataObject) -> None:
    place = replace(KEPT, step="plan")
    for part in (part for part in PARTS if not part.young):
        place = puts(replace(place, step="plan"), "plan", f"part_{part.id}")
        for item in part.items:
            assert place.step == prompt_of(item)
            answer = data.draw(st.sampled_from(item.answers))
            place = puts(place, place.step, answer)
            if answer == "thoughts":
                assert place.step == "read.suicide"
                place = replace(place, step="plan.noted")
        assert place.step == "plan.noted"
    assert set(place.plan) == {item.id for part in PARTS if not part.young for item in part.items}


@pytest.mark.parametrize("language", SIX)
def test_no_question_of_the_plan_asks_for_what_would_be_looked_for(language: str) -> None:
    for item in ITEMS.values():
        asked = words().text(language, item.text)
        assert not BANNED.search(asked), (item.id, asked)


@pytest.mark.parametrize("language", SIX)
def test_no_label_of_the_plan_gives_anything_away(language: str) -> None:
    bank = {"agree", "disagree", "yes", "no", "skip", "nosay", "stop", "menu", "goon", "person", "dont_know"}
    for step in plan.STEPS:
        for choice in step.choices():
            label = words().text(language, choice.key)
            assert choice.id in bank or not list(telltales(label, language, deny())), (choice.key, label)


def test_where_words_would_be_an_address_a_name_or_a_way_none_are_taken() -> None:
    silent = {"where", "how", "early", "bag", "papers", "know", "calls", "believes", "has", "hidden", "pickup", "adult"}
    assert not any(ITEMS[item].own for item in silent)
    assert not any(takes_words(ITEMS[item], KEPT, "my aunt") for item in silent)


@pytest.mark.parametrize(
    ("text", "taken"),
    [("a slow song", True), ("7 breaths", True), ("call +998 90 123 45 67", False), ("on the 24.11.2026", False),
     ("x" * 121, False), ("x" * 120, True)],
)  # fmt: skip
def test_a_few_words_are_taken_and_numbers_days_and_stories_are_not(text: str, taken: bool) -> None:
    assert takes_words(ITEMS["calm"], KEPT, text) is taken
    assert not takes_words(ITEMS["calm"], WATCHED, text)


@pytest.mark.parametrize("answer", ["always", "dont_know", "refused", "skipped"])
def test_who_does_not_say_that_nobody_looks_is_taken_for_watched(answer: str) -> None:
    assert watched(Place(settings={"phone": answer}))
    choice = next(one for one in STEPS["plan.phone"].choices() if one.value == f"phone={answer}")
    assert choice.to == "plan.quiet"
    assert watched(Place())


@pytest.mark.parametrize("answer", ["never", "sometimes"])
def test_who_says_that_nobody_looks_is_asked_whether_to_keep_it_and_a_skip_keeps_nothing(answer: str) -> None:
    assert not watched(Place(settings={"phone": answer}))
    assert move(replace(KEPT, step="plan.phone"), "plan.phone", answer, known).place.step == "plan.keep"
    values = {choice.id: choice.value for choice in STEPS["plan.keep"].choices()}
    assert values == {"plan_head": "keep=", "plan_keep": "keep=keep", "skip": "keep="}


def test_on_a_watched_phone_the_screen_says_what_is_different() -> None:
    body = " ".join(render("plan.quiet", "en", words(), region()).body)
    for said in ("is not kept", "buttons only", "remember it", "15 minutes", "do not write first", "another"):
        assert said in body


def test_serious_signs_put_a_person_before_the_plan_once() -> None:
    for item in ("strangled", "weapon", "could_kill_you", "beaten_pregnant"):
        assert door(replace(KEPT, answers={item: "yes"}), (), with_person=False) == "person"
        assert door(replace(KEPT, answers={item: "no"}), (), with_person=False) == "home"
    for flag in ("strangulation", "threat_to_kill", "weapon", "immediate_danger"):
        assert door(KEPT, (flag,), with_person=False) == "person"
        assert door(KEPT, (flag,), with_person=True) == "home", "she is with a person already"
    assert door(replace(KEPT, told=frozenset({"plan_person"})), ("weapon",), with_person=False) == "home"
    assert [choice.id for choice in STEPS["plan.person"].rows[0]] == ["person"]


def test_under_18_the_plan_is_three_questions_with_the_limits_first() -> None:
    girl = replace(KEPT, answers={"age": "minor"})
    assert door(girl, (), with_person=False) == "young"
    assert as_it_opens("plan", girl) == "plan.young"
    assert "minor.limits" in STEPS["plan.young"].text
    parts = [choice.id for choice in STEPS["plan.young"].choices() if choice.id.startswith("part_")]
    assert parts == ["part_young"]
    assert [item.id for part in PARTS if part.young for item in part.items] == ["y_rooms", "adult", "y_heart"]


def test_a_kept_plan_opens_with_her_own_word_where_she_chose_one() -> None:
    hers = replace(KEPT, settings={**KEPT.settings, "code": "hash"}, plan={"rooms": "door"})
    assert door(hers, (), with_person=False) == "closed"
    shown = ("plan", "plan.young", "plan.see.home", "plan.line.rooms", "plan.ask.rooms")
    assert {as_it_opens(step, hers) for step in shown} == {"plan.closed"}
    by_word = replace(hers, told=frozenset({"by_word"}))
    assert [as_it_opens(step, by_word) for step in shown] == list(shown)
    assert as_it_opens("menu", hers) == "menu"
    assert as_it_opens("plan.closed", by_word) == "plan", "her word leads on to it"


def test_seeing_the_plan_goes_from_part_to_part_that_has_something_and_no_other() -> None:
    place = replace(KEPT, step="plan", plan={"keys": "by_door", "needs": "medicine"})
    place = puts(place, "plan", "plan_see")
    assert place.step == "plan.see.home"
    place = puts(place, place.step, "plan_turn")
    assert place.step == "plan.see.needs"
    assert puts(place, place.step, "plan_turn").step == "plan"
    assert puts(replace(KEPT, step="plan"), "plan", "plan_see").step == "plan.empty"


def test_a_plan_that_is_not_kept_is_over_when_it_was_seen() -> None:
    place = replace(WATCHED, step="plan.see.needs", plan={"needs": "medicine"})
    assert told("plan_after:needs", place) == "gone"
    assert puts(place, place.step, "plan_turn").step == "plan.gone"


def test_changing_one_answer_leads_back_to_its_part_and_asks_nothing_else() -> None:
    place = replace(KEPT, step="plan.see.home", plan={"rooms": "door"}, told=frozenset({"plan_one"}))
    assert puts(place, "plan.see.home", "line_rooms").step == line_of(ITEMS["rooms"])
    place = puts(place, line_of(ITEMS["rooms"]), "plan_change")
    assert place.step == prompt_of(ITEMS["rooms"])
    place = puts(place, place.step, "window")
    assert (place.step, place.plan) == ("plan.see.home", {"rooms": "window"})
    assert puts(place, line_of(ITEMS["rooms"]), "plan_out").plan == {}


def test_leaving_lets_go_of_what_she_did_not_ask_to_keep() -> None:
    made = {"rooms": "door", "calm": f"{OWN}a song"}
    assert let_go(replace(WATCHED, plan=made)).plan == {}
    assert let_go(replace(KEPT, plan=made)).plan == made


def test_showing_it_asks_once_and_tells_the_limits_to_who_has_not_talked_to_a_person() -> None:
    made = replace(KEPT, plan={"rooms": "door"})
    assert showing(made, agreed=False) == "limits"
    assert showing(made, agreed=True) == "ask"
    assert showing(replace(made, settings={**KEPT.settings, "plan_shared": "yes"}), agreed=True) == "shared"
    assert showing(replace(WATCHED, plan={"rooms": "door"}), agreed=True) == "unkept"
    assert {"limits.who", "limits.kept", "limits.law", "tgcopy"} <= set(STEPS["plan.share_first"].text)
    for step in ("plan.share_first", "plan.share"):
        assert [choice.id for choice in STEPS[step].rows[0]] == ["agree", "disagree"]


def test_the_plan_is_one_tap_from_the_menu_and_from_the_pages_that_speak_of_it() -> None:
    pages = ("read.leaving.3", "read.staying.2", "read.after_leaving.2", "read.order.3", "read.stalking.2")
    for step in ("menu", "who.high", "who.other", "who.none", *pages):
        assert PLAN in STEPS[step].choices(), step


def test_a_plan_is_read_in_any_language_and_her_words_stand_as_she_wrote_them() -> None:
    made = {"rooms": "door", "calm": f"{OWN}секин ashula", "gone": "x", "keys": "never_was"}
    assert planned.lines(made, "en", words()) == ("Room: A door to the outside", "Five minutes: секин ashula")
    assert planned.lines(made, "ru", words())[0] == "Комната: Дверь наружу"
    assert planned.lines(made, "en", words(), [ITEMS["calm"]]) == ("Five minutes: секин ashula",)


@pytest.mark.parametrize("language", SIX)
def test_a_part_at_its_longest_fits_one_screen(language: str) -> None:
    for part in PARTS:
        longest = {}
        for item in part.items:
            tapped = max(item.answers, key=lambda one: len(planned.said(one, language, words())))
            longest[item.id] = OWN + "x" * 120 if item.own else tapped
        lines = "".join(f"\n{line}" for line in planned.lines(longest, language, words(), part.items))
        body = render(see_of(part), language, words(), region(), values={"lines": lines}).body
        assert len("\n".join(body)) <= 570, (part.id, language)


def test_a_place_with_a_plan_is_the_same_again_after_it_was_kept() -> None:
    made = replace(KEPT, plan={"rooms": "door", "calm": f"{OWN}a song"})
    assert Place.from_json(made.to_json()) == made
    assert Place.from_json({"step": "menu"}).plan == {}


def test_every_fork_of_the_plan_has_a_way_for_what_may_be_said_of_it() -> None:
    places = (Place(), KEPT, WATCHED, replace(KEPT, plan=dict.fromkeys(ITEMS, "yes"), told=frozenset({"plan_one"})))
    for step in plan.STEPS:
        for choice in step.choices():
            if isinstance(choice.to, Fork) and choice.to.question.startswith("plan"):
                for place in places:
                    said = told(choice.to.question, place) or known(choice.to.question, place)
                    assert said in choice.to.to, (step.id, choice.id)
