"""The clients the agency works for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from leads.clock import now
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import driver
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import client

DEFAULT_CLIENT = "default"
#: No row has this id: the client `default` before its first write.
NO_CLIENT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Named:
    """The id and name of a client or a campaign."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client."""

    id: UUID
    name: str
    strictness: str
    created_at: datetime
    #: Of lists that state none: alpha-2.
    country: str | None


_NAMED = select(client.c.id).where(client.c.name == bindparam("named"))
#: What `strictness_of` asks.
STRICTNESS = select(client.c.strictness).where(client.c.id == bindparam("of_client"))
_EVERY = select(*(client.c[name] for name in ClientRow.__slots__)).order_by(client.c.name)


def find_client(tx: Tx, name: str) -> Named | None:
    """The client of that name, if there is one."""
    found = driver.value(tx, _NAMED, {"named": name})
    return Named(found, name) if found else None


def client_of(tx: Tx, name: str) -> Named:
    """The client of that name, to read its data; nothing is written.

    The client `default` is empty until it is first written to; any other one that does not exist
    raises NotFoundError.
    """
    if found := find_client(tx, name):
        return found
    if name == DEFAULT_CLIENT:
        return Named(NO_CLIENT, name)
    raise NotFoundError(
        f"there is no client {name!r}",
        f"add it with `sluice client add {name}`, or see `sluice client list`",
    )


def client_to_change(tx: Tx, name: str) -> Named:
    """The client of that name, to write to it; `default` is added when it does not exist.

    NotFoundError when any other client does not exist.
    """
    return make_client(tx, name) if name == DEFAULT_CLIENT else client_of(tx, name)


def make_client(tx: Tx, name: str) -> Named:
    """The client of that name, added when it does not exist."""
    if found := find_client(tx, name):
        return found
    checked = checked_name(name, "client")
    _check_alike(tx, checked)
    row = {"id": new_id(), "name": checked, "created_at": now()}
    # Another process may add the same client at this moment: then its row counts.
    tx.execute(insert_or_skip(tx, client), [row])
    return client_of(tx, name)


def _check_alike(tx: Tx, name: str) -> None:
    """Refuse a name that people would take for that of another client."""
    names = [DEFAULT_CLIENT, *tx.execute(select(client.c.name)).scalars()]
    alike = [one for one in names if one != name and _folded(one) == _folded(name)]
    if alike:
        raise UsageError(
            f"there is a client {alike[0]!r} already: {name!r} differs in capitals or spaces only",
            f"use {alike[0]!r}, or choose another name",
        )


def _folded(name: str) -> str:
    return "".join(name.casefold().split())


def every(tx: Tx) -> list[ClientRow]:
    """All clients, by name."""
    return [ClientRow(*row) for row in driver.read(tx, _EVERY, {})]


def country_of(tx: Tx, client_id: UUID) -> str | None:
    """The country of the client's lists that state none."""
    return tx.execute(select(client.c.country).where(client.c.id == client_id)).scalar()


def set_country(tx: Tx, client_id: UUID, country: str | None) -> None:
    """Set or clear the country of the client's lists that state none."""
    tx.execute(update(client).where(client.c.id == client_id).values(country=country))


def contacts_of(tx: Tx, client_id: UUID) -> str:
    """Which contacts of the client's lists are kept: `none`, `roles` or `persons`."""
    found = tx.execute(select(client.c.contacts).where(client.c.id == client_id)).scalar()
    return found or "none"


def set_contacts(tx: Tx, client_id: UUID, contacts: str) -> None:
    """Set which contacts of the client's lists are kept."""
    kept = None if contacts == "none" else contacts
    tx.execute(update(client).where(client.c.id == client_id).values(contacts=kept))


def controller_of(tx: Tx, client_id: UUID) -> str | None:
    """Who answers for the data of the client's contacts, with address."""
    return tx.execute(select(client.c.controller).where(client.c.id == client_id)).scalar()


def set_controller(tx: Tx, client_id: UUID, controller: str | None) -> None:
    """Set or clear who answers for the data of the client's contacts."""
    tx.execute(update(client).where(client.c.id == client_id).values(controller=controller))


def strictness_of(tx: Tx, client_id: UUID) -> str | None:
    """How much evidence a merge needs; None for a client that is not stored yet."""
    found: str | None = driver.value(tx, STRICTNESS, {"of_client": client_id})
    return found


def set_strictness(tx: Tx, client_id: UUID, strictness: str) -> None:
    """Store how much evidence a merge needs."""
    tx.execute(update(client).where(client.c.id == client_id).values(strictness=strictness))


def checked_name(name: str, what: str) -> str:
    """The name as given; UsageError when it cannot name a client, campaign or user."""
    if not name.strip() or len(name) > 100 or any(ord(character) < 32 for character in name):
        raise UsageError(f"{name!r} cannot name a {what}", "use 1 to 100 printable characters")
    return name
