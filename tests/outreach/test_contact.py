"""May a company be contacted? The rule, case by case, with its reason."""

from datetime import UTC, datetime

import pytest

from leads.stages import Relationship, Stage
from outreach.contact import (
    Barrier,
    ContactFacts,
    SuppressedBy,
    SuppressedSpelling,
    may_contact,
    stage_seen,
)

LATER = datetime(2030, 1, 1, tzinfo=UTC)
ASKED = SuppressedBy(
    subject="Zeta GmbH",
    by="ann",
    at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    level="client",
    reason="asked us to stop",
)
LEFT = "no list names it any more"


@pytest.mark.parametrize(
    ("facts", "barrier", "reason"),
    [
        pytest.param(ContactFacts(), None, "", id="nothing bars it"),
        pytest.param(ContactFacts(left=LEFT), Barrier.LEFT, LEFT, id="no list names it"),
        pytest.param(
            ContactFacts(suppressed=ASKED),
            Barrier.SUPPRESSED,
            "suppressed: Zeta GmbH, by ann on 2026-11-20 for client (asked us to stop)",
            id="suppressed",
        ),
        pytest.param(
            ContactFacts(suppressed=SuppressedSpelling("zetaanlagen")),
            Barrier.SUPPRESSED,
            "suppressed: its name is a spelling of one that is suppressed (zetaanlagen)",
            id="another spelling of a suppressed name",
        ),
        pytest.param(
            ContactFacts(excluded="on the list crm (customers)"),
            Barrier.EXCLUDED,
            "excluded: on the list crm (customers)",
            id="a customer",
        ),
        pytest.param(
            ContactFacts(relationship=Relationship.LEAD, relationship_reason="said ann"),
            Barrier.HANDED_OVER,
            "a lead now: said ann",
            id="a lead",
        ),
        pytest.param(
            ContactFacts(relationship=Relationship.LOST, relationship_reason="wrong data"),
            Barrier.CLOSED,
            "wrong data",
            id="closed by a disposition",
        ),
        pytest.param(
            ContactFacts(relationship=Relationship.LOST, reopens_at=LATER),
            None,
            "",
            id="closed until a date",
        ),
        pytest.param(
            ContactFacts(left=LEFT, suppressed=ASKED, excluded="on the list crm (customers)"),
            Barrier.LEFT,
            LEFT,
            id="the first reason counts",
        ),
    ],
)
def test_the_rule(facts: ContactFacts, barrier: Barrier | None, reason: str) -> None:
    found = may_contact(facts)
    assert (found.barrier, found.reason, found.allowed) == (barrier, reason, barrier is None)


def test_a_date_is_when_it_may_be_contacted_again() -> None:
    facts = ContactFacts(relationship=Relationship.CONTACTED, reopens_at=LATER)
    assert may_contact(facts).not_before == LATER


def test_the_site_of_a_lead_is_still_visited_and_that_of_a_suppressed_company_is_not() -> None:
    lead = ContactFacts(relationship=Relationship.LEAD)
    assert may_contact(lead).site_may_be_visited
    assert not may_contact(ContactFacts(suppressed=ASKED)).site_may_be_visited


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (ContactFacts(), Stage.PROSPECT),
        (ContactFacts(suppressed=ASKED), Stage.DISQUALIFIED),
        (ContactFacts(excluded="on a list"), Stage.DISQUALIFIED),
        (ContactFacts(relationship=Relationship.LEAD), Stage.LEAD),
        (ContactFacts(relationship=Relationship.LOST), Stage.DISQUALIFIED),
        (ContactFacts(relationship=Relationship.LEAD, suppressed=ASKED), Stage.DISQUALIFIED),
    ],
)
def test_the_stage_people_see(facts: ContactFacts, stage: Stage) -> None:
    assert stage_seen(Stage.PROSPECT, facts) is stage
