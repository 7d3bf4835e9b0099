from __future__ import annotations

from sources.planner.options import LeftOut
from sources.planner.plan import plan
from sources.planner.why import Why
from tests.sources.planner.cases import company, learned, offer


def test_says_what_is_asked_and_what_is_expected() -> None:
    one = company(fits=("employees turnover",), ends="employees turnover")
    both = offer("provider:both", "employees turnover", 2)
    known = learned(
        {("provider:both", "employees"): 0.6, ("provider:both", "turnover"): 0.3},
        {"employees": 0.4, "turnover": 0.2},
    )

    (planned,) = plan([one], [both], known).companies

    assert planned.questions[0].reason == (
        "ask provider:both for headcount and turnover for 0.02 EUR:"
        " 72% likely to answer, 29% to end it, 9% to make it fit"
    )


def test_says_that_a_question_is_free() -> None:
    (planned,) = plan(
        [company(ends="status")], [offer("register:no", "status")], learned({}, {})
    ).companies
    assert planned.questions[0].reason == (
        "ask register:no for status for nothing: 50% likely to answer, 15% to end it"
    )


def test_says_why_something_is_left_out() -> None:
    assert LeftOut("employees", Why.NO_OFFER).reason == (
        "headcount: nothing that is offered can answer it"
    )
    assert LeftOut("provider:dear", Why.CAP).reason == (
        "provider:dear: it costs more than may still be spent on the company"
    )
