"""The incident type: the walk in its order against every sheet, and each context with its edge."""

from itertools import product

import pytest

from triage.risk import score
from triage.risk_instruments import instruments

GBV = instruments()["gbvims-type"]
TYPES = GBV.with_role("type")
CORE = ["rape", "sexual_assault", "physical_assault", "forced_marriage", "denial_of_resources", "psychological_abuse"]
NO = dict.fromkeys(TYPES, "no")


def test_the_walk_stops_at_the_first_yes_or_is_stopped_by_what_is_missing() -> None:
    for said in product(("yes", "no", None), repeat=6):
        for gender in ("yes", "no", None):
            found = score("gbvims-type", {**dict(zip(TYPES, said, strict=True)), "gender_based": gender})
            stops = [number for number, answer in enumerate(said) if answer != "no"]
            if not stops:
                expected = {"yes": "unclassified", "no": "non_gbv", None: "undetermined"}[gender]
            else:
                expected = CORE[stops[0]] if said[stops[0]] == "yes" else "undetermined"
            assert found.band == expected
            assert found.score is None
            assert len(found.reasons) == (0 if expected == "undetermined" else 1)


def test_only_what_stands_before_the_first_yes_is_missing() -> None:
    assert score("gbvims-type", {"sexual_contact": "yes"}).missing == ("penetration",)
    assert score("gbvims-type", {"penetration": "yes"}).missing == ()
    assert score("gbvims-type", {**NO, "physical_assault": "refused"}).missing == ("physical_assault",)
    assert score("gbvims-type", NO).missing == ("gender_based",)
    assert score("gbvims-type", {}).missing == TYPES


@pytest.mark.parametrize(
    ("type_", "said", "contexts"),
    [
        ("penetration", {"perpetrator": "intimate_partner"}, ["intimate_partner_violence"]),
        ("psychological_abuse", {"perpetrator": "intimate_partner"}, ["intimate_partner_violence"]),
        ("penetration", {"perpetrator": "family_other"}, []),
        ("penetration", {"survivor_age": 17}, ["child_sexual_abuse"]),
        ("sexual_contact", {"survivor_age": 0}, ["child_sexual_abuse"]),
        ("penetration", {"survivor_age": 18}, []),
        ("physical_assault", {"survivor_age": 17}, []),
        ("forced_marriage", {"survivor_age": 17}, ["early_marriage"]),
        ("forced_marriage", {"survivor_age": 18}, []),
        ("physical_assault", {"harmful_practice": "yes"}, ["harmful_traditional_practice"]),
        ("physical_assault", {"harmful_practice": "no"}, []),
        ("sexual_contact", {"goods_exchanged": "yes"}, ["possible_sexual_exploitation"]),
        ("physical_assault", {"goods_exchanged": "yes"}, []),
        ("penetration", {"abduction": "trafficked"}, ["possible_sexual_slavery"]),
        ("penetration", {"abduction": "none"}, []),
        ("physical_assault", {"abduction": "forced_conscription"}, []),
        (
            "penetration",
            {"abduction": "other_abduction", "survivor_age": 9, "goods_exchanged": "yes",
             "harmful_practice": "yes", "perpetrator": "intimate_partner"},
            ["intimate_partner_violence", "child_sexual_abuse", "harmful_traditional_practice",
             "possible_sexual_exploitation", "possible_sexual_slavery"],
        ),
    ],
)  # fmt: skip
def test_a_context_holds_only_with_its_type_and_its_field(
    type_: str, said: dict[str, object], contexts: list[str]
) -> None:
    before = dict.fromkeys(TYPES[: TYPES.index(type_)], "no")
    found = score("gbvims-type", {**before, type_: "yes", **said})
    assert found.contexts == tuple(contexts)


def test_without_a_core_type_nothing_is_derived() -> None:
    for said in ({"gender_based": "no"}, {"gender_based": "yes"}, {}):
        found = score("gbvims-type", {**NO, **said, "perpetrator": "intimate_partner", "harmful_practice": "yes"})
        assert found.contexts == ()
