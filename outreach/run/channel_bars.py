"""Which contact points, or whole channels, of companies are suppressed while the others stay open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from leads.store import Tx, channel_suppressions
from leads.store.suppressions import SuppressionRow
from outreach.keys import Key, digest, keys_of
from outreach.reach import Reach
from outreach.run.contacts import strictest, suppressed_by
from outreach.run.known_as import known_as

#: A channel and a contact point; the point "" means all of a channel.
Point = tuple[str, str]
_POINTS = ("email", "phone")


def with_bars(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID | None,
    reaches: Mapping[UUID, Reach],
    secret: bytes,
) -> dict[UUID, Reach]:
    """The same, with what suppressions of one channel bar of each company."""
    kinds = channel_suppressions.kinds_of_channels(tx)
    if not kinds:
        return dict(reaches)
    hashes = {one: _of_points(reach, secret) for one, reach in reaches.items()}
    if kinds - set(_POINTS):
        for one, whole in _of_companies(tx, client_id, list(reaches), secret).items():
            hashes[one] = whole | hashes[one]
    by_channel = _by_channel(tx, client_id, campaign_id, hashes.values())
    return {
        one: replace(reach, barred=_barred(hashes[one], by_channel, client_id))
        for one, reach in reaches.items()
    }


def _by_channel(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Iterable[Iterable[str]]
) -> dict[str, dict[str, SuppressionRow]]:
    """By channel, the suppression that counts for each hash."""
    every = sorted({key_hash for some in hashes for key_hash in some})
    found: dict[str, list[SuppressionRow]] = {}
    for row in channel_suppressions.of_channels(tx, client_id, campaign_id, every):
        found.setdefault(row.channel or "", []).append(row)
    return {channel: strictest(rows) for channel, rows in sorted(found.items())}


def _of_points(reach: Reach, secret: bytes) -> dict[str, str]:
    """The contact point of each hash."""
    return {
        digest(Key(kind, point.lower()), secret): point
        for kind in _POINTS
        for point in reach.points.get(kind, ())
    }


def _of_companies(
    tx: Tx, client_id: UUID, company_ids: list[UUID], secret: bytes
) -> dict[UUID, dict[str, str]]:
    """The hashes by which a channel of the whole company is suppressed."""
    return {
        one: {digest(key, secret): "" for key in keys_of(known) if key.kind not in _POINTS}
        for one, known in known_as(tx, client_id, company_ids).items()
    }


def _barred(
    hashes: Mapping[str, str],
    by_channel: Mapping[str, Mapping[str, SuppressionRow]],
    client_id: UUID,
) -> dict[Point, str]:
    found: dict[Point, str] = {}
    for channel, rows in by_channel.items():
        for key_hash, point in hashes.items():
            if row := rows.get(key_hash):
                reason = f"suppressed for {channel}: {suppressed_by(row, client_id)}"
                found.setdefault((channel, point), reason)
    return found
