"""Money for questions is added up by group and currency; a correct fact costs more than a fact."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.figures.source_spending import (
    GROUPINGS,
    Bearing,
    Kind,
    SourceSpent,
    Worth,
    spent_by,
    with_worth,
)
from leads.prices import Price

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def bearing(
    source: str, client: str, micros: int, currency: str = "EUR", kind: Kind = Kind.PAID
) -> Bearing:
    """One question that found something."""
    return Bearing(
        source=source,
        client=client,
        campaign="c",
        list_name="l",
        at=NOON,
        price=Price(micros, currency),
        kind=kind,
        asked=True,
        answered=kind is Kind.PAID,
        found=kind is Kind.PAID,
    )


ASKED = (
    bearing("provider:a", "north", 100_000),
    bearing("provider:a", "", 50_000, "USD"),
    bearing("provider:a", "north", 30_000, kind=Kind.UNCLEAR),
    bearing("register:no", "east", 0),
)


def said(one: SourceSpent) -> tuple[str, int, str, str]:
    """Its group, questions, cost, and what is unclear."""
    return one.group, one.questions, " + ".join(map(str, one.cost)), " ".join(map(str, one.unclear))


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (
            "source",
            [("provider:a", 3, "0.10 EUR + 0.05 USD", "0.03 EUR"), ("register:no", 1, "", "")],
        ),
        (
            "list",
            [
                ("(agency)", 1, "0.05 USD", ""),
                ("east: l", 1, "", ""),
                ("north: l", 2, "0.10 EUR", "0.03 EUR"),
            ],
        ),
        ("week", [("2026-W45", 4, "0.10 EUR + 0.05 USD", "0.03 EUR")]),
    ],
)
def test_questions_are_grouped(by: str, groups: list[tuple[str, int, str, str]]) -> None:
    found, every = spent_by(ASKED, by)
    assert list(map(said, found)) == groups
    assert said(every) == ("all", 4, "0.10 EUR + 0.05 USD", "0.03 EUR")
    assert [one.hit_rate for one in found][-1] in (None, 1.0)


@pytest.mark.parametrize(
    ("worth", "per_fact", "per_correct"),
    [
        (Worth(facts=4, right=3, checked=4), 25_000, 33_333),
        (Worth(facts=4, right=4, checked=4), 25_000, 25_000),
        (Worth(facts=4, right=0, checked=0), 25_000, None),
        (Worth(facts=4, right=0, checked=2), 25_000, None),
        (Worth(facts=0, right=1, checked=1), None, None),
    ],
)
def test_a_correct_fact_costs_more(
    worth: Worth, per_fact: int | None, per_correct: int | None
) -> None:
    found, _ = spent_by(ASKED[:1], "source")
    one = with_worth(found[0], {"provider:a": worth})
    each = [prices and prices[0].micros for prices in (one.per_fact, one.per_correct_fact)]
    assert each == [per_fact, per_correct]


@settings(max_examples=20)
@given(
    st.lists(
        st.builds(
            bearing,
            st.sampled_from("ab"),
            st.sampled_from(["north", "east", ""]),
            st.integers(0, 10**9),
            st.sampled_from(["EUR", "USD"]),
            st.sampled_from(Kind),
        )
    )
)
def test_every_grouping_adds_up_to_the_same(asked: list[Bearing]) -> None:
    for by in GROUPINGS:
        groups, every = spent_by(asked, by)
        again = sum(price.micros for one in groups for price in one.cost)
        assert again == sum(price.micros for price in every.cost)
        assert sum(one.questions for one in groups) == len(asked)
