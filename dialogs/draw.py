"""The pictures: each flow as a Mermaid state diagram, drawn from the same data that the engine walks."""

from collections.abc import Iterable, Iterator
from typing import Final

from dialogs.flows import following, guidance, needs, plan, plan_table, reading, road, screening, settings
from dialogs.flows.footer import footer
from dialogs.kinds import Choice, Fork, Step

BEGIN: Final = "<!-- flows: drawn by `hamroh dialogs draw` -->"
END: Final = "<!-- flows: end -->"

_NOTE: Final = (
    "Every screen inside also carries, at its foot: danger (to `danger`), a person (to `limits`, or where the talk "
    "stands), back, and the way out (to the decoy). They are left out of the pictures."
)


def _plan() -> dict[str, tuple[Step, ...]]:
    """The plan in pictures that can be read: what leads in and out, and each of its parts alone."""
    own = {
        f"plan, {part.id}": {
            plan.see_of(part),
            *(name(item) for item in part.items for name in (plan.prompt_of, plan.line_of)),
        }
        for part in plan_table.PARTS
    }
    parts = {name: tuple(step for step in plan.STEPS if step.id in ids) for name, ids in own.items()}
    return {"plan": tuple(step for step in plan.STEPS if not any(step.id in ids for ids in own.values())), **parts}


FLOWS: Final = {
    "road": road.STEPS,
    "screening": screening.STEPS,
    "after a yes": following.STEPS,
    "guidance": guidance.STEPS,
    **_plan(),
    "settings": settings.STEPS,
    "reading": reading.STEPS,
    "needs": needs.STEPS,
}


def _name(step_id: str) -> str:
    return step_id.replace(".", "_")


def _fork_name(fork: Fork) -> str:
    return f"fork_{_name(fork.question).replace(':', '_')}"


def _edges(steps: Iterable[Step]) -> Iterator[tuple[str, str, str]]:
    """(from, to, label) for each way of a flow's own buttons; a fork is a place between."""
    for step in steps:
        for choice in step.choices():
            to = choice.to if isinstance(choice.to, str) else _fork_name(choice.to)
            yield step.id, to, choice.id


def _forks(steps: Iterable[Step]) -> dict[str, Fork]:
    choices: Iterator[Choice] = (choice for step in steps for choice in step.choices())
    return {_fork_name(choice.to): choice.to for choice in choices if isinstance(choice.to, Fork)}


def mermaid(steps: Iterable[Step]) -> str:
    """One flow as the text of a state diagram; the same flow gives the same text."""
    steps = tuple(steps)
    forks = _forks(steps)
    lines = ["stateDiagram-v2", f"    [*] --> {_name(steps[0].id)}"]
    lines += [f"    state {name} <<choice>>" for name in forks]
    labels: dict[tuple[str, str], list[str]] = {}
    for start, to, label in _edges(steps):
        labels.setdefault((start, to), []).append(label)
    lines += [f"    {_name(start)} --> {_name(to)} : {', '.join(names)}" for (start, to), names in labels.items()]
    lines += [
        f"    {name} --> {_name(to)} : {answer}" for name, fork in forks.items() for answer, to in fork.to.items()
    ]
    return "\n".join(lines)


def _part(name: str, steps: tuple[Step, ...]) -> str:
    return f"## {name.capitalize()}\n\n```mermaid\n{mermaid(steps)}\n```"


def _feet() -> str:
    rows = (f"| {step.id} | {', '.join(c.id for row in footer(step) for c in row)} |" for step in _every())
    return "\n".join(("| screen | foot |", "|---|---|", *rows))


def _every() -> Iterator[Step]:
    return (step for steps in FLOWS.values() for step in steps)


def drawn() -> str:
    """What stands between the markers."""
    parts = (_part(name, steps) for name, steps in FLOWS.items())
    return "\n\n".join((BEGIN, _NOTE, *parts, "## Feet", _feet(), END))


def redraw(page: str) -> str:
    """A page with the part between its markers drawn anew; a page without markers gets it at its end."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        return f"{page.rstrip()}\n\n{drawn()}\n"
    return head + drawn() + tail
