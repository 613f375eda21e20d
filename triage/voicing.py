"""Voice notes: hers reach the counsellor, fetched by her bot, sealed to the desk, and sent again by the staff's.

A file's id is good for one bot alone, and fetching it strips what Telegram knows of its sender.
"""

import base64
import json
from datetime import datetime

from triage.saying import Voice
from triage.talk import Talk
from vault import entries, orders
from vault.database import Connection
from vault.orders import Due, Order, Urgency
from vault.safe import Safe
from vault.tables import DESK

# Longer recordings than this are not passed on; five megabytes are about forty minutes of speech.
LARGEST = 5_000_000


async def keep(talk: Talk, voice: Voice) -> None:
    """Keep where the note is, sealed to her half; once the desk may hear it, it is fetched."""
    kept = json.dumps({"file_id": voice.file_id, "seconds": voice.seconds})
    entry = await entries.write(talk.connection, talk.case.id, "voice", "survivor", kept, entries.HERS, talk.now)
    if talk.agreed:
        await talk.order("fetch", Urgency.WORDS, entry=entry)


async def file_of(connection: Connection, safe: Safe, due: Due) -> str:
    """The id of the note an order is to fetch; raises ErasedError once the case is gone."""
    order = due.order
    assert order.case is not None and order.entry is not None  # noqa: S101, PT018 - a fetch names its entry
    return str(json.loads(await entries.read(connection, safe, order.case, order.entry))["file_id"])


async def fetched(connection: Connection, safe: Safe, due: Due, content: bytes, now: datetime) -> None:
    """The note is here: sealed to the desk's half of the case, and the desk is told."""
    order = due.order
    assert order.case is not None and order.entry is not None  # noqa: S101, PT018 - a fetch names its entry
    if len(content) > LARGEST:
        return
    seconds = json.loads(await entries.read(connection, safe, order.case, order.entry))["seconds"]
    kept = json.dumps({"seconds": seconds, "voice": base64.b64encode(content).decode()})
    await entries.copy_to(connection, order.case, order.entry, DESK, kept)
    news = Order("her_voice", None, Urgency.WORDS, case=order.case, entry=order.entry)
    await orders.write(connection, DESK, news, now, across=True)


def opened(kept: str) -> tuple[bytes, int]:
    """A note as the desk's half holds it: the recording and its length in seconds."""
    read = json.loads(kept)
    return base64.b64decode(read["voice"]), int(read["seconds"])
