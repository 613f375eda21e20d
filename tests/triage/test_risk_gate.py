"""Who may be asked what: the whole table of ages, askers and permissions."""

import pytest

from triage.risk_gate import Age, Asker, adults_only, asks
from triage.risk_instruments import instruments

# (bot from, person from), in years; None: never.
GATES: dict[str, tuple[int | None, int | None]] = {
    "who-immediate": (18, 18), "da5": (18, 18), "lethality-screen": (18, 18), "hits": (18, 18), "e-hits": (18, 18),
    "hark": (18, 18), "danger-assessment": (None, 18), "asq": (18, 8), "cssrs-screener": (18, 12), "wg-ss": (18, 5),
    "strangulation": (18, 0), "gbvims-type": (None, 0),
}  # fmt: skip
PACKS = {"da5", "danger-assessment", "lethality-screen", "hits", "e-hits", "cssrs-screener"}


@pytest.mark.parametrize("name", GATES)
def test_each_age_meets_the_gate_of_its_instrument(name: str) -> None:
    for asker, least in zip((Asker.BOT, Asker.PERSON), GATES[name], strict=True):
        for years in range(0, 100):
            assert asks(name, years, PACKS, by=asker) is (least is not None and years >= least)


@pytest.mark.parametrize("name", GATES)
def test_without_the_permission_a_pack_is_asked_of_nobody_and_a_fit_one_needs_none(name: str) -> None:
    assert asks(name, 40, (), by=Asker.PERSON) is (name not in PACKS)
    assert asks(name, 40, {name}, by=Asker.PERSON)


@pytest.mark.parametrize("name", GATES)
def test_the_bot_asks_a_minor_nothing_at_all(name: str) -> None:
    assert not asks(name, Age.UNDER_18, PACKS)
    assert not asks(name, Age.NOT_SAID, PACKS, minor=True)
    assert not asks(name, Age.ADULT, PACKS, minor=True)
    assert not asks(name, 30, PACKS, minor=True)


def test_a_person_may_ask_a_minor_only_what_is_made_for_the_young() -> None:
    allowed = {name for name in GATES if asks(name, Age.UNDER_18, PACKS, by=Asker.PERSON)}
    assert allowed == {"asq", "cssrs-screener", "wg-ss", "strangulation", "gbvims-type"}
    assert allowed == {name for name, one in instruments().items() if not adults_only(one)}
    assert not asks("asq", 7, PACKS, by=Asker.PERSON)


def test_who_would_rather_not_say_is_asked_as_an_adult() -> None:
    for name in GATES:
        assert asks(name, Age.NOT_SAID, PACKS) is asks(name, Age.ADULT, PACKS)


def test_an_instrument_that_is_not_ours_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        asks("dash", Age.ADULT, ())
