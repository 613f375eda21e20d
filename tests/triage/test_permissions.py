"""Who may do what at the desk: the whole table, every role against every verb."""

from triage.desk import VERBS
from triage.permissions import MAY, OPERATORS, RECEIVERS, ROLES, may, receives

# Read across: operator, supervisor, shelter, health, police, social, legal, coordinator.
EXPECTED = """
help     yes yes yes yes yes yes yes yes
duty     yes yes yes yes yes yes yes no
off      yes yes yes yes yes yes yes no
queue    yes yes yes yes yes yes yes no
take     yes yes no  no  no  no  no  no
case     yes yes no  no  no  no  no  no
switch   yes yes no  no  no  no  no  no
earlier  yes yes no  no  no  no  no  no
note     yes yes no  no  no  no  no  no
danger   yes yes no  no  no  no  no  no
sheet    yes yes no  no  no  no  no  no
clock    yes yes no  no  no  no  no  no
raise    yes yes no  no  no  no  no  no
release  yes yes no  no  no  no  no  no
close    yes yes no  no  no  no  no  no
refer    yes yes no  no  no  no  no  no
ask      yes yes no  no  no  no  no  no
next     yes yes no  no  no  no  no  no
needs    yes yes no  no  no  no  no  no
write    yes yes no  no  no  no  no  no
ack      no  no  yes yes yes yes yes no
accept   no  no  yes yes yes yes yes no
decline  no  no  yes yes yes yes yes no
"""
COLUMNS = ("operator", "supervisor", "shelter", "health", "police", "social", "legal", "coordinator")


def _expected() -> dict[tuple[str, str], bool]:
    rows = [line.split() for line in EXPECTED.strip().splitlines()]
    return {
        (role, verb): answer == "yes" for verb, *answers in rows for role, answer in zip(COLUMNS, answers, strict=True)
    }


def test_every_role_has_exactly_the_verbs_of_the_table() -> None:
    found = {(role, verb): may(role, verb) for role in ROLES for verb in MAY}
    assert found == _expected()


def test_every_verb_of_the_desk_stands_in_the_table_and_the_other_way_round() -> None:
    # Writing to her is no command: it is what is typed without one.
    assert {*VERBS, "write"} == set(MAY)


def test_an_unknown_role_or_verb_may_nothing() -> None:
    assert not any(may("survivor", verb) for verb in MAY)
    assert not any(may(role, "erase") for role in ROLES)


def test_a_role_answers_her_or_receives_for_a_service_but_never_both() -> None:
    assert set(OPERATORS).isdisjoint(RECEIVERS)
    assert [role for role in ROLES if receives(role)] == list(RECEIVERS)
    assert not [role for role in ROLES if may(role, "write") and may(role, "accept")]
