"""The translators' template: made from the flows, fresh, and telling where each sentence is said."""

from babel.messages import pofile

from dialogs.lines import EASY
from dialogs.screen import ALOUD
from dialogs.template import LOOSE, missing, template, unused, uses
from tests.dialogs.ground import LOCALES, words


def test_the_kept_template_is_fresh() -> None:
    assert (LOCALES / "survivor.pot").read_text("utf-8") == template(words().english)


def test_every_key_is_in_the_english_and_every_english_key_is_said() -> None:
    assert missing(words().english) == ()
    assert unused(words().english) == ()


def test_a_translator_reads_where_an_answer_leads() -> None:
    assert "answer to limits, leads to waiting" in uses()["agree"]
    assert "button at the foot of every screen, leads to decoy" in uses()["exit"]
    assert "one form of a line of waiting" in uses()["wait_n"]


def test_the_template_reads_back_with_one_entry_for_each_key() -> None:
    with (LOCALES / "survivor.pot").open("rb") as file:
        entries = [message for message in pofile.read_po(file, abort_invalid=True) if message.id]
    contexts = {str(message.context) for message in entries}
    assert {context.removesuffix(EASY) for context in contexts if not context.endswith(ALOUD)} == set(uses())
    assert {context for context in contexts if context.endswith(EASY)} == {k for k in words().english if EASY in k}
    assert all(message.auto_comments and not message.string for message in entries)


def test_a_key_said_outside_the_steps_is_told_apart() -> None:
    assert set(LOOSE) <= set(uses())


def test_a_key_without_english_is_reported_and_left_out() -> None:
    english = {key: text for key, text in words().english.items() if key != "yes"}
    assert missing(english) == ("yes",)
    assert 'msgctxt "yes"' not in template(english)


def test_a_key_that_nothing_says_is_reported() -> None:
    assert unused({**words().english, "forgotten": "Forgotten."}) == ("forgotten",)
