"""Many companies decided about one after the other give what each alone gives, and decisions last
as long as they say.
"""

from datetime import date, timedelta
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.facts import Fact
from leads.values import Value
from qualify.decide import explainer, fact_content, lasting, lone_fact
from qualify.decide.evaluate import evaluate
from qualify.decide.explainer import Explainer
from qualify.decide.fact_content import FactContent, FactsByAttribute, by_attribute
from qualify.decide.lasting import FOREVER
from qualify.decide.written import written
from qualify.profile.icp import Icp, load_icp
from tests.made_decisions import ENOUGH, NO_ERP, OLD, SIZE, WINDOWS
from tests.made_facts import TODAY, euros, fact, people
from tests.made_profiles import FACTS, PROFILE, answers_to

OLDER = "employees: {at_least: 9}, max_age: 100"


class Met:
    """Gives facts that say the same the same object, as the store's loader does."""

    def __init__(self) -> None:
        self._said: dict[str, FactContent] = {}

    def held(self, facts: list[Fact]) -> FactsByAttribute:
        return by_attribute(
            (
                str(one.id),
                self._said.setdefault(repr((one.attribute, one.value, one.evidence)), _said(one)),
            )
            for one in sorted(facts, key=attrgetter("id"))
        )


def _said(one: Fact) -> FactContent:
    return FactContent.of(one.attribute, one.value, one.evidence)


COMPANIES = st.lists(FACTS, min_size=1, max_size=6)
TOLD = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["yes", "no"])), max_size=2)


@given(PROFILE, COMPANIES, TOLD)
@settings(max_examples=100)
def test_what_was_found_out_before_changes_nothing(
    icp: Icp, companies: list[list[Fact]], told: list[tuple[int, str]]
) -> None:
    companies[-1] = companies[-1] + answers_to(icp, told)
    _compare(icp, companies)


@given(PROFILE, COMPANIES)
@settings(max_examples=15)
def test_what_is_dropped_is_found_out_again(icp: Icp, companies: list[list[Fact]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (explainer, fact_content, lasting, lone_fact):
            patch.setattr(module, "MOST", 2)
        _compare(icp, companies)


def _compare(icp: Icp, companies: list[list[Fact]]) -> None:
    """Check decisions about companies, each decided twice, against those about each alone."""
    together, met = Explainer(icp, TODAY), Met()
    held = [met.held(facts) for facts in [*companies, *companies]]
    expected = [evaluate(icp, facts, TODAY) for facts in [*companies, *companies]]
    assert [together.decide(one) for one in held] == expected
    assert [together.write(one)[0] for one in held] == [written(one) for one in expected]


def _seen(days: int, domain: str, *said: tuple[str, Value]) -> list[Fact]:
    when = TODAY - timedelta(days=days)
    return [
        fact(name, value, source=f"site:{domain}", method="page", seen=when) for name, value in said
    ]


@pytest.mark.parametrize(
    "companies",
    [
        pytest.param(
            [
                _seen(1, "a.example", ("employees", people(30))),
                _seen(2, "b.example", ("employees", people(30))),
            ],
            id="day and site",
        ),
        pytest.param(
            [
                _seen(1, "a.example", ("keyword", "2026-11-19")),
                _seen(2, "b.example", ("keyword", "2026-11-19")),
            ],
            id="a day as value",
        ),
        pytest.param(
            [
                _seen(1, "use", ("employees", people(30))),
                _seen(2, "b.example", ("employees", people(30))),
            ],
            id="a site named as a word",
        ),
        pytest.param(
            [
                [fact("employees", people(30)), *ENOUGH],
                [fact("employees", people(30), seen=OLD), *ENOUGH],
            ],
            id="too old",
        ),
        pytest.param(
            [
                _seen(1, "a.example", ("employees", people(30)), ("employees", people(5))),
                _seen(9, "a.example", ("employees", people(30))),
            ],
            id="one more",
        ),
    ],
)
def test_facts_alike_keep_their_own_days_and_sites(companies: list[list[Fact]]) -> None:
    criteria = (
        f"suspect: [{SIZE}, {{keyword: ['2026-11-19']}}]\nprospect: [{WINDOWS}, {NO_ERP}]\nscore:"
        f" [{{points: 5, {OLDER}}}]"
    )
    icp = load_icp(f"icp: x\nversion: 1\n{criteria}", "icp.yaml")
    explainer, met = Explainer(icp, TODAY), Met()
    assert [explainer.write(met.held(facts))[0] for facts in companies] == [
        written(evaluate(icp, facts, TODAY)) for facts in companies
    ]


LONE = """icp: x
version: 1
suspect:
  - {employees: {between: [20, 100]}, max_age: 100}
  - turnover: {at_least: 1_000_000, currency: EUR}
  - employees: {at_most: 60}
prospect: [{postcode: {starts_with: ["0"]}}]
score: [{points: 5, founded: {at_least: 2000}}]
"""


@pytest.mark.parametrize(
    "companies",
    [
        pytest.param([("employees", people(30)), ("employees", people(31))], id="yes"),
        pytest.param(
            [("employees", people(11, 50)), ("employees", people(11, 99))],
            id="what it still may be differs",
        ),
        pytest.param([("employees", people(30)), ("employees", people(-3))], id="no number"),
        pytest.param([("founded", people(1999)), ("founded", people(2001))], id="a year"),
        pytest.param(
            [("turnover", euros(2_000_000)), ("turnover", euros(1_000_000))],
            id="the amount that is asked",
        ),
        pytest.param(
            [("turnover", euros(2_000_000)), ("turnover", euros(2_000_000, None, "USD"))],
            id="another currency",
        ),
        pytest.param(
            [("postcode", "1069"), ("postcode", "1070"), ("postcode", "  ")], id="lost zeros"
        ),
    ],
)
@pytest.mark.parametrize(
    "beside",
    [
        (),
        (("country", "DE"),),
        (("country", "AT"),),
        (("country", "DE"), ("country", "de")),
        (("country", "DE"), ("country", "AT")),
    ],
)
@pytest.mark.parametrize("seen", [TODAY, OLD])
def test_a_lone_value_keeps_its_own_words(
    companies: list[tuple[str, Value]], beside: tuple[tuple[str, Value], ...], seen: date
) -> None:
    icp = load_icp(LONE, "icp.yaml")
    explainer, met = Explainer(icp, TODAY), Met()
    held = [
        [fact(name, value, seen=day) for name, value in (one, *beside)]
        for one in companies
        for day in (TODAY, seen)
    ]
    held += [_seen(1, f"{place}.example", one) for place, one in enumerate(companies)]
    found = [explainer.write(met.held(facts))[0] for facts in held]
    assert found == [written(evaluate(icp, facts, TODAY)) for facts in held]


@given(PROFILE, FACTS, st.integers(0, 400))
@settings(max_examples=80)
def test_a_decision_lasts_until_its_last_day(icp: Icp, facts: list[Fact], later: int) -> None:
    explainer = Explainer(icp, TODAY)
    _, last = explainer.write(Met().held(facts))
    assert last >= TODAY.toordinal()
    day = min(TODAY.toordinal() + later, last)
    assert evaluate(icp, facts, date.fromordinal(day)) == evaluate(icp, facts, TODAY)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        pytest.param([], None, id="nothing is known"),
        pytest.param([fact("employees", people(30))], None, id="headcounts do not age"),
        pytest.param(ENOUGH, 730, id="looks do"),
        pytest.param(
            [*ENOUGH, fact("technology", "odoo", seen=TODAY - timedelta(days=700))],
            30,
            id="the first to grow too old",
        ),
        pytest.param(
            [fact("employees", people(30), seen=TODAY + timedelta(days=5))], 3, id="not yet"
        ),
    ],
)
def test_the_last_day_of_a_decision(facts: list[Fact], days: int | None) -> None:
    icp = load_icp(
        f"icp: x\nversion: 1\nsuspect: [{SIZE}]\nprospect: [{WINDOWS}, {NO_ERP}]", "icp.yaml"
    )
    _, last = Explainer(icp, TODAY).write(Met().held(facts))
    assert last == (FOREVER if days is None else TODAY.toordinal() + days)


#: Numbers on either side of what is asked, that agree or not, and what cannot be true.
_HEADCOUNTS = [people(30), people(31), people(11, 50), people(5, 19), people(70, None), people(-3)]
_AMOUNTS = [
    euros(2_000_000),
    euros(2_000_001),
    euros(500_000, 3_000_000),
    euros(100_000),
    euros(2_000_000, None, "USD"),
]
_SEEN = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["list:a", "list:b", "site:a.example", "site:b.example"]),
        "method": st.sampled_from(["page", "inferred", "told"]),
        "seen": st.sampled_from([TODAY, TODAY - timedelta(days=1), OLD]),
    }
)
_TWO = st.one_of(
    st.tuples(st.just("employees"), *[st.sampled_from(_HEADCOUNTS), _SEEN] * 2),
    st.tuples(st.just("turnover"), *[st.sampled_from(_AMOUNTS), _SEEN] * 2),
)


@given(st.lists(_TWO, min_size=3, max_size=8))
@settings(max_examples=15)
def test_two_numbers_keep_their_own_words(companies: list[tuple[Any, ...]]) -> None:
    held = [
        [fact(name, one, **seen), fact(name, other, **then)]
        for name, one, seen, other, then in companies
    ]
    _compare(load_icp(LONE, "icp.yaml"), held)
