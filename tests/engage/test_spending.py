"""Money that was paid is added up by currency and group, to the cent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.figures.amounts import Amounts
from engage.figures.spending import GROUPINGS, Purchase, spent_by, whole

NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)


def bought(
    name: str, client: str, vendor: str | None, cost: Amounts | None, days: int = 0
) -> Purchase:
    """A list that was added some days after New Year."""
    at = NEW_YEAR + timedelta(days=days)
    return Purchase(client=client, name=name, vendor=vendor, at=at, cost=cost)


BOUGHT = (
    bought("fair", "north", "Messe", Amounts.of(90_000, "EUR")),
    bought("trade", "north", None, Amounts.of(1, "EUR"), days=3),
    bought("fair", "east", "Messe", Amounts.of(15_05, "USD"), days=4),
    bought("own", "east", None, None, days=4),
)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("client", [("east", 2, 1, "15.05 USD"), ("north", 2, 0, "900.01 EUR")]),
        ("vendor", [("Messe", 2, 0, "900.00 EUR + 15.05 USD"), ("not stated", 2, 1, "0.01 EUR")]),
        (
            "list",
            [
                ("east: fair", 1, 0, "15.05 USD"),
                ("east: own", 1, 1, ""),
                ("north: fair", 1, 0, "900.00 EUR"),
                ("north: trade", 1, 0, "0.01 EUR"),
            ],
        ),
        ("week", [("2026-W01", 2, 0, "900.01 EUR"), ("2026-W02", 2, 1, "15.05 USD")]),
    ],
)
def test_purchases_are_grouped(by: str, groups: list[tuple[str, int, int, str]]) -> None:
    found = spent_by(BOUGHT, by)
    assert [(one.group, one.lists, one.unstated, str(one.cost)) for one in found] == groups


ANY_COST = st.none() | st.builds(
    Amounts.of, st.integers(0, 10**12), st.sampled_from(["EUR", "USD", "JPY"])
)
ANY_PURCHASE = st.builds(
    bought,
    st.sampled_from("abc"),
    st.sampled_from(["north", "east"]),
    st.none() | st.sampled_from(["Messe", "Verlag"]),
    ANY_COST,
    st.integers(0, 400),
)


@given(st.lists(ANY_PURCHASE))
def test_every_grouping_adds_up_to_the_same(purchases: list[Purchase]) -> None:
    sums = {whole(spent_by(purchases, by)).cost.rounded().__repr__() for by in GROUPINGS}
    counts = {
        (one.lists, one.unstated) for by in GROUPINGS for one in [whole(spent_by(purchases, by))]
    }
    assert len(sums) == 1
    assert counts == {(len(purchases), sum(one.cost is None for one in purchases))}
