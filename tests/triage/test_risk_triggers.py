"""The lethality screen: its three ways to high danger, in their order, and what a missing answer leaves open."""

from hypothesis import given
from hypothesis import strategies as st

from tests.triage.sheets import any_answers, completions
from triage.risk import score
from triage.risk_instruments import instruments

LS = instruments()["lethality-screen"]
TRIGGERS, COUNTED = LS.with_role("trigger"), LS.with_role("counted")
ALL_NO = dict.fromkeys(TRIGGERS + COUNTED, "no")


def test_any_one_trigger_is_enough_and_more_than_any_count() -> None:
    for item in TRIGGERS:
        assert score("lethality-screen", {item: "yes"}).band == "high_danger_trigger"
    assert score("lethality-screen", {**dict.fromkeys(COUNTED, "yes"), "weapon": "yes"}).band == "high_danger_trigger"


def test_four_of_the_counted_are_enough_and_three_are_not() -> None:
    three = {**ALL_NO, **dict.fromkeys(COUNTED[:3], "yes")}
    assert score("lethality-screen", three).band == "not_screened_in"
    assert score("lethality-screen", {**three, COUNTED[3]: "yes"}).band == "high_danger_count"
    assert score("lethality-screen", {**three, COUNTED[3]: "unknown"}).band == "undetermined"


def test_the_belief_of_the_person_who_asks_counts_last_and_is_a_reason_only_then() -> None:
    believed = score("lethality-screen", {**ALL_NO, "screener_belief": "yes"})
    assert (believed.band, believed.score, believed.reasons) == ("high_danger_belief", 0, ("screener_belief",))
    triggered = score("lethality-screen", {**ALL_NO, "weapon": "yes", "screener_belief": "yes"})
    assert (triggered.band, triggered.reasons) == ("high_danger_trigger", ("weapon",))
    assert score("lethality-screen", {"screener_belief": "yes"}).band == "high_danger_belief"


def test_a_missing_trigger_leaves_it_open_while_nothing_else_holds() -> None:
    for item in TRIGGERS:
        found = score("lethality-screen", {**ALL_NO, item: "refused"})
        assert (found.band, found.missing) == ("undetermined", (item,))
    assert "screener_belief" not in score("lethality-screen", {}).missing


@given(data=st.data())
def test_not_screened_in_means_that_no_missing_answer_could_have_changed_it(data: st.DataObject) -> None:
    _, said = data.draw(any_answers("lethality-screen"))
    asked = [item for item in LS.items if item.role == "trigger" or (item.role == "counted" and item.id in said)]
    found = score("lethality-screen", said)
    if found.band == "not_screened_in":
        assert {score("lethality-screen", full).band for full in completions(said, asked)} == {"not_screened_in"}
    if found.band == "high_danger_trigger":
        assert all(
            score("lethality-screen", full).band == "high_danger_trigger"
            for full in completions(said, [item for item in LS.items if item.role == "trigger"])
        )
