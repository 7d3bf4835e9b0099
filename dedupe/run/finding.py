"""Find the stored companies that may be the same as one that a person or a form names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.look_up import Alike, look_up
from dedupe.record import MatchRecord
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.stored_index import StoredIndex
from leads.store import Tx, companies, match_index
from leads.store.company_records import RecordOnCompany


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A stored company that may be the one looked for, and its likeliest record."""

    id: UUID
    name: str
    record: RecordOnCompany
    alike: Alike


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found, the likeliest company first."""

    companies: Sequence[FoundCompany]
    #: How many companies shared a key and were compared.
    compared: int


def find_like(tx: Tx, client_id: UUID, row: MatchRecord, most: int) -> Found | None:
    """Find the companies of a client that a row may be; None if it has no key index."""
    head = match_index.head(tx, client_id)
    if head is None:
        return None
    index = StoredIndex(tx, client_id, head)
    alike, compared = look_up(index, row, strictness_of_client(tx, client_id), most)
    placed = [(one, index.records[str(one.row)]) for one in alike]
    names = companies.names_of(tx, [record.company_id for _, record in placed if record.company_id])
    found: dict[UUID, FoundCompany] = {}
    for one, record in placed:
        company = record.company_id
        if company and company in names:
            found.setdefault(company, FoundCompany(company, names[company], record, one))
    return Found(tuple(found.values()), compared)
