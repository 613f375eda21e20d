"""The loop that spreads what came to the desk: one order that cannot be spread holds nobody up."""

import logging

import pytest

from tests.desk import alerted, all_of, waits
from tests.hotline import Hotline
from vault.database import Engine


async def test_an_order_that_cannot_be_spread_is_ended_loudly_and_the_alert_behind_it_goes(
    desk: Hotline, owner: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    operator = await desk.operator("en")
    with caplog.at_level(logging.ERROR, logger="hamroh.operators"):
        async with owner.begin() as connection:
            await connection.exec_driver_sql(
                "insert into staff_orders (id, kind, urgency, params, made_at, not_before)"
                " values (gen_random_uuid(), 'of_tomorrow', 0, '{\"number\": \"Canary\"}', now(), now())"
            )
            await connection.exec_driver_sql("select pg_notify('hamroh_desk', '')")
        await waits(desk)
        await alerted(operator)
    assert await all_of(owner, "select ended from staff_orders where kind = 'of_tomorrow'") == ["failed"]
    assert "of_tomorrow" in caplog.text
    assert "Canary" not in caplog.text
