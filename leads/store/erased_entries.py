"""Erase what a source stated of entries that it wants erased, whatever the facts hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select

from leads.store import match_erasing
from leads.store.engine import Tx, chunks
from leads.store.erasing import of_facts
from leads.store.schema import fact, record

#: Attributes with a number that is issued once in the world: an LEI, `CIK 0001999005`. Registers of
#: several countries may issue the same number.
_NUMBERS = ("lei", "national_id")


@dataclass(frozen=True, slots=True)
class Erased:
    """Where facts were erased."""

    #: Keys of register entries.
    entries: tuple[str, ...]
    #: Companies that had facts of their own or on a record, each with its client.
    companies: tuple[tuple[UUID, UUID], ...]
    #: Clients with a record that had facts.
    clients: tuple[UUID, ...]


@dataclass(slots=True)
class _Subjects:
    """What facts about an entry hang on."""

    entries: set[str]
    #: Clients and companies.
    companies: set[tuple[UUID, UUID]] = field(default_factory=set)
    #: Clients and records.
    records: set[tuple[UUID, UUID]] = field(default_factory=set)


def of_entries(tx: Tx, source: str, keys: Sequence[str], numbers: Sequence[str]) -> Erased:
    """Erase all facts of a source about entries, by their keys and by numbers that it stated.

    An entry may be known by another number than the one it was asked by: facts of an LEI hang on the
    entry of the national register, those of a CIK on the company, and its domain on a record too.
    """
    found = _Subjects(set(keys))
    for number in numbers:
        _add_with_number(tx, source, number, found)
    record_ids = sorted(one for _, one in found.records)
    companies = found.companies | _companies_of(tx, record_ids)
    clients = tuple(sorted({client_id for client_id, _ in found.records}))
    for client_id in clients:
        # It holds keys of what the records were known by.
        match_erasing.drop_any(tx, client_id)
    _erase(tx, source, fact.c.register_entry, sorted(found.entries))
    _erase(tx, source, fact.c.company_id, sorted(one for _, one in found.companies))
    _erase(tx, source, fact.c.record_id, record_ids)
    return Erased(
        entries=tuple(sorted(found.entries)),
        companies=tuple(sorted(companies)),
        clients=clients,
    )


def _add_with_number(tx: Tx, source: str, number: str, found: _Subjects) -> None:
    """Add what a source stated this number of, or what has a page that ends in it."""
    same = fact.c.attribute.in_(_NUMBERS) & (fact.c.value == literal(number, fact.c.value.type))
    digits = number.rpartition(" ")[2]
    on_page = [fact.c.url.endswith(f"{sign}{digits}", autoescape=True) for sign in "/="]
    subject = (fact.c.register_entry, fact.c.client_id, fact.c.company_id, fact.c.record_id)
    wanted = select(*subject).where(fact.c.source == source, or_(same, *on_page))
    for row in tx.execute(wanted):
        if row.register_entry is not None:
            found.entries.add(row.register_entry)
        elif row.client_id is None:
            continue
        elif row.company_id is not None:
            found.companies.add((row.client_id, row.company_id))
        elif row.record_id is not None:
            found.records.add((row.client_id, row.record_id))


def _companies_of(tx: Tx, record_ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """The companies that have these records, each with its client."""
    found = set[tuple[UUID, UUID]]()
    for some in chunks(list(record_ids)):
        has_company = record.c.company_id.is_not(None)
        wanted = select(record.c.client_id, record.c.company_id)
        rows = tx.execute(wanted.where(record.c.id.in_(some), has_company))
        found.update((row.client_id, row.company_id) for row in rows)
    return found


def _erase(tx: Tx, source: str, column: ColumnElement[Any], subjects: Sequence[Any]) -> None:
    for some in chunks(list(subjects)):
        mine = select(fact.c.id).where(column.in_(some), fact.c.source == source)
        of_facts(tx, list(tx.execute(mine).scalars()))
