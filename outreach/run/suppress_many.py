"""Add many suppressions of one request at a time: a do-not-contact list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leads.changes import Change, SuppressionChanged
from leads.store import Tx, events, suppressions
from leads.store.suppressions import HashedKey
from outreach.keys import Key
from outreach.run.contact_index import with_keys, with_spellings
from outreach.run.suppress import SuppressionRequest, hashed_key, owner_of


@dataclass(frozen=True, slots=True)
class HashedEntry:
    """One entry of a list, ready to be stored."""

    text: str
    keys: tuple[HashedKey, ...]
    #: The only channel that it stops; None: every contact.
    channel: str | None = None


def hashed_entry(
    keys: Iterable[Key], text: str, secret: bytes, channel: str | None = None
) -> HashedEntry:
    """Make what is stored of an entry: the slow part, which needs no transaction."""
    return HashedEntry(text, tuple(hashed_key(key, secret) for key in keys), channel)


def add_entries(
    tx: Tx, request: SuppressionRequest, entries: Sequence[HashedEntry], secret: bytes
) -> tuple[int, list[Change]]:
    """Store entries under one request; how many were new, and the change for the companies that
    have one of the keys.

    Other spellings of names are found by `spelling_changes`, once for a whole list.
    """
    client_id, campaign_id = owner_of(request)
    # Those of every contact first: one of a channel then adds nothing to them.
    channels = sorted({one.channel for one in entries}, key=lambda one: one or "")
    made = [
        request_id
        for channel in channels
        for request_id in _stored(tx, request, [one for one in entries if one.channel == channel])
    ]
    if made:
        line = events.Happened(
            verb="suppressed",
            thing="suppression",
            thing_id=made[0],
            who=request.by,
            client_id=client_id,
            reason=request.reason,
            data={"count": len(made)},
        )
        events.log(tx, [line])
    hashes = [key.key_hash for one in entries for key in one.keys]
    return len(made), _changes(campaign_id, with_keys(tx, client_id, hashes, secret))


def _stored(tx: Tx, request: SuppressionRequest, entries: Sequence[HashedEntry]) -> list[UUID]:
    """Store the entries of one channel; the ids of the new ones."""
    client_id, campaign_id = owner_of(request)
    wanted = [
        suppressions.NewSuppression(
            level=request.level,
            subject=one.text,
            keys=one.keys,
            by=request.by,
            reason=request.reason,
            client_id=client_id,
            campaign_id=campaign_id,
            until=request.until,
            channel=one.channel,
        )
        for one in entries
    ]
    return [one for one in suppressions.add_all(tx, wanted) if one is not None]


def spelling_changes(tx: Tx, request: SuppressionRequest, names: Iterable[str]) -> list[Change]:
    """The change for the companies whose name is another spelling of one of these."""
    client_id, campaign_id = owner_of(request)
    return _changes(campaign_id, with_spellings(tx, client_id, names))


def _changes(campaign_id: UUID | None, found: Mapping[UUID, set[UUID]]) -> list[Change]:
    return [
        SuppressionChanged(owner, campaign_id, tuple(sorted(found[owner])), ended=False)
        for owner in sorted(found)
    ]
