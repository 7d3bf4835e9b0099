"""A temperature that ends by itself is noticed by the sweeper, without a new signal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from actions.scoring import use_scoring
from actions.session import Session
from actions.where import Where
from leads.clock import now
from leads.ids import new_id
from leads.store import Tx, campaigns, clients, events, scores, signals
from leads.store.engine import Store
from leads.store.schema import company, duty
from leads.store.signals import NewSignal
from workers.inline import work_off_own
from workers.pipeline import CHEAP
from workers.redis_client import connect
from workers.sweeper import sweep

SEED = Path(__file__).parents[2] / "examples" / "scoring" / "seed.yaml"


def scored_company(tx: Tx, days_ago: int) -> tuple[UUID, UUID]:
    """A company of a campaign that asked for two quotes so long ago."""
    client_id = clients.client_to_change(tx, "default").id
    campaign_id = campaigns.campaign_of(tx, client_id, "all", make=True).id
    company_id = new_id()
    tx.execute(
        company.insert().values(
            id=company_id, client_id=client_id, kind="legal_entity", name="Acme", created_at=now()
        )
    )
    signals.add(
        tx,
        [
            NewSignal(
                client_id=client_id,
                company_id=company_id,
                kind="quote_requested",
                happened_at=now() - timedelta(days=days_ago),
                source="test",
                external_id=str(number),
                by="test",
            )
            for number in range(2)
        ],
    )
    return campaign_id, company_id


def lines(store: Store, company_id: UUID) -> list[str]:
    with store.read() as tx:
        every = events.of_thing(tx, "company", company_id)
    return [one.reason for one in every if one.verb == "temperature changed"]


def test_the_sweeper_notices_that_a_company_is_cold_now(
    session: Session, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session.store.write() as tx:
        campaign_id, company_id = scored_company(tx, days_ago=60)
    with monkeypatch.context() as then:
        then.setattr("engage.run.scoring.now", lambda: now() - timedelta(days=59))
        use_scoring(session, str(SEED), Where())
    assert lines(session.store, company_id) == ["cold to warm"]

    context = replace(session.context(), redis=connect(redis_url))
    for _ in range(2):
        with context.store.write() as tx:
            tx.execute(duty.delete().where(duty.c.name == "schedule"))
        assert sweep(context, lambda _line: None)
        work_off_own(context, CHEAP)
    assert lines(session.store, company_id) == ["cold to warm", "warm to cold"]
    with session.store.read() as tx:
        row = scores.of_companies(tx, campaign_id, [company_id])[company_id]
        assert scores.due(tx, now(), 10) == []
    assert (row.temperature, row.changes_at) == ("cold", None)
