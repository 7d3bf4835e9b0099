"""A do-not-contact list beside the stored one: its keys in a temporary table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Column, Integer, MetaData, String, Table, select

from leads.store.bulk_inserts import for_driver, insert_rows
from leads.store.columns.types import UTCDateTime
from leads.store.engine import Tx

#: Kind, normal form (None where only the hash is kept) and keyed hash.
KeyCells = tuple[str, str | None, str]

_STAGING = MetaData()
#: One row for each key of each entry.
COMING = Table(
    "coming_key",
    _STAGING,
    Column("entry", Integer, nullable=False),
    Column("owner", Integer, nullable=False),
    #: How many keys the entry has.
    Column("size", Integer, nullable=False),
    #: The same for entries of one owner with the same keys; set at the first key only.
    Column("print", String),
    Column("until", UTCDateTime()),
    Column("channel", String),
    Column("key_hash", String, nullable=False),
    #: A name that is compared by its spelling.
    Column("form", String),
    prefixes=["TEMPORARY"],
)
#: The entries that add nothing to what is stored, or to another entry.
KNOWN = Table(
    "coming_known",
    _STAGING,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)
_NAMES = ("entry", "owner", "size", "print", "until", "channel", "key_hash", "form")


class Owner(NamedTuple):
    """For whom suppressions count: a level, and its client and campaign."""

    level: str
    client_id: UUID | None
    campaign_id: UUID | None


#: For whom an entry counts, as the list says it: a level, and the name of a campaign.
OwnerName = tuple[str, str | None]


class Coming(NamedTuple):
    """One entry of a list; tuples are pickled faster than dataclasses. The first has number 0."""

    owner: OwnerName
    subject: str
    keys: tuple[KeyCells, ...]
    until: datetime | None
    channel: str | None
    reason: str
    by: str
    #: None: the moment of the import.
    at: datetime | None


def stage(
    tx: Tx, batches: Iterable[Sequence[Coming]], owners: Iterable[OwnerName], shortest: int
) -> None:
    """Fill the temporary table, where owners are the places in this list; names of at least
    `shortest` letters are compared by spelling.
    """
    unstage(tx)
    _STAGING.create_all(tx, checkfirst=False)
    places = {name: place for place, name in enumerate(owners)}
    insert_rows(tx, COMING, _NAMES, _rows(tx, batches, places, shortest))
    if tx.dialect.name == "postgresql":
        # Nothing else counts the rows of a temporary table.
        tx.exec_driver_sql(f"ANALYZE {COMING.name}")


def unstage(tx: Tx) -> None:
    """Drop the temporary tables, which the connection would keep."""
    for one in (COMING, KNOWN):
        tx.exec_driver_sql(f"DROP TABLE IF EXISTS {one.name}")


def known_between(tx: Tx, first: int, last: int) -> set[int]:
    """The numbers of known entries in a range."""
    wanted = select(KNOWN.c.entry).where(KNOWN.c.entry.between(first, last))
    return set(tx.execute(wanted).scalars())


def _rows(
    tx: Tx, batches: Iterable[Sequence[Coming]], places: Mapping[OwnerName, int], shortest: int
) -> Iterator[tuple[object, ...]]:
    moment = for_driver(tx, COMING, "until")
    for number, one in enumerate(chain.from_iterable(batches)):
        owner, size = places[one.owner], len(one.keys)
        mark: str | None = _print_of(owner, one)
        until = moment(one.until) if one.until else None
        for kind, form, key_hash in one.keys:
            name = form if kind == "company" and form and len(form) >= shortest else None
            yield number, owner, size, mark, until, one.channel, key_hash, name
            mark = None


def _print_of(owner: int, one: Coming) -> str:
    if len(one.keys) == 1:
        return f"{owner}:{one.keys[0][2]}"
    hashes = sorted(key_hash for _, _, key_hash in one.keys)
    return f"{owner}:{hashlib.sha256(''.join(hashes).encode()).hexdigest()}"
