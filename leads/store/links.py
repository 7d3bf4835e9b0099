"""How a client's companies belong together: links that people made or facts name, and what people
denied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from leads.clock import now
from leads.company_links import CompanyLink, LinkKind, link_order
from leads.ids import new_id
from leads.store.bound import CLIENT
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import company, company_link
from leads.store.snapshot import once

#: Companies asked about at a time, each of them twice.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as it is stored; one that a person denied is kept too."""

    id: UUID
    company_id: UUID
    of_id: UUID
    kind: str
    #: The person who made or denied it; None when it was read from facts.
    by: str | None
    denied_at: datetime | None


_ROW = select(
    company_link.c.id,
    company_link.c.company_id,
    company_link.c.of_id,
    company_link.c.kind,
    company_link.c.by,
    company_link.c.denied_at,
)


def of_client(tx: Tx, client_id: UUID) -> list[CompanyLink]:
    """The links that hold between live companies of a client; of several links of one company the
    one to follow comes first.
    """
    return _links(tx, company_link.c.client_id == client_id)


def around(tx: Tx, client_id: UUID, company_ids: Collection[UUID]) -> list[CompanyLink]:
    """Those of them that these companies are linked by, however far apart."""
    if not any_of(tx, client_id):
        return []
    found: set[CompanyLink] = set()
    met, fresh = set(company_ids), list(company_ids)
    while fresh:
        links = {
            link for some in chunks(fresh, MOST) for link in _links(tx, _touching(client_id, some))
        }
        found |= links
        fresh = sorted({end for link in links for end in (link.company, link.of)} - met)
        met.update(fresh)
    return sorted(found, key=link_order)


def linked_with(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    """The companies, and all that any link, whatever it is worth now, joins to one of them."""
    if not company_ids or not any_of(tx, client_id):
        return list(company_ids)
    met, fresh = dict.fromkeys(company_ids), list(company_ids)
    while fresh:
        ends: dict[UUID, None] = {}
        for some in chunks(fresh, MOST):
            for row in tx.execute(
                select(company_link.c.company_id, company_link.c.of_id).where(
                    _touching(client_id, some)
                )
            ):
                ends.update({row.company_id: None, row.of_id: None})
        fresh = sorted(ends.keys() - met.keys())
        met.update(dict.fromkeys(fresh))
    return list(met)


def rows_of(tx: Tx, client_id: UUID, company_ids: Collection[UUID] | None = None) -> list[LinkRow]:
    """Every row of the client, denied ones too, or only those of some companies and what they are
    linked to.
    """
    which = [company_link.c.client_id == client_id]
    if company_ids is not None:
        which = [_touching(client_id, some) for some in chunks(list(company_ids), MOST)]
    found = [LinkRow(*row) for one in which for row in tx.execute(_ROW.where(one))]
    rows = {row.id: row for row in found}
    return [rows[row_id] for row_id in sorted(rows)]


def put(
    tx: Tx, client_id: UUID, links: Iterable[tuple[CompanyLink, str]], *, denied: bool = False
) -> None:
    """Write links, each with its reason; `denied` writes them as what a person said is not so."""
    at = now()
    rows = [
        {
            "id": new_id(),
            "client_id": client_id,
            "company_id": link.company,
            "of_id": link.of,
            "kind": link.kind.value,
            "by": link.by,
            "reason": reason,
            "created_at": at,
            "denied_at": at if denied else None,
        }
        for link, reason in links
    ]
    for some in chunks(rows):
        # Two workers may read the same parent off two pages.
        tx.execute(insert_or_skip(tx, company_link), some)


def drop(tx: Tx, ids: Sequence[UUID]) -> None:
    """Forget rows."""
    for some in chunks(list(ids)):
        tx.execute(delete(company_link).where(company_link.c.id.in_(some)))


def follow_merges(tx: Tx, client_id: UUID, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Let the survivors of merges take the links of the merged companies; one between the two
    vanishes, of two alike a person's stays.
    """
    if not merges or not any_of(tx, client_id):
        return
    to = dict(merges)
    touched = rows_of(tx, client_id, [gone for gone, _ in merges])
    beside = rows_of(tx, client_id, [*to, *to.values()]) if touched else []
    kept: dict[tuple[UUID, UUID, str], UUID] = {}
    # The newest word of a person first: it stays where another row comes to say the same.
    for row in sorted(beside, key=lambda row: (row.by is None, -row.id.int)):
        ends = _last(to, row.company_id), _last(to, row.of_id)
        if ends[0] != ends[1]:
            kept.setdefault((*ends, row.kind), row.id)
    drop(tx, [row.id for row in beside if row.id not in set(kept.values())])
    before = {row.id: (row.company_id, row.of_id) for row in beside}
    for (one, of, _), row_id in kept.items():
        if before[row_id] != (one, of):
            tx.execute(
                update(company_link)
                .where(company_link.c.id == row_id)
                .values(company_id=one, of_id=of)
            )


def _last(to: dict[UUID, UUID], company_id: UUID) -> UUID:
    while company_id in to:
        company_id = to[company_id]
    return company_id


def any_of(tx: Tx, client_id: UUID) -> bool:
    """Whether the client has any link, of whatever worth."""
    wanted, given = select(ANY), {"of_client": client_id}
    return once(tx, (any_of, client_id), lambda: bool(tx.execute(wanted, given).scalar()))


#: Whether there is any.
ANY = exists().where(company_link.c.client_id == CLIENT)


def _touching(client_id: UUID, company_ids: Sequence[UUID]) -> ColumnElement[bool]:
    ends = or_(company_link.c.company_id.in_(company_ids), company_link.c.of_id.in_(company_ids))
    return (company_link.c.client_id == client_id) & ends


def _links(tx: Tx, which: ColumnElement[bool]) -> list[CompanyLink]:
    one, of = company.alias("one"), company.alias("of")
    wanted = select(
        company_link.c.company_id, company_link.c.of_id, company_link.c.kind, company_link.c.by
    )
    wanted = wanted.join(one, one.c.id == company_link.c.company_id).join(
        of, of.c.id == company_link.c.of_id
    )
    for end in (one, of):
        wanted = wanted.where(end.c.merged_into.is_(None), end.c.gone_at.is_(None))
    rows = tx.execute(wanted.where(which, company_link.c.denied_at.is_(None)))
    return sorted(
        (CompanyLink(row.company_id, row.of_id, LinkKind(row.kind), row.by) for row in rows),
        key=link_order,
    )
