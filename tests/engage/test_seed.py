"""The numbers that introductions to lead scoring give."""

from datetime import timedelta

import pytest

from tests.engage.made import DAY, result, seed, signal, usable

ALL_THREE = ("welcome_email_clicked", "price_page_visited", "quote_requested")


@pytest.mark.parametrize(
    ("kinds", "engagement", "temperature"),
    [
        (ALL_THREE[:1], 10, "cold"),
        (ALL_THREE[:2], 15, "cold"),
        (ALL_THREE, 35, "warm"),
        (ALL_THREE * 2, 70, "hot"),
        (("quote_requested",) * 9, 100, "hot"),
        ((*ALL_THREE, "unsubscribed"), 0, "cold"),
        (("page_visited",), 0, "cold"),
    ],
)
def test_points_add_up(kinds: tuple[str, ...], engagement: int, temperature: str) -> None:
    signals = [signal(kind, id=str(number)) for number, kind in enumerate(kinds)]
    found = result(signals, usable(seed()))
    assert (found.engagement, found.temperature) == (engagement, temperature)


def test_who_unsubscribes_is_suppressed_and_has_no_qualification() -> None:
    before = [signal(kind) for kind in ALL_THREE]
    assert result(before, seed()).suppressed is None
    after = result([*before, signal("unsubscribed")], seed())
    assert (after.suppressed, after.sum, after.qualifications, after.open) == (
        "client",
        -65.0,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("days", "total", "engagement"),
    [(0, 35.0, 35), (7, 24.748737, 25), (14, 17.5, 18), (28, 8.75, 9), (42, 4.375, 4)],
)
def test_points_halve_every_fourteen_days(days: int, total: float, engagement: int) -> None:
    signals = [signal(kind) for kind in ALL_THREE]
    found = result(signals, seed(), days * DAY)
    assert found.sum == pytest.approx(total, abs=3e-6)
    assert found.engagement == engagement


def test_a_company_cools_at_the_moment_that_was_named() -> None:
    signals = [signal(kind, id=f"{kind} {number}") for kind in ALL_THREE for number in range(2)]
    found = result(signals, seed())
    assert found.warm_at is not None
    assert found.cold_at is not None
    for moment, before, after in (
        (found.warm_at, "hot", "warm"),
        (found.cold_at, "warm", "cold"),
    ):
        passed = moment - signals[0].at
        assert result(signals, seed(), passed - timedelta(seconds=1)).temperature == before
        assert result(signals, seed(), passed).temperature == after


def test_what_hangs_on_the_fit_is_open_not_met() -> None:
    found = result([signal(kind) for kind in ALL_THREE], seed())
    assert (found.qualifications, found.open) == (("mql",), ("sql",))
    used = result([signal("product_used"), signal("consultation_requested")], seed())
    assert used.qualifications == ("pql", "service")
    assert result([signal("product_used")], seed(), 31 * DAY).qualifications == ()
