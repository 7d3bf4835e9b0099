"""A company is found by the name that people see, whatever its case and script."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from leads.clock import now
from leads.errors import NotFoundError
from leads.ids import new_id
from leads.store import Store, clients
from leads.store.company_search import find
from leads.store.schema import company


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Österreich Werk GmbH", "Österreich Werk GmbH"),
        ("Österreich Werk GmbH", "ÖSTERREICH WERK GMBH"),
        ("Österreich Werk GmbH", "österreich werk gmbh"),
        ("MÜLLER MASCHINENBAU GMBH", "Müller Maschinenbau"),
        ("Größe AG", "größe ag"),
        ("Київ Машини", "київ машини"),
    ],
)
def test_a_name_is_found_in_any_case(store: Store, name: str, typed: str) -> None:
    with store.write() as tx:
        client_id = clients.make_client(tx, "default").id
        row = {
            "id": new_id(),
            "client_id": client_id,
            "kind": "legal_entity",
            "name": name,
            "reason": "",
            "created_at": now(),
        }
        tx.execute(insert(company).values(**row))

    with store.read() as tx:
        assert find(tx, client_id, typed).name == name
        with pytest.raises(NotFoundError):
            find(tx, client_id, "Nowhere GmbH")
