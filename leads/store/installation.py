"""Which installation this database belongs to: told apart from others that share a Redis with it."""

from __future__ import annotations

from sqlalchemy import select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Store
from leads.store.inserts import insert_or_skip
from leads.store.schema import installation


def installation_id(store: Store) -> str:
    """The id made at random when it was first asked for; the same for all who use this database,
    whatever they call its address.
    """
    wanted = select(installation.c.id)
    with store.read() as tx:
        found = tx.execute(wanted).scalar()
    if found is None:
        with store.write() as tx:
            tx.execute(
                insert_or_skip(tx, installation),
                [{"name": "this", "id": new_id(), "made_at": now()}],
            )
            found = tx.execute(wanted).scalar_one()
    return str(found.hex[-12:])
