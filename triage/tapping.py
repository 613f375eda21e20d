"""A question on a staff phone: its answers as buttons, two a row, and below them the ways on."""

from collections.abc import Iterable

from triage.showing import Desk, Rows


def buttons(desk: Desk, head: str, question: str, answers: Iterable[str], skip: str) -> Rows:
    """`head` is the command and its case; `skip` is the question that follows, or "stop"."""
    labels = [(_label(desk, answer), f"{head}:{question}:{answer}") for answer in answers]
    pairs = tuple(tuple(labels[at : at + 2]) for at in range(0, len(labels), 2))
    return (*pairs, desk.row(("button.skip", f"{head}:{skip}"), ("button.stop", f"{head}:stop")))


def _label(desk: Desk, answer: str) -> str:
    said = desk.name(f"answer.{answer}")
    return said[:1].upper() + said[1:]
