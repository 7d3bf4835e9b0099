"""Put on and take off the lists of who must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.errors import NotFoundError, UsageError
from leads.store import Tx, clients, events, facts, queue, suppressions
from outreach.keys import Key, digest, keys_of, keys_of_request
from outreach.run.refresh import known_of

LEVELS = ("law", "agency", "client", "campaign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One request not to be contacted, as a user states it."""

    kind: str
    text: str
    level: str
    by: str
    reason: str = ""
    client_id: UUID
    campaign_id: UUID | None = None


def add(tx: Tx, wish: Wish, secret: bytes) -> bool:
    """Suppress what the user names; whether that was new. `touched` says afterwards what it changed."""
    if wish.level not in LEVELS:
        raise UsageError(f"{wish.level!r} is no level", f"one of {', '.join(LEVELS)}")
    keys = keys_of_request(wish.kind, wish.text)
    return _store(tx, wish, keys, secret)


def company(tx: Tx, client_id: UUID, company_id: UUID, by: str, reason: str, secret: bytes) -> list[Change]:
    """Suppress a company under everything it is known by, for the whole client."""
    known = known_of(facts.of_companies(tx, client_id, [company_id])[company_id])
    name = known.names[0] if known.names else str(company_id)
    wish = Wish(kind="company", text=name, level="client", by=by, reason=reason, client_id=client_id)
    return touched(tx) if _store(tx, wish, keys_of(known), secret) else []


def check(tx: Tx, client_id: UUID, campaign_id: UUID | None, keys: Sequence[Key], secret: bytes) -> list[dict[str, Any]]:
    """The live suppressions that these normal forms meet."""
    return list(suppressions.hits(tx, client_id, campaign_id, [digest(key, secret) for key in keys]).values())


def take_back(tx: Tx, request_id: UUID, client_id: UUID, by: str) -> list[Change]:
    """End one request; NotFoundError when it is not live."""
    if not suppressions.end(tx, request_id):
        raise NotFoundError("there is no such suppression", "see `sluice suppress list`")
    events.log(tx, [events.Happened(verb="suppression ended", thing="suppression", thing_id=request_id, who=by, client_id=client_id)])
    return touched(tx)


def _store(tx: Tx, wish: Wish, keys: Sequence[Key], secret: bytes) -> bool:
    wide = wish.level in ("law", "agency")
    request = suppressions.Request(
        level=wish.level,
        subject=wish.text,
        keys=tuple(suppressions.Hashed(key.kind, key.form, digest(key, secret)) for key in keys),
        by=wish.by,
        reason=wish.reason,
        client_id=None if wide else wish.client_id,
        campaign_id=wish.campaign_id if wish.level == "campaign" else None,
    )
    made = suppressions.add(tx, request)
    if made is None:
        return False
    line = events.Happened(
        verb="suppressed", thing="suppression", thing_id=made, who=wish.by, client_id=request.client_id, reason=wish.reason
    )
    events.log(tx, [line])
    return True


def touched(tx: Tx) -> list[Change]:
    """Every company in a queue, or kept out of one by a suppression, may stand differently now."""
    return [
        VerdictsChanged(client["id"], campaign_id, tuple(ids))
        for client in clients.listing(tx, "client")
        for campaign_id in clients.campaigns_with_icp(tx, client["id"])
        if (ids := queue.open_to_suppression(tx, campaign_id))
    ]
