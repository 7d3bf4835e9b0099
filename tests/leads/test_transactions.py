"""What a transaction sees of what others write meanwhile."""

import pytest
from sqlalchemy import bindparam, insert

from leads.clock import now
from leads.errors import SluiceError
from leads.ids import new_id
from leads.store import Store, agency, clients, driver, snapshot
from leads.store.agency import BetweenClients
from leads.store.schema import client


def test_reading_sees_one_moment_however_many_statements_it_takes(database_url: str) -> None:
    store = Store(database_url)
    with store.read() as tx:
        before = clients.every(tx)
        with store.write() as other:
            clients.make_client(other, "newcomer")
        assert clients.every(tx) == before
    with store.read() as tx:
        assert len(clients.every(tx)) == len(before) + 1
    store.close()


def test_only_what_a_transaction_reads_is_kept_and_only_in_it(database_url: str) -> None:
    store = Store(database_url)
    with store.write() as tx:
        before = agency.between_clients(tx)
        wanted = BetweenClients(before.days + 1)
        agency.set_between_clients(tx, wanted)
        assert agency.between_clients(tx) == wanted
    with store.read() as tx:
        assert agency.between_clients(tx) is agency.between_clients(tx)
        assert agency.between_clients(tx) == wanted
        with store.write() as other:
            agency.set_between_clients(other, before)
        assert agency.between_clients(tx) == wanted
    with store.read() as tx:
        assert agency.between_clients(tx) == before
    store.close()


def test_a_long_read_does_not_keep_all_that_it_finds(database_url: str) -> None:
    store = Store(database_url)
    with store.read() as tx:
        for number in range(3 * snapshot.MOST):
            snapshot.once(tx, number, lambda: "found")
            assert len(snapshot._KEPT[id(tx)]) <= snapshot.MOST
    assert snapshot._KEPT == {}
    store.close()


def test_a_direct_transaction_is_undone_as_a_whole(database_url: str) -> None:
    store = Store(database_url)
    with store.read() as tx:
        before = clients.every(tx)
    row = {"id": new_id(), "name": "twice", "created_at": now()}
    add = insert(client).values({name: bindparam(name) for name in row})

    def store_it(times: int) -> None:
        with store.direct() as direct:
            assert direct is not None
            driver.run_together(direct, [(add.returning(client.c.id), row)] * times)

    for _ in range(2):
        with pytest.raises(SluiceError):
            store_it(2)
    with store.read() as tx:
        assert clients.every(tx) == before
    store_it(1)
    with store.read() as tx:
        assert len(clients.every(tx)) == len(before) + 1
    store.close()
