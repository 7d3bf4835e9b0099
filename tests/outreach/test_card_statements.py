"""How many statements the next card takes: each one is a way to the server and back."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from bench.outreach_claims import user_of
from bench.outreach_seed import SECRET, Seeded, seed
from leads.store import Store
from outreach.run.leasing import take_next
from outreach.run.suppress import SuppressionRequest, add

#: The claim takes three, its check and the card the rest.
MOST = 20
#: Where anything is suppressed, the keys of the company are compared too.
MOST_WITH_SUPPRESSIONS = 27
_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def sent(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that reach the database from now on, on every way."""
    sent: list[str] = []
    if store.engine.dialect.name == "sqlite":

        def trace(connection: Any, _record: object) -> None:
            connection.set_trace_callback(sent.append)

        for engine in (store.engine, store.reading):
            event.listen(engine, "connect", trace)
        return sent

    execute: Callable[..., Any] = psycopg.Cursor.execute

    def heard(self: Any, query: Any, *given: Any, **options: Any) -> Any:
        sent.append(str(query))
        return execute(self, query, *given, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", heard)
    return sent


def count(store: Store, made: Seeded, sent: list[str]) -> int:
    """The statements of a card, once the process knows the call hours of the campaign."""
    take_next(store, user_of(made, "ann"))
    sent.clear()
    assert len(take_next(store, user_of(made, "ben"))) == 1
    return len([one for one in sent if not one.startswith(_NOT_COUNTED)])


def test_a_card_takes_few_statements(store: Store, sent: list[str]) -> None:
    assert 3 < count(store, seed(store.url, 60), sent) <= MOST, "\n".join(sent)


def test_suppressions_add_few_statements(store: Store, sent: list[str]) -> None:
    made = seed(store.url, 60)
    wanted = SuppressionRequest(
        kind=None,
        text="elsewhere.example",
        level="client",
        by="ben",
        client_id=made.client_id,
        campaign_id=None,
    )
    with store.write() as tx:
        add(tx, wanted, SECRET)

    assert MOST < count(store, made, sent) <= MOST_WITH_SUPPRESSIONS, "\n".join(sent)
