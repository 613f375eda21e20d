"""What the pages show that the code already knows: pictures in Mermaid and tables, each drawn from the thing itself."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from dialogs.words import load
from hamroh.__main__ import there
from hamroh.words import LOCALES, ROOT
from triage.lifecycle import CASE_MOVES, REFERRAL_MOVES, CaseState, ReferralState
from triage.permissions import MAY, ROLES
from vault.database import ROLES as ROLES_OF
from vault.settings import SECRETS, setting_names
from vault.wall import calls, rights

_NAMES: Final = {
    "uz": "Uzbek (Latin)", "uz_Cyrl": "Uzbek (Cyrillic)", "ru": "Russian", "tg": "Tajik", "kaa": "Karakalpak",
    "en": "English",
}  # fmt: skip
_SIGNS: Final = {"select": "read", "insert": "add", "update": "change"}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = tuple(head)
    lines = (f"| {' | '.join(cells)} |" for cells in (names, *rows))
    first = next(lines)
    return "\n".join((first, f"|{'---|' * len(names)}", *lines))


def _mermaid(lines: Iterable[str]) -> str:
    return "\n".join(("```mermaid", *lines, "```"))


def _contracts() -> list[Mapping[str, Any]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[Mapping[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def _may_not(contracts: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """(who, whom) for every import that a contract forbids."""
    forbidden = (one for one in contracts if one["type"] == "forbidden")
    return {(who, whom) for one in forbidden for who in one["source_modules"] for whom in one["forbidden_modules"]}


def rooms() -> str:
    """The rooms and who imports whom, from the contracts that the import linter holds."""
    contracts = _contracts()
    forbidden = _may_not(contracts)
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    floors = [floor.split(" | ") for floor in layers]
    steps = ((upper, lower) for above, below in pairwise(floors) for upper in above for lower in below)
    arrows = [f"    {upper} --> {lower}" for upper, lower in steps if (upper, lower) not in forbidden]
    picture = _mermaid(("flowchart TD", *arrows, f"    {floors[0][0]} -.-> practice"))
    return f"{picture}\n\n{_only_rooms(contracts)}"


def _only_rooms(contracts: Iterable[Mapping[str, Any]]) -> str:
    forbidden = (one for one in contracts if one["type"] == "forbidden")
    rows = ((one["name"], ", ".join(f"`{name}`" for name in one["forbidden_modules"])) for one in forbidden)
    return table(("contract", "keeps out"), rows)


def _states(first: str, ends: Iterable[str], edges: Iterable[tuple[str, str, str]]) -> str:
    labels: dict[tuple[str, str], list[str]] = {}
    for start, to, label in edges:
        labels.setdefault((start, to), []).append(label)
    moves = (f"    {start} --> {to} : {', '.join(said)}" for (start, to), said in labels.items())
    return _mermaid(("stateDiagram-v2", f"    [*] --> {first}", *moves, *(f"    {end} --> [*]" for end in ends)))


def life_of_a_case() -> str:
    """The moves of a case."""
    edges = ((source.value, target.value, move.value) for move, source, target in CASE_MOVES)
    return _states(CaseState.WITH_PROGRAM.value, (), edges)


def life_of_a_referral() -> str:
    """The moves of a referral, and by whose hand each is made."""
    edges = (
        (row.source.value, row.target.value, f"{row.verb} ({' or '.join(sorted(row.hands))})") for row in REFERRAL_MOVES
    )
    return _states(ReferralState.DRAFT.value, (ReferralState.CLOSED.value,), edges)


def permissions() -> str:
    """Verb by role."""
    rows = ((f"`{verb}`", *("yes" if role in roles else "" for role in ROLES)) for verb, roles in MAY.items())
    return table(("verb", *ROLES), rows)


def wall() -> str:
    """Table by role: what each process may do with each; and the few functions that reach across."""
    held: dict[tuple[str, str], set[str]] = {}
    for role, name, right in rights():
        held.setdefault((name, role), set()).add(right)
    roles = tuple(ROLES_OF.values())
    rows = (
        (f"`{name}`", *(_rights(held.get((name, role), set())) for role in roles))
        for name in sorted({name for name, _ in held})
    )
    tables = table(("table", *(f"`{role}`" for role in roles)), rows)
    asked: dict[str, list[str]] = {}
    for name, role in calls():
        asked.setdefault(name, []).append(f"`{role}`")
    callers = ((f"`{name}`", ", ".join(roles)) for name, roles in asked.items())
    return f"{tables}\n\n{table(('function of the owner', 'who may call it'), callers)}"


def _rights(rights: set[str]) -> str:
    return ", ".join(sign for right, sign in _SIGNS.items() if right in rights)


def languages() -> str:
    """Each language that is begun: what survivors and the desk have in it, and who has read it."""
    hers, desk = load(LOCALES), load(LOCALES, "staff")
    rows = (
        (
            _NAMES.get(code, code),
            "offered" if code in hers.offered else f"begun, {len(tongue.faults)} sentences short",
            "yes" if code in desk.languages else "in English",
            tongue.reviewed_by or "not yet",
        )
        for code, tongue in hers.languages.items()
    )
    return table(("", "to survivors", "at the desk", "read by native speakers"), rows)


def commands() -> str:
    """Every command of this version, by chapter."""
    rows = ((one.chapter, f"`hamroh {name}`", one.says) for name, one in there().items())
    return table(("", "command", "what it does"), rows)


def settings() -> str:
    """Every setting: its meaning and its default, as `.env.example` says them."""
    rows = (
        ("<br>".join(f"`{name}`" for name in names), says, f"`{default}`" if default else "not set")
        for names, says, default in _examples((ROOT / ".env.example").read_text("utf-8"))
    )
    return table(("setting", "meaning", "default"), rows)


def _examples(text: str) -> Iterator[tuple[list[str], str, str]]:
    """Each paragraph of the example: its names (a secret's NAME_FILE goes without saying), its words, its default."""
    known = set(setting_names()) - {f"HAMROH_{field.upper()}_FILE" for field in SECRETS}
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        says = " ".join(line.removeprefix("# ") for line in lines if line.startswith("#"))
        given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        names = [name for name in given if name in known]
        if names:
            yield names, says.replace("|", "\\|"), given[names[0]]
