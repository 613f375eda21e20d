"""The wiring of the fronts: what a start says to whoever runs it."""

import pytest

from tests.hotline import Hotline


async def test_a_start_names_the_languages_that_no_native_reader_has_read(
    hotline: Hotline, caplog: pytest.LogCaptureFixture
) -> None:
    she = await hotline.survivor()
    await she.says("/start")
    await she.sees("greet")
    said = [record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)]
    unread = [line for line in said if line.startswith("no native reader has read the words of ")]
    assert sorted(line.split(" of ")[1].split(", ")[0] for line in unread) == ["staff in: en", "survivor in: uz"]
    assert any("uz, uz_Cyrl, ru, tg, kaa, en (`hamroh words list`)" in line for line in unread)
    assert not any("native" in bubble.text for bubble in await she.screen())
