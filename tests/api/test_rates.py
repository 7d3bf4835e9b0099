"""How often a token, an address or a sender may send."""

from console.api.rates import Rates


class Clock:
    at = 1_000.0

    def __call__(self) -> float:
        return self.at


def test_a_bucket_fills_up_evenly_within_its_window() -> None:
    clock = Clock()
    rates = Rates(3, 3_600, clock)
    taken = [rates.take("a") for _ in range(4)]
    assert [one.allowed for one in taken] == [True, True, True, False]
    assert taken[-1].headers["RateLimit-Policy"] == '"token";q=3;w=3600'
    assert rates.take("b").allowed
    assert rates.look("a").wait_if_refused == 1_200
    clock.at += 1_200
    assert rates.look("a").wait_if_refused == 0
    assert rates.look("a").allowed
    assert rates.take("a").allowed
    assert not rates.take("a").allowed
    clock.at += 1e6
    assert [rates.take("a").allowed for _ in range(4)] == [True, True, True, False]


def test_a_look_counts_nothing() -> None:
    rates = Rates(1, clock=Clock())
    assert [rates.look("a").allowed for _ in range(3)] == [True, True, True]
    assert rates.take("a").allowed
    assert [rates.look("a").wait_if_refused for _ in range(2)] == [60, 60]


def test_a_bounded_number_of_senders_is_remembered() -> None:
    rates = Rates(1, clock=Clock())
    for number in range(10_050):
        rates.take(str(number))
    assert rates.take("0").allowed
    assert not rates.take("10049").allowed
