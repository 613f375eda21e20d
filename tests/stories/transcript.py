"""A story as a file: who is in it, what they do in turn, and what each phone shows; read, masked and written again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WIDTH = 17
_CAST = re.compile(r"- (?P<name>[\w ]+?): (?P<languages>[\w,]+)(?P<more>.*)$")
# What a deployment sets, where the story is of another than the usual one.
_HOUSE = re.compile(r"- (?P<name>region|door): (?P<value>\w+)$")
_FENCE = "```"
# What differs from one telling to the next, and what stands for it. The order matters: the longest first.
_MASKS = (
    (re.compile(r"\b\d{4}-\d{4}\b"), "0000-0000"),
    (re.compile(r"\bR[A-Z0-9]{6}\b"), "R000000"),
    (re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b"), "00.00.0000"),
    (re.compile(r"\b\d{2}\.\d{2}(?=,? \d{2}:\d{2}\b)"), "00.00"),
    # A time of another day has its date before it: which day it is depends on the hour of the telling.
    (re.compile(r"(?:\b\d{1,2}[ -]\w+, )?\b\d{2}:\d{2}\b"), "00:00"),
    (re.compile(r"\b\d{5,6}\b"), "00000"),
)


def masked(text: str) -> str:
    """A text with its numbers of cases, times and dates put aside."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody in a story: how the transcript calls them, the languages they speak, and what else is said of them."""

    name: str
    languages: tuple[str, ...]
    more: str

    @property
    def side(self) -> str:
        """Whose bot they write to: a survivor's, an operator's or a service's."""
        return "operator" if self.name.startswith("operator") else "shelter" if self.name == "shelter" else "survivor"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody does: `[a button]`, `(something without words)`, or words."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Story:
    """A file of the stories: what stands before the transcript, the house's settings, the cast, the transcript."""

    file: Path
    head: str
    settings: Mapping[str, str]
    cast: tuple[Role, ...]
    lines: tuple[str, ...]

    def acts(self) -> Iterator[Act]:
        """What people do, in order."""
        names = {role.name for role in self.cast}
        for line in self.lines:
            who, what = line[:WIDTH].strip(), line[WIDTH:].strip()
            if who in names:
                yield Act(who, what)


@dataclass(slots=True)
class Telling:
    """A transcript as it is told."""

    lines: list[str] = field(default_factory=list)

    def say(self, who: str, text: str) -> None:
        """One thing said or done; further lines of it stand under the first."""
        for number, part in enumerate(text.split("\n")):
            self.lines.append(f"{who if number == 0 else '':<{WIDTH}}{part}".rstrip())

    def gap(self) -> None:
        """A blank line before the next act."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def read(file: Path) -> Story:
    """Read a story; raises ValueError where it has no cast or no transcript."""
    head, fence, rest = file.read_text("utf-8").partition(f"{_FENCE}text\n")
    body, closing, _ = rest.partition(f"\n{_FENCE}")
    lines = head.split("\n")
    settings = {f"HAMROH_{found['name'].upper()}": found["value"] for found in map(_HOUSE.match, lines) if found}
    cast = tuple(
        Role(found["name"], tuple(found["languages"].split(",")), found["more"].strip(" ,."))
        for found in map(_CAST.match, (line for line in lines if not _HOUSE.match(line)))
        if found
    )
    if not fence or not closing or not cast:
        raise ValueError(f"{file.name}: a story has a cast (`- survivor: en`) and a transcript in ```text")
    return Story(file, head, settings, cast, tuple(body.split("\n")))


def write(story: Story, lines: Sequence[str]) -> None:
    """Write the story with these lines for its transcript."""
    body = "\n".join(lines).strip("\n")
    story.file.write_text(f"{story.head}{_FENCE}text\n{body}\n{_FENCE}\n", "utf-8")
