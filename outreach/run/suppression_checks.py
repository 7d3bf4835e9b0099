"""Check which suppressions match a text."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.errors import SluiceError
from leads.store import Tx, channel_suppressions, company_search, contact_keys, suppressions
from leads.store.suppressions import SuppressionRow
from outreach.entries import keys_of_text
from outreach.keys import Key, KnownAs, digest, keys_of, squashed_core
from outreach.run.contacts import strictest
from outreach.run.known_as import known_as
from outreach.run.suppress import SuppressionRequest
from outreach.spellings import Spellings, ends


def check(tx: Tx, request: SuppressionRequest, secret: bytes) -> list[SuppressionRow]:
    """The live suppressions that match a text, under any of its keys or as another spelling of a
    name.
    """
    text, client_id, campaign_id = request.text, request.client_id, request.campaign_id
    meant, keys = keys_of_text(text, request.kind, request.country)
    if meant == "email":
        # An address at a suppressed domain matches too, though suppressing an address does not
        # suppress its domain.
        keys = keys_of(KnownAs(emails=(text.strip(),)))
    hits = _hits(tx, client_id, campaign_id, keys, secret)
    if not hits and meant == "company":
        form = squashed_core(text)
        near_names = suppressions.names(tx, client_id, campaign_id, *ends([form]))
        near = Spellings(near_names).near(form)
        if near is not None:
            hits = _hits(tx, client_id, campaign_id, [Key("company", near)], secret)
    if not hits:
        hits = _hits_of_stored(tx, request, secret)
    return list({hit.request_id: hit for hit in hits}.values())


def _hits_of_stored(tx: Tx, request: SuppressionRequest, secret: bytes) -> list[SuppressionRow]:
    """The suppressions of the stored company that a text names; none when it names no single one."""
    try:
        company_id = company_search.find(tx, request.client_id, request.text).id
    except SluiceError:
        return []
    stored = [one.key_hash for one in contact_keys.of_companies(tx, [company_id])[company_id]]
    if stored:
        return _hits_with(tx, request, stored)
    known = known_as(tx, request.client_id, [company_id])[company_id]
    return _hits_with(tx, request, [digest(key, secret) for key in keys_of(known)])


def _hits_with(tx: Tx, request: SuppressionRequest, hashes: Sequence[str]) -> list[SuppressionRow]:
    return _strictest_of(tx, request.client_id, request.campaign_id, hashes)


def _hits(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, keys: Sequence[Key], secret: bytes
) -> list[SuppressionRow]:
    return _strictest_of(tx, client_id, campaign_id, [digest(key, secret) for key in keys])


def _strictest_of(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, hashes: Sequence[str]
) -> list[SuppressionRow]:
    """The suppression that counts for each hash: one of every contact before one of a channel."""
    whole = strictest(suppressions.with_hashes(tx, client_id, campaign_id, hashes))
    one_channel = strictest(channel_suppressions.of_channels(tx, client_id, campaign_id, hashes))
    return list({**one_channel, **whole}.values())
