"""Add and end suppressions: who must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.changes import Change, SuppressionChanged
from leads.errors import UsageError
from leads.levels import LEVELS
from leads.store import Tx, company_search, events, suppressions
from leads.store.facts import facts
from leads.store.scope import every_client
from leads.store.suppression_staging import KeyCells
from leads.store.suppressions import HashedKey
from outreach.entries import keys_of_text
from outreach.keys import (
    COMPANY_ID,
    Key,
    as_company_id,
    company_key,
    digest,
    keys_of,
)
from outreach.policy import CHANNELS
from outreach.run.contact_index import matches, store_keys
from outreach.run.known_as import known_as_of_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionRequest:
    """One request not to be contacted, as a user states it."""

    #: None: guessed from the text.
    kind: str | None
    text: str
    level: str
    by: str
    reason: str = ""
    client_id: UUID
    campaign_id: UUID | None = None
    #: Of phone numbers in national form; ISO code.
    country: str | None = None
    #: When it lifts by itself; None: only a person ends it.
    until: datetime | None = None
    #: The only channel that it stops; None: every contact.
    channel: str | None = None
    #: Whether it comes from the client's own data: other clients heed it, and are not told its
    #: words.
    from_client: bool = False
    #: Whether it comes from an import of outcomes, which may be undone.
    of_outcomes: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a suppression did."""

    #: False: the same suppression was there already.
    is_new: bool
    changes: tuple[Change, ...]
    #: None: the same suppression was there already.
    request_id: UUID | None = None


def add(tx: Tx, request: SuppressionRequest, secret: bytes) -> Added:
    """Suppress what the user names: a company, a domain, an e-mail address, a phone number, or the
    id of a stored company.
    """
    if request.level not in LEVELS:
        raise UsageError(f"{request.level!r} is not a level", f"one of {', '.join(LEVELS)}")
    check_channel(request.channel)
    keys = keys_of_text(request.text, request.kind, request.country)[1]
    if keys[0].kind == COMPANY_ID and (company_id := as_company_id(request.text)):
        return _add_stored(tx, request, company_id, secret)
    return add_keys(tx, request, keys, secret)


def check_channel(channel: str | None) -> None:
    """UsageError for a word that names no channel; None means every contact."""
    if channel not in (None, *CHANNELS):
        raise UsageError(f"{channel!r} is not a channel", f"one of {', '.join(CHANNELS)}")


def add_keys(tx: Tx, request: SuppressionRequest, keys: Sequence[Key], secret: bytes) -> Added:
    """Store one suppression under these keys."""
    client_id, campaign_id = owner_of(request)
    hashed = tuple(hashed_key(key, secret) for key in keys)
    made = suppressions.add(
        tx,
        suppressions.NewSuppression(
            level=request.level,
            subject=request.text,
            keys=hashed,
            by=request.by,
            reason=request.reason,
            client_id=client_id,
            campaign_id=campaign_id,
            until=request.until,
            channel=request.channel,
            origin_id=origin_of(request),
            of_outcomes=request.of_outcomes,
        ),
    )
    if made is not None:
        line = events.Happened(
            verb="suppressed",
            thing="suppression",
            thing_id=made,
            who=request.by,
            client_id=client_id,
            reason=request.reason,
        )
        events.log(tx, [line])
    changes = changes_of(tx, client_id, campaign_id, hashed, secret, ended=False)
    return Added(made is not None, tuple(changes), made)


def owner_of(request: SuppressionRequest) -> tuple[UUID | None, UUID | None]:
    """The client and the campaign for which a request counts; None: for every one."""
    is_shared = request.level in ("law", "agency")
    campaign_id = request.campaign_id if request.level == "campaign" else None
    return (None if is_shared else request.client_id), campaign_id


def origin_of(request: SuppressionRequest) -> UUID | None:
    """The client that a suppression for every client comes from; None: the agency itself."""
    is_shared = request.level in ("law", "agency")
    return request.client_id if is_shared and request.from_client else None


def add_company(
    tx: Tx,
    client_id: UUID,
    company_id: UUID,
    by: str,
    reason: str,
    secret: bytes,
    *,
    level: str = "client",
    campaign_id: UUID | None = None,
    until: datetime | None = None,
    channel: str | None = None,
    of_outcomes: bool = False,
) -> Added:
    """Suppress a company under everything it is and ever was known by; UsageError when the level
    is shared and other clients could not recognise it.
    """
    request = SuppressionRequest(
        kind="company",
        text="",
        level=level,
        by=by,
        reason=reason,
        client_id=client_id,
        campaign_id=campaign_id,
        until=until,
        channel=channel,
        from_client=True,
        of_outcomes=of_outcomes,
    )
    return _add_stored(tx, request, company_id, secret)


def _add_stored(tx: Tx, request: SuppressionRequest, company_id: UUID, secret: bytes) -> Added:
    """Suppress a stored company by its keys and by its id; UsageError when only the id is left and
    other clients are to heed it.

    The id lasts when a list corrects the name; the keys find the company after a split and at
    other clients.
    """
    client_id = request.client_id
    # Its change must name the company, even when its keys were never stored.
    name = company_search.get(tx, client_id, company_id).name
    store_keys(tx, client_id, [company_id], secret)
    current = facts.of_companies(tx, client_id, [company_id])[company_id]
    known = known_as_of_facts([*current, *facts.ever_of(tx, client_id, company_id)])
    names = tuple(dict.fromkeys((name, *known.names)))
    keys = keys_of(replace(known, names=names))
    if not keys and request.level in ("law", "agency"):
        raise UsageError(
            f"{name} has no name, domain, e-mail or phone that other clients could recognise",
            "suppress it for one client, without --level",
        )
    # The list of suppressions shows the name: an id says nothing to a reader.
    request = replace(request, text=name)
    return add_keys(tx, request, (*keys, company_key(company_id)), secret)


def hashed_key(key: Key, secret: bytes) -> HashedKey:
    """A key as it is stored; of an id only the hash is kept, for it is no name to be spelled."""
    return HashedKey(*key_cells(key, secret))


def key_cells(key: Key, secret: bytes) -> KeyCells:
    """The same as cells, for lists that are longer than memory."""
    if key.kind == COMPANY_ID:
        return "company", None, digest(key, secret)
    return key.kind, key.form, digest(key, secret)


def changes_of(
    tx: Tx,
    client_id: UUID | None,
    campaign_id: UUID | None,
    keys: Sequence[HashedKey],
    secret: bytes,
    *,
    ended: bool,
) -> list[Change]:
    """The change for each client whose companies the suppression matches."""
    # One for every client matches companies of clients that the actor does not see.
    with nullcontext() if client_id else every_client(tx):
        found = matches(tx, client_id, keys, secret)
    return [
        SuppressionChanged(owner, campaign_id, tuple(sorted(found[owner])), ended=ended)
        for owner in sorted(found)
    ]
