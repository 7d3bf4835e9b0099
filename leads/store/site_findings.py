"""The sites found for companies, with the reasons and people's words; and names looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select

from leads.clock import now
from leads.ids import new_id
from leads.store import contact_keys
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_update
from leads.store.schema import company, name_look_up, record, site_finding

#: After this long a company whose site was not found is searched again.
AGAIN = timedelta(days=90)
#: After this long a search that nothing answered is made again.
SOON = timedelta(hours=6)
#: How long a look-up holds: names are registered more often than given up.
HOLDS = {"found": timedelta(days=30), "missing": timedelta(days=7), "failed": timedelta(hours=1)}
_HOLDS = timedelta(days=7)


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

    def is_due(self, at: datetime) -> bool:
        """Whether it is old enough to search again."""
        return at >= (self.again_at or self.found_at + AGAIN)


@dataclass(frozen=True, slots=True)
class LookedUpName:
    """One answer of the name service."""

    name: str
    known: str
    hosts: tuple[str, ...]


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


def put(tx: Tx, findings: Iterable[StoredFinding]) -> None:
    """Store findings in place of those of the same companies, and of those merged into them."""
    every = list(findings)
    by_client: dict[UUID, list[UUID]] = {}
    for one in every:
        by_client.setdefault(one.client_id, []).append(one.company_id)
    for client_id, ids in by_client.items():
        _delete(tx, client_id, [*ids, *contact_keys.merged_into(tx, ids)])
    rows = [
        {"id": new_id(), **{name: _plain(getattr(one, name)) for name in _NAMES}} for one in every
    ]
    for batch in chunks(rows, 500):
        tx.execute(insert(site_finding), batch)


def _delete(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> None:
    # The key of the table begins with the client.
    of_client = site_finding.c.client_id == client_id
    for some in chunks(list(company_ids)):
        tx.execute(delete(site_finding).where(of_client, site_finding.c.company_id.in_(some)))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


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


def waiting(tx: Tx, client_id: UUID, limit: int) -> list[tuple[str, StoredFinding]]:
    """The findings that wait for a person, each with the company's name, the likeliest first."""
    wanted = _COLUMNS.add_columns(_owner.c.id, _owner.c.name)
    rows = tx.execute(
        wanted.join(company, _OWN)
        .join(_owner, _OWNER)
        .where(*_waits(client_id))
        .order_by(site_finding.c.odds.desc(), site_finding.c.company_id)
        .limit(limit)
    )
    return [(row[-1], replace(_finding(row[:-2]), company_id=row[-2])) for row in rows]


def count_waiting(tx: Tx, client_id: UUID) -> int:
    """How many findings wait for a person."""
    wanted = select(func.count(site_finding.c.id)).join(company, _OWN).join(_owner, _OWNER)
    return tx.execute(wanted.where(*_waits(client_id))).scalar() or 0


def _waits(client_id: UUID) -> tuple[Any, ...]:
    return (
        site_finding.c.client_id == client_id,
        site_finding.c.band == "review",
        site_finding.c.said_by.is_(None),
    )


def first_record(tx: Tx, client_id: UUID, company_id: UUID) -> UUID | None:
    """The oldest live record of a company, which carries what is found for its name."""
    wanted = select(record.c.id).where(
        record.c.client_id == client_id,
        record.c.company_id == company_id,
        record.c.ended_at.is_(None),
    )
    return tx.execute(wanted.order_by(record.c.id).limit(1)).scalar()


def looked_up(tx: Tx, names: Sequence[str]) -> dict[str, LookedUpName]:
    """The answers of earlier look-ups that still hold, by name."""
    found: dict[str, LookedUpName] = {}
    at = now()
    for some in chunks(list(names)):
        wanted = select(name_look_up).where(name_look_up.c.name.in_(some))
        for row in tx.execute(wanted):
            if at - row.looked_up_at < HOLDS.get(row.known, _HOLDS):
                found[row.name] = LookedUpName(row.name, row.known, tuple(row.hosts))
    return found


def keep_look_ups(tx: Tx, names: Sequence[LookedUpName]) -> None:
    """Store look-ups in place of those before, always in one order: two workers that store the same
    names wait for each other, and neither for both.
    """
    at = now()
    rows = [
        {"name": one.name, "known": one.known, "hosts": list(one.hosts), "looked_up_at": at}
        for one in sorted(names, key=lambda one: one.name)
    ]
    for batch in chunks(rows, 1_000):
        keeping = insert_or_update(tx, name_look_up, "name", "known", "hosts", "looked_up_at")
        tx.execute(keeping, batch)


def drop_old_look_ups(tx: Tx, limit: int) -> int:
    """Delete look-ups that hold no longer, the oldest first, at most `limit`; how many."""
    at = now()
    is_old = or_(
        name_look_up.c.looked_up_at < at - max(HOLDS.values()),
        *(
            and_(name_look_up.c.known == known, name_look_up.c.looked_up_at < at - holds)
            for known, holds in HOLDS.items()
        ),
        and_(name_look_up.c.known.not_in(list(HOLDS)), name_look_up.c.looked_up_at < at - _HOLDS),
    )
    oldest = select(name_look_up.c.name).where(
        name_look_up.c.looked_up_at < at - min(HOLDS.values()), is_old
    )
    some = oldest.order_by(name_look_up.c.looked_up_at).limit(limit)
    return tx.execute(delete(name_look_up).where(name_look_up.c.name.in_(some))).rowcount


def forget_look_ups(tx: Tx) -> int:
    """Delete every look-up: which of them were made of one company's name, no row tells."""
    return tx.execute(delete(name_look_up)).rowcount
