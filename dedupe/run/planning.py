"""Plan how a client's companies change when its records are clustered again; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.assignment import Assignment, assign
from dedupe.engine import Clustering
from dedupe.reports import DoubtReport, report_doubts
from dedupe.run.match_input import MatchInput, Progress, clustered, read_input
from leads.ids import new_id
from leads.store import Tx, companies, company_records, judgements
from leads.store.companies import CompanyRow
from leads.store.company_records import RecordOnCompany

#: Records that one transaction puts on companies: others wait for it a second or two.
SHARE = 10_000
#: Pairs that are kept for a person; nobody reviews more.
MOST_DOUBTS = 5_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A client's records and companies at one moment."""

    found: MatchInput
    #: Differs as soon as a record or a decision changes.
    mark: judgements.Mark
    #: The company of each record, now or in an earlier import.
    before: Mapping[UUID, UUID]
    merged: Mapping[UUID, UUID]
    stored: Mapping[UUID, CompanyRow]


@dataclass(frozen=True, slots=True)
class Placement:
    """One company, and the records that move to it."""

    row: CompanyRow
    made: bool
    renamed: bool
    records: tuple[UUID, ...]
    #: Whether a merge or a split involves it; those are written in one transaction.
    in_merge_or_split: bool

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.made or self.renamed or bool(self.records)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write, and the snapshot that it is based on."""

    snapshot: Snapshot
    assigned: Assignment
    #: Companies without merges and splits, in shares that are written one after the other.
    shares: tuple[tuple[Placement, ...], ...]
    rest: tuple[Placement, ...]
    #: The pairs that a person must decide.
    doubts: tuple[DoubtReport, ...]
    #: The comparison itself.
    found: Clustering


def read_snapshot(tx: Tx, client_id: UUID) -> Snapshot:
    """Read what a plan is based on; the mark first, so that it reveals changes during the read."""
    mark = judgements.mark_of(tx, client_id)
    found, merged = read_input(tx, client_id), companies.survivors(tx, client_id)
    return Snapshot(
        found=found,
        mark=mark,
        before=before_of(tx, client_id, found.records, merged),
        merged=merged,
        stored=companies.companies_of(tx, client_id),
    )


def before_of(
    tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany], merged: Mapping[UUID, UUID]
) -> dict[UUID, UUID]:
    """Return each record's company; for a record without one, that of an equal earlier record.

    An earlier company is skipped when other records are on it now.
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


def make_plan(snapshot: Snapshot, progress: Progress | None = None) -> Plan:
    """Cluster the records and assign each cluster its company, keeping ids."""
    found = clustered(snapshot.found, progress)
    clusters = _records_of(found, snapshot.found.records)
    assigned = assign([[one.id for one in some] for some in clusters], snapshot.before, new_id)

    every = placements(snapshot, assigned, clusters, found)
    changed = [one for one in every if one.changes]
    shares = _in_shares([one for one in changed if not one.in_merge_or_split])
    rest = [one for one in changed if one.in_merge_or_split or not shares]
    return Plan(
        snapshot, assigned, shares, tuple(rest), tuple(report_doubts(found, MOST_DOUBTS)), found
    )


def _records_of(
    found: Clustering, records: Sequence[RecordOnCompany]
) -> list[list[RecordOnCompany]]:
    """Return the records of each cluster."""
    by_key = {str(one.id): one for one in records}
    return [[by_key[str(key)] for key in members] for members in found.clusters]


def placements(
    snapshot: Snapshot,
    assigned: Assignment,
    clusters: Sequence[Sequence[RecordOnCompany]],
    found: Clustering,
) -> Iterator[Placement]:
    """Yield what is written of each cluster."""
    involved = {company for pair in assigned.merged for company in pair}
    for old, parts in assigned.split:
        involved |= {old, *parts}

    for company_id, members in zip(assigned.company_of, clusters, strict=True):
        row = CompanyRow(company_id, _name(members), _reason(found, members))
        made = company_id in assigned.made
        yield Placement(
            row,
            made=made,
            renamed=not made and snapshot.stored.get(company_id) != row,
            records=tuple(one.id for one in members if one.company_id != company_id),
            in_merge_or_split=company_id in involved,
        )


def _in_shares(placements: Sequence[Placement]) -> tuple[tuple[Placement, ...], ...]:
    """Divide placements into shares; no share when one transaction can write them all."""
    records = sum(len(one.records) for one in placements)
    return tuple(_shares(placements)) if records > SHARE else ()


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
    """Choose the name that most records use; of equally common ones the longest."""
    counts: dict[str, int] = {}
    for one in members:
        counts[one.name] = counts.get(one.name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _reason(found: Clustering, members: Sequence[RecordOnCompany]) -> str:
    """Explain why the last record matches the others, with rows named as people find them."""
    if len(members) < 2:
        return ""
    last = next((one for one in reversed(members) if str(one.id) in found.row_of), members[-1])
    reason = found.reason(str(last.id)) if str(last.id) in found.row_of else ""
    for one in members:
        reason = reason.replace(str(one.id), one.label)
    return reason
