"""A desk on which nothing may fail."""

from collections.abc import AsyncIterator

import pytest

from tests.desk import flawless
from tests.hotline import Hotline


@pytest.fixture
async def desk(hotline: Hotline) -> AsyncIterator[Hotline]:
    """A whole hotline, of whose calls none may fail."""
    async with flawless(hotline):
        yield hotline
