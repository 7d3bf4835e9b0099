"""Companies that changed since a moment, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from leads.clock import now
from leads.ids import new_id
from leads.store import Store, clients, company_changes
from leads.store.company_changes import Moment


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def _moment(store: Store) -> Moment:
    with store.read() as tx:
        return company_changes.moment(tx)


def _since(store: Store, client: UUID, then: Moment) -> set[UUID] | None:
    with store.read() as tx:
        return company_changes.since(tx, client, then)


def _client(store: Store, name: str) -> UUID:
    with store.write() as tx:
        return clients.make_client(tx, name).id


def _note(store: Store, client: UUID, *some: UUID) -> None:
    with store.write() as tx:
        company_changes.note(tx, client, some)


def test_only_what_came_after_the_moment_and_is_the_clients_is_said(store: Store) -> None:
    north, south = _client(store, "north"), _client(store, "south")
    before, after, other = new_id(), new_id(), new_id()
    _note(store, north, before)
    then = _moment(store)
    assert _since(store, north, then) == set()
    _note(store, north, after, after)
    _note(store, south, other)
    assert _since(store, north, then) == {after}
    assert _since(store, south, then) == {other}


def test_what_cannot_be_said_is_none(store: Store) -> None:
    north = _client(store, "north")
    _note(store, north, new_id())
    then = _moment(store)
    assert _since(store, north, Moment(then.place, new_id())) is None, "another database"
    with store.write() as tx:
        company_changes.note_erasure(tx)
    assert _since(store, north, then) is None, "facts were erased"
    late = _moment(store)
    with store.write() as tx:
        assert company_changes.prune(tx, now() + timedelta(days=1)) > 0
    assert _since(store, north, late) == set(), "the newest note stays"
    assert _since(store, north, then) is None, "the notes are gone"


def test_a_copy_from_before_the_moment_is_noticed(store: Store) -> None:
    north = _client(store, "north")
    _note(store, north, new_id())
    then = _moment(store)
    with store.write() as tx:
        tx.execute(text("DELETE FROM company_change WHERE place > 0"))
    assert _since(store, north, then) is None


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_transaction_that_commits_late_is_not_missed(store: Store) -> None:
    north, late, early = _client(store, "north"), new_id(), new_id()
    with store.write() as tx:
        company_changes.note(tx, north, [late])
        with store.engine.begin() as other:
            company_changes.note(other, north, [early])
        then = _moment(store)
    assert _since(store, north, then) == {late}
