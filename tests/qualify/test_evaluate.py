import pytest

from leads.facts import Fact
from leads.stages import Stage, Verdict
from qualify.decide.decision import Score
from tests.made_decisions import SIZE, TOLD, decide
from tests.made_facts import fact, people, runs, runs_no

YES_SIZE = fact("employees", people(50))
NO_SIZE = fact("employees", people(5))
YES_PLACE = fact("country", "DE")
NO_PLACE = fact("country", "PL")


PROFILE = f"""\
suspect: [{SIZE}]
prospect: [{{id: windows, uses: [windows-estate]}}, {{does_not_use: [management-software], if_unknown: ask}}]
must_not: [{{status: [dissolved]}}]
score: [{{points: 30, employees: {{at_least: 50}}}}, {{points: 20, country: [DE]}}]
"""  # noqa: E501
USES = fact("technology", runs("windows-server"))
FREE = fact("technology", runs_no("management-software"), **TOLD)
DEAD = fact("status", "dissolved")
LIVE = fact("status", "active")


@pytest.mark.parametrize(
    ("facts", "verdict", "stage", "score", "decides", "waits_for", "asks"),
    [
        # A name, and what could make it a prospect.
        (
            [],
            "unknown",
            "name",
            (0, 100),
            [("employees", "technology"), ("status",)],
            ("employees", "technology"),
            False,
        ),
        (
            [YES_SIZE],
            "unknown",
            "suspect",
            (60, 100),
            [("technology",), ("status",)],
            ("technology",),
            False,
        ),
        # Everything that waits is to be asked: the questions are for a person now.
        (
            [YES_SIZE, USES],
            "unknown",
            "suspect",
            (60, 100),
            [("technology",), ("status",)],
            ("technology",),
            True,
        ),
        ([YES_SIZE, USES, FREE], "fit", "prospect", (60, 100), [("status",)], (), False),
        ([YES_SIZE, USES, FREE, LIVE, YES_PLACE], "fit", "prospect", (100, 100), [], (), False),
        # One no is enough, whatever else is open, and then nothing decides.
        ([NO_SIZE], "no_fit", "disqualified", (0, 40), [], ("technology",), False),
        ([NO_SIZE, USES, FREE], "no_fit", "disqualified", (0, 40), [], (), False),
        (
            [YES_SIZE, USES, fact("technology", runs("odoo"))],
            "no_fit",
            "disqualified",
            (60, 100),
            [],
            (),
            False,
        ),
        # One yes to a must_not is enough too.
        ([YES_SIZE, USES, FREE, DEAD], "no_fit", "disqualified", (60, 100), [], (), False),
        ([DEAD], "no_fit", "disqualified", (0, 100), [], ("employees", "technology"), False),
        # A prospect criterion may be settled before the suspect ones: still a name.
        ([USES, FREE, LIVE], "unknown", "name", (0, 100), [("employees",)], ("employees",), False),
    ],
)
def test_verdicts(
    facts: list[Fact],
    verdict: str,
    stage: str,
    score: tuple[int, int],
    decides: list[tuple[str, ...]],
    waits_for: tuple[str, ...],
    asks: bool,
) -> None:
    found = decide(PROFILE, *facts)
    assert (found.verdict, found.stage, found.score) == (verdict, stage, Score(*score))
    assert found.decides == tuple(decides)
    assert found.waits_for == waits_for
    assert found.asks is asks


def test_accept_counts_as_yes_and_says_so() -> None:
    found = decide("suspect: [{employees: {at_least: 20}, if_unknown: accept}]")
    assert (found.verdict, found.stage) == (Verdict.FIT, Stage.PROSPECT)
    assert (found.answers[0].answer, str(found.answers[0].reason)) == (
        "yes",
        "accepted although it is not known: no headcount is known",
    )
    assert found.decides == ()
    # What is known stands before what is accepted.
    assert (
        decide("suspect: [{employees: {at_least: 20}, if_unknown: accept}]", NO_SIZE).verdict
        is Verdict.NO_FIT
    )
