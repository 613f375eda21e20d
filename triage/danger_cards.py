"""The danger questions on a staff phone: one question a screen, and what they come to, read anew each time."""

from triage.facts import danger_of
from triage.priority_table import priority_table
from triage.showing import Card, Desk, Nothing, Shown
from triage.tapping import buttons
from vault import entries
from vault.cases import Case

# A plain answer, or one that says nothing, is no finding of its own.
_QUIET = ("no", "unknown", "not_asked")


def answers_to(question: str) -> tuple[str, ...]:
    """The answers of a question as they are offered: what says more first, then yes, no, not known."""
    more = tuple(answer for answer in priority_table().danger[question] if answer not in ("yes", *_QUIET))
    return (*more, "yes", "no", "unknown")


def after(question: str) -> str:
    """The question that follows; "stop" after the last."""
    questions = tuple(priority_table().danger)
    at = questions.index(question) + 1
    return questions[at] if at < len(questions) else "stop"


async def danger(desk: Desk) -> Shown:
    """The question that the order names, or what the answers come to."""
    case = desk.case
    if case is None or not desk.holds:
        return Nothing("not theirs any more")
    found = await entries.read_all(desk.connection, desk.house.safe, case.id, ("danger",))
    given = danger_of(found)
    question = str(desk.due.order.params.get("question", ""))
    if question in priority_table().danger:
        return _question(desk, case, question, given)
    await desk.audit("read.danger")
    return _outcome(desk, case, given)


def _question(desk: Desk, case: Case, question: str, given: dict[str, str]) -> Card:
    questions = tuple(priority_table().danger)
    nth = questions.index(question) + 1
    asked = desk.say(f"danger.{question}")
    lines = [desk.say("danger.screen", number=case.number, nth=nth, of=len(questions), question=asked)]
    if question in given:
        lines.append(desk.say("danger.before", answer=desk.name(f"answer.{given[question]}")))
    # The version names the question alone: what was answered stands in no plain column.
    rows = buttons(desk, f"danger:{case.number}", question, answers_to(question), after(question))
    return Card("\n".join(lines), rows, edit=desk.due.order.message_id, version=question)


def _outcome(desk: Desk, case: Case, given: dict[str, str]) -> Card:
    table = priority_table().danger
    mark, risk = desk.name(f"mark.{case.risk}"), desk.name(f"risk.{case.risk}")
    lines = [
        desk.say("danger.outcome", number=case.number, answered=len(given), of=len(table), mark=mark, risk=risk),
        *(_finding(desk, question, answer) for question, answer in given.items() if answer not in _QUIET),
    ]
    for key, answer in (("danger.no", "no"), ("danger.unknown", "unknown"), ("danger.open", "")):
        names = [desk.name(f"danger.name.{question}") for question in table if given.get(question, "") == answer]
        if names:
            lines.append(desk.say(key, names="; ".join(names)))
    number = case.number
    rows = (desk.row(("button.show", f"case:{number}"), ("button.danger", f"danger:{number}")),)
    return Card("\n".join(lines), rows, edit=desk.due.order.message_id, mark="danger_outcome")


def _finding(desk: Desk, question: str, answer: str) -> str:
    return desk.say(
        "danger.finding",
        name=desk.name(f"danger.name.{question}"),
        answer=desk.name(f"answer.{answer}"),
        means=desk.say(f"danger.means.{question}"),
    )
