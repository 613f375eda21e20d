"""The scale of risk: its order, its words."""

import pytest

from triage.risk_class import RiskClass


def test_immediate_outranks_high_and_high_outranks_ordinary() -> None:
    assert RiskClass.ORDINARY < RiskClass.HIGH < RiskClass.IMMEDIATE
    assert max(RiskClass.HIGH, RiskClass.ORDINARY) is RiskClass.HIGH


def test_a_class_is_stored_by_its_word_and_read_back() -> None:
    assert [risk.word for risk in RiskClass] == ["ordinary", "high", "immediate"]
    assert [RiskClass.named(risk.word) for risk in RiskClass] == list(RiskClass)
    assert f"{RiskClass.IMMEDIATE}" == "immediate"


def test_a_word_that_is_no_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no risk class is called 'green'"):
        RiskClass.named("green")
