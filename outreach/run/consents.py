"""Record consents, withdraw them, and say what they open: the channel policy reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.changes import ConsentChanged
from leads.consents import NewConsent
from leads.errors import NotFoundError, UsageError
from leads.store import Tx, consents, events
from outreach.entries import keys_of_text
from outreach.keys import Key, digest
from outreach.reach import Agreed, Reach
from outreach.run.contact_index import with_keys

_POINTS = ("email", "phone")


@dataclass(frozen=True, slots=True)
class ConsentDone:
    """What recording or withdrawing did."""

    point: str
    channel: str
    changes: tuple[ConsentChanged, ...]


def point_of(whom: str, country: str | None) -> Key:
    """The address or number that a text names; UsageError for anything else."""
    kind, keys = keys_of_text(whom, None, country)
    if kind not in _POINTS:
        raise UsageError(
            f"{whom!r} is neither an e-mail address nor a phone number",
            "a consent counts for one address or number: name it",
        )
    return keys[0]


def record(tx: Tx, given: NewConsent, secret: bytes) -> ConsentDone:
    """Store a consent; UsageError when it was withdrawn after that day."""
    earlier = consents.at_points(tx, given.client_id, [given.point])
    withdrawn = max((one.withdrawn_at for one in earlier if one.withdrawn_at), default=None)
    if withdrawn is not None and given.given_at <= withdrawn:
        raise UsageError(
            f"the consent for {given.point} was withdrawn on {withdrawn:%Y-%m-%d}",
            "a new consent must be of a later time: name it with --on",
        )
    made = consents.add(tx, given)
    _log(tx, given.client_id, made, "consent recorded", given.by, given.source)
    return _done(tx, given.client_id, Key(given.channel, given.point), secret)


def withdraw(
    tx: Tx, client_id: UUID, key: Key, at: datetime, by: str, secret: bytes
) -> ConsentDone:
    """End the consent for an address or number; NotFoundError when none holds."""
    held = [one for one in consents.at_points(tx, client_id, [key.form]) if not one.withdrawn_at]
    if not held:
        raise NotFoundError(
            f"no consent for {key.form} holds",
            f"`sluice suppress add {key.form} --channel {key.kind}` stops it all the same",
        )
    first = min(one.given_at for one in held)
    if at < first:
        raise UsageError(
            f"{at:%Y-%m-%d} is before the consent of {first:%Y-%m-%d}",
            "name the day on which it was withdrawn",
        )
    for one in consents.withdraw(tx, client_id, key.form, at, by):
        _log(tx, client_id, one, "consent withdrawn", by, "")
    return _done(tx, client_id, key, secret)


def with_consents(tx: Tx, client_id: UUID, reaches: Mapping[UUID, Reach]) -> dict[UUID, Reach]:
    """The same ways, with what those who are reached by them agreed to; a withdrawn consent bars."""
    if not reaches or not consents.any_of_client(tx, client_id):
        return dict(reaches)
    points = {
        point.lower()
        for reach in reaches.values()
        for channel in _POINTS
        for point in reach.points.get(channel, ())
    }
    said: dict[tuple[str, str], Agreed] = {}
    ended: dict[tuple[str, str], str] = {}
    for one in consents.at_points(tx, client_id, points):
        key = (one.channel, one.point)
        if one.withdrawn_at is None:
            said[key] = Agreed(one.who, one.given_at.date(), one.source)
            ended.pop(key, None)
        elif key not in said:
            ended[key] = f"consent withdrawn on {one.withdrawn_at:%Y-%m-%d}"
    return {one: _with(reach, said, ended) for one, reach in reaches.items()}


def withdrawn(tx: Tx, client_id: UUID, points: Collection[str]) -> set[str]:
    """Those of these addresses and numbers whose consent was withdrawn, and not given again."""
    found = consents.at_points(tx, client_id, points)
    held = {one.point for one in found if one.withdrawn_at is None}
    return {one.point for one in found} - held


def _with(
    reach: Reach,
    said: Mapping[tuple[str, str], Agreed],
    ended: Mapping[tuple[str, str], str],
) -> Reach:
    own = [(channel, point) for channel in _POINTS for point in reach.points.get(channel, ())]
    agreed = {key: said[low] for key in own if (low := (key[0], key[1].lower())) in said}
    bars = {key: ended[low] for key in own if (low := (key[0], key[1].lower())) in ended}
    if not agreed and not bars:
        return reach
    return replace(reach, agreed=agreed, barred={**bars, **reach.barred})


def _done(tx: Tx, client_id: UUID, key: Key, secret: bytes) -> ConsentDone:
    found = with_keys(tx, client_id, [digest(key, secret)], secret)
    changes = tuple(ConsentChanged(owner, tuple(sorted(some))) for owner, some in found.items())
    return ConsentDone(key.form, key.kind, changes)


def _log(tx: Tx, client_id: UUID, made: UUID, verb: str, by: str, reason: str) -> None:
    line = events.Happened(
        verb=verb, thing="consent", thing_id=made, client_id=client_id, who=by, reason=reason
    )
    events.log(tx, [line])
