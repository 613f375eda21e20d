"""What a tap in her safety plan causes, in the commit of the move: an answer, or something with the plan as a whole."""

from dialogs.kinds import Choice
from triage import handover, planning
from triage.risk_class import RiskClass
from triage.talk import Talk


async def put(talk: Talk, choice: Choice, _arg: str) -> None:
    """An answer in her plan; one of them is a cry, and raises the case like words would."""
    item, _, answer = choice.value.partition("=")
    await planning.put(talk, item, answer)
    if answer == "thoughts":
        await handover.rise_quietly(talk, RiskClass.HIGH, ("suicidal",))


async def plan(talk: Talk, choice: Choice, _arg: str) -> None:
    """A verb of the plan's, and what it is about."""
    await planning.carry_out(talk, choice.value)
