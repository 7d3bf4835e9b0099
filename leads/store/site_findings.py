"""The sites found for companies, with the reasons and people's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select

from leads.clock import now
from leads.ids import new_id
from leads.store import contact_keys
from leads.store.among import is_id_among
from leads.store.counted import counted
from leads.store.engine import Tx, chunks
from leads.store.schema import company, record, site_finding
from leads.store.unindexed import unindexed

#: After this long a company whose site was not found is searched again.
AGAIN = timedelta(days=90)
#: After this long a search that nothing answered is made again.
SOON = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """What is held about one company's site; of a merged company, the one that it is part of."""

    client_id: UUID
    company_id: UUID
    domain: str | None
    #: `accept`, `review` or `abstain`.
    band: str
    odds: float
    #: `mark`, `weight` and `quote` of each.
    reasons: Sequence[Mapping[str, Any]]
    lacks: Sequence[str]
    #: Domain, outcome, reason, odds and reasons of each site visited.
    looked: Sequence[Mapping[str, Any]] = ()
    denied: Sequence[str]
    fact_ids: Sequence[str]
    basis: str
    said_by: str | None = None
    before: Mapping[str, Any] | None = None
    found_at: datetime
    #: Nothing answered: search again from then on; None: by the age of the finding.
    again_at: datetime | None = None

    @property
    def is_for_review(self) -> bool:
        """Whether it waits for a person's word."""
        return self.band == "review" and self.said_by is None

    def is_due(self, at: datetime) -> bool:
        """Whether it is old enough to search again."""
        return at >= (self.again_at or self.found_at + AGAIN)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that a search read, as text."""

    url: str
    kind: str
    title: str
    text: str
    #: When it was received, in ISO 8601.
    at: str


@dataclass(frozen=True, slots=True)
class WaitingFinding:
    """A finding that waits for a person, with its place in the list and the company's name."""

    id: UUID
    company: str
    finding: StoredFinding


_NAMES = tuple(field.name for field in fields(StoredFinding))
_COLUMNS = select(*(site_finding.c[name] for name in _NAMES))
_BAND = {"abstain": 0, "review": 1, "accept": 2}
#: The company that a finding is about now: its own, or the one that this was merged into.
_owner = company.alias("owner")
_OWN = company.c.id == site_finding.c.company_id
_OWNER = and_(
    _owner.c.id == func.coalesce(company.c.merged_into, company.c.id),
    _owner.c.gone_at.is_(None),
)


def of_companies(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, StoredFinding]:
    """What is held about each of the companies, and those that were merged into it."""
    owners = {one: one for one in company_ids} | contact_keys.merged_into(tx, company_ids)
    held: dict[UUID, list[StoredFinding]] = {}
    for some in chunks(sorted(owners)):
        wanted = _COLUMNS.where(
            site_finding.c.client_id == client_id, site_finding.c.company_id.in_(some)
        )
        for row in tx.execute(wanted.order_by(site_finding.c.id)):
            one = _finding(row)
            held.setdefault(owners[one.company_id], []).append(one)
    return {owner: _as_one(owner, some) for owner, some in held.items()}


def _finding(row: Sequence[Any]) -> StoredFinding:
    return StoredFinding(**dict(zip(_NAMES, row, strict=True)))


def _as_one(owner: UUID, some: Sequence[StoredFinding]) -> StoredFinding:
    """What counts of the findings of one company: a person's word, then the best, then the newest;
    whatever holds because of any of them holds because of it.
    """
    best = max(some, key=lambda one: (one.said_by is not None, _BAND[one.band], one.found_at))
    return replace(
        best,
        company_id=owner,
        denied=list(dict.fromkeys(domain for one in some for domain in one.denied)),
        fact_ids=list(dict.fromkeys(fact_id for one in some for fact_id in one.fact_ids)),
    )


def put(
    tx: Tx,
    findings: Iterable[StoredFinding],
    pages: Mapping[UUID, Sequence[SeenPage]] | None = None,
) -> None:
    """Store findings in place of those of the same companies, and of those merged into them.

    `pages`: what was seen of the sites, by company; None: the pages that are stored stay.
    """
    every = list(findings)
    by_client: dict[UUID, list[UUID]] = {}
    for one in every:
        by_client.setdefault(one.client_id, []).append(one.company_id)
    seen: dict[UUID, Sequence[SeenPage]] = dict(pages or {})
    for client_id, ids in by_client.items():
        merged = contact_keys.merged_into(tx, ids)
        if pages is None:
            seen |= _seen(tx, client_id, {one: one for one in ids} | merged)
        _delete(tx, client_id, [*ids, *merged])
    rows = [
        {
            "id": new_id(),
            **{name: _plain(getattr(one, name)) for name in _NAMES},
            "pages": [asdict(page) for page in seen.get(one.company_id, ())],
        }
        for one in every
    ]
    for batch in chunks(rows, 500):
        tx.execute(insert(site_finding), batch)


def _seen(tx: Tx, client_id: UUID, owners: Mapping[UUID, UUID]) -> dict[UUID, Sequence[SeenPage]]:
    """What is kept of the sites of these companies, by the company that each is part of."""
    found: dict[UUID, Sequence[SeenPage]] = {}
    for some in chunks(sorted(owners)):
        wanted = select(site_finding.c.company_id, site_finding.c.pages).where(
            site_finding.c.client_id == client_id, site_finding.c.company_id.in_(some)
        )
        for company_id, pages in tx.execute(wanted):
            if pages:
                found[owners[company_id]] = [SeenPage(**one) for one in pages]
    return found


def pages_of(tx: Tx, client_id: UUID, company_id: UUID) -> Sequence[SeenPage]:
    """The pages that a search read of the site that waits for a person's word."""
    owners = {company_id: company_id} | contact_keys.merged_into(tx, [company_id])
    return _seen(tx, client_id, owners).get(company_id, ())


def _delete(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> None:
    # The key of the table begins with the client.
    of_client = site_finding.c.client_id == client_id
    for some in chunks(list(company_ids)):
        tx.execute(delete(site_finding).where(of_client, site_finding.c.company_id.in_(some)))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def drop(tx: Tx, client_id: UUID, company_id: UUID) -> None:
    """Delete what is held about a company's site, as before its first search."""
    _delete(tx, client_id, [company_id, *contact_keys.merged_into(tx, [company_id])])


def due(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the companies whose site was not looked for, or so long ago that it is due again."""
    held, at = of_companies(tx, client_id, company_ids), now()
    return [one for one in company_ids if one not in held or held[one].is_due(at)]


def taken_by_machine(tx: Tx, sites: Sequence[str]) -> list[StoredFinding]:
    """The findings that took one of the sites without a person's word."""
    found: list[StoredFinding] = []
    for some in chunks(list(sites)):
        wanted = _COLUMNS.add_columns(_owner.c.id).join(company, _OWN).join(_owner, _OWNER)
        taken = wanted.where(
            site_finding.c.domain.in_(some),
            site_finding.c.band == "accept",
            site_finding.c.said_by.is_(None),
        )
        found += [replace(_finding(row[:-1]), company_id=row[-1]) for row in tx.execute(taken)]
    return found


def waiting(
    tx: Tx, client_id: UUID, limit: int, *, after: tuple[float, UUID] | None = None
) -> list[WaitingFinding]:
    """The findings that wait for a person, the likeliest first; those after a place."""
    columns = _COLUMNS.add_columns(site_finding.c.id, _owner.c.id, _owner.c.name)
    wanted = columns.join(company, _OWN).join(_owner, _OWNER).where(*_waits(client_id))
    if after is not None:
        odds, last = after
        equally_likely = and_(site_finding.c.odds == odds, site_finding.c.id > last)
        wanted = wanted.where(or_(site_finding.c.odds < odds, equally_likely))
    rows = tx.execute(wanted.order_by(site_finding.c.odds.desc(), site_finding.c.id).limit(limit))
    return [
        WaitingFinding(row[-3], row[-1], replace(_finding(row[:-3]), company_id=row[-2]))
        for row in rows
    ]


def count_waiting(tx: Tx, client_id: UUID, most: int | None = None) -> int:
    """How many findings wait for a person; one more than `most` means more."""
    wanted = select(site_finding.c.id).join(company, _OWN).join(_owner, _OWNER)
    waiting_ones = wanted.where(*_waits(client_id))
    if most is not None:
        return counted(tx, waiting_ones, most)
    return tx.execute(select(func.count()).select_from(waiting_ones.subquery())).scalar_one()


def last_said(tx: Tx, client_id: UUID, who: str) -> UUID | None:
    """The company of the newest word that a person said about a site and that stands."""
    wanted = (
        select(_owner.c.id)
        .select_from(site_finding)
        .join(company, _OWN)
        .join(_owner, _OWNER)
        .where(site_finding.c.client_id == client_id, site_finding.c.said_by == who)
    )
    newest = wanted.order_by(site_finding.c.found_at.desc(), site_finding.c.id.desc()).limit(1)
    found: UUID | None = tx.execute(newest).scalar()
    return found


def _waits(client_id: UUID) -> tuple[Any, ...]:
    return (
        site_finding.c.client_id == client_id,
        site_finding.c.band == "review",
        site_finding.c.said_by.is_(None),
    )


def first_record(tx: Tx, client_id: UUID, company_id: UUID) -> UUID | None:
    """The oldest live record of a company, which carries what is found for its name."""
    return first_records(tx, client_id, [company_id]).get(company_id)


def first_records(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The oldest live record of each company that has one."""
    found: dict[UUID, UUID] = {}
    for some in chunks(list(company_ids)):
        wanted = select(record.c.company_id, record.c.id).where(
            unindexed(record.c.client_id) == client_id,
            is_id_among(tx, record.c.company_id, some),
            record.c.ended_at.is_(None),
        )
        for company_id, record_id in tx.execute(wanted):
            assert company_id is not None
            found[company_id] = min(record_id, found.get(company_id, record_id))
    return found
