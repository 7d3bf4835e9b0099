"""Users in several processes claim at once: every prospect goes to one of them."""

from sqlalchemy import select

from bench.outreach_claims import Way, race
from bench.outreach_seed import entry_id, seed
from leads.store import Store
from leads.store.schema import lease, queue_entry

PROSPECTS = 60


def test_a_prospect_is_claimed_once(database_url: str) -> None:
    made = seed(database_url, PROSPECTS)

    found = race(database_url, made, 6, Way.CARD, want=2, processes=2)

    assert found.doubles == 0
    assert sorted(found.claimed) == [entry_id(number) for number in range(PROSPECTS)]
    store = Store(database_url)
    with store.read() as tx:
        leased = list(tx.execute(select(lease.c.queue_entry_id)).scalars())
        rows = tx.execute(select(queue_entry.c.state, queue_entry.c.token)).all()
    store.close()
    assert sorted(leased) == sorted(found.claimed)
    assert {tuple(row) for row in rows} == {("leased", 1)}
