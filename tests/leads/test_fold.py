import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.facts import Fact, Method, Scope
from leads.fold import fold
from leads.known import Holds, Policy
from leads.values import IndustryCode, MoneyRange, Range
from tests.made_facts import TODAY, euros, fact, nace, people, runs, words

POLICY = Policy(TODAY)
LAST_YEAR = TODAY - timedelta(days=365)


def values(facts: list[Fact], name: str, policy: Policy = POLICY) -> list[object]:
    return [side.value for side in fold(facts, name, policy).sides]


def reasons(facts: list[Fact], name: str, policy: Policy = POLICY) -> list[str]:
    return [one.reason for one in fold(facts, name, policy).ignored]


@pytest.mark.parametrize(
    ("facts", "sides"),
    [
        # Nothing is known.
        ([], []),
        # One fact stands as it is.
        ([fact("employees", people(30))], [people(30)]),
        # Facts that agree are intersected: a band and a number, two bands that overlap.
        (
            [fact("employees", people(11, 50)), fact("employees", people(30), method="page")],
            [people(30)],
        ),
        (
            [fact("employees", people(11, 50)), fact("employees", people(20, None))],
            [people(20, 50)],
        ),
        # Touching ends agree in one number.
        ([fact("employees", people(11, 50)), fact("employees", people(50, 99))], [people(50)]),
        # Told before register, register before page, page before list, list before a guess.
        (
            [
                fact("employees", people(9), method="register"),
                fact("employees", people(8), method="told"),
            ],
            [people(8), people(9)],
        ),
        (
            [
                fact("employees", people(9), method="page"),
                fact("employees", people(8), method="register"),
            ],
            [people(8), people(9)],
        ),
        (
            [
                fact("employees", people(9), method="page"),
                fact("employees", people(8), method="structured"),
            ],
            [people(8), people(9)],
        ),
        (
            [
                fact("employees", people(9), method="column"),
                fact("employees", people(8), method="page"),
            ],
            [people(8), people(9)],
        ),
        (
            [
                fact("employees", people(9), method="inferred"),
                fact("employees", people(8), method="column"),
            ],
            [people(8), people(9)],
        ),
        # The method counts before the day: an older register is believed before a newer list.
        (
            [
                fact("employees", people(9)),
                fact("employees", people(8), method="register", seen=LAST_YEAR),
            ],
            [people(8), people(9)],
        ),
        # Of one method the later day counts, whichever source it is.
        (
            [
                fact("employees", people(9), source="list:a", seen=LAST_YEAR),
                fact("employees", people(8), source="list:b"),
            ],
            [people(8), people(9)],
        ),
        # The day a value speaks of counts before the day it was seen.
        (
            [
                fact("employees", people(9), source="list:a", as_of=date(2020, 1, 1)),
                fact("employees", people(8), source="list:b", seen=LAST_YEAR),
            ],
            [people(8), people(9)],
        ),
        # Of one method and day the value that more facts agree on counts.
        (
            [
                fact("employees", people(9), source="list:a"),
                fact("employees", people(8), source="list:b"),
                fact("employees", people(5, 8), source="list:c"),
            ],
            [people(8), people(9)],
        ),
        # Three sides stay three.
        (
            [fact("employees", people(number), source=f"list:{number}") for number in (1, 2, 3)],
            [people(1), people(2), people(3)],
        ),
        # Text is one value, whatever its case.
        (
            [fact("status", "active", source="list:a"), fact("status", "Active", source="list:b")],
            ["active"],
        ),
        ([fact("country", "PL"), fact("country", "DE", method="register")], ["DE", "PL"]),
    ],
)
def test_what_facts_of_one_value_add_up_to(facts: list[Fact], sides: list[object]) -> None:
    name = facts[0].attribute if facts else "employees"
    assert values(facts, name) == sides
    assert fold(facts, name, POLICY).conflict is (len(sides) > 1)


@pytest.mark.parametrize(
    ("name", "given_values"),
    [
        ("technology", [runs("php"), runs("java")]),
        ("domain", ["a.example", "b.example"]),
        ("alias", ["Acme", "Acme Works"]),
        ("industry", [words("Steel"), nace("25.62")]),
    ],
)
def test_several_values_can_be_true_together(name: str, given_values: list[object]) -> None:
    known = fold([fact(name, value) for value in given_values], name, POLICY)  # type: ignore[arg-type]
    assert known.holds is Holds.MANY
    assert not known.conflict
    assert {side.value for side in known.sides} == set(given_values)


def test_a_source_that_changed_its_mind_contradicts_nobody() -> None:
    facts = [fact("employees", people(12), seen=LAST_YEAR), fact("employees", people(25))]
    assert values(facts, "employees") == [people(25)]
    assert reasons(facts, "employees") == ["has since been replaced by its own source"]


def test_an_older_value_of_the_same_source_that_still_agrees_is_kept() -> None:
    assert values(
        [fact("employees", people(30), seen=LAST_YEAR), fact("employees", people(11, 50))],
        "employees",
    ) == [people(30)]


def test_two_rows_of_one_list_on_one_day_are_a_conflict() -> None:
    assert fold(
        [fact("employees", people(12)), fact("employees", people(25))], "employees", POLICY
    ).conflict


def test_a_person_may_correct_an_answer_on_the_same_day() -> None:
    first = fact("employees", people(12), source="user:ann", method="told")
    second = fact("employees", people(25), source="user:ann", method="told")
    later = replace(
        second,
        evidence=replace(
            second.evidence, observed_at=second.evidence.observed_at + timedelta(minutes=5)
        ),
    )
    assert values([later, first], "employees") == [people(25)]


@pytest.mark.parametrize(
    ("given_fact", "policy", "reason"),
    [
        (
            fact("status", "active", seen=TODAY - timedelta(days=731)),
            POLICY,
            "is older than 730 days",
        ),
        (
            fact("employees", people(9), seen=TODAY - timedelta(days=91)),
            Policy(TODAY, max_age_days=90),
            "is older than 90 days",
        ),
        # A criterion's own limit stands before the attribute's.
        (
            fact("status", "active", as_of=date(2026, 1, 1)),
            Policy(TODAY, max_age_days=30),
            "is older than 30 days",
        ),
        (
            fact("employees", people(9), confidence=0.4),
            Policy(TODAY, min_confidence=0.5),
            "is less sure than 0.5",
        ),
        (fact("employees", people(9), confidence=float("nan")), POLICY, "is less sure than 0"),
        (
            fact("employees", people(9), scope="group"),
            POLICY,
            "speaks of the group, not of the company",
        ),
        (
            fact("employees", people(9)),
            Policy(TODAY, scope=Scope.GROUP),
            "speaks of the company, not of the group",
        ),
        (
            fact("employees", people(9), seen=TODAY + timedelta(days=2)),
            POLICY,
            "is dated in the future",
        ),
        (fact("turnover", euros(9), as_of=date(2027, 12, 31)), POLICY, "is dated in the future"),
        (fact("employees", "many"), POLICY, "is not of the kind that employees holds"),
        (fact("employees", Range(-5, 20)), POLICY, "starts below zero"),
        (fact("employees", Range(-5, -2)), POLICY, "is below zero"),
        (fact("employees", Range(None, None)), POLICY, "names no number"),
        (fact("turnover", MoneyRange(Range(-100, None), "EUR")), POLICY, "starts below zero"),
        (fact("country", " "), POLICY, "is empty"),
        (
            fact("turnover", euros(9, currency="XTS")),
            Policy(TODAY, currency="EUR"),
            "is in XTS, which has no rate to EUR for 2026-11-20",
        ),
    ],
)
def test_facts_that_do_not_count_are_shown_with_the_reason(
    given_fact: Fact, policy: Policy, reason: str
) -> None:
    known = fold([given_fact], given_fact.attribute, policy)
    assert known.sides == ()
    assert [(one.fact, one.reason) for one in known.ignored] == [(given_fact, reason)]


def test_a_figure_of_this_year_is_not_in_the_future() -> None:
    # A bare year means its last day, which is still to come.
    assert values([fact("employees", people(9), as_of=date(2026, 12, 31))], "employees") == [
        people(9)
    ]


@pytest.mark.parametrize(
    ("facts", "holds", "sides"),
    [
        # Sites speak for the company only as long as nothing is said of the company.
        (
            [fact("country", "DE", scope="site"), fact("country", "PL", scope="site")],
            Holds.SITES,
            ["DE", "PL"],
        ),
        ([fact("country", "DE", scope="site"), fact("country", "PL")], Holds.ONE, ["PL"]),
        # Only places: a site's headcount says nothing about the company's.
        ([fact("employees", people(9), scope="site")], Holds.ONE, []),
    ],
)
def test_what_is_said_of_sites(facts: list[Fact], holds: Holds, sides: list[object]) -> None:
    known = fold(facts, facts[0].attribute, POLICY)
    assert known.holds is holds
    assert sorted(str(side.value) for side in known.sides) == sorted(map(str, sides))


def test_sites_may_differ_in_numbers_too_when_they_are_asked_for() -> None:
    known = fold(
        [
            fact("employees", people(9, 20), scope="site"),
            fact("employees", people(15), scope="site"),
        ],
        "employees",
        Policy(TODAY, scope=Scope.SITE),
    )
    assert [side.value for side in known.sides] == [people(9, 20), people(15)] or [
        side.value for side in known.sides
    ] == [
        people(15),
        people(9, 20),
    ]
    assert not known.conflict


def test_money_is_compared_in_one_currency_and_says_how_it_got_there() -> None:
    stated = fact("turnover", euros(10_000_000, 25_000_000, "USD"), as_of=date(2024, 6, 28))
    (side,) = fold([stated], "turnover", Policy(TODAY, currency="EUR")).sides
    assert isinstance(side.value, MoneyRange)
    assert side.value.currency == "EUR"
    assert side.facts == (stated,)
    assert side.note == "USD to EUR at the ECB rate of 2024-06-28"


def test_money_without_a_wanted_currency_stays_in_the_one_believed_most() -> None:
    facts = [
        fact("turnover", euros(5e6)),
        fact("turnover", euros(1, 9e9, "USD"), method="page", as_of=date(2024, 6, 28)),
    ]
    (side,) = fold(facts, "turnover", POLICY).sides
    assert isinstance(side.value, MoneyRange)
    assert side.value.currency == "USD"
    assert len(side.facts) == 2


facts_of_all_kinds = st.lists(
    st.builds(
        fact,
        st.sampled_from(["employees", "country", "turnover", "technology", "industry"]),
        st.one_of(
            st.builds(
                lambda low, more: Range(low, low + more), st.integers(0, 60), st.integers(0, 30)
            ),
            st.sampled_from(["DE", "de", "PL"]),
            st.builds(
                lambda low, more, code: euros(low, low + more, code),
                st.integers(0, 60),
                st.integers(0, 30),
                st.sampled_from(["EUR", "USD"]),
            ),
            st.sampled_from([runs("php"), runs("java")]),
            st.builds(IndustryCode, st.just("text"), st.sampled_from(["Steel", "Law"])),
        ),
        source=st.sampled_from(["list:a", "list:b", "site:x.example"]),
        method=st.sampled_from(list(Method)),
        seen=st.dates(date(2024, 1, 1), date(2026, 11, 25)),
        as_of=st.none() | st.dates(date(2019, 1, 1), date(2027, 12, 31)),
        confidence=st.floats(0, 1),
        scope=st.sampled_from(list(Scope)),
    ),
    max_size=8,
)
policies = st.builds(
    Policy,
    st.just(TODAY),
    max_age_days=st.none() | st.integers(0, 900),
    min_confidence=st.floats(0, 1),
    scope=st.none() | st.sampled_from(list(Scope)),
    currency=st.sampled_from([None, "EUR", "USD"]),
)


@given(facts_of_all_kinds, policies, st.randoms(use_true_random=False))
def test_the_order_of_facts_never_matters(
    facts: list[Fact], policy: Policy, chance: random.Random
) -> None:
    shuffled = chance.sample(facts, len(facts))
    for name in {one.attribute for one in facts}:
        assert fold(shuffled, name, policy) == fold(facts, name, policy)


@given(facts_of_all_kinds, policies)
def test_every_fact_is_on_one_side_or_ignored_with_a_reason(
    facts: list[Fact], policy: Policy
) -> None:
    for name in {one.attribute for one in facts}:
        known = fold(facts, name, policy)
        placed = [one.id for side in known.sides for one in side.facts] + [
            one.fact.id for one in known.ignored
        ]
        assert sorted(placed) == sorted(one.id for one in facts if one.attribute == name)
        assert all(one.reason for one in known.ignored)


@given(facts_of_all_kinds)
def test_a_side_lies_inside_every_fact_that_agrees_on_it(facts: list[Fact]) -> None:
    for side in fold(facts, "employees", POLICY).sides:
        for one in side.facts:
            assert isinstance(side.value, Range)
            assert isinstance(one.value, Range)
            assert side.value.meet(one.value) == side.value
