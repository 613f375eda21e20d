"""What she needs, out of what she set and what she answered: closed ids, in one order, the newest word holds."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dialogs.flows.needs import DOMAINS
from dialogs.template import NEEDS
from triage.needs import newest, of_answers, of_settings
from vault.entries import Entry


def _entry(**kept: object) -> Entry:
    return Entry(uuid4(), "answers", "survivor", datetime(2026, 11, 24, tzinfo=UTC), json.dumps(kept))


def test_her_settings_are_needs() -> None:
    assert of_settings({"text": "yes", "sign": "yes", "timer": "60"}) == ("in_writing", "sign")
    assert of_settings({"aloud": "yes", "easy": "yes"}) == ("read_aloud", "easy_text")
    assert of_settings({}) == ()


def test_what_she_told_for_a_referral_stands_beside_them_and_nothing_stands_twice() -> None:
    assert of_settings({"easy": "yes", "needs": "easy_text,step_free"}) == ("easy_text", "step_free")


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("level", ["1", "2", "3", "4", "unknown", "refused"])
def test_help_is_offered_from_some_difficulty_on(domain: str, level: str) -> None:
    assert len(of_answers({f"wg.{domain}": level})) == (level in "234")


def test_all_six_follow_the_order_of_the_table() -> None:
    found = of_answers({f"wg.{domain}": "4" for domain in reversed(DOMAINS)})
    assert list(found) == [need for need in NEEDS if need != "sign"]


def test_other_answers_of_hers_are_no_needs() -> None:
    assert of_answers({"weapon": "yes", "age": "adult"}) == ()


def test_the_newest_word_on_needs_holds_and_a_screening_is_none() -> None:
    older, newer = _entry(instrument="access", needs=["sign"]), _entry(instrument="access", needs=["easy_text"])
    screening = _entry(instrument="who-immediate", answers={}, band="undetermined")
    assert newest([older, newer, screening]) == ("easy_text",)
    assert newest([screening]) == ()


def test_a_need_that_the_table_no_longer_has_is_left_out() -> None:
    assert newest([_entry(instrument="access", needs=["sign", "once"])]) == ("sign",)
