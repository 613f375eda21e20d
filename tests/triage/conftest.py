"""Property tests here have no time limit of their own; and a desk on which nothing may fail."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from tests.desk import flawless
from tests.hotline import Hotline

settings.register_profile("triage", deadline=None)
settings.load_profile("triage")


@pytest.fixture
async def desk(hotline: Hotline) -> AsyncIterator[Hotline]:
    """A whole hotline, of whose calls none may fail."""
    async with flawless(hotline):
        yield hotline
