"""Every key the desk says: its lines, with which of them sound, and the names that its tables bring."""

from collections.abc import Iterable, Mapping

from dialogs.engine import STEPS
from dialogs.flows.road import LANGUAGES
from dialogs.flows.screening import ITEMS
from dialogs.template import FIELDS
from triage.asking import HOURS
from triage.case_lines import FORMS, KINDS, OTHER
from triage.clocks import clock_table
from triage.flags import FLAGS
from triage.happened import CLOCKS_OF
from triage.lifecycle import OUTCOMES, REJECT_REASONS, CaseState, ReferralState
from triage.offering import NOBODY_FREE
from triage.permissions import OPERATORS, ROLES
from triage.priority_table import priority_table
from triage.risk_class import RiskClass
from triage.risk_instruments import Instrument, Permission, instruments
from triage.sheet_cards import ON_HER_PHONE

# Lines that answer what a member just did, or that can wait until the phone is looked at.
QUIET = (
    "stranger", "code_refused", "help.desk", "help.receiver", "help.coordinator", "unknown_command", "old_button",
    "not_yours", "text_only", "edited.not_sent", "receiver.no_talk", "duty.on", "duty.off", "duty.off_holding",
    "queue.empty", "queue.no_referrals", "take.immediate_first", "take.off_duty", "take.full", "taken.yours_already",
    "taken.late",
    "case.unknown", "case.not_yours", "no_case", "which_case", "writes_to", "release.not_now", "released", "close.how",
    "closed", "sent_to", "note.how", "note.kept", "refer.too_long", "refer.asked", "refer.pending", "refer.already",
    "refer.acknowledged", "refer.accepted", "referral.head", "referral.unknown", "referral.not_now", "decline.why",
    "decline.text", "she_left", "she_stopped", "not_delivered", "held", "next.how", "next.asked", "contact.yes",
    "contact.no", "clock.since", "clock.what", "clock.kept", "clock.how", "clock.told",
    "plan.shared", "plan.unshared", "her_needs", "needs_kept", "needs.asked", "needs.by_person",
    "sheet.not_asked", "raise.to", "raise.done", "raise.only", "left_behind",
)  # fmt: skip

# Lines that are owed a look now: a life, a changed danger, a woman who waits for an answer.
SOUNDING = (
    "case.rose", "she_returned", "she_returned.queued", "unreadable", "identity_doubt", "decoy_cry", "misread",
    "she_was_forced", "she_is_back", NOBODY_FREE, "refer.sent", "refer.nobody", "refer.refused", "refer.declined",
    "set_aside",
)  # fmt: skip

# Of these, the ones that go before what waits to be said: somebody may be in danger, or not be who they seem.
ALARMS = frozenset(
    {"case.rose", "identity_doubt", "decoy_cry", "misread", "she_was_forced", "she_is_back", NOBODY_FREE}
)

# Said by a card of its own, or a part of one.
CARDS = (
    "alert", "alert.later", "taken.other", "waits_no_more", "queue.head", "queue.line", "queue.more",
    "queue.none_yours", "card.head", "card.head_quiet",
    "card.left", "card.left_standing", "card.left_lost", "card.left_clear", "card.raised",
    "card.stopped", "card.flags", "card.screening", "card.answers", "card.referral", "card.note", "card.plan",
    "card.needs", "card.minor",
    "card.survivor", "card.staff",
    "card.program", "card.page", "words", "voice", "refer.pick", "refer.confirm", "refer.declined_words",
    "referral.due", "card.clock", "card.danger", "card.why", "card.fired", "danger.screen", "danger.before",
    "danger.outcome", "danger.finding", "danger.no", "danger.unknown", "danger.open", "since.hours",
    "sheet.pick", "sheet.screen", "sheet.typed", "sheet.open", "sheet.outcome", "sheet.missing", "card.sheet",
)  # fmt: skip

BUTTONS = (
    "duty", "off", "queue", "help", "take", "take_case", "take_first", "case", "show", "write_to", "earlier",
    "refer", "note", "danger", "sheet", "clock", "raise", "skip", "stop", "needs",
    "release", "close", "release_case", "close_case", "ask", "ask_again", "other_service", "ack", "accept", "decline",
)  # fmt: skip

# How a reply ended that did not simply arrive, as triage.compose tells the desk.
NOT_DELIVERED = ("left", "erased", "blocked", "refused", "given_up", "again", "came_back", "forced", "failed")
UNTIL = ("she_writes", "she_answers")


# The commands that Telegram lists under the bot's name; their descriptions are its public face.
COMMANDS = ("duty", "off", "queue", "take", "case", "note", "needs", "refer", "next", "release", "close", "help")


def _answers() -> Iterable[str]:
    """Every answer that the screening's items take."""
    steps = (step for step in STEPS.values() if step.item in ITEMS)
    return (choice.value for step in steps for choice in step.choices() if choice.value and choice.id != "stop")


def _ours() -> Iterable[Instrument]:
    """The instruments that the desk names in our words: a pack's names are its owner's, and a record has none."""
    every = (one for one in instruments().values() if one.permission is Permission.FIT)
    return [one for one in every if not one.record and one.name not in ON_HER_PHONE]


def _danger_answers() -> Iterable[str]:
    return (answer for answers in priority_table().danger.values() for answer in answers if answer != "not_asked")


def _worked_out() -> Mapping[str, Iterable[str]]:
    """The names of what is worked out when a card is shown: clocks, danger questions, rules."""
    return {
        "event": CLOCKS_OF,
        "since": (*clock_table().answers, *(f"{hours}_hours" for hours in HOURS)),
        "clock": clock_table().clocks,
        "left": [f"{kind}.{form}" for kind in KINDS for form in FORMS],
        "danger": priority_table().danger,
        "danger.name": priority_table().danger,
        "danger.means": priority_table().danger,
        "rule": (*(rule.id for rule in priority_table().rules), OTHER),
    }


def _tables() -> Mapping[str, Iterable[str]]:
    """The names that begin with a word of ours and go on with an id of some table."""
    risks = [risk.word for risk in RiskClass]
    return {
        "welcome": ROLES,
        "risk": risks,
        "mark": risks,
        "raised": ("you", *OPERATORS),
        "language": LANGUAGES,
        "flag": FLAGS,
        "item": dict.fromkeys(item.id for one in _ours() for item in one.items),
        "answer": (*_answers(), *_danger_answers()),
        "band": dict.fromkeys(band.id for one in _ours() for band in one.bands),
        "sheet.name": [one.name for one in _ours()],
        "button": BUTTONS,
        "outcome": OUTCOMES,
        "reason": REJECT_REASONS,
        "state": ReferralState,
        "not_sent": [state for state in CaseState if state is not CaseState.TALKING],
        "not_delivered": NOT_DELIVERED,
        "until": UNTIL,
        "command": COMMANDS,
        "face": ("name", "about"),
        "field": FIELDS,
        **{f"value.{field}": values for field, values in FIELDS.items()},
        **_worked_out(),
    }


def keys() -> tuple[str, ...]:
    """Every key, each once."""
    names = (f"{table}.{name}" for table, found in _tables().items() for name in found)
    welcome = (*QUIET, *SOUNDING, *CARDS, *names)
    return tuple(dict.fromkeys(welcome))


def missing(english: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the desk says and the English catalog does not have."""
    return tuple(key for key in keys() if key not in english)


def unused(english: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the English catalog has and the desk never says."""
    said = set(keys())
    return tuple(key for key in english if key not in said)


def sounds(key: str) -> bool:
    """Whether a line makes the phone sound; a key that stands in no table is a slip, and raises KeyError."""
    if key in SOUNDING:
        return True
    if key in QUIET or key.partition(".")[0] in {"welcome", "not_sent"}:
        return False
    raise KeyError(key)
