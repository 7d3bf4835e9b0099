"""The pages of the newest visit to each site: what is known of them without their bodies."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select, update

from leads.page_headers import Headers
from leads.store.engine import Tx, chunks
from leads.store.packed import unpacked
from leads.store.schema import page, page_body


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page of the newest visit as it is kept, without its body."""

    id: UUID
    crawl_id: UUID
    site: str
    url: str
    kind: str
    status: int
    headers: Headers
    content_hash: str
    #: When this content was first received.
    fetched_at: datetime
    #: When it was last received in full.
    received_at: datetime
    #: When it was last found unchanged.
    seen_at: datetime
    #: What was extracted from it, and by which rules.
    reading: str | None
    rules: str | None
    #: What robots.txt said about it, and how its address was found.
    robots: str
    why: str
    #: What became of it in a browser, if scripts fill it (`leads/rendering.py`).
    rendering: str


#: The pages that no newer visit replaced.
CURRENT = page.c.replaced_at.is_(None)
_KEPT = [page.c[one.name] for one in fields(KeptPage)]


def newest_with_pages(tx: Tx, sites: Sequence[str]) -> dict[str, UUID]:
    """The id of the newest visit whose pages are kept, by site."""
    found: dict[str, UUID] = {}
    for some in chunks(list(sites)):
        kept = select(page.c.site, page.c.crawl_id).where(page.c.site.in_(some), CURRENT)
        found.update({row.site: row.crawl_id for row in tx.execute(kept.distinct())})
    return found


def current(tx: Tx, site: str) -> list[KeptPage]:
    """The pages of the newest visit that brought pages, without their bodies, by rank."""
    return current_of(tx, [site]).get(site, [])


def current_of(tx: Tx, sites: Sequence[str]) -> dict[str, list[KeptPage]]:
    """The current pages of several sites."""
    found: dict[str, list[KeptPage]] = {}
    for some in chunks(list(sites)):
        wanted = select(*_KEPT).where(page.c.site.in_(some), CURRENT)
        for row in tx.execute(wanted.order_by(page.c.place, page.c.id)):
            found.setdefault(row.site, []).append(_kept_page(row))
    return found


def headers_of(row: Row[*tuple[Any, ...]]) -> Headers:
    """The headers of a row, as pairs."""
    return tuple((name, value) for name, value in row.headers)


def _kept_page(row: Row[*tuple[Any, ...]]) -> KeptPage:
    values = dict(row._mapping)
    values["headers"] = headers_of(row)
    values["reading"] = row.reading and zlib.decompress(row.reading).decode()
    return KeptPage(**values)


def bodies(tx: Tx, hashes: Sequence[str]) -> dict[str, bytes]:
    """Page bodies by content hash, unpacked; those that are gone are missing."""
    found: dict[str, bytes] = {}
    for some in chunks(list(dict.fromkeys(hashes))):
        wanted = select(page_body).where(page_body.c.content_hash.in_(some))
        found |= {row.content_hash: unpacked(row.body) for row in tx.execute(wanted)}
    return found


def keep_readings(tx: Tx, rules: str, readings: Mapping[UUID, str]) -> None:
    """Keep what was extracted from pages, and by which rules; pages that are gone are skipped."""
    noted = update(page).where(page.c.id == bindparam("of"), CURRENT)
    rows = [{"of": one, "on": zlib.compress(text.encode())} for one, text in readings.items()]
    if rows:
        tx.execute(noted.values(reading=bindparam("on"), rules=rules), rows)


def sites_with_pages(tx: Tx, after: str, limit: int) -> list[str]:
    """Sites of which pages are kept, by name, from behind one on."""
    wanted = select(page.c.site).where(page.c.site > after, CURRENT).distinct()
    return list(tx.execute(wanted.order_by(page.c.site).limit(limit)).scalars())


def count_of(tx: Tx, sites: Sequence[str], rules: str) -> tuple[int, int]:
    """How many current pages sites have, and how many of them other rules have read, or none."""
    pages, outdated = 0, 0
    is_old = page.c.rules.is_(None) | ~page.c.rules.startswith(rules, autoescape=True)
    for some in chunks(list(sites)):
        counted = select(func.count(), func.count().filter(is_old))
        row = tx.execute(counted.where(page.c.site.in_(some), CURRENT)).one()
        pages, outdated = pages + int(row[0]), outdated + int(row[1])
    return pages, outdated
