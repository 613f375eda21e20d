"""The inventory: every column that could hold a person's words, name or id is sealed, or is listed with the reason."""

import io
import logging
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import ARRAY, Boolean, DateTime, LargeBinary, Uuid, text

from hamroh.invite import make_code
from hamroh.logs import _OnlyOurs
from practice.faults import Fault, Kind
from tests.hotline import STAFF_BOT, SURVIVORS_BOT, Hotline
from tests.people import Operator, Survivor
from tests.vault.scan import dump
from vault.database import Engine
from vault.people import Invited
from vault.tables import metadata

_RANDOM = "a random number, made by us"
_TELEGRAM = "Telegram's number of a message, which says nothing without the chat"
_HASH = "a hash under the side's lookup key, which is not in the database"
_CLOSED = "a word from a closed list of ours"
_COUNT = "a count"
_ORDER = "our own order of arrival"
_REGION = "the name of a bundle or of a service in its directory"
_LANGUAGE = "a language's code"

# Columns that are neither sealed nor a time, a yes or no, or a random UUID.
REASONS = {
    "sides.side": _CLOSED,
    "sides.public": "a public half",
    "cases.number": _RANDOM,
    "cases.address_id": _RANDOM,
    "cases.region": _REGION,
    "cases.language": _LANGUAGE,
    "cases.state": _CLOSED,
    "cases.class": _CLOSED,
    "cases.flags": _CLOSED,
    "cases.lift_s": "seconds, one of the few that the table of priority gives",
    "cases.outcome": _CLOSED,
    "cases.keep_days": _COUNT,
    "case_keys.half": _CLOSED,
    "case_keys.public": "a public half",
    "places.person": _HASH,
    "places.address_id": _RANDOM,
    "entries.kind": _CLOSED,
    "entries.author": _CLOSED,
    "consents.kind": _CLOSED,
    "consents.receiver": "the random number of a referral",
    "consents.fields": "names of fields, never what stands in them",
    "consents.answer": _CLOSED,
    "staff.person": _HASH,
    "staff.address_id": _RANDOM,
    "staff.role": _CLOSED,
    "staff.languages": _LANGUAGE,
    "staff.region": _REGION,
    "staff.asked_for": "the command whose words were asked for: a verb and a number",
    "staff.service_id": _REGION,
    "invites.code_hash": "the hash of a code with 80 random bits",
    "invites.role": _CLOSED,
    "invites.languages": _LANGUAGE,
    "invites.region": _REGION,
    "invites.service_id": _REGION,
    "referrals.number": _RANDOM,
    "referrals.service_id": _REGION,
    "referrals.service_kind": _CLOSED,
    "referrals.priority": _CLOSED,
    "referrals.fields": "names of fields, never what stands in them",
    "referrals.state": _CLOSED,
    "referrals.reason": _CLOSED,
    "referral_moves.came_from": _CLOSED,
    "referral_moves.went_to": _CLOSED,
    "referral_moves.actor": "a staff number, or which side it was",
    "referral_moves.reason": _CLOSED,
    "audit.actor": "a staff number, or the process",
    "audit.verb": _CLOSED,
    "audit.subject": "a flag, a role, an outcome or a referral's random number",
    "audit_chain.seq": _ORDER,
    "audit_chain.digest": "a digest over the audit, which holds no words",
    "audit_anchors.seq": _ORDER,
    "audit_anchors.digest": "a digest over the audit, which holds no words",
    "holders.task": _CLOSED,
    "holders.backend": "a process's number of the database",
} | {
    f"{side}_{column}": why
    for side in ("survivor", "staff")
    for column, why in {
        "addresses.id": _RANDOM,
        "addresses.wipe": _CLOSED,
        "addresses.spared": _TELEGRAM,
        "inbox.serial": _ORDER,
        "inbox.update_id": "Telegram's number of an update, forgotten after 48 hours",
        "inbox.person": _HASH,
        "inbox.state": _CLOSED,
        "inbox.tries": _COUNT,
        "inbox.begun": _COUNT,
        "orders.serial": _ORDER,
        "orders.address_id": _RANDOM,
        "orders.kind": _CLOSED,
        "orders.urgency": _CLOSED,
        "orders.part": _COUNT,
        "orders.message_id": _TELEGRAM,
        "orders.params": "keys of our own catalogs and numbers; the canaries below look into it",
        "orders.tries": _COUNT,
        "orders.held_until": _CLOSED,
        "orders.ended": _CLOSED,
        "ledger.address_id": _RANDOM,
        "ledger.message_id": _TELEGRAM,
        "ledger.kind": _CLOSED,
    }.items()
}  # fmt: skip


def test_every_column_is_sealed_or_listed_with_a_reason() -> None:
    plain = set()
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, DateTime | Boolean | Uuid):
                continue
            if column.name == "sealed":
                assert isinstance(column.type, LargeBinary)
                continue
            plain.add(f"{table.name}.{column.name}")
    assert plain == set(REASONS)


def test_beside_every_sealed_column_stands_the_pair_or_the_case_that_opens_it() -> None:
    for table in metadata.tables.values():
        if "sealed" in table.columns:
            assert {"pair", "case_id"} & set(table.columns.keys()), table.name


def test_no_list_holds_anything_but_numbers_and_words() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, ARRAY):
                assert str(column.type.item_type) in {"TEXT", "BIGINT"}, column


HER, HIS = 881_234_567_890_123, 881_234_567_890_456
WORDS = {
    "before": "Canarybefore I cannot sleep",
    "after": "Canaryafter he has a key",
    "edited": "Canaryedited",
    "reply": "Canaryreply take your time",
    "note": "Canarynote ask for the child",
    "needs": "Canaryneeds a room for two",
    "staff": "Canarystaff Staffova",
    "decoy": "Canarydecoy he is going to kill me",
    "caption": "Canarycaption",
    "file": "canaryfile.jpg",
}
NAMES = [f"Canaryname{HER}", f"canaryuser{HER}", f"Canaryname{HIS}", f"canaryuser{HIS}"]


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """All that would stand in the log: every level, through the filter that the processes log through."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(_OnlyOurs())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


async def people_of(hotline: Hotline) -> tuple[Operator, Survivor]:
    """A survivor and an operator with numbers that nothing else has."""
    operator = await Operator.new(hotline.telegram.base_url, STAFF_BOT, HIS, "en")
    her = await Survivor.new(hotline.telegram.base_url, SURVIVORS_BOT, HER, "en")
    hotline._people.extend((operator, her))
    invited = Invited("operator", WORDS["staff"], ("en",), hotline.settings.region)
    await operator.enrols(await make_code(hotline.database.url, invited))
    await operator.goes_on_duty()
    return operator, her


async def talk(hotline: Hotline) -> None:
    """Everything that may carry words: hers, the operator's, a note, a referral, an edit, a picture, the decoy."""
    operator, her = await people_of(hotline)
    await her.arrives()
    await her.says(WORDS["before"])
    await her.taps("person")
    await her.sees("consent")
    await her.taps("agree")
    await her.sees("leave_msg")
    await operator.takes()
    await her.sees("person_in")
    faults = hotline.telegram.telegram.faults
    for method in ("sendMessage", "editMessageText"):
        faults.order(Fault(Kind.ERROR_BEFORE, method=method))
    mine = await her.says(WORDS["after"])
    await operator.reads(WORDS["after"])
    await her.phone.edits(mine.message_id, WORDS["edited"])
    await operator.reads(WORDS["edited"])
    await operator.says(WORDS["reply"])
    await her.reads(WORDS["reply"])
    await operator.says(f"/note {WORDS['note']}")
    await operator.sees("note.kept")
    await operator.says(f"/refer bux-shelter-a {WORDS['needs']}")
    await her.reads(WORDS["needs"])
    await her.taps("exit")
    await operator.sees("she_left")
    await her.says(WORDS["decoy"])
    await operator.sees("decoy_cry")


def found_in(haystack: bytes, needles: list[bytes]) -> set[bytes]:
    lowered = haystack.lower()
    return {needle for needle in needles if needle.lower() in lowered}


def canaries() -> list[bytes]:
    """In utf-8, in the hexadecimal of a dump, and numbers as PostgreSQL keeps them in a file."""
    words = [*WORDS.values(), *NAMES, str(HER), str(HIS)]
    single = [part.encode() for word in words for part in word.split() if "anary" in part or part.isdigit()]
    return [*single, *(part.hex().encode() for part in single), *(struct.pack("<q", number) for number in (HER, HIS))]


async def test_no_word_name_or_number_of_anybody_lies_open_anywhere(
    hotline: Hotline, owner: Engine, server_folder: Path, tmp_path: Path, said: io.StringIO
) -> None:
    await talk(hotline)
    needles = canaries()
    async with owner.connect() as connection:
        tables = await dump(connection)
        await connection.execute(text("checkpoint"))
    assert sum(bool(rows_) for rows_ in tables.values()) > 20
    for name, rows_ in tables.items():
        assert found_in(rows_.encode(), needles) == set(), name
    files = [path for folder in (server_folder, tmp_path) for path in folder.rglob("*") if path.is_file()]
    wal = False
    for path in files:
        held = path.read_bytes()
        assert found_in(held, needles) == set(), path
        # What may lie open is found in the same files: they are those of this very talk.
        wal = wal or ("pg_wal" in path.parts and b"referral.asked" in held)
    assert wal
    assert found_in(said.getvalue().encode(), needles) == set()
