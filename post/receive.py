"""Receiving: raw updates are stripped, sealed and committed before Telegram is told that we have them."""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from post.allowed import strip
from vault import inbox
from vault.bell import Nudge
from vault.database import Engine, begin
from vault.safe import Safe

log = logging.getLogger("hamroh.post")


class Receiver:
    """One bot's way in: `side` is whose inbox it fills."""

    def __init__(self, engine: Engine, safe: Safe, nudge: Nudge) -> None:
        self._engine = engine
        self._safe = safe
        self._nudge = nudge

    async def take(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Keep these updates, in one commit; only then may the caller acknowledge them."""
        now = datetime.now(UTC)
        kept = [stripped for raw in updates if (stripped := strip(raw)) is not None]
        if not kept:
            return
        async with begin(self._engine) as connection:
            for stripped in kept:
                person = self._safe.person("chat", str(stripped.chat_id))
                written = json.dumps(stripped.update, ensure_ascii=False).encode()
                await inbox.take_in(connection, self._safe, stripped.update_id, person, written, now)
        self._nudge.ring()
