"""What the tests of the survivors' side share: one hotline a file, and at its end a look at all that was ever sent."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from hamroh.places import Database
from tests.bot.reading import given
from tests.conftest import Fresh
from tests.discretion import indiscretions
from tests.hotline import Hotline
from tests.sight import Sight, failed
from triage import decoying, typed
from vault.database import Engine, begin, engine_for


@pytest.fixture(scope="module")
async def base(fresh: Fresh) -> AsyncIterator[Database]:
    """One database for a file: its survivors know nothing of each other."""
    async with fresh() as made:
        yield made


@pytest.fixture(scope="module")
async def eye(base: Database) -> AsyncIterator[Engine]:
    """The owner's hand in the file's database, for looking."""
    engine = engine_for(base.url, pool=2)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="module")
async def line(base: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hotline]:
    """A whole hotline for the file, which reads words as `tests.bot.reading` gives.

    At its end nothing it sent may have failed, or have shown anything in a preview.
    """
    running = await Hotline.open(base, tmp_path_factory.mktemp("house"))
    try:
        with pytest.MonkeyPatch.context() as patch:
            for room in (typed, decoying):
                patch.setattr(room, "read", given)
            yield running
        assert indiscretions(running) == []
        assert failed(running) == []
    finally:
        await running.close()


@pytest.fixture(scope="module")
def sight(line: Hotline, eye: Engine) -> Sight:
    """A look behind the phones."""
    return Sight(line, eye)


@pytest.fixture
async def emptied_queue(eye: Engine) -> AsyncIterator[None]:
    """Whoever a test left waiting waits no more when it is over: an immediate case would come before all others."""
    yield
    async with begin(eye) as connection:
        await connection.execute(text("update cases set state = 'with_program' where state = 'waiting'"))


@pytest.fixture(autouse=True)
def nobody_waits(request: pytest.FixtureRequest) -> None:
    """The queue is emptied after every test of a hotline that others share; the others have their own."""
    if "line" in request.fixturenames:
        request.getfixturevalue("emptied_queue")
