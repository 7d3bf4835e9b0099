"""What a transaction sees of what others write meanwhile."""

from leads.store import Store, clients


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
