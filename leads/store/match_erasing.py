"""Erase records, or all that was compared, from the key index of a client."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update

from leads.store import match_index, match_parts
from leads.store.engine import Tx, chunks
from leads.store.schema import match_base, match_key, match_part


def drop_any(tx: Tx, client_id: UUID) -> bool:
    """Drop the index that a client has or is about to have; whether there was one.

    Called before something is erased that was compared.
    """
    match_index.hold(tx, client_id)
    has = [exists().where(one.c.client_id == client_id) for one in (match_base, match_part)]
    found = bool(tx.execute(select(or_(*has))).scalar())
    if found:
        match_index.drop(tx, client_id)
    return found


def erase(tx: Tx, client_id: UUID, record_ids: Collection[UUID]) -> int:
    """Take records out of the index with the keys of their companies; how many keys of their own.

    If a company has other records, all records are compared again the next time. Parts that no head
    tells apart are left over from a comparison that did not end, or in the making: all of them go.
    """
    gone = 0
    for some in chunks(sorted(record_ids)):
        gone += tx.execute(delete(match_key).where(match_key.c.record_id.in_(some))).rowcount
    if record_ids and match_index.head(tx, client_id) is None:
        match_index.drop(tx, client_id)
    elif record_ids:
        _erase_in_parts(tx, client_id, record_ids)
    return gone


def _erase_in_parts(tx: Tx, client_id: UUID, record_ids: Collection[UUID]) -> None:
    companies: set[int] = set()
    for at, body in _every_part(tx, client_id, match_index.ROWS):
        held = match_parts.companies_of(body, record_ids)
        if held:
            body = match_parts.without_records(body, held)
            _replace_part(tx, client_id, match_index.ROWS, at, body)
            companies |= {at * match_index.COMPANIES_A_PART + place for place in held.values()}
            if any(match_parts.records_in(body, place) for place in held.values()):
                match_index.drop_head(tx, client_id)
    for at, body in _every_part(tx, client_id, match_index.KEYS) if companies else ():
        left = match_parts.without_companies(body, companies)
        if left != body:
            _replace_part(tx, client_id, match_index.KEYS, at, left)


def _every_part(tx: Tx, client_id: UUID, kind: str) -> Iterator[tuple[int, bytes]]:
    """Every part of a kind, some at a time; a client has those of one index."""
    mine = (match_part.c.client_id == client_id, match_part.c.kind == kind)
    places = tx.execute(select(match_part.c.version, match_part.c.at).where(*mine)).all()
    for version, at in places:
        wanted = select(match_part.c.body).where(
            *mine, match_part.c.version == version, match_part.c.at == at
        )
        yield at, bytes(tx.execute(wanted).scalar_one())


def _replace_part(tx: Tx, client_id: UUID, kind: str, at: int, body: bytes) -> None:
    part = (match_part.c.client_id == client_id, match_part.c.kind == kind, match_part.c.at == at)
    tx.execute(update(match_part).where(*part).values(body=body))
