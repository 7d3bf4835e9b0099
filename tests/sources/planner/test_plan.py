from __future__ import annotations

import pytest

from leads.prices import Price
from sources.planner.offer import Offer, OpenCompany
from sources.planner.options import LeftOut
from sources.planner.plan import plan
from sources.planner.why import Why
from sources.source import Billing
from tests.sources.planner.cases import NOTHING_LEARNED, company, euros, learned, offer

REGISTER = offer("register:no", "employees industry", countries="NO")
CHEAP = offer("provider:cheap", "employees", 2)
DEAR = offer("provider:dear", "employees turnover technology", 10)
SITES = offer("provider:sites", "technology", 4, by="domain")


def sources_of(one: OpenCompany, *offers: Offer) -> list[str]:
    (planned,) = plan([one], offers, NOTHING_LEARNED).companies
    return [question.source for question in planned.questions]


@pytest.mark.parametrize(
    ("one", "offers", "expected"),
    [
        pytest.param(company(), [CHEAP, DEAR], [], id="certain"),
        pytest.param(
            company(fits=("employees",), ends="employees"),
            [DEAR, CHEAP],
            ["provider:cheap", "provider:dear"],
            id="cheap before dear",
        ),
        pytest.param(
            company(fits=("employees",), ends="employees", country="NO"),
            [CHEAP, REGISTER],
            ["register:no", "provider:cheap"],
            id="free first",
        ),
        pytest.param(
            company(fits=("turnover",), ends="turnover", country="NO"),
            [REGISTER, DEAR],
            ["provider:dear"],
            id="free but no help",
        ),
        pytest.param(
            company(fits=("employees",), ends="employees", country="DE"),
            [REGISTER],
            [],
            id="another country",
        ),
        pytest.param(
            company(fits=("employees",), ends="employees", country=None),
            [REGISTER, CHEAP],
            ["provider:cheap"],
            id="country unknown",
        ),
        pytest.param(
            company(fits=("technology",), ends="technology"), [SITES], [], id="no domain known"
        ),
        pytest.param(
            company(fits=("technology",), ends="technology", by="name domain"),
            [SITES],
            ["provider:sites"],
            id="domain known",
        ),
        pytest.param(
            company(
                fits=("employees",), ends="employees", asked=(("provider:cheap", "employees"),)
            ),
            [CHEAP],
            [],
            id="asked and fresh",
        ),
        pytest.param(
            company(fits=("employees sites",)), [CHEAP], [], id="a fit that nobody can complete"
        ),
        pytest.param(
            company(fits=("employees sites",), ends="employees sites"),
            [CHEAP],
            ["provider:cheap"],
            id="it cannot fit, but it can end",
        ),
        pytest.param(
            company(ends="employees"),
            [CHEAP, SITES],
            ["provider:cheap"],
            id="it fits, or nothing can",
        ),
        pytest.param(
            company(fits=("", "technology"), ends="employees", by="name domain"),
            [CHEAP, SITES],
            ["provider:cheap"],
            id="it fits already",
        ),
    ],
)
def test_asks_only_what_can_change_the_verdict(
    one: OpenCompany, offers: list[Offer], expected: list[str]
) -> None:
    assert sources_of(one, *offers) == expected


def test_asks_first_what_likely_ends_the_company() -> None:
    one = company(fits=("employees turnover",), ends="employees turnover")
    offers = [offer("provider:a", "employees", 5), offer("provider:b", "turnover", 5)]
    known = learned(
        {("provider:a", "employees"): 0.9, ("provider:b", "turnover"): 0.9},
        {"employees": 0.1, "turnover": 0.6},
    )

    (planned,) = plan([one], offers, known).companies

    first, second = planned.questions
    assert (first.source, second.source) == ("provider:b", "provider:a")
    assert first.ends == pytest.approx(0.54, abs=0.02)
    assert second.reached == pytest.approx(1 - first.ends)
    # It fits if both answer and neither ends it.
    assert second.reached * second.fits == pytest.approx(0.9 * 0.4 * 0.9 * 0.9, abs=0.02)


def test_one_question_is_worth_all_that_it_answers() -> None:
    one = company(ends="employees turnover technology", by="name domain")
    narrow = offer("provider:narrow", "employees", 10)

    (planned,) = plan([one], [narrow, DEAR], NOTHING_LEARNED).companies

    assert planned.questions[0].source == "provider:dear"
    assert planned.questions[0].attributes == ("employees", "technology", "turnover")


def test_a_hit_costs_what_is_found() -> None:
    one = company(ends="employees")
    by_hit = offer("provider:hit", "employees", 10, billing=Billing.HIT)
    known = learned({("provider:hit", "employees"): 0.25, ("provider:hit", ""): 0.4}, {})

    (planned,) = plan([one], [by_hit], known).companies

    (question,) = planned.questions
    assert question.price == euros(10)
    assert question.expected.micros == pytest.approx(40_000, rel=0.02)


def test_a_budget_goes_where_a_verdict_costs_least() -> None:
    near = company("near.example", fits=("employees",), ends="employees")
    far = company("far.example", fits=("employees turnover technology",), ends="employees")

    bounded = plan([far, near], [CHEAP, DEAR], NOTHING_LEARNED, euros(3))

    assert [(one.key, len(one.questions)) for one in bounded.companies] == [
        ("near.example", 1),
        ("far.example", 0),
    ]
    assert bounded.companies[1].left_out[0] == LeftOut("provider:cheap", Why.BUDGET)
    assert list(bounded.next) == [("near.example", bounded.companies[0].questions[0])]


def test_a_company_costs_no_more_than_its_cap() -> None:
    one = company(ends="employees", spent=5)

    (planned,) = plan([one], [CHEAP, DEAR], NOTHING_LEARNED, None, euros(12)).companies

    assert [question.source for question in planned.questions] == ["provider:cheap"]
    assert planned.left_out == (LeftOut("provider:dear", Why.CAP),)


@pytest.mark.parametrize(("cents", "count"), [(1, 0), (2, 1), (11, 1), (12, 2)])
def test_a_cap_holds_for_all_questions_together(cents: float, count: int) -> None:
    one = company(ends="employees")
    (planned,) = plan([one], [CHEAP, DEAR], NOTHING_LEARNED, None, euros(cents)).companies
    assert len(planned.questions) == count


def test_what_was_spent_counts_for_each_company_alone() -> None:
    some = [company(f"{spent}.example", ends="employees", spent=spent) for spent in (0, 9, 11)]
    made = plan(some, [CHEAP, DEAR], NOTHING_LEARNED, None, euros(12))
    assert {one.key: len(one.questions) for one in made.companies} == {
        "0.example": 2,
        "9.example": 1,
        "11.example": 0,
    }


def test_money_that_does_not_pay_for_the_next_question_waits() -> None:
    # More money must only add questions, so no worse one takes the place of a better one.
    good, poor = offer("provider:good", "employees", 25), offer("provider:poor", "turnover", 4)
    known = learned(
        {("provider:good", "employees"): 1, ("provider:poor", "turnover"): 0.1},
        {"employees": 0.9, "turnover": 0.1},
    )
    some = [
        company("a.example", ends="employees"),
        company("b.example", ends="employees"),
        company("c.example", ends="turnover"),
    ]

    made = plan(some, [good, poor], known, euros(30))

    assert [key for key, _ in made.next] == ["a.example"]


@pytest.mark.parametrize("why", [Why.ASKED, Why.FAILED, Why.UNCLEAR])
def test_says_what_is_left_out_and_why(why: Why) -> None:
    one = company(
        fits=("employees sites technology",),
        ends="employees",
        asked=(("provider:cheap", "employees"),),
        why=why,
    )

    (planned,) = plan([one], [CHEAP, DEAR, SITES], NOTHING_LEARNED, euros(5)).companies

    assert planned.questions == ()
    assert set(planned.left_out) == {
        LeftOut("provider:cheap", why),
        LeftOut("provider:dear", Why.BUDGET),
        LeftOut("provider:sites", Why.UNKNOWN_KEY),
        *(LeftOut(name, Why.NO_OFFER) for name in ("employees", "sites", "technology")),
    }


def test_without_money_it_plans_what_is_free() -> None:
    one = company(ends="employees", country="NO")
    free = plan([one], [REGISTER, CHEAP], NOTHING_LEARNED, euros(0))
    assert [question.source for question in free.companies[0].questions] == ["register:no"]
    assert free.cost == euros(0)
    assert free.verdicts > 0


def test_refuses_two_currencies() -> None:
    with pytest.raises(ValueError, match="EUR and USD"):
        plan([company(ends="employees")], [CHEAP], NOTHING_LEARNED, Price(1_000_000, "USD"))


def test_free_sources_go_with_any_currency() -> None:
    made = plan([company(ends="employees")], [REGISTER], NOTHING_LEARNED, Price(1, "NOK"))
    assert made.cost == Price(0, "NOK")
