"""What the screening's answers make of a case, held against the scoring of the instrument itself."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine import STEPS
from triage.effects import choice_of_step, is_urgent
from triage.risk import score
from triage.risk_class import RiskClass
from triage.screened import class_of

ITEMS = ("worse_6_months", "weapon", "strangled", "could_kill_you", "beaten_pregnant", "violently_jealous")
ALONE = ("weapon", "strangled", "could_kill_you")
VALUES = st.sampled_from(("yes", "no", "unknown", "refused"))
ANSWERS = st.dictionaries(st.sampled_from(ITEMS), VALUES, max_size=len(ITEMS))


@given(ANSWERS)
def test_a_case_is_high_exactly_when_the_answers_or_one_of_three_say_so(answers: dict[str, str]) -> None:
    found = class_of(answers)
    usable = [value for value in answers.values() if value in {"yes", "no"}]
    if not usable:
        assert found is None
        return
    by_itself = any(answers.get(item) == "yes" for item in ALONE)
    band = score("who-immediate", answers).band
    high = by_itself or band in {"high_immediate_risk", "undetermined"}
    assert found is (RiskClass.HIGH if high else RiskClass.ORDINARY)


@given(ANSWERS, st.sampled_from(ITEMS))
def test_another_yes_never_lowers_a_case(answers: dict[str, str], item: str) -> None:
    before = class_of({name: value for name, value in answers.items() if name != item})
    after = class_of({**answers, item: "yes"})
    assert after is not None
    assert before is None or after >= before


@given(ANSWERS)
def test_what_is_not_answered_is_never_read_as_no(answers: dict[str, str]) -> None:
    """Leaving a question out may raise a case, for what it hides; it never makes it look safer than a no would."""
    for item in ITEMS:
        left_out = class_of({name: value for name, value in answers.items() if name != item})
        denied = class_of({**answers, item: "no"})
        assert left_out is None or denied is None or left_out >= denied


def test_the_items_of_the_screening_are_those_of_the_instrument() -> None:
    asked = [step.item for step in STEPS.values() if step.id.startswith("who.") and step.item]
    assert tuple(asked) == ITEMS


def test_only_what_leads_out_or_cries_danger_is_urgent() -> None:
    assert is_urgent("menu", "exit")
    assert is_urgent("who.weapon", "danger")
    assert is_urgent("erase_ask", "clear")
    assert is_urgent("near_now", "yes")
    assert not is_urgent("menu", "about")
    assert not is_urgent("limits", "agree")
    assert choice_of_step("waiting", "stop").id == "stop"
