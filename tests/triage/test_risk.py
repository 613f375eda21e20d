"""Scoring as a whole: every worked vector, and what holds for all instruments alike."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import answers_to, any_answers, as_said
from tests.vectors import vectors
from triage.risk import BadValueError, UnknownItemError, score
from triage.risk_instruments import instruments

WORKED = vectors("instrument_vectors") + vectors("instrument_edges")
CONTRACT = ("score", "band", "reasons", "missing", "complete", "contexts", "error")


@pytest.mark.parametrize("vector", WORKED, ids=[vector["id"] for vector in WORKED])
def test_every_worked_vector_is_scored_as_written(vector: dict[str, Any]) -> None:
    wanted = {key: vector[key] for key in CONTRACT if key in vector}
    assert as_said(vector["instrument"], vector["answers"]) == wanted


def test_every_band_of_every_instrument_is_reached_by_some_vector() -> None:
    reached = {(vector["instrument"], vector.get("band")) for vector in WORKED}
    bands = {(one.name, band.id) for one in instruments().values() for band in one.bands}
    assert bands - reached == set()


@given(answers=any_answers(), seed=st.integers())
def test_the_order_of_the_answers_never_matters(answers: tuple[str, dict[str, object]], seed: int) -> None:
    name, said = answers
    shuffled = list(said.items())
    random.Random(seed).shuffle(shuffled)
    assert score(name, dict(shuffled)) == score(name, said)


@given(answers=any_answers())
def test_a_finding_lists_items_in_table_order_and_counts_itself_complete_rightly(
    answers: tuple[str, dict[str, object]],
) -> None:
    name, said = answers
    one = instruments()[name]
    order = [item.id for item in one.items]
    found = score(name, said)
    assert list(found.reasons) == [item for item in order if item in found.reasons]
    assert list(found.missing) == [item for item in order if item in found.missing]
    assert found.complete is (not found.missing)
    assert found.band in [band.id for band in one.bands]
    assert (found.contexts is None) is (name != "gbvims-type")


@given(answers=any_answers())
def test_an_absent_answer_a_null_and_an_unknown_are_one_and_the_same(
    answers: tuple[str, dict[str, object]],
) -> None:
    name, said = answers
    null = {item: None if answer == "unknown" else answer for item, answer in said.items()}
    absent = {item: answer for item, answer in said.items() if answer not in (None, "unknown")}
    assert score(name, said) == score(name, null) == score(name, absent)


@pytest.mark.parametrize("name", instruments())
def test_nothing_said_at_all_is_undetermined_with_nothing_counted(name: str) -> None:
    found = score(name, {})
    assert found.band == "undetermined"
    assert found.reasons == ()
    assert not found.complete


@pytest.mark.parametrize("name", instruments())
@pytest.mark.parametrize("answer", [True, False, 3.0, 1.5, "Yes", " yes", "true", "3", "", [], {}, ["yes"], -1])
def test_an_answer_that_no_item_takes_is_refused(name: str, answer: object) -> None:
    for item in instruments()[name].items:
        with pytest.raises(BadValueError):
            score(name, {item.id: answer})


@pytest.mark.parametrize("name", instruments())
def test_an_item_that_is_not_asked_is_refused_before_a_bad_value_is(name: str) -> None:
    first = instruments()[name].items[0].id
    with pytest.raises(UnknownItemError):
        score(name, {first: "perhaps", "shoe_size": "yes"})


def test_an_instrument_that_is_not_ours_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        score("dash", {})


@pytest.mark.parametrize("name", instruments())
def test_an_item_takes_exactly_the_answers_of_its_kind(name: str) -> None:
    for item in instruments()[name].items:
        for answer in answers_to(item):
            assert score(name, {item.id: answer}).instrument == name
        if item.kind != "yes_no_na":
            with pytest.raises(BadValueError):
                score(name, {item.id: "na"})
        if item.kind == "integer":
            assert item.least is not None
            for beyond in [item.least - 1, *([item.most + 1] if item.most is not None else [])]:
                with pytest.raises(BadValueError):
                    score(name, {item.id: beyond})
