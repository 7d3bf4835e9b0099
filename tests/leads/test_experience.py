"""What was learned comes from the newest questions to each source, however many there are."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.ids import new_id
from leads.store import Store
from leads.store.schema import client, source_question
from leads.store.spending import experience

OURS, THEIRS = new_id(), new_id()
FREE, PAID = "register:no", "provider:headcounts"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    with store.write() as tx:
        for one, name in ((OURS, "ours"), (THEIRS, "theirs")):
            tx.execute(insert(client), [{"id": one, "name": name, "created_at": now()}])
    yield store
    store.close()


def ask(
    store: Store,
    source: str,
    found: list[str],
    days: int,
    of: UUID | None = None,
    state: str = "settled",
) -> None:
    """A question that was settled some days ago."""
    at = now() - timedelta(days=days)
    row = {
        "id": new_id(),
        "client_id": of,
        "source": source,
        "country": "NO",
        "attributes": ["employees"],
        "state": state,
        "price_micros": 0,
        "currency": "EUR",
        "outcome": "found" if found else "no match",
        "found": found,
        "reserved_at": at,
        "settled_at": None if state == "reserved" else at,
    }
    with store.write() as tx:
        tx.execute(insert(source_question), [row])


def test_the_newest_questions_to_each_source_count(store: Store) -> None:
    for days in (1, 2, 3, 4):
        ask(store, FREE, ["employees"] if days > 2 else [], days)
    ask(store, PAID, ["employees"], 5, OURS)
    ask(store, PAID, [], 6, THEIRS)
    ask(store, PAID, [], 7, state="refunded")
    ask(store, PAID, [], 8, state="reserved")

    def counted(*sources: str, newest: int) -> set[tuple[str, bool, int]]:
        with store.read() as tx:
            found = experience.asked(tx, OURS, sources, newest)
        return {(one.source, bool(one.found), one.count) for one in found}

    assert counted(FREE, PAID, newest=9) == {(FREE, True, 2), (FREE, False, 2), (PAID, True, 1)}
    assert counted(FREE, PAID, newest=3) == {(FREE, True, 1), (FREE, False, 2), (PAID, True, 1)}
    assert counted("register:fi", newest=9) == counted(newest=9) == set()
