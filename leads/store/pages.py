"""What the crawl brought home: visits, their pages, and page bodies kept once per content,
compressed.

A page that stays the same is one row, which moves on to the newest visit that saw it. Pages that
the newest visit no longer brought are marked as replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select, update

from leads.ids import new_id
from leads.page_headers import renewed
from leads.store.engine import Tx, chunks
from leads.store.kept_pages import CURRENT, KeptPage, current_of, headers_of
from leads.store.many_rows import insert_many
from leads.store.packed import unpacked
from leads.store.page_bodies import add_bodies
from leads.store.schema import crawl, page, page_body
from leads.store.site_states import note
from leads.store.stored_visit import StoredPage as StoredPage
from leads.store.stored_visit import Visit as Visit
from leads.visits import Visited


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as it is stored, without its pages."""

    id: UUID
    site: str
    outcome: str
    reason: str
    #: How many pages it brought.
    pages: int
    started_at: datetime


#: Characters that are kept of how the address of a page was found.
_LONGEST_WHY = 200
_VISIT = select(
    crawl.c.id, crawl.c.site, crawl.c.outcome, crawl.c.reason, crawl.c.pages, crawl.c.started_at
)
_KEPT = ("url", "kind", "status", "robots", "rendering", "headers", "fetched_at", "seen_at")
_PAGE = select(*(page.c[name] for name in _KEPT), page_body.c.body).join(
    page_body, page_body.c.content_hash == page.c.content_hash
)
_MOVED = (
    "crawl_id",
    "kind",
    "headers",
    "received_at",
    "seen_at",
    "place",
    "robots",
    "why",
    "rendering",
)
_MOVE = (
    update(page)
    .where(page.c.id == bindparam("of"))
    .values({name: bindparam(f"to_{name}") for name in _MOVED})
)


def add_visit(tx: Tx, visit: Visit) -> int:
    """Store a visit with its pages; how many of them are the same as before.

    A body met before is not stored again, and a page that is the same stays the row it is. A visit
    without pages replaces none, nor does one that began before the visit whose pages are kept.
    """
    return add_visits(tx, [visit])[0]


def add_visits(tx: Tx, visits: Sequence[Visit]) -> list[int]:
    """Store visits to different sites; of each, how many of its pages are the same as before."""
    known = current_of(tx, [one.site for one in visits if one.pages])
    plans = [_planned(tx, one, known.get(one.site, [])) for one in visits]
    insert_many(tx, crawl, {}, [_crawl_row(one) for one in plans])
    note(tx, [_visited(one) for one in visits])
    for one in plans:
        _replace(tx, one.gone, one.visit.started_at)
        _move(tx, one)
    received = {
        key: one
        for planned in plans
        for key, one in zip(planned.hashes, planned.visit.pages, strict=True)
    }
    add_bodies(tx, received)
    insert_many(tx, page, {}, [row for one in plans for row in _added(one)])
    return [len(one.same) for one in plans]


@dataclass(frozen=True, slots=True)
class _Planned:
    """What becomes of a visit and its pages."""

    id: UUID
    visit: Visit
    hashes: Sequence[str]
    #: The kept pages that its pages are the same as, by place, and those it no longer brought.
    same: Mapping[int, KeptPage]
    gone: Collection[UUID]
    #: When its pages were replaced: at once, if those that are kept are of a later visit.
    replaced_at: datetime | None = None


def _planned(tx: Tx, visit: Visit, known: Sequence[KeptPage]) -> _Planned:
    made = new_id()
    hashes = [one.content_hash for one in visit.pages]
    if known and _any_newer(tx, visit):
        return _Planned(made, visit, hashes, {}, (), visit.started_at)
    same = _same(visit.pages, hashes, {one.url: one for one in known})
    gone = {one.id for one in known} - {one.id for one in same.values()}
    return _Planned(made, visit, hashes, same, gone)


def _added(planned: _Planned) -> Iterator[dict[str, Any]]:
    """The rows of the pages that are new."""
    for place, key in enumerate(planned.hashes):
        if place not in planned.same:
            row = _row(planned.id, planned.visit, place, key)
            yield {"id": new_id(), **row, "replaced_at": planned.replaced_at}


def _same(
    received: Sequence[StoredPage], hashes: Sequence[str], known: Mapping[str, KeptPage]
) -> dict[int, KeptPage]:
    """The kept pages that the received ones are the same as, by place."""
    found: dict[str, int] = {}
    for place, (one, key) in enumerate(zip(received, hashes, strict=True)):
        before = known.get(one.url)
        if before and (before.content_hash, before.status) == (key, one.status):
            found.setdefault(one.url, place)
    return {place: known[url] for url, place in found.items()}


def _any_newer(tx: Tx, visit: Visit) -> bool:
    """Whether the pages that are kept are of a visit that began later."""
    newest = last_visit_with_pages(tx, visit.site)
    return newest is not None and newest.started_at > visit.started_at


def _crawl_row(planned: _Planned) -> dict[str, Any]:
    visit = planned.visit
    values = {name: getattr(visit, name) for name in Visit.__slots__ if name != "pages"}
    return {
        "id": planned.id,
        "pages": len(visit.pages),
        "unchanged": len(planned.same),
        **values,
    }


def _visited(visit: Visit) -> Visited:
    return Visited(
        site=visit.site,
        at=visit.started_at,
        outcome=visit.outcome,
        reason=visit.reason,
        not_before=visit.not_before,
    )


def _replace(tx: Tx, gone: Collection[UUID], at: datetime) -> None:
    for some in chunks(sorted(gone)):
        # What was extracted from it is in no use any more.
        left = {"replaced_at": at, "reading": None, "rules": None}
        tx.execute(update(page).where(page.c.id.in_(some)).values(left))


def _row(crawl_id: UUID, visit: Visit, place: int, key: str) -> dict[str, Any]:
    one = visit.pages[place]
    return {
        "crawl_id": crawl_id,
        "site": visit.site,
        "url": one.url,
        "kind": one.kind,
        "status": one.status,
        "headers": [list(pair) for pair in one.headers],
        "content_hash": key,
        "fetched_at": one.fetched_at,
        "received_at": one.fetched_at,
        "seen_at": one.fetched_at,
        "place": place,
        "robots": one.robots,
        "why": one.why[:_LONGEST_WHY],
        "rendering": one.rendering,
    }


def _kept_row(crawl_id: UUID, visit: Visit, place: int, before: KeptPage) -> dict[str, Any]:
    """The row of a page whose content is the same."""
    one, row = visit.pages[place], _row(crawl_id, visit, place, before.content_hash)
    kept = before.headers if one.unchanged else renewed(before.headers, one.headers)
    row["headers"] = [list(pair) for pair in kept]
    if one.unchanged:
        row["received_at"] = before.received_at
    return row


def _move(tx: Tx, planned: _Planned) -> None:
    """Let unchanged pages belong to the visit that saw them again."""
    rows = []
    for place, before in planned.same.items():
        values = _kept_row(planned.id, planned.visit, place, before)
        rows.append({"of": before.id, **{f"to_{name}": values[name] for name in _MOVED}})
    if rows:
        tx.execute(_MOVE, rows)


def last_visit(tx: Tx, site: str) -> VisitRow | None:
    """The newest visit to a site."""
    return _newest(tx, _VISIT.where(crawl.c.site == site))


def last_visit_with_pages(tx: Tx, site: str) -> VisitRow | None:
    """The newest visit to a site whose pages are kept."""
    kept = select(page.c.crawl_id).where(page.c.site == site, CURRENT)
    return _newest(tx, _VISIT.where(crawl.c.id.in_(kept)))


def _newest(tx: Tx, visits: Select[*tuple[Any, ...]]) -> VisitRow | None:
    newest = visits.order_by(crawl.c.started_at.desc(), crawl.c.id.desc()).limit(1)
    row = tx.execute(newest).first()
    return VisitRow(*row) if row else None


def pages_of(tx: Tx, crawl_id: UUID) -> Iterator[StoredPage]:
    """The pages of a visit, the most wanted first, bodies unpacked."""
    wanted = _PAGE.where(page.c.crawl_id == crawl_id).order_by(page.c.place, page.c.id)
    for row in tx.execute(wanted).all():
        yield _stored_page(row, row.seen_at)


def page_at(tx: Tx, site: str, url: str, at: datetime) -> StoredPage | None:
    """The page of that address as it was at a moment: the last one fetched by then, else the first."""
    wanted = _PAGE.where(page.c.site == site, page.c.url == url).limit(1)
    before = wanted.where(page.c.fetched_at <= at).order_by(page.c.fetched_at.desc())
    row = tx.execute(before).first() or tx.execute(wanted.order_by(page.c.fetched_at)).first()
    return _stored_page(row, row.fetched_at) if row else None


def _stored_page(row: Row[*tuple[Any, ...]], at: datetime) -> StoredPage:
    return StoredPage(
        url=row.url,
        kind=row.kind,
        robots=row.robots,
        rendering=row.rendering,
        status=row.status,
        headers=headers_of(row),
        body=unpacked(row.body),
        fetched_at=at,
    )
