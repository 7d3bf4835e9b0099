"""Where a company belongs, case by case: what must not happen first, then what a person said, then
the profile.
"""

from datetime import UTC, date, datetime
from typing import TypedDict

import pytest

from leads.stages import Relationship
from outreach.contact import ContactFacts, SuppressedSpelling
from outreach.place import CompanyStatus, fits, fresh, place, rank

NOW = datetime(2026, 11, 29, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
SUPPRESSED = SuppressedSpelling("acmeanlagen")


class Fit(TypedDict):
    verdict: str
    fit_stage: str


FIT: Fit = {"verdict": "fit", "fit_stage": "prospect"}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        pytest.param(CompanyStatus(), "out", id="no verdict yet"),
        pytest.param(CompanyStatus(**FIT), "ready", id="it fits"),
        pytest.param(
            CompanyStatus(verdict="unknown", fit_stage="suspect"),
            "out",
            id="a suspect that waits for a fact",
        ),
        pytest.param(
            CompanyStatus(verdict="unknown", fit_stage="suspect", asks=True),
            "ready",
            id="a suspect that waits for an answer",
        ),
        pytest.param(
            CompanyStatus(verdict="unknown", fit_stage="name", asks=True),
            "out",
            id="a mere name is not asked",
        ),
        pytest.param(
            CompanyStatus(verdict="no_fit", fit_stage="disqualified"), "out", id="it does not fit"
        ),
        pytest.param(
            CompanyStatus(**FIT, contact=ContactFacts(excluded="a customer")),
            "out",
            id="a customer",
        ),
        pytest.param(
            CompanyStatus(**FIT, contact=ContactFacts(suppressed=SUPPRESSED)),
            "out",
            id="suppressed",
        ),
        pytest.param(
            CompanyStatus(**FIT, contact=ContactFacts(left="it is part of another company now")),
            "out",
            id="part of another company",
        ),
        pytest.param(
            CompanyStatus(**FIT, contact=ContactFacts(relationship=Relationship.LEAD)),
            "done",
            id="a lead is worked elsewhere",
        ),
        pytest.param(
            CompanyStatus(**FIT, contact=ContactFacts(relationship=Relationship.LOST)),
            "done",
            id="only a person reopens it",
        ),
        pytest.param(
            CompanyStatus(
                **FIT, contact=ContactFacts(relationship=Relationship.LOST, reopens_at=LATER)
            ),
            "ready",
            id="its date reopens it",
        ),
        pytest.param(
            CompanyStatus(verdict="no_fit", contact=ContactFacts(relationship=Relationship.LEAD)),
            "done",
            id="a lead is not demoted by a verdict",
        ),
        pytest.param(
            CompanyStatus(
                **FIT, contact=ContactFacts(relationship=Relationship.LEAD, suppressed=SUPPRESSED)
            ),
            "out",
            id="suppression beats a lead",
        ),
    ],
)
def test_where_a_company_place(status: CompanyStatus, state: str) -> None:
    found = place(status, NOW)
    assert found.state == state
    assert found.reason or state == "done"


@pytest.mark.parametrize(
    ("now", "promised_by", "not_before"),
    [
        pytest.param(NOW, None, LATER, id="it waits for its time"),
        pytest.param(LATER, None, None, id="its time has come"),
        pytest.param(NOW, "ann", LATER, id="a promise waits for its time"),
        pytest.param(LATER, "ann", LATER, id="a promise keeps its time"),
    ],
)
def test_what_comes_again(
    now: datetime, promised_by: str | None, not_before: datetime | None
) -> None:
    contact = ContactFacts(
        relationship=Relationship.CONTACTED, reopens_at=LATER, promised_by=promised_by
    )
    found = place(CompanyStatus(**FIT, contact=contact), now)
    assert (found.not_before, found.promised_by) == (not_before, promised_by)
    assert found.shared_at == (LATER if promised_by else None)


def test_the_newer_fact_comes_first_and_none_last() -> None:
    days = [date(2026, 11, 29), date(2026, 1, 1), date(2019, 5, 5), None]
    assert sorted(days, key=fresh) == days


def test_a_suppression_does_not_change_what_fits() -> None:
    assert fits(CompanyStatus(**FIT, contact=ContactFacts(suppressed=SUPPRESSED)))


def test_the_higher_worst_score_comes_first_then_the_higher_best_score() -> None:
    scores = [(0, 0), (10, 100), (11, 11), (10, 20), (100, 100)]
    expected = sorted(scores, reverse=True)
    assert sorted(scores, key=lambda score: rank(*score)) == expected
