"""`hamroh play`: walk a flow in the terminal, as she would see it, with no Telegram and nothing kept."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from dialogs import decoy, hearing
from dialogs.draw import FLOWS
from dialogs.engine import STEPS, Moved, forks, move
from dialogs.flows.footer import DECOY
from dialogs.flows.road import LIVE
from dialogs.kinds import Effect, Place, Step
from dialogs.lines import keys_of
from dialogs.manner import ON, Manner, manner_of
from dialogs.region import BrokenRegionError, Region, read_region
from dialogs.screen import Screen, Tapped, as_text, first_line, parse_data, render
from dialogs.words import BrokenWordsError, Catalogs, load, placeholders
from hamroh.dialogs import REGIONS
from hamroh.words import LOCALES

Ask = Callable[[str], str]

# Where what she asks for leads, when it is not one of the screen's own choices.
_LEADS: Final = {
    hearing.WantsPerson: "limits",
    hearing.AsksProgram: "about",
    hearing.WantsErase: "erase_ask",
    hearing.WantsLanguage: "language",
    hearing.Words: "heard",
}
# The ways of reading that may be switched on, by the setting that each is kept as.
READING: Final = ("easy", "aloud", "text", "plain")
_EXAMPLE: Final = {
    **dict.fromkeys(("lines", "after", "examples", "hers", "desk", "days", "day", "words"), "-"),
    "n": "20",
    "time": "09:00",
    "number": "482913",
}


def values_of(step: Step, place: Place, words: Catalogs, region: Region) -> dict[str, str]:
    """Examples for what only a running hotline knows."""
    wanted = {name for key in keys_of(step, {}) if key in words.english for name in placeholders(words.english[key])}
    service = region.services[0].name(place.language) if region.services else "-"
    known = {**_EXAMPLE, "service": service, "fields": words.say(place.language, "field.lang")}
    forms = {"heard.arrived": "heard.unread"} if "heard.arrived" in step.text else {}
    return {name: known[name] for name in wanted if name in known} | forms


def _asked(ask: Ask) -> Callable[[str, Place], str]:
    """What a running hotline would know, the player says: one of the ways of the fork, asked once for each tap."""

    @cache
    def answer(question: str) -> str:
        ways = list(dict.fromkeys(way for fork in forks() if fork.question == question for way in fork.to))
        said = ask(f"({question}: {', '.join(ways)}) ").strip()
        return said if said in ways else ways[0]

    return lambda question, _: answer(question)


def _effect(place: Place, moved: Moved) -> Place:
    """Her place after a choice: another language, or another way of reading, holds from the next screen on."""
    language, settings = place.language, dict(place.settings)
    if moved.effect is Effect.LANGUAGE:
        language = moved.choice.value
    if moved.effect is Effect.SET:
        name, _, value = moved.choice.value.partition("=")
        settings[name] = value
    return replace(moved.place, language=language, settings=settings)


class Walk:
    """One walk through the flows: where she stands, and the screen that follows what she types."""

    def __init__(
        self, step: str, language: str, words: Catalogs, region: Region, ask: Ask, reading: Sequence[str] = ()
    ) -> None:
        self.place = Place(language=language, step=step, settings=dict.fromkeys(reading, ON))
        self.words, self.region, self.ask = words, region, ask
        self.turns = 0

    def screen(self) -> Screen:
        """What she sees now."""
        language = self.place.language
        if self.place.step == DECOY:
            return decoy.home(self._taste(), self.region)
        step = STEPS[self.place.step]
        first = first_line(language, self.words, self.region, self.turns)
        values = values_of(step, self.place, self.words, self.region)
        return render(step.id, language, self.words, self.region, values=values, first=first, manner=self.manner)

    @property
    def manner(self) -> Manner:
        """How the player reads."""
        return manner_of(self.place.settings)

    def says(self, text: str) -> Screen:
        """What she sees after she typed a number, a label or her own words."""
        self.turns += 1
        if self.place.step == DECOY:
            return self._in_decoy(text)
        step = STEPS[self.place.step]
        heard = hearing.hear(text, step, self.place.language, self.words, self.region, self.manner)
        if isinstance(heard, hearing.Exit):
            self.place = replace(self.place, step=DECOY)
            return decoy.answer(text, self._taste(), self.region, long=True)
        if isinstance(heard, hearing.Chosen):
            moved = move(self.place, self.place.step, heard.choice, _asked(self.ask))
            self.place = _effect(self.place, moved)
        elif not (isinstance(heard, hearing.Words) and self.place.step in LIVE):
            self.place = replace(self.place, step=_LEADS[type(heard)])
        return self.screen()

    def _in_decoy(self, text: str) -> Screen:
        if text.strip() == "/start":
            self.place = Place(language=self.place.language, settings=self.place.settings)
            return self.screen()
        said: str | Tapped = parse_data(text) or text
        if isinstance(said, Tapped):
            settings = {**self.place.settings, **decoy.chosen(said, self.region)}
            self.place = replace(self.place, settings=settings)
        return decoy.answer(said, self._taste(), self.region)

    def _taste(self) -> decoy.Taste:
        return decoy.taste_of(self.place.settings, self.place.language, self.region)


def play(walk: Walk, say: Callable[[str], None]) -> None:
    """Shows each screen and hears the answer, until the input ends."""
    screen = walk.screen()
    while True:
        say(f"\n{as_text(screen)}\n")
        try:
            screen = walk.says(walk.ask("> "))
        except (EOFError, KeyboardInterrupt):
            return


def main(argv: list[str], ask: Ask = input, say: Callable[[str], None] = print) -> int:
    """0 at the end of the input, 2 when something asked for is not there."""
    parser = argparse.ArgumentParser(prog="hamroh play", description=__doc__)
    parser.add_argument("flow", nargs="?", default="road", choices=tuple(FLOWS), help="where to begin")
    parser.add_argument("--language", default="", help="a language that is offered, like uz")
    parser.add_argument(
        "--reading", action="append", default=[], choices=READING, help="how she reads; may be given several times"
    )
    parser.add_argument("--region", default="bukhara")
    parser.add_argument("--private", type=Path, help="a deployment's own folder, laid over the region")
    asked = parser.parse_args(argv)
    try:
        words, region = load(LOCALES), read_region(REGIONS / asked.region, asked.private)
    except (BrokenWordsError, BrokenRegionError) as error:
        say(str(error))
        return 2
    offered = region.offered(words.offered)
    language = asked.language or offered[0]
    if language not in offered:
        say(f"{language} is not offered here: {', '.join(offered)}")
        return 2
    play(Walk(FLOWS[asked.flow][0].id, language, words, region, ask, asked.reading), say)
    return 0
