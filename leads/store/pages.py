"""What the crawl brought home: visits, their pages, and page bodies kept once per content,
compressed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import crawl, page, page_body
from leads.visits import FRESH, is_fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """One page of a visit."""

    url: str
    kind: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to one site."""

    site: str
    outcome: str
    reason: str = ""
    final_site: str | None = None
    bytes: int = 0
    robots: str = ""
    seconds: float = 0.0
    started_at: datetime
    pages: tuple[StoredPage, ...] = ()


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


_VISIT = select(
    crawl.c.id, crawl.c.site, crawl.c.outcome, crawl.c.reason, crawl.c.pages, crawl.c.started_at
)


_PAGE = select(page, page_body.c.body).join(
    page_body, page_body.c.content_hash == page.c.content_hash
)


def add_visit(tx: Tx, visit: Visit) -> None:
    """Store a visit with its pages; a body met before is not stored again."""
    made = new_id()
    values = {name: getattr(visit, name) for name in Visit.__slots__ if name != "pages"}
    tx.execute(insert(crawl).values(id=made, pages=len(visit.pages), **values))
    hashes = [hashlib.sha256(one.body).hexdigest() for one in visit.pages]
    bodies = {
        key: {"content_hash": key, "body": zlib.compress(one.body, 6), "size": len(one.body)}
        for key, one in zip(hashes, visit.pages, strict=True)
    }
    if bodies:
        tx.execute(insert_or_skip(tx, page_body), list(bodies.values()))
    rows = [
        {
            "id": new_id(),
            "crawl_id": made,
            "site": visit.site,
            "url": one.url,
            "kind": one.kind,
            "status": one.status,
            "headers": [list(pair) for pair in one.headers],
            "content_hash": key,
            "fetched_at": one.fetched_at,
        }
        for key, one in zip(hashes, visit.pages, strict=True)
    ]
    if rows:
        tx.execute(insert(page), rows)


def stale(tx: Tx, sites: Sequence[str]) -> list[str]:
    """Those of the sites that are due for a visit."""
    at = now()
    fresh: set[str] = set()
    for some in chunks(list(sites)):
        recent = select(crawl.c.site, crawl.c.outcome, crawl.c.started_at).where(
            crawl.c.site.in_(some), crawl.c.started_at > at - FRESH
        )
        for row in tx.execute(recent):
            if is_fresh(row.outcome, at - row.started_at):
                fresh.add(row.site)
    return [site for site in sites if site not in fresh]


def last_visit(tx: Tx, site: str) -> VisitRow | None:
    """The newest visit to a site."""
    return _newest(tx, _VISIT.where(crawl.c.site == site))


def last_visit_with_pages(tx: Tx, site: str) -> VisitRow | None:
    """The newest visit to a site whose pages are kept."""
    kept = exists().where(page.c.crawl_id == crawl.c.id)
    return _newest(tx, _VISIT.where(crawl.c.site == site, kept))


def _newest(tx: Tx, visits: Select[*tuple[Any, ...]]) -> VisitRow | None:
    newest = visits.order_by(crawl.c.started_at.desc(), crawl.c.id.desc()).limit(1)
    row = tx.execute(newest).first()
    return VisitRow(*row) if row else None


def newest_with_pages(tx: Tx, sites: Sequence[str]) -> dict[str, UUID]:
    """The id of the newest visit whose pages are kept, by site."""
    found: dict[str, UUID] = {}
    for some in chunks(list(sites)):
        kept = select(crawl.c.site, crawl.c.id).where(
            crawl.c.site.in_(some), exists().where(page.c.crawl_id == crawl.c.id)
        )
        rows = tx.execute(kept.order_by(crawl.c.started_at, crawl.c.id))
        found.update({row.site: row.id for row in rows})
    return found


def pages_of(tx: Tx, crawl_id: UUID) -> Iterator[StoredPage]:
    """The pages of a visit, in the order they were stored, bodies unpacked."""
    for row in tx.execute(_PAGE.where(page.c.crawl_id == crawl_id).order_by(page.c.id)).all():
        yield _stored_page(row)


def page_at(tx: Tx, site: str, url: str, at: datetime) -> StoredPage | None:
    """The page of that address as it was at a moment: the last one fetched by then, else the first."""
    wanted = _PAGE.where(page.c.site == site, page.c.url == url).limit(1)
    before = wanted.where(page.c.fetched_at <= at).order_by(page.c.fetched_at.desc())
    row = tx.execute(before).first() or tx.execute(wanted.order_by(page.c.fetched_at)).first()
    return _stored_page(row) if row else None


def _stored_page(row: Row[*tuple[Any, ...]]) -> StoredPage:
    return StoredPage(
        url=row.url,
        kind=row.kind,
        status=row.status,
        headers=tuple((name, value) for name, value in row.headers),
        body=zlib.decompress(row.body),
        fetched_at=row.fetched_at,
    )


def outcomes(tx: Tx) -> dict[str, int]:
    """How the newest visit to each site ended, counted."""
    counts: dict[str, str] = {}
    for row in tx.execute(
        select(crawl.c.site, crawl.c.outcome).order_by(crawl.c.started_at, crawl.c.id)
    ):
        counts[row.site] = row.outcome
    found: dict[str, int] = {}
    for outcome in counts.values():
        found[outcome] = found.get(outcome, 0) + 1
    return dict(sorted(found.items()))
