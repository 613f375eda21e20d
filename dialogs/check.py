"""The check: every reachable screen in every language, held against the rules for speaking with a survivor."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dialogs import check_decoy, check_guidance, check_letters, check_manners, check_texts, check_ways
from dialogs.checked import Finding, Ground

Rule = Callable[[Ground], Iterator[Finding]]

# The name is what holds; the rule yields where it does not.
RULES: Final[Mapping[str, Rule]] = {
    # The ways
    "the way out is the last row of every screen, in the same words": check_ways.exit_is_last,
    "the way out leads straight to the decoy, and nothing asks whether she is sure": check_ways.exit_is_straight,
    "not safe leads straight to the decoy": check_ways.not_safe_is_out,
    "danger is one tap away on every screen inside": check_ways.danger_in_one,
    "a person is at most two taps away on every screen inside": check_ways.person_in_two,
    "who asks for a person taps the same word everywhere": check_ways.person_has_one_name,
    "no screen is a dead end: three ways or more": check_ways.no_dead_end,
    "every screen can be reached": check_ways.all_reached,
    "every way leads to a screen that is there": check_ways.all_targets_stand,
    "every question can be refused": check_ways.questions_can_be_refused,
    "nothing inside is shown before she was asked whether it is safe to write": check_ways.safety_first,
    "no consent without the limits told on the same screen": check_ways.limits_before_consent,
    "danger asks nothing and tells who can read now, and the limits": check_ways.danger_tells_the_limits,
    "an answer that hands over at once tells who can read now, and the limits": check_ways.emergency_tells_the_limits,
    "yes and no to a consent stand side by side": check_ways.consent_side_by_side,
    "at most three questions in a row": check_ways.three_in_a_row,
    "erasing asks once, and offers to clear the screen only": check_ways.erase_asks_once,
    "the end of a talk tells of traces and of when she may write": check_ways.goodbye_tells,
    "the first screen inside says that it is a program": check_ways.program_is_said,
    "the data of every button fits": check_ways.data_fits,
    # The texts
    "every key that a screen says is in the English": check_texts.keys_stand,
    "a screen holds at most 600 characters and six lines": check_texts.screens_are_short,
    "a label holds at most 32 characters": check_texts.labels_are_short,
    "labels differ on a screen": check_texts.labels_differ,
    "at most one question on a screen, and none that begins with why": check_texts.one_question,
    "no exclamation mark, emoji or shouting": check_texts.calm,
    "no promise": check_texts.no_promise,
    "no blame or pressure": check_texts.no_blame,
    "no feeling, order, verdict, way to die, or question who she is": check_texts.nothing_unsaid,
    "a placeholder stands last, after a colon": check_texts.placeholders_last,
    "danger begins with a number": check_texts.danger_begins_with_number,
    "a language is called by its own name": check_texts.own_names,
    "one letter for one sound: Uzbek apostrophes are letters": check_letters.uzbek_letters,
    "each language is written in its own letters": check_letters.own_letters,
    "one sign for one letter": check_letters.whole_letters,
    "first lines and neutral sentences give nothing away": check_texts.first_lines_are_dull,
    # The pages
    "every line of a page has a source and a date": check_guidance.lines_have_sources,
    "a statement says exactly the numbers and laws that it needs": check_guidance.needs_are_said,
    "a page has a neutral sentence for what is not signed or not known": check_guidance.pages_have_neutral_sentences,
    "a page begins with what to do now, signed or not": check_guidance.pages_begin_with_an_act,
    "a page is at most three taps from the menu": check_guidance.pages_are_near,
    "a page leads on by one button": check_guidance.pages_lead_on,
    "the page on not wanting to live has a person first and the trust line": check_guidance.suicide_has_a_person,
    "no text holds a number of three digits: it comes from the data": check_guidance.numbers_come_from_the_data,
    "no text names a street or a house": check_guidance.no_place_is_named,
    "no text takes for granted who does it": check_guidance.no_relation_is_assumed,
    "no text says that it is too late": check_guidance.never_too_late,
    "easy-read is shorter, and its sentences are short": check_guidance.easy_is_easy,
    # The manners of reading
    "to a screen reader the labels of a screen differ and make sense alone": check_manners.labels_make_sense_alone,
    "the way out has one name, however she reads": check_manners.exit_is_said_alike,
    "who only writes is told who may call, and nothing that is for who speaks": check_manners.no_call_is_left_to_her,
    "no text offers a call from us or to us": check_manners.nobody_is_offered_a_call,
    # The decoy
    "the decoy works: entries, search, pages and buttons": check_decoy.works,
    "the decoy has its list, kinds, settings and about, in every language": check_decoy.has_its_pages,
    "the decoy is one book in every language": check_decoy.is_one_book,
    "the examples for her own words stand nowhere in the decoy": check_decoy.ideas_are_free,
    "the decoy gives nothing away": check_decoy.gives_nothing_away,
    "the exit word is found in the decoy and said nowhere inside": check_decoy.exit_words_are_natural,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check walked, and what it found."""

    states: int
    transitions: int
    texts: int
    languages: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]


def check(ground: Ground) -> Outcome:
    """Holds all rules against the ground."""
    return Outcome(
        states=len(ground.steps) + 1,
        transitions=check_ways.transitions(ground),
        texts=len(ground.catalogs.english),
        languages=ground.languages,
        findings=tuple((name, finding) for name, rule in RULES.items() for finding in rule(ground)),
    )
