"""Rows that come later are compared with what their keys find, in any order and portions."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.engine import cluster
from dedupe.keys import MOST
from dedupe.record import MatchRecord
from tests.dedupe.made_index import MadeIndex

_STEMS = ("Zyxwell", "Brandix", "Quorvian Robotics", "Northbridge Dental", "Hollerith Paper Bags")
_ENDS = ("", " GmbH", " Ltd", " Group", " II", " Technlgy")

rows = st.builds(
    lambda stem, end, country, city, domain: MatchRecord(
        "", stem + end, country=country, city=city, domains=domain
    ),
    st.sampled_from(_STEMS),
    st.sampled_from(_ENDS),
    st.sampled_from(("", "DE", "GB")),
    st.sampled_from(("", "Exton", "Wyeford")),
    st.sampled_from(((), ("one.example",), ("two.example",))),
)


def keyed(values: list[MatchRecord], prefix: str) -> list[MatchRecord]:
    return [
        MatchRecord(
            f"{prefix}{at:02}", row.name, domains=row.domains, country=row.country, city=row.city
        )
        for at, row in enumerate(values)
    ]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(rows, min_size=1, max_size=6),
    st.lists(rows, min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_and_the_portions_in_which_rows_come_do_not_matter(
    known: list[MatchRecord], later: list[MatchRecord], rnd: random.Random
) -> None:
    first, then = keyed(known, "a"), keyed(later, "b")
    at_once = MadeIndex(first)
    at_once.add(then)

    one_by_one = MadeIndex(first)
    shuffled = rnd.sample(then, len(then))
    while shuffled:
        size = rnd.randint(1, 3)
        one_by_one.add(shuffled[:size])
        del shuffled[:size]
    assert one_by_one.companies() == at_once.companies()


def test_a_later_row_joins_the_company_that_a_full_comparison_gives_it() -> None:
    first = keyed([MatchRecord("", f"{stem} GmbH", country="DE") for stem in _STEMS], "a")
    then = keyed([MatchRecord("", "Quorvian Robotic GmbH", country="DE")], "b")
    index = MadeIndex(first)
    index.add(then)
    full = cluster([*first, *then], stored=True).clusters
    assert index.companies() == {frozenset(map(str, some)) for some in full}


def test_a_key_over_its_limit_finds_nothing_whichever_row_came_first() -> None:
    """The rows share a domain; the one that takes it over its limit comes first or last."""
    words = [f"{one}{other}{one}el" for one in "bdfgklmn" for other in "aeiou"][: MOST + 1]
    first = [MatchRecord("a00", "Brandix Ltd", country="GB")]
    then = [
        MatchRecord(f"b{at:02}", f"{word.title()} Works", domains=("one.example",))
        for at, word in enumerate(words)
    ]
    then.append(MatchRecord("b99", f"{words[0].title()} Worcs", domains=("one.example",)))
    results = []
    for rows_ in (then, then[::-1]):
        index = MadeIndex(first)
        for start in range(0, len(rows_), 8):
            index.add(rows_[start : start + 8])
        results.append(index.companies())
    assert results[0] == results[1]
    at_once = MadeIndex(first)
    at_once.add(then)
    assert at_once.companies() == results[0]
