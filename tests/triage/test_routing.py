"""The order of the queue and who is offered what: strictness and the longest wait, over generated evenings."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.line import Line, could_be_offered
from triage.priority_table import Room, priority_table
from triage.risk_class import RiskClass
from triage.routing import (
    Offer,
    Operator,
    Waiting,
    could_take,
    in_order,
    offers,
    overtaking_s,
    position,
    room,
    untakeable,
)

ORDINARY, HIGH, IMMEDIATE = RiskClass
UZ, RU, TG = (frozenset({code}) for code in ("uz", "ru", "tg"))
RULE = priority_table().room
LANGUAGES = [UZ, RU, TG, UZ | RU, UZ | TG, UZ | RU | TG]


def case(name: str, risk: RiskClass = ORDINARY, since: float = 0, languages: frozenset[str] = UZ) -> Waiting:
    return Waiting(name, risk, languages, since)


def made(waiting: list[Waiting], *staff: Operator) -> list[tuple[str, str]]:
    return [(one.case, one.operator) for one in offers(waiting, staff)]


def test_an_immediate_case_goes_before_one_that_waited_for_hours() -> None:
    queue = [case("old", HIGH, -90_000), case("now", IMMEDIATE, 0)]
    assert made(queue, Operator("bo", UZ)) == [("now", "bo")]


def test_below_immediate_the_one_that_is_due_first_goes_first() -> None:
    assert made([case("a", ORDINARY, 0), case("b", HIGH, 1199)], Operator("bo", UZ)) == [("b", "bo")]
    assert made([case("a", ORDINARY, 0), case("b", HIGH, 1201)], Operator("bo", UZ)) == [("a", "bo")]


def test_of_two_alike_the_one_that_waited_longer_goes_first_and_then_the_lower_id() -> None:
    assert [one.case for one in in_order([case("b", since=5), case("a", since=5), case("c", since=1)])] == [
        "c",
        "a",
        "b",
    ]
    assert position("a", [case("b", since=5), case("a", since=5), case("c", since=1)]) == 2
    with pytest.raises(ValueError, match="not in list"):
        position("x", [])


def test_nobody_is_offered_a_case_in_a_language_they_do_not_speak() -> None:
    assert made([case("a", languages=RU)], Operator("bo", UZ)) == []
    assert made([case("a", languages=RU | UZ)], Operator("bo", UZ)) == [("a", "bo")]


def test_nobody_off_duty_or_full_or_who_just_let_it_lapse_is_offered_it() -> None:
    for one in (
        Operator("bo", UZ, on_duty=False),
        Operator("bo", UZ, chats=2),
        Operator("bo", UZ, chats=1, immediate=1),
        Operator("bo", UZ, chats=3, lifted=True),
    ):
        assert made([case("a", IMMEDIATE)], one) == []
    assert made([replace(case("a"), spared=frozenset({"bo"}))], Operator("bo", UZ)) == []


@pytest.mark.parametrize(
    ("chats", "immediate", "lifted", "more"),
    [
        (0, 0, False, 2), (1, 0, False, 1), (2, 0, False, 0), (3, 0, False, 0),
        (1, 1, False, 0), (2, 1, False, 0), (0, 0, True, 3), (2, 0, True, 1), (2, 1, True, 1), (3, 1, True, 0),
    ],
)  # fmt: skip
def test_the_room_of_an_operator_is_two_chats_one_with_an_immediate_and_never_more_than_three(
    chats: int, immediate: int, lifted: bool, more: int
) -> None:
    operator = Operator("bo", UZ, chats=chats, immediate=immediate, lifted=lifted)
    assert room(operator, RULE) == more
    assert could_take(operator, case("a"), RULE) is (more > 0)


def test_an_immediate_case_may_be_the_second_chat() -> None:
    assert made([case("a", IMMEDIATE)], Operator("bo", UZ, chats=1)) == [("a", "bo")]


def test_an_immediate_case_that_nobody_on_duty_has_room_for_is_named() -> None:
    queue = [case("a"), replace(case("hers", IMMEDIATE), spared=frozenset({"resting"}))]
    full = [Operator("bo", UZ, chats=2), Operator("so", UZ, chats=1, immediate=1), Operator("ru", RU)]
    assert [one.case for one in untakeable(queue, full)] == ["hers"]
    assert untakeable(queue, [*full, Operator("resting", UZ)]) == []
    assert [one.case for one in untakeable(queue, [])] == ["hers"]


def test_who_holds_least_is_asked_first_then_who_speaks_least_then_who_is_free_longest() -> None:
    staff = [
        Operator("a", UZ, chats=1),
        Operator("b", UZ | RU, free_since=0),
        Operator("c", UZ, free_since=9),
        Operator("d", UZ, free_since=3),
    ]
    queue = [case(f"{number}", since=number) for number in range(5)]
    assert made(queue, *staff) == [("0", "d"), ("1", "c"), ("2", "b"), ("3", "a")]


def test_an_immediate_case_is_offered_to_everybody_who_could_take_it() -> None:
    staff = [Operator("a", UZ), Operator("b", UZ | RU), Operator("c", RU)]
    queue = [case("red", IMMEDIATE), case("x", HIGH, languages=UZ | RU), case("y", HIGH, since=1, languages=UZ)]
    assert made(queue, *staff) == [("red", "a"), ("red", "b"), ("x", "c")]


def test_an_immediate_case_ends_the_lesser_offers_of_those_who_could_take_it() -> None:
    staff = [Operator("a", UZ, offered="x"), Operator("b", RU)]
    queue = [case("x", HIGH, languages=UZ | RU), case("red", IMMEDIATE, 5)]
    assert offers(queue, staff) == [Offer("red", "a", instead_of="x"), Offer("x", "b")]


def test_a_second_immediate_case_takes_over_one_of_two_offers_of_the_first() -> None:
    staff = [Operator("a", UZ, offered="one"), Operator("b", UZ, offered="one")]
    queue = [case("one", IMMEDIATE, 0), case("two", IMMEDIATE, 1)]
    assert offers(queue, staff) == [Offer("two", "a", instead_of="one")]


def test_several_immediate_cases_are_spread_evenly_over_those_who_could_take_them() -> None:
    queue = [case("one", IMMEDIATE, 0), case("two", IMMEDIATE, 1)]
    staff = [Operator(name, UZ) for name in "abcd"]
    assert made(queue, *staff) == [("one", "a"), ("one", "c"), ("two", "b"), ("two", "d")]


def test_nobody_is_kept_for_a_first_case_while_the_second_has_only_them() -> None:
    staff = [Operator("b", UZ | RU), Operator("a", UZ, chats=1)]
    for risk in (ORDINARY, IMMEDIATE):
        queue = [case("one", risk, 0), case("two", risk, 1, RU)]
        assert sorted(made(queue, *staff)) == [("one", "a"), ("two", "b")]


def test_a_case_that_is_being_offered_is_offered_to_nobody_else() -> None:
    staff = [Operator("a", UZ, offered="x"), Operator("b", UZ)]
    assert made([case("x"), case("y", since=1)], *staff) == [("y", "b")]
    assert made([case("x")], *staff) == []


def test_an_offer_of_a_case_that_no_longer_waits_holds_nobody() -> None:
    assert offers([case("y")], [Operator("a", UZ, offered="gone")]) == [Offer("y", "a")]


def test_with_nobody_or_nothing_there_is_nothing_to_offer() -> None:
    assert made([]) == made([case("a")]) == made([], Operator("bo", UZ)) == []


def test_a_narrower_rule_of_room_is_a_figure_and_no_code() -> None:
    assert room(Operator("bo", UZ, chats=1), Room(1, 1, 1)) == 0


STEPS = ("arrive", "arrive", "claim", "claim", "lapse", "release", "release", "turn", "raise", "lift", "wait")


@st.composite
def evenings(draw: st.DrawFn) -> tuple[Line, list[tuple[str, int, int]]]:
    """Some staff and a list of things that happen; the numbers choose among whatever is possible at that moment."""
    staff = [
        Operator(f"o{number}", draw(st.sampled_from(LANGUAGES)), on_duty=draw(st.booleans()))
        for number in range(draw(st.integers(1, 5)))
    ]
    number = st.integers(0, 10_000)
    steps = draw(st.lists(st.tuples(st.sampled_from(STEPS), number, number), min_size=5, max_size=60))
    return Line({one.id: one for one in staff}), steps


def step(line: Line, what: str, first: int, second: int) -> None:
    """Do it, if it can be done."""
    staff = sorted(line.staff)
    offered = [one for one in staff if line.staff[one].offered in line.waiting]
    talking = [one for one in staff if line.held.get(one)]
    lesser = sorted(name for name, one in line.waiting.items() if one.risk is not IMMEDIATE)
    if what == "arrive":
        risk = [ORDINARY, ORDINARY, HIGH, IMMEDIATE][first % 4]
        line.arrive(risk, LANGUAGES[second % len(LANGUAGES)], lift_s=[0, 120, 300][first % 3])
    elif what == "claim" and offered:
        line.claim(offered[first % len(offered)])
    elif what == "lapse" and offered:
        line.lapse(offered[first % len(offered)])
    elif what == "release" and talking:
        line.release(talking[first % len(talking)])
    elif what == "raise" and lesser:
        line.raise_(lesser[first % len(lesser)])
    elif what == "turn":
        line.turn(staff[first % len(staff)])
    elif what == "lift":
        line.lift(staff[first % len(staff)])
    elif what == "wait":
        line.now += first % 900


@settings(max_examples=400)
@given(evening=evenings())
def test_while_an_immediate_case_waits_nobody_who_could_take_it_is_offered_anything_else(
    evening: tuple[Line, list[tuple[str, int, int]]],
) -> None:
    line, steps = evening
    for what, first, second in steps:
        step(line, what, first, second)
        line.offer()
        urgent = [one for one in line.waiting.values() if one.risk is IMMEDIATE]
        for operator in line.staff.values():
            if any(could_be_offered(operator, one) for one in urgent):
                assert operator.offered in {one.case for one in urgent}


@settings(max_examples=400)
@given(evening=evenings(), seed=st.integers())
def test_each_offer_is_one_that_can_be_taken_and_the_order_of_asking_never_matters(
    evening: tuple[Line, list[tuple[str, int, int]]], seed: int
) -> None:
    line, steps = evening
    shuffle = random.Random(seed).shuffle
    for what, first, second in steps:
        step(line, what, first, second)
        before = dict(line.staff)
        new = line.offer()
        waiting, staff = list(line.waiting.values()), list(before.values())
        shuffle(waiting)
        shuffle(staff)
        assert offers(waiting, staff) == new
        assert line.offer() == []
        assert len({one.operator for one in new}) == len(new)
        places = [line.waiting[one.case].place for one in new]
        assert places == sorted(places)
        for one in new:
            assert could_be_offered(before[one.operator], line.waiting[one.case])
        lesser = [
            one.offered for one in line.staff.values() if one.offered and line.waiting[one.offered].risk < IMMEDIATE
        ]
        assert len(set(lesser)) == len(lesser)
        for operator in line.staff.values():
            assert operator.chats <= 3


@settings(max_examples=400)
@given(evening=evenings())
def test_nobody_is_idle_while_a_case_they_could_take_is_offered_to_no_one_and_none_is_passed_over(
    evening: tuple[Line, list[tuple[str, int, int]]],
) -> None:
    line, steps = evening
    for what, first, second in steps:
        step(line, what, first, second)
        new = line.offer()
        asked = {one.offered for one in line.staff.values()}
        for left in (one for one in line.waiting.values() if one.case not in asked):
            for operator in line.staff.values():
                assert operator.offered or not could_be_offered(operator, left)
            for one in new:
                offered = line.waiting[one.case]
                if offered.risk < IMMEDIATE and could_be_offered(line.staff[one.operator], left):
                    assert offered.place < left.place
                    assert offered.since < left.since + overtaking_s()


@settings(max_examples=200)
@given(
    arrivals=st.lists(st.tuples(st.integers(0, 600), st.sampled_from([ORDINARY, HIGH])), min_size=2, max_size=60),
    operators=st.integers(1, 3),
    busy=st.integers(1, 900),
)
def test_no_one_is_overtaken_by_more_than_those_who_came_within_twenty_five_minutes(
    arrivals: list[tuple[int, RiskClass]], operators: int, busy: int
) -> None:
    """Whoever waits is claimed after at most the cases before it and those of the next 25 minutes, even in a flood."""
    line = Line({f"o{number}": Operator(f"o{number}", UZ) for number in range(operators)})
    came: dict[str, tuple[float, int]] = {}
    for gap, risk in arrivals:
        line.now += gap
        came[line.arrive(risk, UZ)] = (line.now, len(line.claimed))
        _everybody_claims(line)
        if gap > busy:
            _one_release(line)
    while line.waiting:
        line.now += busy
        _one_release(line)
        _everybody_claims(line)
    order = [one.case for one in line.claimed]
    for name, (at, claimed) in came.items():
        could_pass = [one for one, (since, _) in came.items() if one != name and since < at + overtaking_s()]
        assert order.index(name) - claimed <= len(could_pass)
        assert all(came[one][0] < at + overtaking_s() for one in order[: order.index(name)])


def _everybody_claims(line: Line) -> None:
    """Each takes what they are offered, in the order of the queue: what is offered in one breath is no overtaking."""
    while made := line.offer():
        for one in made:
            line.claim(one.operator)


def _one_release(line: Line) -> None:
    talking = sorted(one for one in line.staff if line.held.get(one))
    if talking:
        line.release(talking[int(line.now) % len(talking)])


def test_the_bound_is_twenty_five_minutes_by_the_table() -> None:
    assert overtaking_s() == 1500
