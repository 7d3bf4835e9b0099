"""Bodies of pages, kept once per content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import select

from leads.packed_body import PackedBody
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.packed import packed
from leads.store.schema import page_body


class Body(Protocol):
    """What a server sent for a page."""

    @property
    def body(self) -> bytes:
        """The body without content codings; empty if it is packed."""

    @property
    def packed(self) -> PackedBody | None:
        """The body as the server packed it, if it did so well."""


def add_bodies(tx: Tx, received: Mapping[str, Body]) -> None:
    """Store the bodies, by the hash of their content, that were not met before."""
    rows = []
    for key in sorted(set(received) - _stored(tx, list(received))):
        one = received[key]
        kept = one.packed.gzip if one.packed else packed(one.body)
        size = one.packed.size if one.packed else len(one.body)
        rows.append({"content_hash": key, "body": kept, "size": size, "packed": len(kept)})
    if rows:
        tx.execute(insert_or_skip(tx, page_body), rows)


def _stored(tx: Tx, hashes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(list(hashes)):
        known = select(page_body.c.content_hash).where(page_body.c.content_hash.in_(some))
        # Locked: they must not be dropped before the pages that use them are stored.
        kept = known.with_for_update(read=True, key_share=True)
        found.update(tx.execute(kept).scalars())
    return found
