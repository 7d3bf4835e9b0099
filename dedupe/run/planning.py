"""What becomes of a client's companies when its records are clustered anew; nothing is written
here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.assignment import Assignment, assign
from dedupe.engine import Clustering
from dedupe.run.seeing import Progress, Seen, clustered, see
from leads.ids import new_id
from leads.store import Tx, companies, company_records, judgements
from leads.store.companies import CompanyRow
from leads.store.company_records import RecordOnCompany

#: Records that one transaction puts on companies: a second or two of nobody else writing.
SHARE = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What is so before, and a mark of the moment that it was read at."""

    seen: Seen
    mark: judgements.Mark
    #: The company that each record sits on, or sat on in an earlier import.
    before: Mapping[UUID, UUID]
    merged: Mapping[UUID, UUID]
    stored: Mapping[UUID, CompanyRow]


@dataclass(frozen=True, slots=True)
class Placement:
    """One company, and the records that are put on it."""

    row: CompanyRow
    made: bool
    renamed: bool
    records: tuple[UUID, ...]
    #: Whether it needs its part of merges and splits, which are written at once.
    entangled: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and the moment that it rests on."""

    standing: Standing
    given: Assignment
    #: Companies that stand by themselves, in shares that may be written one after the other.
    shares: tuple[tuple[Placement, ...], ...]
    rest: tuple[Placement, ...]


def look(tx: Tx, client_id: UUID) -> Standing:
    """Read all that a plan rests on. The mark comes first, so that a change while the rest is read
    shows too.
    """
    mark = judgements.mark_of(tx, client_id)
    seen, merged = see(tx, client_id), companies.survivors(tx, client_id)
    return Standing(
        seen,
        mark,
        _before(tx, client_id, seen.records, merged),
        merged,
        companies.companies_of(tx, client_id),
    )


def _before(
    tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany], merged: Mapping[UUID, UUID]
) -> dict[UUID, UUID]:
    """The company each record sits on, or sat on when an earlier import said the same, unless other
    records hold that one.
    """
    before = {
        one.id: merged.get(one.company_id, one.company_id) for one in records if one.company_id
    }
    lost = company_records.last_companies(
        tx, client_id, [one for one in records if not one.company_id]
    )
    held = set(before.values())
    again = {
        record_id: merged.get(company_id, company_id) for record_id, company_id in lost.items()
    }
    return before | {
        record_id: company_id for record_id, company_id in again.items() if company_id not in held
    }


def planned(standing: Standing, progress: Progress | None = None) -> Plan:
    """Cluster the records, and give each cluster its company: ids survive."""
    found = clustered(standing.seen, progress)
    by_key = {str(one.id): one for one in standing.seen.records}
    clusters = [[by_key[str(key)] for key in members] for members in found.clusters]
    given = assign([[one.id for one in members] for members in clusters], standing.before, new_id)
    placements = [
        one
        for one in _placements(standing, given, clusters, found)
        if one.made or one.renamed or one.records
    ]
    plain = [one for one in placements if not one.entangled]
    shares = tuple(_shares(plain)) if sum(len(one.records) for one in plain) > SHARE else ()
    return Plan(
        standing, given, shares, tuple(one for one in placements if one.entangled or not shares)
    )


def _placements(
    standing: Standing,
    given: Assignment,
    clusters: Sequence[Sequence[RecordOnCompany]],
    found: Clustering,
) -> Iterator[Placement]:
    knotted = {company for pair in given.merged for company in pair} | {
        old for old, _ in given.split
    }
    knotted |= {company for _, parts in given.split for company in parts}
    for company_id, members in zip(given.company_of, clusters, strict=True):
        row = CompanyRow(company_id, _name(members), _reason(found, members))
        made = company_id in given.made
        yield Placement(
            row,
            made=made,
            renamed=not made and standing.stored.get(company_id) != row,
            records=tuple(one.id for one in members if one.company_id != company_id),
            entangled=company_id in knotted,
        )


def _shares(placements: Sequence[Placement]) -> Iterator[tuple[Placement, ...]]:
    share: list[Placement] = []
    size = 0
    for one in placements:
        share.append(one)
        size += len(one.records) + 1
        if size >= SHARE:
            yield tuple(share)
            share, size = [], 0
    if share:
        yield tuple(share)


def _name(members: Sequence[RecordOnCompany]) -> str:
    """The name most of its lists use; the longest of them, as it tells most."""
    counts: dict[str, int] = {}
    for one in members:
        counts[one.name] = counts.get(one.name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _reason(found: Clustering, members: Sequence[RecordOnCompany]) -> str:
    """Why the last record is held to be the others' company, rows named as people find them."""
    if len(members) < 2:
        return ""
    said = found.reason(str(members[-1].id))
    for one in members:
        said = said.replace(str(one.id), one.label)
    return said
