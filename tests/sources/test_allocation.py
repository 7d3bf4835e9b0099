"""What an answer cost is divided among its users, to the millionth."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.prices import Price, sum_of
from sources.allocation import Allocation, Part, allocate

DIME = Price(100_000, "EUR")


def euro(micros: int) -> Price:
    return Price(micros, "EUR")


@pytest.mark.parametrize(
    ("how", "users", "parts"),
    [
        (Allocation.FIRST, "bab", [("b", 100_000)]),
        (Allocation.EQUAL, "bab", [("b", 50_000), ("a", 50_000)]),
        (Allocation.EQUAL, "cab", [("c", 33_334), ("a", 33_333), ("b", 33_333)]),
        (Allocation.NONE, "ab", [(None, 100_000)]),
        (Allocation.FIRST, "", [(None, 100_000)]),
        (Allocation.EQUAL, "", [(None, 100_000)]),
    ],
)
def test_a_price_is_divided(
    how: Allocation, users: str, parts: list[tuple[str | None, int]]
) -> None:
    assert allocate(DIME, users, how) == tuple(Part(user, euro(cost)) for user, cost in parts)


@settings(max_examples=30)
@given(
    st.integers(0, 10**12),
    st.lists(st.sampled_from("abcd"), max_size=4),
    st.sampled_from(Allocation),
)
def test_the_parts_add_up_whatever_the_order(
    micros: int, users: list[str], how: Allocation
) -> None:
    price = euro(micros)
    for some in permutations(users):
        parts = allocate(price, some, how)
        assert sum_of(part.price for part in parts) == (price,)
        assert len({part.user for part in parts}) == len(parts)
        costs = [part.price.micros for part in parts]
        assert max(costs) - min(costs) <= 1
