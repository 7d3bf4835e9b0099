"""Store the new entries of a staged do-not-contact list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from leads.clock import now
from leads.ids import new_hex
from leads.store.bulk_inserts import count_rows, for_driver, indexes_built_after, insert_rows
from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.suppression_staging import Coming, Owner, OwnerName, known_between

_OWN = ("id", "kind", "key", "key_hash", "head", "tail", "subject", "request_id")
_SHARED = ("level", "client_id", "campaign_id", "reason", "by", "at", "until", "channel")

_Row = tuple[object, ...]


def load(
    tx: Tx, owners: Mapping[OwnerName, Owner], batches: Iterable[Sequence[Coming]], coming: int
) -> UUID | None:
    """Insert the entries that are not marked as known, about `coming` of them; the id of the first.

    A key that another suppression has too is stored again: ending one must not end the other.
    """
    rows = _Rows(tx, owners)
    first = 0
    with indexes_built_after(tx, suppression, coming):
        for some in batches:
            known = known_between(tx, first, first + len(some) - 1)
            new = (one for number, one in enumerate(some, first) if number not in known)
            insert_rows(tx, suppression, (*_OWN, *_SHARED), rows.of(new))
            first += len(some)
    count_rows(tx, suppression, coming)
    return rows.first


class _Rows:
    """Makes the rows of entries, in the driver's form."""

    def __init__(self, tx: Tx, owners: Mapping[OwnerName, Owner]) -> None:
        self.first: UUID | None = None
        self._owners = owners
        self._id = for_driver(tx, suppression, "id")
        self._moment = for_driver(tx, suppression, "at")
        self._at = now()
        #: Most entries of a list share their terms.
        self._shared: Callable[..., _Row] = lru_cache(4096)(self._make_shared)

    def of(self, entries: Iterable[Coming]) -> Iterator[_Row]:
        """The rows of these entries."""
        for one in entries:
            request_id = new_hex()
            self.first = self.first or UUID(request_id)
            shared = self._shared(one.owner, one.reason, one.by, one.at, one.until, one.channel)
            for kind, form, key_hash in one.keys:
                name = form if kind == "company" else None
                head, tail = (name[:3], name[-3:]) if name else (None, None)
                own = (new_hex(), kind, form, key_hash, head, tail, one.subject, request_id)
                yield (*own, *shared)

    def _make_shared(
        self,
        owner: OwnerName,
        reason: str,
        by: str,
        at: datetime | None,
        until: datetime | None,
        channel: str | None,
    ) -> _Row:
        of = self._owners[owner]
        client_id = self._id(of.client_id) if of.client_id else None
        campaign_id = self._id(of.campaign_id) if of.campaign_id else None
        ends = self._moment(until) if until else None
        return (
            of.level,
            client_id,
            campaign_id,
            reason,
            by,
            self._moment(at or self._at),
            ends,
            channel,
        )
