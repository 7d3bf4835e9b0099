"""Signals that are read as texts are those that are read as rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from engage.run.loading import signal_table
from engage.signals.table import moment
from leads.clock import now
from leads.store import signals
from leads.store.schema import company
from leads.store.signals import NewSignal
from tests.outreach.conftest import World


def test_texts_and_rows_say_the_same(world: World) -> None:
    owner = world.client("kestrel")
    kept, merged, silent = (world.company(owner, name) for name in ("Alder", "Alder AG", "Birch"))
    one = NewSignal(
        client_id=owner.id,
        company_id=kept,
        kind="replied",
        source="lemlist",
        external_id="1",
        happened_at=datetime(2026, 11, 2, 10, 0, 0, 250, tzinfo=UTC),
        by="ann",
    )
    full = replace(
        one,
        external_id="2",
        company_id=merged,
        kind="ordered",
        campaign_id=owner.campaign_id,
        channel="email",
        link="https://alder.example/",
        agent="Mozilla",
        machine=False,
        value_minor=1_250,
        value_currency="EUR",
        happened_at=now() - timedelta(days=2),
    )
    with world.store.write() as tx:
        stored = signals.add(tx, [one, full, replace(one, external_id="3")])
        tx.execute(update(company).where(company.c.id == merged).values(merged_into=kept))
        signals.retract(tx, owner.id, [stored[2].id], "ann")

    with world.store.read() as tx:
        rows = signals.of_companies(tx, owner.id, [kept, silent])[kept]
        table = signal_table(tx, owner.id, owner.campaign_id, [kept, silent], all_companies=True)
    assert [UUID(name) for name in table.companies] == [kept, silent]
    assert {UUID(name) for name in table.ids} == {row.id for row in rows}
    places = {UUID(name): place for place, name in enumerate(table.ids)}
    for row in rows:
        place = places[row.id]
        assert (
            table.company[place],
            table.kinds[table.kind[place]],
            table.channels[table.channel[place]],
            table.sources[table.source[place]],
            table.links[table.link[place]],
            table.agents[table.agent[place]],
            moment(int(table.at[place])),
            table.value[place],
            table.machine[place],
        ) == (
            0,
            row.kind,
            row.channel,
            row.source,
            row.link or "",
            row.agent or "",
            row.happened_at,
            -1 if row.value_minor is None else row.value_minor,
            0 if row.machine is None else 1,
        )
