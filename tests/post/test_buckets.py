"""Buckets: rates as arithmetic, with a clock that stands still until it is pushed."""

import pytest

from post.buckets import Buckets, Pace

HER, BO = 11, 22
PACE = Pace(30, 1, 5)


class Line:
    """A chat line under a pace: sends as fast as it may, on a clock of its own."""

    def __init__(self, pace: Pace | None = PACE) -> None:
        self.buckets = Buckets(pace)
        self.now = 1000.0

    def send(self, *chats: int) -> list[float]:
        """Send to these chats one after another, each as soon as it may go; seconds since the start."""
        begun, sent = self.now, []
        for chat in chats:
            self.now += self.buckets.wait(chat, self.now)
            assert self.buckets.wait(chat, self.now) <= 1e-9
            self.buckets.take(chat, self.now)
            sent.append(round(self.now - begun, 6))
        return sent


def test_a_burst_goes_at_once_and_then_one_a_second() -> None:
    assert Line().send(*[HER] * 8) == [0, 0, 0, 0, 0, 1, 2, 3]


def test_after_a_rest_the_burst_is_there_again_and_never_more() -> None:
    line = Line()
    line.send(*[HER] * 5)
    line.now += 3
    assert line.send(*[HER] * 4) == [0, 0, 0, 1]
    line.now += 3600
    assert line.send(*[HER] * 7) == [0, 0, 0, 0, 0, 1, 2]


def test_one_chat_does_not_slow_another() -> None:
    line = Line()
    line.send(*[HER] * 5)
    assert line.buckets.wait(BO, line.now) == 0
    assert line.buckets.wait(HER, line.now) == pytest.approx(1)


def test_the_bot_as_a_whole_keeps_its_rate_over_all_chats() -> None:
    sent = Line().send(*range(1, 92))
    assert sent[29] == 0
    assert sent[30] == pytest.approx(1 / 30, abs=1e-6)
    assert sent[90] == pytest.approx(61 / 30, abs=1e-5)


def test_in_any_second_no_more_goes_than_a_full_bucket_and_what_flows_in() -> None:
    sent = Line().send(*range(1, 200))
    for start in range(5):
        assert sum(start <= at < start + 1 for at in sent) <= 60
    assert sum(1 <= at < 2 for at in sent) == 30


@pytest.mark.parametrize("per_bot", [0.1, 0.5, 1, 2.5])
def test_a_rate_below_one_still_lets_something_go(per_bot: float) -> None:
    sent = Line(Pace(per_bot, 1, 1)).send(1, 2, 3, 4, 5, 6)
    assert sent[0] == 0
    assert sent[5] - sent[4] == pytest.approx(1 / per_bot, abs=1e-5)


def test_without_a_pace_nothing_waits() -> None:
    line = Line(None)
    assert line.send(*[HER] * 1000)[-1] == 0


@pytest.mark.parametrize("pace", [PACE, None])
def test_a_429_closes_its_own_chat_until_the_time_it_named(pace: Pace | None) -> None:
    line = Line(pace)
    line.buckets.close(HER, line.now + 7)
    assert line.buckets.wait(HER, line.now) == 7
    assert line.buckets.wait(HER, line.now + 6.5) == pytest.approx(0.5)
    assert line.buckets.wait(HER, line.now + 7) == 0
    assert line.buckets.wait(BO, line.now) == 0


def test_a_429_outlasts_a_full_bucket() -> None:
    line = Line()
    line.send(*[HER] * 5)
    line.buckets.close(HER, line.now + 30)
    assert line.buckets.wait(HER, line.now + 10) == 20


def test_what_went_out_without_asking_is_paid_back_later() -> None:
    line = Line()
    for _ in range(8):
        line.buckets.take(HER, line.now)
    assert line.buckets.wait(HER, line.now) == pytest.approx(4)


def test_a_clock_that_stands_still_or_goes_back_opens_nothing() -> None:
    line = Line()
    line.send(*[HER] * 5)
    assert line.buckets.wait(HER, line.now) == pytest.approx(1)
    assert line.buckets.wait(HER, line.now - 10) >= 1


def test_the_chats_that_must_wait_are_known_and_for_how_long_each() -> None:
    line = Line()
    line.send(*[HER] * 5, BO)
    line.buckets.close(33, line.now + 7)
    assert line.buckets.closed(line.now) == {HER: pytest.approx(1), 33: pytest.approx(7)}
    assert line.buckets.closed(line.now + 1) == {33: pytest.approx(6)}
    assert line.buckets.closed(line.now + 7) == {}


def test_a_bot_that_is_out_of_breath_closes_no_chat() -> None:
    line = Line(Pace(1, 1, 5))
    line.send(HER)
    assert line.buckets.wait(BO, line.now) == pytest.approx(1)
    assert line.buckets.closed(line.now) == {}


def test_chats_that_have_filled_up_again_are_forgotten_when_there_are_very_many() -> None:
    line = Line(Pace(1e9, 1, 5))
    for chat in range(1000):
        line.buckets.take(chat, line.now)
    line.now += 60
    line.buckets.take(1001, line.now)
    assert len(line.buckets._chats) == 1


def test_what_a_429_taught_is_forgotten_once_it_is_over() -> None:
    line = Line(None)
    line.buckets.close(HER, line.now + 5)
    assert line.buckets.closed(line.now + 6) == {}
    assert line.buckets._closed_until == {}
