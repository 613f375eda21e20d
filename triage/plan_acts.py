"""What a tap in her safety plan causes, in the commit of the move: an answer, or something with the plan as a whole."""

from dialogs.kinds import Choice
from triage import planning
from triage.talk import Talk
from triage.weighing import weigh


async def put(talk: Talk, choice: Choice, _arg: str) -> None:
    """An answer in her plan; one of them is a cry, and raises the case like words would."""
    item, _, answer = choice.value.partition("=")
    await planning.put(talk, item, answer)
    if answer == "thoughts":
        await weigh(talk, ("suicidal",), "high")


async def plan(talk: Talk, choice: Choice, _arg: str) -> None:
    """A verb of the plan's, and what it is about."""
    await planning.carry_out(talk, choice.value)
