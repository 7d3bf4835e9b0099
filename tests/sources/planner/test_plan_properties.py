from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.prices import Price
from sources.planner.offer import Experience, Offer, OpenCompany, Tally
from sources.planner.options import price_of
from sources.planner.plan import Plan, plan
from sources.planner.why import Why
from sources.source import Billing
from tests.sources.planner.cases import euros

NAMES = ("employees", "turnover", "industry", "technology")
SOURCES = ("register:no", "provider:a", "provider:b", "provider:c")
FEW = settings(max_examples=60, deadline=None)

names = st.frozensets(st.sampled_from(NAMES), max_size=3)
country = st.sampled_from(("NO", "DE"))
keys = st.frozensets(st.sampled_from(("name", "domain")), min_size=1)
offers = st.lists(
    st.builds(
        Offer,
        source=st.sampled_from(SOURCES),
        attributes=names.filter(bool),
        countries=st.frozensets(country, max_size=1),
        asks_by=keys,
        price=st.sampled_from((0, 2, 6, 25)).map(euros),
        billing=st.sampled_from(Billing),
    ),
    max_size=5,
    unique_by=lambda one: one.source,
)
companies = st.lists(
    st.builds(
        OpenCompany,
        key=st.sampled_from("abcdefgh").map("{}.example".format),
        country=st.none() | country,
        known_by=keys,
        fits_by=st.lists(names, max_size=3).map(tuple),
        ends_by=names,
        asked=st.dictionaries(
            st.tuples(st.sampled_from(SOURCES), st.sampled_from(NAMES)),
            st.sampled_from((Why.ASKED, Why.FAILED, Why.UNCLEAR)),
            max_size=3,
        ),
        spent=st.sampled_from((0, 5)).map(euros),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)
tallies = st.integers(0, 40).flatmap(lambda of: st.builds(Tally, st.integers(0, of), st.just(of)))
experience = st.builds(
    Experience,
    hits=st.dictionaries(
        st.tuples(st.sampled_from(SOURCES), country, st.sampled_from(("", *NAMES))), tallies
    ),
    ends=st.dictionaries(st.sampled_from(NAMES), tallies),
)
budget = st.none() | st.integers(0, 100).map(euros)
cap = st.none() | st.integers(0, 40).map(euros)


@FEW
@given(companies, offers, experience, budget, cap)
def test_every_question_can_change_the_verdict(
    some: list[OpenCompany],
    offered: list[Offer],
    known: Experience,
    money: Price | None,
    most: Price | None,
) -> None:
    by_source = {one.source: one for one in offered}
    by_key = {one.key: one for one in some}
    for planned in plan(some, offered, known, money, most).companies:
        one = by_key[planned.key]
        for question in planned.questions:
            assert question.attributes
            assert set(question.attributes) <= deciding(one, offered)
            assert may_answer(one, by_source[question.source]) >= set(question.attributes)


@FEW
@given(companies, offers, experience, budget, cap)
def test_no_limit_is_exceeded(
    some: list[OpenCompany],
    offered: list[Offer],
    known: Experience,
    money: Price | None,
    most: Price | None,
) -> None:
    made = plan(some, offered, known, money, most)

    spent = {one.key: one.spent.micros for one in some}
    assert money is None or made.cost <= money
    for one in made.companies:
        prices = [question.price.micros for question in one.questions]
        assert money is None or all(price <= money.micros for price in prices)
        assert most is None or not any(prices) or spent[one.key] + sum(prices) <= most.micros
        assert one.cost.micros <= sum(prices) + 1
        assert 0 <= one.settles <= 1 + 1e-9


@FEW
@given(companies, offers, experience, budget, cap, st.integers(0, 1000))
def test_the_order_of_what_is_given_does_not_matter(
    some: list[OpenCompany],
    offered: list[Offer],
    known: Experience,
    money: Price | None,
    most: Price | None,
    seed: int,
) -> None:
    chance = Random(seed)
    shuffled = [
        replace(one, fits_by=tuple(chance.sample(one.fits_by, len(one.fits_by)))) for one in some
    ]
    chance.shuffle(shuffled)
    mixed = Experience(
        hits=dict(reversed(list(known.hits.items()))), ends=dict(reversed(list(known.ends.items())))
    )

    made = plan(shuffled, chance.sample(offered, len(offered)), mixed, money, most)

    assert made == plan(some, offered, known, money, most)


@FEW
@given(companies, offers, experience, cap, st.integers(0, 100), st.integers(0, 100))
def test_more_money_settles_no_less(
    some: list[OpenCompany],
    offered: list[Offer],
    known: Experience,
    most: Price | None,
    less: int,
    more: int,
) -> None:
    # Each pays for any one question, so both budgets weigh the same questions.
    dearest = 25
    little = plan(some, offered, known, euros(dearest + less), most)
    much = plan(some, offered, known, euros(dearest + less + more), most)
    assert much.verdicts >= little.verdicts - 1e-9
    assert asked(little) <= asked(much)


def asked(made: Plan) -> set[tuple[str, str]]:
    return {(one.key, question.source) for one in made.companies for question in one.questions}


def may_answer(one: OpenCompany, offered: Offer) -> set[str]:
    """What a source may still answer about a company."""
    covered = not offered.countries or one.country in offered.countries
    if not covered or not offered.asks_by & one.known_by:
        return set()
    return {name for name in offered.attributes if (offered.source, name) not in one.asked}


def deciding(one: OpenCompany, offered: list[Offer]) -> set[str]:
    """What can end a company, or completes a set that somebody can complete."""
    answerable = set[str]().union(*(may_answer(one, other) for other in offered))
    needed = [] if frozenset() in one.fits_by else one.fits_by
    return set(one.ends_by).union(*(some for some in needed if some <= answerable))


def test_prices_of_free_sources_do_not_count() -> None:
    free = Offer(
        source="register:no",
        attributes=frozenset({"employees"}),
        countries=frozenset(),
        asks_by=frozenset({"name"}),
        price=euros(5),
        billing=Billing.NOTHING,
    )
    assert price_of(free) == 0
