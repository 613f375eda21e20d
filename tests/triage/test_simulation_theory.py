"""Queueing theory against values known by hand, and the routing against it."""

import math

import pytest

from triage.simulation_demand import seeded
from triage.simulation_theory import check, erlang_c, mean_waits


@pytest.mark.parametrize("load", [0.1, 0.5, 0.9])
def test_with_one_server_who_waits_at_all_is_the_load(load: float) -> None:
    assert erlang_c(1, load) == pytest.approx(load)


def test_two_servers_half_busy_make_one_in_three_wait() -> None:
    assert erlang_c(2, 0.5) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("servers", "load"), [(3, 0.7), (6, 0.85), (20, 0.95)])
def test_the_share_that_waits_is_that_of_the_sum_written_out(servers: int, load: float) -> None:
    offered = servers * load
    tail = offered**servers / math.factorial(servers) / (1 - load)
    assert erlang_c(servers, load) == pytest.approx(
        tail / (sum(offered**one / math.factorial(one) for one in range(servers)) + tail)
    )


def test_one_class_alone_waits_as_in_any_queue() -> None:
    assert mean_waits(1, 60, [0.5]) == [pytest.approx(60)]


@pytest.mark.parametrize("loads", [[0.05, 0.8], [0.2, 0.3, 0.3]])
def test_priority_only_moves_waiting_from_one_class_to_another(loads: list[float]) -> None:
    waits = mean_waits(6, 60, loads)
    assert waits == sorted(waits)
    mean = sum(load * wait for load, wait in zip(loads, waits, strict=True)) / sum(loads)
    assert mean == pytest.approx(mean_waits(6, 60, [sum(loads)])[0])


def test_the_routing_makes_the_immediate_class_wait_as_theory_says() -> None:
    """Short for a test; `hamroh simulate --check` plays a million arrivals."""
    found = check(100_000, seeded(1))
    assert found.arrivals == 100_000
    assert found.off < 0.05
    assert found.passed
    assert found.everybody_s == pytest.approx(found.everybody_theory_s, rel=0.2)
