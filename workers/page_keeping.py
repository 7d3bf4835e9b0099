"""Keep the page store within its age and its size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from leads.clock import now
from leads.settings import Settings
from leads.store import Store, Tx, page_store
from leads.store.page_store import Dropped


def keep_pages_small(
    store: Store,
    settings: Settings,
    *,
    with_current: bool = False,
    most_batches: int | None = None,
    progress: Callable[[Dropped], None] = lambda _: None,
) -> Dropped:
    """Drop pages that were replaced long ago, then replaced ones while the store is too large.

    With `with_current` also those that facts quote, if nothing else makes the store small enough.
    Each transaction is short.
    """
    before = now() - timedelta(days=settings.keep_pages_days)
    limit = settings.page_store_bytes
    steps: list[Callable[[Tx], Dropped]] = [
        lambda tx: page_store.drop_replaced(tx, before),
        lambda tx: _while_large(tx, limit, lambda tx: page_store.drop_replaced(tx, None)),
    ]
    if with_current:
        steps.append(lambda tx: _while_large(tx, limit, page_store.drop_current))

    dropped, batches = Dropped(), 0
    for step in steps:
        while most_batches is None or batches < most_batches:
            with store.write() as tx:
                some = step(tx)
            batches += 1
            dropped = dropped.plus(some)
            progress(dropped)
            if not some.pages:
                break
    return dropped


def _while_large(tx: Tx, limit: int, drop: Callable[[Tx], Dropped]) -> Dropped:
    return drop(tx) if page_store.packed_bytes(tx) > limit else Dropped()
