"""Put later records on companies by what their keys find, without looking at the other records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dedupe.assignment import assign
from dedupe.key_index import Link, Part, link_of
from dedupe.neighbourhood import Neighbourhood, TooManyError, compare_fresh
from dedupe.no_collection import no_collection
from dedupe.parts import MOST_ROWS
from dedupe.record import Decisions
from dedupe.reports import report_doubts
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.match_input import MatchInput, decisions_about
from dedupe.run.models import learned_of_client
from dedupe.run.planning import MOST_DOUBTS, Plan, Snapshot, before_of, placements
from dedupe.run.stored_index import StoredIndex, head_of, rests_on
from leads.ids import new_id
from leads.store import Tx, companies, company_records, judgements, match_index, unsure_pairs
from leads.store.company_records import RecordOnCompany
from leads.store.match_index import BaseHead, FreshKey, Pending

#: A full comparison takes less than to look at so many parts, and so many more for each new record.
_LEAST_PARTS, _PARTS_A_ROW = 50_000, 40


@dataclass(frozen=True, slots=True)
class Limits:
    """When all records of a client are compared again, and how much is compared at once."""

    #: With fewer records in the index, a comparison of all takes less than a second.
    least: int = 1_000
    #: Records since the last full comparison, for each one that it had.
    share: float = 0.1
    #: New records that one transaction puts on companies.
    at_once: int = 10_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class FreshPlan:
    """What to write for some new records, and what that is based on."""

    plan: Plan
    head: BaseHead
    #: The new records, and the companies that lost one.
    start: Pending
    keys: Sequence[FreshKey]
    #: Whether more records wait.
    more: bool


def plan_fresh(tx: Tx, client_id: UUID, limits: Limits) -> FreshPlan | None:
    """Plan what becomes of a client's new and ended records; None if all must be compared again."""
    head = head_of(tx, client_id)
    if head is None or head.records < limits.least:
        return None
    pending = match_index.pending(tx, client_id, head.version)
    later = len(pending.unplaced) + match_index.fresh_records(tx, client_id)
    if (
        later > head.records * limits.share
        or len(pending.left) > limits.at_once
        or list(head.rests_on) != rests_on(tx, client_id)
    ):
        return None
    start = Pending(pending.unplaced[: limits.at_once], pending.left)
    try:
        return _planned(tx, client_id, head, start, more=len(pending.unplaced) > limits.at_once)
    except TooManyError:
        return None


def is_outdated(tx: Tx, client_id: UUID, fresh: FreshPlan) -> bool:
    """Check whether what the plan is based on has changed since; new records wait their turn."""
    pending = match_index.pending(tx, client_id, fresh.head.version)
    same = (
        head_of(tx, client_id) == fresh.head
        and list(fresh.head.rests_on) == rests_on(tx, client_id)
        and pending.left == fresh.start.left
        and set(pending.unplaced) >= set(fresh.start.unplaced)
    )
    return not same


@no_collection()
def _planned(tx: Tx, client_id: UUID, head: BaseHead, start: Pending, *, more: bool) -> FreshPlan:
    index = StoredIndex(tx, client_id, head)
    parts: set[Part] = {str(one) for one in start.unplaced}
    parts |= index.parts_of(match_index.on_companies(tx, start.left))
    # A row that replaced one has its company, and may have come while the index was made.
    index.add(index.fresh(sorted(one for one in parts if isinstance(one, str))))
    strictness = strictness_of_client(tx, client_id)
    learned = learned_of_client(tx, client_id)
    decided = judgements.judgements(tx, client_id)
    unsure = unsure_pairs.of_client(tx, client_id)
    every = [*decided, *((*pair, "unsure") for pair in unsure)]
    decisions = decisions_about(company_records.live_decided(tx, client_id, every), every)
    found = compare_fresh(
        index,
        parts,
        decisions=decisions,
        decided_same=_links(index, decisions),
        strictness=strictness,
        learned=learned,
        most=_LEAST_PARTS + _PARTS_A_ROW * len(parts),
    )
    clusters = _whole(tx, index, found)
    records = [one for some in clusters for one in some]
    before = before_of(tx, client_id, records, {})
    assigned = assign([[one.id for one in some] for some in clusters], before, new_id)
    snapshot = Snapshot(
        found=MatchInput(records, {}, decided, strictness, learned, unsure),
        mark=(),
        before=before,
        merged={},
        stored=companies.rows_among(tx, sorted({*assigned.company_of, *before.values()})),
    )
    placed = placements(snapshot, assigned, clusters, found.clustering)
    # A company that no record joined keeps its words.
    rest = tuple(one for one in placed if one.made or one.records)
    doubts = tuple(report_doubts(found.clustering, MOST_DOUBTS))
    plan = Plan(snapshot, assigned, (), rest, doubts, found.clustering)
    return FreshPlan(plan, head, start, tuple(index.added), more)


def _links(index: StoredIndex, decisions: Decisions) -> set[Link]:
    """Return the parts that a person called the same."""
    ids = sorted({UUID(str(key)) for pair in decisions.same for key in pair})
    part_of = dict(zip(map(str, ids), index.each_part(ids), strict=True))
    pairs = ((part_of[str(one)], part_of[str(other)]) for one, other in decisions.same)
    return {link_of(one, other) for one, other in pairs if one != other}


def _whole(tx: Tx, index: StoredIndex, found: Neighbourhood) -> list[list[RecordOnCompany]]:
    """Return the records of each cluster that was decided, with those of large companies that were
    not compared.
    """
    large = [index.of_company[one] for one in sorted(found.companies)]
    more = {ids[0]: ids for ids in large if len(ids) > MOST_ROWS}
    clusters = []
    for some in found.clustering.clusters:
        keys = {str(key) for key in some} & found.inside
        keys.update(*(more[key] for key in keys & more.keys()))
        if keys:
            clusters.append(keys)
    wanted = [UUID(key) for key in sorted(set().union(*clusters))]
    records = {str(one.id): one for one in company_records.live_by_ids(tx, wanted)}
    return [_in_order(records, keys) for keys in clusters]


def _in_order(
    records: Mapping[str, RecordOnCompany], keys: Collection[str]
) -> list[RecordOnCompany]:
    """Return the records with these keys that count, oldest first."""
    return [records[key] for key in sorted(keys) if key in records]
