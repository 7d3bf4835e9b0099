"""Companies that a staged do-not-contact list means: by a key, or by a name that is nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from leads.store.contact_keys import OwnedForm, live_keys
from leads.store.engine import Tx, chunks
from leads.store.schema import company_key
from leads.store.suppression_staging import COMING

#: Letters at an end by which names are compared, as `company_key.head` and `tail` hold them.
_LETTERS = 3
#: Names compared at a time.
_NAMES = 20_000
#: Rows fetched at a time.
_FETCHED = 5_000


def with_staged_keys(tx: Tx, client_id: UUID | None, owner: int) -> set[tuple[UUID, UUID]]:
    """Client and company ids of the live companies that have a key of an entry of this owner;
    `client_id` None: of every client.
    """
    if not _any(tx, company_key.c.key_hash.is_not(None)):
        return set()
    staged = select(COMING.c.key_hash).where(COMING.c.owner == owner)
    found = tx.execute(live_keys(client_id, company_key.c.key_hash.in_(staged)))
    return {(row.client_id, row.company_id) for row in found}


def names_beside(
    tx: Tx, client_id: UUID | None, owner: int
) -> Iterator[tuple[list[str], list[OwnedForm]]]:
    """Names of staged entries, some at a time, each time with the companies' names that begin as one
    of them does; then the same by the ends of names.
    """
    if not _any(tx, company_key.c.form.is_not(None)):
        return
    length = func.length(COMING.c.form)
    begins = func.substr(COMING.c.form, 1, _LETTERS)
    stops = func.substr(COMING.c.form, length - _LETTERS + 1, _LETTERS)
    for letters, column in ((begins, company_key.c.head), (stops, company_key.c.tail)):
        for names, some in _grouped(tx, letters, owner):
            owned: list[OwnedForm] = []
            for few in chunks(sorted(some)):
                rows = tx.execute(live_keys(client_id, column.in_(few)))
                owned += [OwnedForm(row.client_id, row.company_id, row.form) for row in rows]
            if owned:
                yield names, owned


def _any(tx: Tx, which: ColumnElement[bool]) -> bool:
    return tx.execute(select(company_key.c.company_id).where(which).limit(1)).first() is not None


def _grouped(
    tx: Tx, letters: ColumnElement[str], owner: int
) -> Iterator[tuple[list[str], set[str]]]:
    """Staged names and their letters, those with the same letters together."""
    wanted: Select[str, str] = (
        select(letters.label("letters"), COMING.c.form)
        .where(COMING.c.form.is_not(None), COMING.c.owner == owner)
        .distinct()
        .order_by(letters)
        .execution_options(yield_per=_FETCHED)
    )
    names: list[str] = []
    some: set[str] = set()
    rows = tx.execute(wanted)
    for same, group in groupby(rows, key=_first):
        names += [row[1] for row in group]
        some.add(same)
        if len(names) >= _NAMES:
            yield names, some
            names, some = [], set()
    if names:
        yield names, some


def _first(row: Sequence[str]) -> str:
    return row[0]
