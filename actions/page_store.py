"""Show how large the page store is, and make it smaller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from time import monotonic

from actions.actor import Right
from actions.session import Session
from leads.settings import Settings
from leads.store import Tx, page_store
from leads.store.page_store import Dropped, PageStoreSize
from workers.page_keeping import keep_pages_small
from workers.status_values import PageStoreRoom

__all__ = ["Dropped", "PageStoreRoom", "PageStoreSize", "Pruned", "prune", "room"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """The page store as it was, its limits, and what was dropped, or would be in a dry run."""

    before: PageStoreSize
    limit_bytes: int
    keep_days: int
    dropped: Dropped


#: What helps when nothing more can be dropped without a person's word.
_WAY_OUT = (
    "raise `page_store_mb`, or drop pages that facts quote: `sluice sites prune --also-current`"
)
#: Seconds for which a size counts: a server is asked for it all the time.
_HOLDS = 60.0
_SIZES: dict[str, tuple[float, int]] = {}


def room(tx: Tx, settings: Settings) -> PageStoreRoom:
    """How large the page store is, as of the last minute, and how large it may be."""
    url, at = settings.database_url, monotonic()
    since, size = _SIZES.get(url, (0.0, 0))
    if url not in _SIZES or at - since > _HOLDS:
        size = page_store.packed_bytes(tx)
        _SIZES[url] = (at, size)
    limit = settings.page_store_bytes
    return PageStoreRoom(
        bytes=size,
        limit_bytes=limit,
        is_over=size > limit,
        do=_WAY_OUT if size > limit else "",
    )


def prune(session: Session, *, with_current: bool, dry_run: bool) -> Pruned:
    """Drop pages that were replaced long ago, and more while the store is larger than it may be;
    those that facts quote only `with_current`.
    """
    settings = session.settings
    with session.read(Right.OPERATE) as work:
        work.check_every_client()
        before = page_store.size(work.tx)

    def tell(dropped: Dropped) -> None:
        if session.progress:
            session.progress("dropping pages", dropped.pages, 0)

    if dry_run:
        with session.write(Right.OPERATE, dry_run=True) as rehearsal:
            dropped = keep_pages_small(
                lambda: nullcontext(rehearsal.tx), settings, with_current=with_current, tell=tell
            )
    else:

        @contextmanager
        def write() -> Iterator[Tx]:
            with session.write(Right.OPERATE) as work:
                yield work.tx

        dropped = keep_pages_small(write, settings, with_current=with_current, tell=tell)
    return Pruned(before, settings.page_store_bytes, settings.keep_pages_days, dropped)
