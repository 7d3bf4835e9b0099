"""Find the stored companies that may be the same as one that a person or a form names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.listed_index import ListedIndex
from dedupe.look_up import Alike, look_up
from dedupe.record import Key, MatchRecord
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.match_input import match_record, read_input
from dedupe.run.models import learned_of_client
from dedupe.run.stored_index import StoredIndex, head_of
from leads.errors import NotAllowedError
from leads.store import Tx, companies, company_records, match_index
from leads.store.company_records import RecordOnCompany

#: Records that are compared without a stored index: this takes a second or two.
_MOST_WITHOUT = 10_000


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
    #: How many stored companies shared a key and were compared.
    compared: int


def find_like(tx: Tx, client_id: UUID, row: MatchRecord, most: int) -> Found:
    """Find the companies of a client that a row may be, at most `most`.

    NotAllowedError if the client has many records and no key index.
    """
    match_index.read_ahead(tx, client_id)
    head = head_of(tx, client_id)
    if head is None:
        return _without_index(tx, client_id, row, most)
    index = StoredIndex(tx, client_id, head)
    strictness = strictness_of_client(tx, client_id)
    learned = learned_of_client(tx, client_id)
    alike, compared = look_up(index, row, strictness, learned, _company_of(index.read), most)
    found = company_records.live_by_ids(tx, [UUID(str(one.row)) for one in alike])
    return Found(_placed(tx, alike, {str(one.id): one for one in found}), compared)


def _without_index(tx: Tx, client_id: UUID, row: MatchRecord, most: int) -> Found:
    if match_index.has_more_records(tx, client_id, _MOST_WITHOUT):
        raise NotAllowedError(
            "the records of this client have no key index yet",
            "compare them once: `sluice dedupe run`",
        )
    found = read_input(tx, client_id)
    if not found.records:
        return Found((), 0)
    rows = [match_record(one, found.stated.get(one.id, ())) for one in found.records]
    records = {str(one.id): one for one in found.records}
    index = ListedIndex(rows)
    company_of = _company_of({key: one.company_id for key, one in records.items()})
    alike, compared = look_up(index, row, found.strictness, found.learned, company_of, most)
    return Found(_placed(tx, alike, records), compared)


def _company_of(read: Mapping[str, Hashable | None]) -> Callable[[Key], Hashable | None]:
    """Return what says on which company a record is; more records may be read meanwhile."""
    return lambda key: read[str(key)]


def _placed(
    tx: Tx, alike: Sequence[Alike], records: Mapping[str, RecordOnCompany]
) -> tuple[FoundCompany, ...]:
    """Return the companies that the rows are on, each once with its likeliest row."""
    placed = [(one, records[str(one.row)]) for one in alike]
    names = companies.names_of(tx, [record.company_id for _, record in placed if record.company_id])
    found: dict[UUID, FoundCompany] = {}
    for one, record in placed:
        company = record.company_id
        if company and company in names:
            found.setdefault(company, FoundCompany(company, names[company], record, one))
    return tuple(found.values())
