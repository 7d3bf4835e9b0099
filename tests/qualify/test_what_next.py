"""What would decide a company is told apart from what could only rule it out."""

import pytest

from leads.facts import Fact
from tests.made_decisions import decide
from tests.made_facts import fact, people

ASKS = (
    "suspect: [{employees: {at_least: 20}}]\nprospect: [{uses: [python]}]\nmust_not: [{status:"
    " [insolvent]}]"
)
BOTH = (
    "suspect: [{employees: {at_least: 20}}]\nprospect: [{uses: [python]}]\nmust_not: [{employees:"
    " {at_least: 500}}]"
)
SIZE, ALIVE = fact("employees", people(30)), fact("status", "active")


@pytest.mark.parametrize(
    ("sections", "facts", "said"),
    [
        pytest.param(ASKS, [SIZE, ALIVE], "would be decided by technology", id="one thing is open"),
        pytest.param(ASKS, [ALIVE], "would be decided by employees and technology", id="two are"),
        pytest.param(
            ASKS,
            [SIZE],
            "would be decided by technology; status could still rule it out",
            id="and a must_not",
        ),
        pytest.param(ASKS, [fact("employees", people(3))], "", id="nothing takes a no back"),
        pytest.param(
            BOTH,
            [],
            "would be decided by employees and technology; employees could still rule it out",
            id="both ask the same",
        ),
        pytest.param(
            BOTH,
            [fact("employees", people(30, None))],
            "would be decided by technology; employees could still rule it out",
            id="up",
        ),
    ],
)
def test_what_would_decide_and_what_could_rule_out(
    sections: str, facts: list[Fact], said: str
) -> None:
    assert decide(sections, *facts).what_next == said


def test_a_fit_can_still_be_ruled_out() -> None:
    found = decide(
        "suspect: [{employees: {at_least: 20}}]\nmust_not: [{status: [insolvent]}]", SIZE
    )
    assert (found.verdict.value, found.decides, found.what_next) == (
        "fit",
        (("status",),),
        "status could still rule it out",
    )
