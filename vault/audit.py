"""The audit: a row for every read and every act, inserted unchained; the rounds chain them and anchor the head.

A row names who (a staff number, or the process), what, and which case or subject; never a word that anybody wrote.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.bell import ROUNDS, ring
from vault.database import Connection

ANCHOR_EVERY = timedelta(hours=1)
GENESIS = hashlib.sha256(b"hamroh audit").digest()


async def note(
    connection: Connection,
    actor: str,
    verb: str,
    now: datetime,
    *,
    case: UUID | None = None,
    subject: str | None = None,
) -> None:
    """Write down an act, in the transaction that does it."""
    await connection.execute(
        insert(tables.audit).values(id=uuid4(), at=now, actor=actor, verb=verb, case_id=case, subject=subject).inline()
    )
    await ring(connection, ROUNDS)


def link(
    previous: bytes, row: UUID, at: datetime, actor: str, verb: str, case: UUID | None, subject: str | None
) -> bytes:
    """The digest of a row in the chain: SHA-256 over the digest before it and all that the row says."""
    said = "\0".join((str(row), at.isoformat(), actor, verb, str(case or ""), subject or ""))
    return hashlib.sha256(previous + said.encode()).digest()


async def head(connection: Connection) -> tuple[int, bytes]:
    """The newest link: its number (0 before the first) and digest."""
    chain = tables.audit_chain
    row = (await connection.execute(select(chain).order_by(chain.c.seq.desc()).limit(1))).first()
    return (0, GENESIS) if row is None else (row.seq, bytes(row.digest))


async def chain_batch(connection: Connection, limit: int = 1000) -> int:
    """Chain what is not chained yet, oldest first; how many were."""
    seq, digest = await head(connection)
    kept, chain = tables.audit, tables.audit_chain
    rows = (
        await connection.execute(
            select(kept)
            .outerjoin(chain, chain.c.audit_id == kept.c.id)
            .where(chain.c.seq.is_(None))
            .order_by(kept.c.at, kept.c.id)
            .limit(limit)
        )
    ).all()
    links = []
    for row in rows:
        seq += 1
        digest = link(digest, row.id, row.at, row.actor, row.verb, row.case_id, row.subject)
        links.append({"seq": seq, "audit_id": row.id, "digest": digest})
    if links:
        await connection.execute(insert(chain).inline(), links)
    return len(links)


async def anchor(connection: Connection, now: datetime) -> bool:
    """Anchor the head when the last anchor is an hour old and another head; whether it was done."""
    anchors = tables.audit_anchors
    last = (await connection.execute(select(anchors).order_by(anchors.c.seq.desc()).limit(1))).first()
    seq, digest = await head(connection)
    if seq == 0 or (last is not None and (now - last.at < ANCHOR_EVERY or last.seq >= seq)):
        return False
    await connection.execute(insert(anchors).values(seq=seq, digest=digest, at=now).inline())
    return True


async def broken_at(connection: Connection) -> int | None:
    """The number of the first link that does not hold, or None: what a reader of the audit checks first.

    An anchor says how the chain stood: what was cut off at its end, or chained anew, is found by it.
    """
    kept, chain, anchors = tables.audit, tables.audit_chain, tables.audit_anchors
    anchored = {row.seq: bytes(row.digest) for row in await connection.execute(select(anchors))}
    digest, expected = GENESIS, 0
    rows = await connection.execute(
        select(chain.c.seq, chain.c.digest, kept).join(kept, kept.c.id == chain.c.audit_id).order_by(chain.c.seq)
    )
    for expected, row in enumerate(rows, 1):
        digest = link(digest, row.id, row.at, row.actor, row.verb, row.case_id, row.subject)
        if row.seq != expected or bytes(row.digest) != digest or anchored.get(expected, digest) != digest:
            return expected
    return expected + 1 if max(anchored, default=0) > expected else None
