"""The size of the page store, and which pages and bodies it lets go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select

from leads.store import site_states
from leads.store.engine import Tx, chunks
from leads.store.facts import facts
from leads.store.kept_pages import sites_with_pages
from leads.store.schema import page, page_body

#: Pages that one transaction deletes.
BATCH = 500
#: Sites whose pages one transaction deletes, and those it looks at to find some.
SITES, LOOKED_AT = 100, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStoreSize:
    """What the page store holds; bytes are those of the compressed bodies."""

    pages: int
    #: Pages that a newer visit replaced.
    replaced: int
    bodies: int
    bytes: int
    #: Bytes of the bodies before they were compressed.
    unpacked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was let go."""

    pages: int = 0
    bodies: int = 0
    bytes: int = 0

    def plus(self, more: Dropped) -> Dropped:
        """Both together."""
        return Dropped(
            pages=self.pages + more.pages,
            bodies=self.bodies + more.bodies,
            bytes=self.bytes + more.bytes,
        )


def size(tx: Tx) -> PageStoreSize:
    """Count what the page store holds."""
    bodies = tx.execute(
        select(func.count(), func.sum(page_body.c.packed), func.sum(page_body.c.size))
    ).one()
    return PageStoreSize(
        pages=tx.execute(select(func.count()).select_from(page)).scalar_one(),
        replaced=tx.execute(
            select(func.count()).where(page.c.replaced_at.is_not(None))
        ).scalar_one(),
        bodies=int(bodies[0]),
        bytes=int(bodies[1] or 0),
        unpacked=int(bodies[2] or 0),
    )


def packed_bytes(tx: Tx) -> int:
    """The bytes of all compressed bodies."""
    return int(tx.execute(select(func.sum(page_body.c.packed))).scalar() or 0)


def drop_replaced(tx: Tx, before: datetime, most: int = BATCH) -> Dropped:
    """Drop up to `most` pages that were replaced before then, the oldest first."""
    return _drop(tx, _REPLACED.where(page.c.replaced_at < before).limit(most))


def drop_any_replaced(tx: Tx, most: int = BATCH) -> Dropped:
    """Drop up to `most` pages that were replaced, the oldest first."""
    return _drop(tx, _REPLACED.limit(most))


def drop_current(tx: Tx, most: int = SITES) -> Dropped:
    """Drop all pages of up to `most` sites, those seen longest ago first.

    Never some of a site's pages: what is read again from the others would lack their facts.
    """
    oldest = select(page.c.site).group_by(page.c.site).order_by(func.min(page.c.seen_at))
    sites = list(tx.execute(oldest.limit(most)).scalars())
    return _drop(tx, select(page.c.id).where(page.c.site.in_(sites)))


def drop_unneeded(tx: Tx, after: str, most: int = LOOKED_AT) -> tuple[Dropped, str | None]:
    """Drop the pages of those of the next `most` sites, by name, that are stated dead or belong to no
    company; with the last site looked at, None at the end.
    """
    sites = sites_with_pages(tx, after, most)
    if not sites:
        return Dropped(), None
    owned = {site for site, _, _ in facts.companies_with_sites(tx, sites)}
    known = site_states.among(tx, sites)
    dead = {name for name, state in known.items() if state.dead_at is not None}
    unneeded = [one for one in sites if one in dead or one not in owned]
    return _drop(tx, select(page.c.id).where(page.c.site.in_(unneeded))), sites[-1]


_REPLACED = select(page.c.id).where(page.c.replaced_at.is_not(None)).order_by(page.c.replaced_at)


def _drop(tx: Tx, wanted: Select[UUID]) -> Dropped:
    ids = list(tx.execute(wanted).scalars())
    hashes: list[str] = []
    for some in chunks(ids):
        gone = delete(page).where(page.c.id.in_(some)).returning(page.c.content_hash)
        hashes += tx.execute(gone).scalars()
    bodies = drop_unused(tx, hashes)
    return Dropped(pages=len(hashes), bodies=bodies.bodies, bytes=bodies.bytes)


def drop_unused(tx: Tx, hashes: Sequence[str]) -> Dropped:
    """Drop those of the bodies that no page uses any more."""
    sizes: list[int] = []
    for some in chunks(sorted(set(hashes))):
        # Locked first: the next statement sees the pages of visits that are stored meanwhile.
        known = select(page_body.c.content_hash).where(page_body.c.content_hash.in_(some))
        own = list(tx.execute(known.with_for_update(skip_locked=True)).scalars())
        used = exists().where(page.c.content_hash == page_body.c.content_hash)
        unused = delete(page_body).where(page_body.c.content_hash.in_(own), ~used)
        sizes += tx.execute(unused.returning(page_body.c.packed)).scalars()
    return Dropped(bodies=len(sizes), bytes=sum(sizes))
