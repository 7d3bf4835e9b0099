"""Ids of companies survive merges and splits."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.assignment import assign
from leads.ids import new_id


def ids(count: int) -> list[UUID]:
    return [UUID(int=number) for number in range(1, count + 1)]


A, B, C = ids(3)
R = [UUID(int=100 + number) for number in range(6)]


@pytest.mark.parametrize(
    ("clusters", "before", "companies", "merged", "split"),
    [
        pytest.param([[R[0]], [R[1]]], {}, ["new", "new"], [], [], id="all new"),
        pytest.param([[R[0], R[1]]], {R[0]: A, R[1]: A}, [A], [], [], id="as before"),
        pytest.param(
            [[R[0], R[1]]],
            {R[0]: B, R[1]: A},
            [A],
            [(B, A)],
            [],
            id="two become one: the oldest id survives",
        ),
        pytest.param(
            [[R[0], R[1]], [R[2]]],
            {R[0]: A, R[1]: A, R[2]: A},
            [A, "new"],
            [],
            [A],
            id="one becomes two: the larger part keeps the id",
        ),
        pytest.param(
            [[R[0]], [R[1]]],
            {R[0]: A, R[1]: A},
            [A, "new"],
            [],
            [A],
            id="equal parts: the earlier keeps it",
        ),
        pytest.param(
            [[R[0], R[2]], [R[1]]],
            {R[0]: A, R[1]: A, R[2]: B},
            [A, "new"],
            [(B, A)],
            [A],
            id="split and merge at once",
        ),
        pytest.param([[R[0], R[3]]], {R[0]: A}, [A], [], [], id="a new record joins"),
    ],
)
def test_assign(
    clusters: list[list[UUID]],
    before: dict[UUID, UUID],
    companies: list[object],
    merged: list[object],
    split: list[UUID],
) -> None:
    found = assign(clusters, before, new_id)
    assert ["new" if one in found.made else one for one in found.company_of] == companies
    assert list(found.merged) == merged
    assert [old for old, _ in found.split] == split


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.lists(st.integers(0, 4), min_size=12, max_size=12),
)
def test_every_cluster_is_one_company_and_none_is_lost(now: list[int], was: list[int]) -> None:
    old, clusters = made_clusters(now, was)
    found = assign(clusters, old, new_id)
    assert len(set(found.company_of)) == len(clusters)
    stays, goes = set(found.company_of), {gone for gone, _ in found.merged}
    assert set(old.values()) == (set(old.values()) & stays) | goes
    assert not stays & goes
    assert all(into in stays and into < gone for gone, into in found.merged)


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.lists(st.integers(0, 4), min_size=12, max_size=12),
)
def test_assigning_the_same_clusters_again_changes_nothing(now: list[int], was: list[int]) -> None:
    old, clusters = made_clusters(now, was)
    found = assign(clusters, old, new_id)
    pairs = zip(clusters, found.company_of, strict=True)
    after = {record: company for members, company in pairs for record in members}

    again = assign(clusters, after, new_id)
    assert again.company_of == found.company_of
    assert (again.merged, again.split, again.made) == ((), (), frozenset())


def made_clusters(now: list[int], was: list[int]) -> tuple[dict[UUID, UUID], list[list[UUID]]]:
    """The company of each record before, and the clusters now."""
    records = [UUID(int=500 + number) for number in range(len(now))]
    old = {record: UUID(int=1 + number) for record, number in zip(records, was, strict=False)}
    clusters = [
        [record for record, number in zip(records, now, strict=True) if number == label]
        for label in sorted(set(now))
    ]
    return old, clusters
