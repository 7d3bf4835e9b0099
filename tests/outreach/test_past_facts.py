"""What was known of a company before a moment: facts that were seen and held, signals that happened."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from engage.run.features import features
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store import signals
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.signals import NewSignal
from tests.outreach.conftest import MadeClient, World

AT = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def told(owner: MadeClient, value: str, days: int) -> Fact:
    seen = Evidence(source="list:fair", method=Method.TOLD, observed_at=AT + days * DAY)
    return Fact(id=new_id(), attribute="country", value=value, client_id=owner.id, evidence=seen)


def heard(owner: MadeClient, company_id: UUID, kind: str, days: int) -> NewSignal:
    return NewSignal(
        client_id=owner.id,
        company_id=company_id,
        kind=kind,
        source="test",
        external_id=kind,
        happened_at=AT + days * DAY,
        by="ann",
    )


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (AT, {}),
        (
            AT + DAY + timedelta(microseconds=1),
            {"country": "ch", "list: fair": "yes", "signal: hiring": "yes"},
        ),
        (
            None,
            {
                "country": "de",
                "list: fair": "yes",
                "signal: hiring": "yes",
                "signal: demo_requested": "yes",
            },
        ),
    ],
)
def test_only_what_was_known_before_the_first_contact_counts(
    world: World, before: datetime | None, expected: Mapping[str, str]
) -> None:
    owner = world.client("kestrel")
    company_id = world.company(owner, "Alder")
    with world.store.write() as tx:
        about = Subject(company_id=company_id)
        facts.add(tx, [(about, told(owner, *one)) for one in (("AT", 0), ("DE", 2), ("CH", 1))])
        signals.add(
            tx,
            [heard(owner, company_id, *one) for one in (("hiring", 0), ("demo_requested", 2))],
        )

    moments = {company_id: before} if before else {}
    with world.store.read() as tx:
        found = features(tx, owner.id, owner.campaign_id, [company_id], moments)[company_id]
    own = {name: text for name, text in found.items() if name in expected or name == "country"}
    assert own == expected
