"""Two lists: what is compared goes across, and a crowd in one list takes no places of the other."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.cross_list import Sides, candidates_across, pairs_across
from dedupe.link import REVIEWED_ROWS, Match, link
from dedupe.normalise import normalise
from dedupe.record import NO_DECISIONS, MatchRecord

_NAMES = (
    "Zyxwell",
    "Zyxwell Robotics",
    "Brandix GmbH",
    "Brandix AG",
    "Quorvian Paper",
    "Quorvian",
    "Hollerith Dental",
    "Acme Fund II",
)

rows = st.lists(
    st.builds(
        lambda name, country, city: MatchRecord(0, name, country=country, city=city),
        st.sampled_from(_NAMES),
        st.sampled_from(("", "DE", "GB")),
        st.sampled_from(("", "Exton")),
    ),
    min_size=1,
    max_size=10,
)


def numbered(side: str, values: list[MatchRecord]) -> list[MatchRecord]:
    return [
        MatchRecord(f"{side}{at}", one.name, country=one.country, city=one.city)
        for at, one in enumerate(values)
    ]


members = st.lists(
    st.tuples(st.integers(-1, 3), st.sampled_from(((True, False), (False, True), (True, True)))),
    max_size=30,
)


@settings(max_examples=100)
@given(members)
def test_few_members_meet_all_of_the_other_list_and_none_of_their_own(
    given_members: list[tuple[int, tuple[bool, bool]]],
) -> None:
    codes = np.array([code for code, _ in given_members], dtype=np.int64)
    left, right = (np.array([sides[at] for _, sides in given_members], dtype=bool) for at in (0, 1))
    count = max(len(codes), 1)
    found, _, _ = pairs_across(codes, np.arange(len(codes)), Sides(left, right), count, 100, 1)

    pairs = combinations(enumerate(given_members), 2)
    across = {
        one * count + other
        for (one, member), (other, member_2) in pairs
        if meet_across(member, member_2)
    }
    assert set(found.tolist()) == across


def meet_across(one: tuple[int, tuple[bool, bool]], other: tuple[int, tuple[bool, bool]]) -> bool:
    """Whether two members have one code, and are on different lists."""
    (code, (left, right)), (code_2, (left_2, right_2)) = one, other
    return code == code_2 >= 0 and ((left and right_2) or (right and left_2))


def test_where_many_share_a_key_the_nearest_of_the_other_list_are_met() -> None:
    left = np.array([at % 10 == 0 for at in range(1000)])
    pairs, largest, code = pairs_across(
        np.zeros(1000, np.int64), np.arange(1000), Sides(left, ~left), 1000, 20, 3
    )
    assert (largest, code) == (1000, 0)
    assert len(pairs) == 3 + 99 * 6
    assert {abs(pair // 1000 - pair % 1000) for pair in pairs.tolist()} == {1, 2, 3}


def test_a_crowd_in_one_list_takes_no_places_of_the_other() -> None:
    crowd = [
        MatchRecord(f"r{at}", f"{chr(97 + at % 26)}{at}x Holding", domains=("shared.example",))
        for at in range(500)
    ]
    left = [MatchRecord("l", "Zyxwell Robotics", domains=("shared.example",))]
    table = normalise((*left, *crowd), NO_DECISIONS)
    blocked = candidates_across(table, Sides.of_nodes(table, 1))
    assert blocked.nodes.size <= 435
    assert {int(pair) // len(table) for pair in blocked.nodes} | {
        int(pair) % len(table) for pair in blocked.nodes
    } >= {table.node_of[0]}
    alone = candidates_across(table, Sides.of_nodes(table, 0))
    assert not alone.names.size
    assert not alone.nodes.size
    assert not any(found.largest for found in alone.found)


@settings(max_examples=60)
@given(rows, rows, st.randoms(use_true_random=False))
def test_the_order_of_the_second_list_does_not_matter(
    mine: list[MatchRecord], theirs: list[MatchRecord], rnd: random.Random
) -> None:
    left, right = numbered("l", mine), numbered("r", theirs)

    def said(matches: list[Match]) -> set[tuple[object, object, float, str]]:
        return {(match.left, match.right, match.odds, match.reason) for match in matches}

    assert said(link(left, right).matches) == said(
        link(left, rnd.sample(right, len(right))).matches
    )


@settings(max_examples=60)
@given(rows)
def test_every_row_is_found_in_a_copy_of_its_list(values: list[MatchRecord]) -> None:
    found = {
        (match.left, match.right)
        for match in link(numbered("l", values), numbered("r", values)).matches
    }
    assert {(f"l{at}", f"r{at}") for at in range(len(values))} <= found


@settings(max_examples=60)
@given(rows, rows, st.sampled_from(["careful", "balanced", "greedy"]))
def test_only_rows_without_a_match_are_left_to_a_person(
    mine: list[MatchRecord], theirs: list[MatchRecord], level: str
) -> None:
    left, right = numbered("l", mine), numbered("r", theirs)
    found = link(left, right, strictness=level)
    assert not {match.left for match in found.matches} & found.review_with.keys()
    assert set(found.review_with) <= {row.key for row in left}
    for partners in found.review_with.values():
        assert 0 < len(partners) <= REVIEWED_ROWS
        assert len(set(partners)) == len(partners)
        assert set(partners) <= {row.key for row in right}


# left, right, matches, remark
LISTS = [
    ([], [], [], "two empty lists"),
    ([MatchRecord("l", "Zyxwell")], [], [], "nothing to be found in"),
    ([], [MatchRecord("r", "Zyxwell")], [], "nothing to find"),
    (
        [MatchRecord("l1", "Zyxwell Robotics"), MatchRecord("l2", "Zyxwell Robotics Ltd")],
        [MatchRecord("r", "Zyxwell Robotics")],
        [("l1", "r"), ("l2", "r")],
        "two rows of the first list may be one of the second",
    ),
    (
        [MatchRecord("l", "Zyxwell Robotics")],
        [MatchRecord("r1", "Zyxwell Robotics AG"), MatchRecord("r2", "Zyxwell Robotics GmbH")],
        [("l", "r1"), ("l", "r2")],
        "two that are about equally likely are both told",
    ),
    (
        [MatchRecord("l", "Zyxwell Robotics GmbH")],
        [MatchRecord("r1", "Zyxwell Robotics AG"), MatchRecord("r2", "Zyxwell Robotics GmbH")],
        [("l", "r2")],
        "another legal form is another company",
    ),
    (
        [MatchRecord("l", "GmbH"), MatchRecord("m", "")],
        [MatchRecord("r", "Ltd"), MatchRecord("s", "Acme")],
        [],
        "names that are none",
    ),
]


@pytest.mark.parametrize(
    ("left", "right", "matches", "remark"), LISTS, ids=[remark for *_, remark in LISTS]
)
def test_what_is_found(
    left: list[MatchRecord], right: list[MatchRecord], matches: list[tuple[str, str]], remark: str
) -> None:
    found = link(left, right).matches
    assert sorted((str(match.left), str(match.right)) for match in found) == matches, remark


def test_crowds_of_equal_rows_in_both_lists_do_not_multiply() -> None:
    left = [MatchRecord(f"l{at}", "Acme") for at in range(2_000)]
    right = [MatchRecord(f"r{at}", "Acme") for at in range(500)]
    told: list[str] = []
    assert [match.left for match in link(left, right, warn=told.append).matches] == [
        row.key for row in left
    ]
    assert told == [
        "500 rows of the second list are equal ('Acme'): at most 20 are reported as matches"
    ]
    assert len(link(left[:3], right).matches) == 60
