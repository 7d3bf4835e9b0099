"""A draw holds a fact of each stratum, no fact twice, and comes again from its seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.audits.draw import allotted, drawn

SIZES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 300), max_size=9)


@given(SIZES, st.integers(1, 400), st.integers(0, 2**62))
def test_a_draw(sizes: dict[str, int], sample: int, seed: int) -> None:
    found = drawn(sizes, sample, seed)
    filled = {one for one, size in sizes.items() if size}
    assert len(found) == len(set(found)) == min(sample, sum(sizes.values()))
    assert all(0 <= place < sizes[one] for one, place in found)
    if sample >= len(filled):
        assert {one for one, _ in found} == filled
    assert drawn(sizes, sample, seed) == found
    assert dict(Counter(one for one, _ in found)) == allotted(sizes, sample)


@pytest.mark.parametrize(
    ("sizes", "sample", "taken"),
    [
        ({"fair": 900, "crm": 100}, 100, {"fair": 90, "crm": 10}),
        ({"fair": 9_999, "crm": 1}, 100, {"fair": 99, "crm": 1}),
        ({"a": 1, "b": 1, "c": 1}, 2, {"a": 1, "b": 1}),
        ({"a": 2, "b": 3}, 50, {"a": 2, "b": 3}),
        ({"a": 0}, 5, {}),
        ({}, 5, {}),
    ],
)
def test_strata_are_drawn_by_size(
    sizes: dict[str, int], sample: int, taken: dict[str, int]
) -> None:
    assert allotted(sizes, sample) == taken


def test_another_seed_draws_others() -> None:
    assert drawn({"a": 1_000}, 20, 1) != drawn({"a": 1_000}, 20, 2)
