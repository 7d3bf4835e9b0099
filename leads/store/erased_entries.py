"""Erase what a source stated of entries that it wants erased, whatever the facts hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import literal, or_, select

from leads.store.engine import Tx, chunks
from leads.store.erasing import of_facts
from leads.store.schema import fact

#: Attributes with a number that is issued once in the world: an LEI, `CIK 0001999005`. Registers of
#: several countries may issue the same number.
_NUMBERS = ("lei", "national_id")


@dataclass(frozen=True, slots=True)
class Erased:
    """Where facts were erased."""

    #: Keys of register entries.
    entries: tuple[str, ...]
    #: Companies that had facts of their own, each with its client.
    companies: tuple[tuple[UUID, UUID], ...]


def of_entries(tx: Tx, source: str, keys: Sequence[str], numbers: Sequence[str]) -> Erased:
    """Erase all facts of a source about entries, by their keys and by numbers that it stated.

    An entry may be known by another number than the one it was asked by: facts of an LEI hang on the
    entry of the national register, and those of a CIK on the company.
    """
    entries, companies = set(keys), set[tuple[UUID, UUID]]()
    for number in numbers:
        some_entries, some_companies = _with_number(tx, source, number)
        entries |= some_entries
        companies |= some_companies
    _erase(tx, source, sorted(entries), sorted(one for _, one in companies))
    return Erased(tuple(sorted(entries)), tuple(sorted(companies)))


def _with_number(tx: Tx, source: str, number: str) -> tuple[set[str], set[tuple[UUID, UUID]]]:
    """Entries and companies that a source stated this number of, or whose page ends in it."""
    same = fact.c.attribute.in_(_NUMBERS) & (fact.c.value == literal(number, fact.c.value.type))
    digits = number.rpartition(" ")[2]
    on_page = [fact.c.url.endswith(f"{sign}{digits}", autoescape=True) for sign in "/="]
    wanted = select(fact.c.register_entry, fact.c.client_id, fact.c.company_id).where(
        fact.c.source == source, or_(same, *on_page)
    )
    entries, companies = set[str](), set[tuple[UUID, UUID]]()
    for row in tx.execute(wanted):
        if row.register_entry is not None:
            entries.add(row.register_entry)
        elif row.company_id is not None and row.client_id is not None:
            companies.add((row.client_id, row.company_id))
    return entries, companies


def _erase(tx: Tx, source: str, entries: Sequence[str], companies: Sequence[UUID]) -> None:
    for column, every in ((fact.c.register_entry, entries), (fact.c.company_id, companies)):
        for some in chunks(list(every)):
            mine = select(fact.c.id).where(column.in_(some), fact.c.source == source)
            of_facts(tx, list(tx.execute(mine).scalars()))
