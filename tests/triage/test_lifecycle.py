"""The lives of a case and of a referral as whole tables: every state against every move, against every hand."""

from itertools import product

import pytest

from triage.lifecycle import (
    CASE_MOVES,
    OUTCOMES,
    REFERRAL_MOVES,
    REJECT_REASONS,
    CaseState,
    Hand,
    Move,
    NotAllowedError,
    ReferralState,
    may,
    move,
    move_referral,
)

# What may happen to a case: from, by, to. Whatever stands here in no row is refused.
CASE = """
with_program ask              waiting
waiting      claim            talking
waiting      stop             with_program
waiting      leave            left
talking      release          waiting
talking      stop             with_program
talking      leave            left
talking      close            closed
left         return_to_queue  waiting
left         return_to_holder talking
left         close            closed
with_program return_to_holder talking
with_program close            closed
closed       ask              waiting
"""

# The SOPs' table of a referral (5.3): from, to, who may. The danger exceptions (draft to sent, and the pending
# exception) and the new version of a closed one are not built: here they are refused like any other move.
REFERRAL = """
draft        ready         sender
draft        cancelled     sender
draft        withdrawn     sender
ready        sent          sender
ready        cancelled     sender
ready        withdrawn     sender
sent         acknowledged  receiver
sent         escalated     system
sent         rejected      receiver
sent         withdrawn     sender
escalated    acknowledged  receiver
escalated    redirected    sender
escalated    withdrawn     sender
acknowledged accepted      receiver
acknowledged rejected      receiver
acknowledged withdrawn     sender
accepted     in_service    receiver
accepted     not_reached   receiver
accepted     declined_by_survivor receiver sender
accepted     withdrawn     sender
in_service   completed     receiver
in_service   declined_by_survivor receiver sender
in_service   withdrawn     sender
rejected     redirected    sender
rejected     closed        sender
completed    closed        sender
declined_by_survivor closed sender
not_reached  closed        sender
withdrawn    closed        sender
cancelled    closed        sender
redirected   closed        sender
"""


def _case_table() -> dict[tuple[str, str], str]:
    rows = [line.split() for line in CASE.strip().splitlines()]
    return {(source, by): target for source, by, target in rows}


@pytest.mark.parametrize(("state", "step"), tuple(product(CaseState, Move)))
def test_a_case_moves_as_the_table_says_and_no_other_way(state: CaseState, step: Move) -> None:
    expected = _case_table().get((state.value, step.value))
    assert may(state, step) is (expected is not None)
    if expected is None:
        with pytest.raises(NotAllowedError):
            move(state, step)
    else:
        assert move(state, step) == expected


def _referral_table() -> dict[tuple[str, str, str], bool]:
    rows = [line.split() for line in REFERRAL.strip().splitlines()]
    return {(source, target, hand): True for source, target, *hands in rows for hand in hands}


def test_a_referral_moves_as_the_sops_say_and_no_other_way() -> None:
    verbs = sorted({row.verb for row in REFERRAL_MOVES})
    found: dict[tuple[str, str, str], bool] = {}
    for state, verb, hand in product(ReferralState, verbs, Hand):
        try:
            target = move_referral(state, verb, hand)
        except NotAllowedError:
            continue
        found[(state.value, target.value, hand.value)] = True
    assert found == _referral_table()


def test_nobody_moves_a_referral_by_a_verb_that_is_none() -> None:
    for state, hand in product(ReferralState, Hand):
        with pytest.raises(NotAllowedError):
            move_referral(state, "reopen", hand)


def test_every_state_is_reached_and_every_life_can_end() -> None:
    targets = {row.target for row in REFERRAL_MOVES}
    assert targets == set(ReferralState) - {ReferralState.DRAFT}
    assert {row[2] for row in CASE_MOVES} == set(CaseState)
    ends = {ReferralState.CLOSED}
    while more := {row.source for row in REFERRAL_MOVES if row.target in ends} - ends:
        ends |= more
    assert ends == set(ReferralState)


def test_a_talk_is_never_closed_as_reconciled_nor_a_referral_refused_without_a_listed_reason() -> None:
    assert OUTCOMES == ("helped", "referred", "information", "her_choice", "silence", "other_person", "test")
    assert not [word for word in OUTCOMES if "reconcil" in word]
    assert REJECT_REASONS == (
        "full", "not_eligible", "unsafe_here", "access_barrier", "no_staff", "wrong_service", "other_with_text",
    )  # fmt: skip
