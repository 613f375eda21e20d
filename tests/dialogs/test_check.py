"""The check: nothing is found in what is shipped, and each rule finds its own breach."""

from dataclasses import replace

import pytest

from dialogs import check_texts, check_ways
from dialogs.check import RULES
from dialogs.checked import Ground
from dialogs.flows.footer import PERSON
from dialogs.kinds import Choice, Effect, Step
from dialogs.words import Catalogs, Tongue
from tests.dialogs import ground as shipped


def with_step(step: Step) -> Ground:
    ground = shipped.ground()
    return replace(ground, steps={**ground.steps, step.id: step})


def with_text(key: str, text: str, language: str = "en") -> Ground:
    """The shipped words with one sentence changed, in one language."""
    words = shipped.words()
    tongue = words.languages[language]
    changed = replace(tongue, texts={**tongue.texts, key: text})
    languages: dict[str, Tongue] = {**words.languages, language: changed}
    return replace(shipped.ground(), catalogs=Catalogs(words.domain, languages, words.offered))


def step(name: str, **changes: object) -> Step:
    return replace(shipped.ground().steps[name], **changes)  # type: ignore[arg-type]


WAYS = {
    "danger_in_one": with_step(step("menu", rows=((Choice("danger", "danger"),),))),
    "person_in_two": with_step(step("limits", rows=((Choice("disagree", "refused"),),))),
    "not_safe_is_out": with_step(step("near_now", rows=((Choice("yes", "menu"), Choice("no", "menu")),))),
    "person_has_one_name": with_step(step("menu", rows=((replace(PERSON, label="agree"),),))),
    "goodbye_tells": with_step(step("goodbye", text=("comeback", "bye"))),
    "no_dead_end": with_step(Step("talking", ("person_in",), (), back="talking")),
    "all_reached": with_step(Step("island", ("menu.need",), ((Choice("menu", "menu"),),))),
    "all_targets_stand": with_step(step("refused", rows=((Choice("menu", "nowhere"),),))),
    "questions_can_be_refused": with_step(step("sos", rows=((Choice("yes", "danger", Effect.DANGER),),))),
    "three_in_a_row": with_step(
        Step("whose", ("whose",), ((Choice("partner", "who.worse_6_months", Effect.ANSWER, "partner"),),), item="whose")
    ),
    "safety_first": with_step(step("greet", rows=((Choice("lang_uz", "menu", Effect.LANGUAGE, "uz"),),))),
    "limits_before_consent": with_step(step("limits", text=("limits.who", "consent"))),
    "danger_tells_the_limits": with_step(step("danger", text=("danger.call", "danger.out"))),
    "consent_side_by_side": with_step(
        step("limits", rows=((Choice("agree", "waiting", Effect.CONSENT),), (Choice("disagree", "refused"),)))
    ),
    "erase_asks_once": with_step(step("menu", rows=((Choice("erase", "decoy", Effect.ERASE),),))),
    "program_is_said": with_step(step("safe_now", text=("traces", "safe_now"))),
    "exit_is_straight": with_step(step("safe_now", rows=((Choice("no", "goodbye", Effect.EXIT),),))),
    "data_fits": with_step(Step("a_step_with_a_name_so_long_that_no_button_of_it_can_be_tapped", ("menu.need",), ())),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_breach_of_a_rule_on_the_ways_is_found(name: str) -> None:
    assert list(getattr(check_ways, name)(WAYS[name]))


def test_a_foot_without_the_way_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_ways, "keyboard", lambda walked: walked.rows)
    assert len(list(check_ways.exit_is_last(shipped.ground()))) == len(shipped.ground().steps)


LONG = "Слова " * 120
TEXTS = {
    "screens_are_short": with_text("menu.need", LONG),
    "labels_are_short": with_text("about", "A label that nobody can read on one line of a phone"),
    "labels_differ": with_text("skip", "I don't want to answer"),
    "one_question": with_text("howto", "Or do you want to write?"),
    "calm": with_text("bye", "Take care!"),
    "no_promise": with_text("bye", "Мы поможем.", "ru"),
    "no_promise ": with_text("bye", "Ёрдам берамиз.", "uz_Cyrl"),
    "no_blame ": with_text("slow", "Сабр қилинг.", "uz_Cyrl"),
    "no_blame": with_text("slow", "Sabr qiling.", "uz"),
    "nothing_unsaid": with_text("thanks", "Я понимаю вас.", "ru"),
    "nothing_unsaid ": with_text("slow", "Болаларингизни ўйланг.", "uz_Cyrl"),
    "placeholders_last": with_text("ambulance", "Call {number} for an ambulance.", "en"),
    "danger_begins_with_number": with_text("danger.call", "Звоните. Полиция: {police}", "ru"),
    "own_names": with_text("language.ru", "Ruscha", "uz"),
    "first_lines_are_dull": with_text("first.dish", "Помощь рядом", "ru"),
    "keys_stand": with_text("forgotten", "Said by nobody."),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_breach_of_a_rule_on_the_texts_is_found(name: str) -> None:
    assert list(getattr(check_texts, name.strip())(TEXTS[name]))


@pytest.mark.parametrize(
    ("key", "text"),
    [("bye", "TAKE CARE"), ("bye", "Take care 🙂"), ("bye", "Take care ☀"), ("no", "OK"), ("goon", "Next")],
)
def test_shouting_emoji_and_empty_labels_are_found(key: str, text: str) -> None:
    ground = with_text(key, text)
    found = [*check_texts.calm(ground), *check_texts.labels_are_short(ground)]
    assert any("(en)" in finding.where for finding in found)


@pytest.mark.parametrize(
    "text", ["Why do you stay?", "You stay, but why?"],
)  # fmt: skip
def test_a_question_that_asks_why_is_found(text: str) -> None:
    assert any(finding.what == "asks why" for finding in check_texts.one_question(with_text("whose", text)))


def test_every_rule_has_a_name_that_says_what_holds() -> None:
    assert len(RULES) >= 28
    assert all(len(name) > 8 and name[0].islower() for name in RULES)
