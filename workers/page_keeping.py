"""Keep the page store within its age and its size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from leads.clock import now
from leads.settings import Settings
from leads.store import Tx, page_store
from leads.store.page_store import Dropped


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
    """Drop pages that were replaced long ago, then replaced ones while the store is too large.

    With `with_current` also those that facts quote, if nothing else makes the store small enough.
    Each batch is a transaction of its own, which `write` opens.
    """
    before = now() - timedelta(days=settings.keep_pages_days)
    limit = settings.page_store_bytes
    steps: list[Callable[[Tx], Dropped]] = [
        lambda tx: page_store.drop_replaced(tx, before),
        lambda tx: _if_large(tx, limit, page_store.drop_any_replaced),
    ]
    if with_current:
        steps.append(lambda tx: _if_large(tx, limit, page_store.drop_current))

    dropped, batches = Dropped(), 0
    for step in steps:
        while most_batches is None or batches < most_batches:
            with write() as tx:
                some = step(tx)
            batches += 1
            dropped = dropped.plus(some)
            tell(dropped)
            if not some.pages:
                break
    return dropped


def _if_large(tx: Tx, limit: int, drop: Callable[[Tx], Dropped]) -> Dropped:
    return drop(tx) if page_store.packed_bytes(tx) > limit else Dropped()
