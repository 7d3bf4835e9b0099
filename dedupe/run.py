"""The edge of dedupe: records of a client in, companies out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import combinations
from typing import Any
from uuid import UUID

from dedupe.assign import Assignment, assign
from dedupe.engine import Clustering, cluster
from dedupe.record import Decisions, MatchRecord
from dedupe.told import held_together, kept_apart, to_review
from leads.changes import Change, CompaniesChanged, RecordsChanged, VerdictsChanged
from leads.company_kind import CompanyIs
from leads.errors import NotAllowedError, UsageError
from leads.ids import new_id
from leads.store import Tx, companies, events, facts, queue, verdicts
from leads.store.companies import CompanyRow, RecordOnCompany

KIND = CompanyIs.LEGAL_ENTITY

#: Attribute of a fact, and the field of a MatchRecord it fills; the first group holds several values, the second one.
_MANY = {"alias": "aliases", "former_name": "aliases", "legal_name": "aliases", "domain": "domains", "phone": "phones"}
_ONE = {name: name for name in ("country", "city", "postcode", "street", "register_number", "legal_form")}


def resolve(tx: Tx, client_id: UUID, progress: Callable[[str, int, int], None] | None = None) -> list[Change]:
    """Find out anew which records of a client are the same company; ids survive."""
    emptied = companies.notice_ended(tx, client_id)
    records = companies.live_records(tx, client_id)
    return _write(tx, client_id, records, _clustered(tx, client_id, records, progress), emptied)


def _clustered(
    tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany], progress: Callable[[str, int, int], None] | None = None
) -> Clustering:
    said = facts.matching(tx, client_id, [*_MANY, *_ONE])
    decided = _decisions(records, companies.judgements(tx, client_id))
    return cluster([_match_record(one, said.get(one.id, ())) for one in records], company_is=KIND, decisions=decided, progress=progress)


def _write(tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany], found: Clustering, ended: Set[UUID]) -> list[Change]:
    merged = companies.survivors(tx, client_id)
    before = _before(tx, client_id, records, merged)
    emptied = sorted({merged.get(one, one) for one in ended})
    by_key = {str(one.id): one for one in records}
    clusters = [[by_key[str(key)].id for key in members] for members in found.clusters]
    given = assign(clusters, before, new_id, emptied)
    rows = [
        CompanyRow(
            company_id, _name([by_key[str(member)] for member in members]), _reason(found, [by_key[str(member)] for member in members])
        )
        for company_id, members in zip(given.company_of, clusters, strict=True)
    ]
    stored = companies.companies_of(tx, client_id)
    companies.add_companies(tx, client_id, KIND, [row for row in rows if row.id in given.made])
    companies.rename(tx, [row for row in rows if row.id not in given.made and stored.get(row.id) != row])
    sits = {one.id: one.company_id for one in records}
    placed = [(member, row.id) for row, members in zip(rows, clusters, strict=True) for member in members if sits[member] != row.id]
    companies.put_records(tx, placed)
    verdicts.move_relationships(tx, given.merged)
    queue.follow_merges(tx, given.merged)
    companies.redirect(tx, given.merged)
    companies.leave(tx, given.gone)
    _log(tx, client_id, given)
    changed = {company_id for _, company_id in placed} | {before[member] for member, _ in placed if member in before} | set(emptied)
    live = sorted(changed - {gone for gone, _ in given.merged} - set(given.gone))
    return [*([CompaniesChanged(client_id, tuple(live))] if live else []), *_ended(tx, client_id)]


def _before(tx: Tx, client_id: UUID, records: Sequence[RecordOnCompany], merged: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """The company each record sits on, or sat on when an earlier import said the same, unless other records hold that one."""
    before = {one.id: merged.get(one.company_id, one.company_id) for one in records if one.company_id}
    lost = companies.last_companies(tx, client_id, [one for one in records if not one.company_id])
    held = set(before.values())
    again = {record_id: merged.get(company_id, company_id) for record_id, company_id in lost.items()}
    return before | {record_id: company_id for record_id, company_id in again.items() if company_id not in held}


def _ended(tx: Tx, client_id: UUID) -> list[Change]:
    by_campaign: dict[UUID, list[UUID]] = {}
    for campaign_id, company_id in verdicts.end_of_gone(tx, client_id):
        by_campaign.setdefault(campaign_id, []).append(company_id)
    return [VerdictsChanged(client_id, campaign_id, tuple(sorted(ids))) for campaign_id, ids in sorted(by_campaign.items())]


def split(tx: Tx, client_id: UUID, company: str, record_ids: Sequence[UUID], by: str, reason: str) -> tuple[int, list[Change]]:
    """Say that some records of a company are another company; how many pairs that decided, and what changed.

    Without record ids, every record of the company is a company of its own.
    """
    found = companies.find(tx, client_id, company)
    inside = [one for one in companies.live_records(tx, client_id) if one.company_id == found["id"]]
    apart = {one.id for one in inside if not record_ids or one.id in set(record_ids)}
    strangers = set(record_ids) - apart
    if strangers:
        raise UsageError(f"{next(iter(strangers))} is no record of {found['name']}", "see them with `sluice dedupe explain COMPANY`")
    pairs = _pairs_apart(inside, apart, every=not record_ids)
    if not pairs:
        raise NotAllowedError(
            f"{found['name']} has one record, so there is nothing to split", "see it with `sluice dedupe explain COMPANY`"
        )
    kept = companies.judge(tx, client_id, pairs, "different", by, reason)
    line = events.Happened(verb="split", thing="company", thing_id=found["id"], client_id=client_id, who=by, reason=reason)
    events.log(tx, [line])
    return kept, [RecordsChanged(client_id)]


def merge(tx: Tx, client_id: UUID, left: str, right: str, by: str, reason: str) -> list[Change]:
    """Say that two companies are one."""
    ids = [companies.find(tx, client_id, text)["id"] for text in (left, right)]
    if ids[0] == ids[1]:
        raise NotAllowedError(f"{left} and {right} are one company already", "nothing to do")
    records = companies.live_records(tx, client_id)
    sides = [[one for one in records if one.company_id == company_id] for company_id in ids]
    companies.judge(tx, client_id, [_keys(one, other) for one in sides[0] for other in sides[1]], "same", by, reason)
    line = events.Happened(verb="joined", thing="company", thing_id=min(ids), client_id=client_id, who=by, reason=reason)
    events.log(tx, [line])
    return [RecordsChanged(client_id)]


def explain(tx: Tx, client_id: UUID, company: str, other: str | None = None) -> list[dict[str, Any]]:
    """The pairs that hold a company together; with another company, the likeliest pair between the two and why it is none."""
    found_ids = [companies.find(tx, client_id, text)["id"] for text in (company, *([other] if other else []))]
    if len(set(found_ids)) < len(found_ids):
        raise UsageError(f"{company} and {other} are one company", "see what holds it together with `sluice dedupe explain COMPANY`")
    records = companies.live_records(tx, client_id)
    found = _clustered(tx, client_id, records)
    inside = [[str(one.id) for one in records if one.company_id == company_id] for company_id in found_ids]
    if not all(inside):
        return []
    told = [kept_apart(found, *inside)] if other else held_together(found, inside[0])
    return _labelled(told, records)


def review(tx: Tx, client_id: UUID, limit: int) -> list[dict[str, Any]]:
    """The pairs of a client's records that a person should look at, the most doubtful first."""
    records = companies.live_records(tx, client_id)
    return _labelled(to_review(_clustered(tx, client_id, records), limit), records)


def _labelled(told: Sequence[dict[str, Any]], records: Sequence[RecordOnCompany]) -> list[dict[str, Any]]:
    """Pairs whose two sides say how people find the records."""
    by_key = {str(one.id): one for one in records}
    return [{**pair, "left": _label(by_key[pair["left"]]), "right": _label(by_key[pair["right"]])} for pair in told]


def _label(one: RecordOnCompany) -> dict[str, Any]:
    return {"record": one.id, "company": one.company_id, "list": one.list_name, "row": one.row, "name": one.name}


def _pairs_apart(inside: Sequence[RecordOnCompany], apart: set[UUID], *, every: bool) -> list[tuple[str, str]]:
    return [_keys(one, other) for one, other in combinations(inside, 2) if every or (one.id in apart) != (other.id in apart)]


def _keys(one: RecordOnCompany, other: RecordOnCompany) -> tuple[str, str]:
    """What a decision about two records hangs on: what they say, so that it holds for other lists too, else the very rows."""
    return (one.match_key, other.match_key) if one.match_key != other.match_key else (one.own_key, other.own_key)


def _decisions(records: Sequence[RecordOnCompany], judged: Sequence[tuple[str, str, str]]) -> Decisions:
    by_key: dict[str, list[str]] = {}
    for one in records:
        by_key.setdefault(one.match_key, []).append(str(one.id))
        by_key.setdefault(one.own_key, []).append(str(one.id))
    pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": []}
    for left, right, decision in judged:
        pairs[decision] += [(one, other) for one in by_key.get(left, ()) for other in by_key.get(right, ())]
    return Decisions(same=tuple(pairs["same"]), different=tuple(pairs["different"]))


def _match_record(one: RecordOnCompany, said: Sequence[tuple[str, Any]]) -> MatchRecord:
    many: dict[str, dict[str, None]] = {}
    single: dict[str, str] = {}
    for attribute, value in said:
        if attribute in _MANY:
            many.setdefault(_MANY[attribute], {})[str(value)] = None
        else:
            single.setdefault(_ONE[attribute], str(value))
    fields: Mapping[str, Any] = {**{name: tuple(values) for name, values in many.items()}, **single}
    return MatchRecord(key=str(one.id), name=one.name, **fields)


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


def _log(tx: Tx, client_id: UUID, given: Assignment) -> None:
    lines = [
        events.Happened(
            verb="merged", thing="company", thing_id=gone, client_id=client_id, reason=f"it is part of {to} now", data={"into": str(to)}
        )
        for gone, to in given.merged
    ]
    lines += [
        events.Happened(
            verb="split off", thing="company", thing_id=old, client_id=client_id, reason="some of its records are other companies",
            data={"into": [str(part) for part in parts]},
        )
        for old, parts in given.split
    ]  # fmt: skip
    events.log(tx, lines)
