"""Put on and take off the lists of who must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import Tx, campaigns, clients, companies, events, queue, suppressions
from leads.store.facts import facts
from outreach.keys import Key, Known, Spellings, digest, keys_of, keys_of_text
from outreach.run.refresh import known_of

LEVELS = ("law", "agency", "client", "campaign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One request not to be contacted, as a user states it."""

    #: None: what it looks like.
    kind: str | None
    text: str
    level: str
    by: str
    reason: str = ""
    client_id: UUID
    campaign_id: UUID | None = None


def add(tx: Tx, wish: Wish, secret: bytes) -> bool:
    """Suppress what the user names; whether that was new. `touched` says afterwards what it
    changed.
    """
    if wish.level not in LEVELS:
        raise UsageError(f"{wish.level!r} is no level", f"one of {', '.join(LEVELS)}")
    return _store(tx, wish, keys_of_text(wish.text, wish.kind)[1], secret)


def company(
    tx: Tx, client_id: UUID, company_id: UUID, by: str, reason: str, secret: bytes
) -> list[Change]:
    """Suppress a company under everything it is and ever was known by, for the whole client."""
    name = companies.get(tx, client_id, company_id)["name"]
    seen = [
        *facts.of_companies(tx, client_id, [company_id])[company_id],
        *facts.ever_of(tx, client_id, company_id),
    ]
    known = known_of(seen)
    keys = keys_of(replace(known, names=tuple(dict.fromkeys((name, *known.names)))))
    if not keys:
        raise NotAllowedError(
            f"{name} is known by nothing that could be recognised again",
            "suppress its domain or number with `sluice suppress add`",
        )
    _store(
        tx,
        Wish(kind="company", text=name, level="client", by=by, reason=reason, client_id=client_id),
        keys,
        secret,
    )
    return touched(tx)


def check(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, text: str, kind: str | None, secret: bytes
) -> list[dict[str, Any]]:
    """The live suppressions that a text meets, under any of its forms or as another spelling of a
    name.
    """
    meant, keys = keys_of_text(text, kind)
    if meant == "email":
        # An address of a suppressed domain is met too, though suppressing the address alone leaves
        # the domain be.
        keys = keys_of(Known(emails=(text.strip(),)))
    hits = list(
        suppressions.hits(
            tx, client_id, campaign_id, [digest(key, secret) for key in keys]
        ).values()
    )
    if not hits and meant == "company":
        near = Spellings(suppressions.names(tx, client_id, campaign_id)).near(Known(names=(text,)))
        hits = (
            list(
                suppressions.hits(
                    tx, client_id, campaign_id, [digest(Key("company", near), secret)]
                ).values()
            )
            if near
            else []
        )
    return list({hit["request_id"]: hit for hit in hits}.values())


def take_back(tx: Tx, request_id: UUID, client_id: UUID, level: str, by: str) -> list[Change]:
    """End one request of this client, or of the agency or the law when `level` says so;
    NotFoundError when there is none such.
    """
    found = suppressions.find(tx, request_id)
    own = found is not None and found["client_id"] == client_id and level in ("client", "campaign")
    wide = found is not None and found["client_id"] is None and found["level"] == level
    if not own and not wide:
        hint = (
            "see `sluice suppress list`; one of the agency or the law needs --level"
            if found
            else "see `sluice suppress list`"
        )
        raise NotFoundError("there is no such suppression of this client", hint)
    suppressions.end(tx, request_id)
    events.log(
        tx,
        [
            events.Happened(
                verb="suppression ended",
                thing="suppression",
                thing_id=request_id,
                who=by,
                client_id=client_id,
            )
        ],
    )
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
        verb="suppressed",
        thing="suppression",
        thing_id=made,
        who=wish.by,
        client_id=request.client_id,
        reason=wish.reason,
    )
    events.log(tx, [line])
    return True


def touched(tx: Tx) -> list[Change]:
    """Every company in a queue, or kept out of one by a suppression, may stand differently now."""
    return [
        VerdictsChanged(client.id, campaign_id, tuple(ids))
        for client in clients.every(tx)
        for campaign_id in campaigns.with_icp(tx, client.id)
        if (ids := queue.open_to_suppression(tx, campaign_id))
    ]
