"""The tables: what is kept, and by which side of the wall.

What one side alone reads stands in a table of its own (`survivor_orders`, `staff_orders`), so that the wall is plain
grants. Every column that may hold a person's words, name or chat id is `sealed`; beside it stands the pair that
opens it.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

SURVIVORS: Final = "survivors"
DESK: Final = "desk"
SIDES: Final = (SURVIVORS, DESK)


def _at(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _case(*, nullable: bool = False) -> Column[object]:
    return Column("case_id", Uuid, ForeignKey("cases.id"), nullable=nullable)


sides = Table(
    "sides",
    metadata,
    Column("pair", Uuid, primary_key=True),
    Column("side", Text, nullable=False),
    Column("day", DateTime(timezone=True), nullable=False),
    Column("public", LargeBinary, nullable=False),
    CheckConstraint("side in ('survivors', 'desk')", name="side"),
)


def _inbox(side: str) -> Table:
    """Updates as they came in, stripped to the allow-list, in order of arrival; emptied once done."""
    return Table(
        f"{side}_inbox",
        metadata,
        Column("serial", BigInteger, Identity(always=True), primary_key=True),
        Column("update_id", BigInteger, nullable=False),
        Column("person", LargeBinary, nullable=False),
        Column("sealed", LargeBinary),
        Column("pair", Uuid),
        Column("state", Text, nullable=False, server_default="open"),
        Column("tries", Integer, nullable=False, server_default="0"),
        Column("begun", Integer, nullable=False, server_default="0"),
        _at("received_at"),
        CheckConstraint("state in ('open', 'done', 'aside')", name="state"),
        UniqueConstraint("update_id"),
        Index(f"ix_{side}_inbox_first", "person", "serial", postgresql_where=text("state = 'open'")),
    )


def _orders(side: str) -> Table:
    """What is to be done on Telegram by this side's bot: one order is one call."""
    return Table(
        f"{side}_orders",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("serial", BigInteger, Identity(always=True), nullable=False),
        Column("address_id", BigInteger),
        _case(nullable=True),
        Column("kind", Text, nullable=False),
        Column("urgency", Integer, nullable=False),
        Column("entry_id", Uuid),
        Column("part", Integer, nullable=False, server_default="0"),
        Column("message_id", BigInteger),
        Column("params", JSONB, nullable=False, server_default="{}"),
        _at("made_at"),
        _at("not_before"),
        _at("tried_at", nullable=True),
        Column("tries", Integer, nullable=False, server_default="0"),
        Column("again", Boolean, nullable=False, server_default="false"),
        Column("held_until", Text),
        _at("ended_at", nullable=True),
        Column("ended", Text),
        Index(f"ix_{side}_orders_due", "not_before", postgresql_where=text("ended_at is null")),
        Index(f"ix_{side}_orders_address", "address_id", "serial", postgresql_where=text("ended_at is null")),
    )


def _ledger(side: str) -> Table:
    """Every message id of a chat, both sides' messages: what is not in it can never be wiped."""
    return Table(
        f"{side}_ledger",
        metadata,
        Column("address_id", BigInteger, ForeignKey(f"{side}_addresses.id"), primary_key=True),
        Column("message_id", BigInteger, primary_key=True),
        _case(nullable=True),
        Column("ours", Boolean, nullable=False),
        Column("kind", Text, nullable=False),
        _at("sent_at"),
        _at("gone_at", nullable=True),
        Index(f"ix_{side}_ledger_present", "address_id", postgresql_where=text("gone_at is null")),
    )


def _addresses(side: str) -> Table:
    """Chat ids, each sealed to a day pair of its side, under a random number that says nothing."""
    return Table(
        f"{side}_addresses",
        metadata,
        Column("id", BigInteger, primary_key=True),
        Column("sealed", LargeBinary, nullable=False),
        Column("pair", Uuid, nullable=False),
        Column("wipe", Text, nullable=False, server_default="open"),
        _at("left_at", nullable=True),
        Column("spared", ARRAY(BigInteger), nullable=False, server_default="{}"),
        Column("holed", Boolean, nullable=False, server_default="false"),
        CheckConstraint("wipe in ('open', 'left', 'wiped')", name="wipe"),
    )


def _each(make: Callable[[str], Table]) -> dict[str, Table]:
    return {SURVIVORS: make("survivor"), DESK: make("staff")}


cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("address_id", BigInteger),
    Column("region", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("class", Text, nullable=False),
    Column("flags", ARRAY(Text), nullable=False, server_default="{}"),
    # By how many seconds sooner it is due in the queue than its class alone says.
    Column("lift_s", Integer, nullable=False, server_default="0"),
    # Who of the staff raised its class by hand.
    Column("raised_by", Uuid),
    Column("holder_id", Uuid),
    _at("opened_at"),
    _at("heard_at"),
    _at("waits_since", nullable=True),
    _at("window_until", nullable=True),
    _at("taken_at", nullable=True),
    _at("left_at", nullable=True),
    _at("closed_at", nullable=True),
    Column("outcome", Text),
    _at("erased_at", nullable=True),
    # She was forced (her duress word): nothing goes to her until she comes back by her own word.
    _at("forced_at", nullable=True),
    # The one neutral question whether it is safe, asked in a silence; and a contact that was agreed.
    _at("knocked_at", nullable=True),
    _at("next_at", nullable=True),
    Column("keep_days", Integer, nullable=False, server_default="30"),
)

case_keys = Table(
    "case_keys",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("half", Text, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    CheckConstraint("half in ('survivors', 'desk')", name="half"),
)


def _case_secrets(side: str) -> Table:
    """The private half of each case's pair of this side, sealed to its day pair."""
    return Table(
        f"{side}_case_secrets",
        metadata,
        Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
        Column("sealed", LargeBinary, nullable=False),
        Column("pair", Uuid, nullable=False),
    )


places = Table(
    "places",
    metadata,
    Column("person", LargeBinary, primary_key=True),
    Column("address_id", BigInteger, nullable=False),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    _case(),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    _at("at"),
    CheckConstraint(
        "kind in ('words', 'voice', 'note', 'answers', 'referral', 'plan', 'clock', 'danger')", name="kind"
    ),
    CheckConstraint("author in ('survivor', 'staff', 'program')", name="author"),
)


def _copies(side: str) -> Table:
    """What was written, sealed to this side's half of the case: what both must read is stored twice."""
    return Table(
        f"{side}_copies",
        metadata,
        Column("entry_id", Uuid, ForeignKey("entries.id"), primary_key=True),
        _case(),
        Column("sealed", LargeBinary, nullable=False),
        Index(f"ix_{side}_copies_case", "case_id"),
    )


consents = Table(
    "consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    _case(),
    Column("kind", Text, nullable=False),
    Column("receiver", Text),
    Column("fields", ARRAY(Text), nullable=False, server_default="{}"),
    Column("answer", Text, nullable=False),
    _at("answered_at"),
    _at("withdrawn_at", nullable=True),
    CheckConstraint("answer in ('yes', 'no')", name="answer"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person", LargeBinary, nullable=False, unique=True),
    Column("address_id", BigInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("region", Text, nullable=False),
    Column("service_id", Text),
    Column("sealed", LargeBinary, nullable=False),
    Column("pair", Uuid, nullable=False),
    Column("current_case", Uuid),
    Column("asked_for", Text),
    _at("on_duty_since", nullable=True),
    _at("enrolled_at"),
    _at("left_at", nullable=True),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("region", Text, nullable=False),
    Column("service_id", Text),
    Column("sealed", LargeBinary, nullable=False),
    Column("pair", Uuid, nullable=False),
    _at("made_at"),
    _at("expires_at"),
    _at("used_at", nullable=True),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", Uuid, primary_key=True),
    _case(),
    Column("number", Text, nullable=False, unique=True),
    Column("service_id", Text, nullable=False),
    Column("service_kind", Text, nullable=False),
    Column("sender_id", Uuid, nullable=False),
    Column("receiver_id", Uuid),
    Column("priority", Text, nullable=False),
    Column("fields", ARRAY(Text), nullable=False),
    Column("entry_id", Uuid),
    Column("consent_id", Uuid),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    _at("made_at"),
    _at("due_at", nullable=True),
)

referral_moves = Table(
    "referral_moves",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("came_from", Text, nullable=False),
    Column("went_to", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    _at("at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Uuid, primary_key=True),
    _at("at"),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("case_id", Uuid),
    Column("subject", Text),
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("seq", BigInteger, primary_key=True),
    Column("audit_id", Uuid, ForeignKey("audit.id"), nullable=False, unique=True),
    Column("digest", LargeBinary, nullable=False),
)

audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("seq", BigInteger, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    _at("at"),
)

# Who was shown that a case waits, who was rung for it and until when; one open row for each case and member.
offers = Table(
    "offers",
    metadata,
    Column("id", Uuid, primary_key=True),
    _case(),
    Column("staff_id", Uuid, ForeignKey("staff.id"), nullable=False),
    _at("made_at"),
    _at("rung_at", nullable=True),
    _at("lapses_at", nullable=True),
    _at("lapsed_at", nullable=True),
    _at("ended_at", nullable=True),
    Index("ix_offers_open", "case_id", "staff_id", unique=True, postgresql_where=text("ended_at is null")),
)

# Who holds a task that only one process may do (the sender and the poller of a bot), and when it last showed life.
holders = Table(
    "holders",
    metadata,
    Column("task", Text, primary_key=True),
    Column("backend", Integer, nullable=False),
    _at("beat_at"),
)

addresses = _each(_addresses)
inbox = _each(_inbox)
orders = _each(_orders)
ledger = _each(_ledger)
case_secrets = _each(_case_secrets)
copies = _each(_copies)
