"""Keep the page store within its age and its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

from leads.clock import now
from leads.settings import Settings
from leads.store import Tx, page_store
from leads.store.page_store import Dropped

#: Drops some pages; None when nothing is left for it to drop.
Step = Callable[[Tx], Dropped | None]


def _unheard(_dropped: Dropped) -> None:
    pass


def keep_pages_small(
    write: Callable[[], AbstractContextManager[Tx]],
    settings: Settings,
    *,
    with_current: bool = False,
    most_batches: int | None = None,
    tell: Callable[[Dropped], None] = _unheard,
) -> Dropped:
    """Drop pages that were replaced long ago. While the store is too large, drop all replaced pages,
    then those of sites that are dead or belong to no company.

    With `with_current` also those that facts quote, if the store is still too large.
    Each batch is a transaction of its own, which `write` opens.
    """
    dropped, batches = Dropped(), 0
    for step in _steps(settings, with_current=with_current):
        while most_batches is None or batches < most_batches:
            with write() as tx:
                some = step(tx)
            batches += 1
            if some is None:
                break
            dropped = dropped.plus(some)
            tell(dropped)
    return dropped


def _steps(settings: Settings, *, with_current: bool) -> Iterator[Step]:
    """The steps in their order; each is repeated until it returns None."""
    before = now() - timedelta(days=settings.keep_pages_days)
    limit = settings.page_store_bytes
    yield lambda tx: _some(page_store.drop_replaced(tx, before))
    yield lambda tx: _if_large(tx, limit, lambda: _some(page_store.drop_any_replaced(tx)))
    unneeded = _Unneeded()
    yield lambda tx: _if_large(tx, limit, lambda: unneeded.drop(tx))
    if with_current:
        yield lambda tx: _if_large(tx, limit, lambda: _some(page_store.drop_current(tx)))


class _Unneeded:
    """Goes through the sites by name, and drops the pages of those that are dead or belong to no
    company.
    """

    def __init__(self) -> None:
        self._after: str | None = ""

    def drop(self, tx: Tx) -> Dropped | None:
        if self._after is None:
            return None
        dropped, self._after = page_store.drop_unneeded(tx, self._after)
        return dropped


def _some(dropped: Dropped) -> Dropped | None:
    return dropped if dropped.pages else None


def _if_large(tx: Tx, limit: int, drop: Callable[[], Dropped | None]) -> Dropped | None:
    return drop() if page_store.packed_bytes(tx) > limit else None
