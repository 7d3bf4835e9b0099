from datetime import timedelta

import pytest

from leads.facts import Fact
from qualify.decide.decision import Score
from tests.made_decisions import ALIVE, ENOUGH, PLACE, SIZE, WINDOWS, ask, decide, said
from tests.made_facts import TODAY, fact, people

YES_SIZE = fact("employees", people(50))
NO_SIZE = fact("employees", people(5))
YES_PLACE = fact("country", "DE")
NO_PLACE = fact("country", "PL")


@pytest.mark.parametrize(
    ("criterion", "facts", "answer", "reason"),
    [
        (f"{{any: [{SIZE}, {PLACE}]}}", [YES_SIZE], "yes", "headcount 50 @ is at least 20"),
        (f"{{any: [{SIZE}, {PLACE}]}}", [NO_SIZE], "unknown", "no country is known"),
        (
            f"{{any: [{SIZE}, {PLACE}]}}",
            [NO_SIZE, NO_PLACE],
            "no",
            "headcount 5 @ is not at least 20; country Poland @ is not Germany or Austria",
        ),
        (f"{{all: [{SIZE}, {PLACE}]}}", [YES_SIZE], "unknown", "no country is known"),
        (f"{{all: [{SIZE}, {PLACE}]}}", [NO_SIZE], "no", "headcount 5 @ is not at least 20"),
        (f"{{not: {SIZE}}}", [NO_SIZE], "yes", "headcount 5 @ is not at least 20"),
        (f"{{not: {SIZE}}}", [YES_SIZE], "no", "headcount 50 @ is at least 20"),
        (f"{{not: {SIZE}}}", [], "unknown", "no headcount is known"),
        # `not uses` is no `does_not_use`: however much was read, silence about a use stays unknown.
        (
            f"{{not: {WINDOWS}}}",
            ENOUGH,
            "unknown",
            "5 pages were read on 2026-11-20, and no windows estate was seen",
        ),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [YES_SIZE, YES_PLACE],
            "yes",
            (
                "2 of 3 hold and 2 must: headcount 50 @ is at least 20; country Germany @ is"
                " Germany or Austria"
            ),
        ),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [YES_SIZE, NO_PLACE],
            "unknown",
            "1 of 3 hold and 2 must: no status is known",
        ),
        (
            f"{{at_least: {{n: 2, of: [{SIZE}, {PLACE}, {ALIVE}]}}}}",
            [NO_SIZE, NO_PLACE],
            "no",
            (
                "0 of 3 hold and 2 must: headcount 5 @ is not at least 20; country Poland @ is not"
                " Germany or Austria"
            ),
        ),
        # What stands on the group holds for its members.
        (
            f"{{any: [{ALIVE}], max_age: 9}}",
            [fact("status", "active", seen=TODAY - timedelta(days=10))],
            "unknown",
            "no status that counts is known: active (list fair, 2026-11-10) is older than 9 days",
        ),
    ],
)
def test_groups(criterion: str, facts: list[Fact], answer: str, reason: str) -> None:
    found = ask(criterion, *facts)
    assert (found.answer, str(found.reason)) == (answer, said(reason))


@pytest.mark.parametrize(
    ("sections", "verdict"),
    [
        # Accepting an unknown must never close a company or earn it points.
        ("suspect: [{not: {employees: {at_least: 500}, if_unknown: accept}}]", "unknown"),
        ("must_not: [{status: [dissolved], if_unknown: accept}]", "fit"),
        ("must_not: [{any: [{status: [dissolved], if_unknown: accept}]}]", "fit"),
        # In a group it is heard.
        (
            f"suspect: [{{any: [{{employees: {{at_least: 20}}, if_unknown: accept}}, {PLACE}]}}]",
            "fit",
        ),
    ],
)
def test_accept_is_heard_only_where_a_yes_helps(sections: str, verdict: str) -> None:
    assert decide(sections).verdict == verdict
    assert decide(
        "score: [{points: 9, employees: {at_least: 20}, if_unknown: accept}]"
    ).score == Score(0, 100)
