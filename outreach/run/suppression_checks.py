"""Check which suppressions match a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from leads.errors import SluiceError
from leads.store import (
    Tx,
    channel_suppressions,
    company_search,
    contact_keys,
    suppression_names,
    suppressions,
)
from leads.store.facts.facts import companies_with_sites
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
    text = request.text
    meant, keys = keys_of_text(text, request.kind, request.country)
    if meant == "email":
        # An address at a suppressed domain matches too, though suppressing an address does not
        # suppress its domain.
        keys = keys_of(KnownAs(emails=(text.strip(),)))
    hits = _hits(tx, request, keys, secret)
    if not hits and meant == "company":
        form = squashed_core(text)
        near_names = suppression_names.names(
            tx, request.client_id, request.campaign_id, *ends([form])
        )
        near = Spellings(near_names).near(form)
        if near is not None:
            hits = _hits(tx, request, [Key("company", near)], secret)
    hits = [*hits, *_hits_of_stored(tx, request, _stored(tx, request, keys, secret), secret)]
    return list({hit.request_id: hit for hit in hits}.values())


def _stored(
    tx: Tx, request: SuppressionRequest, keys: Sequence[Key], secret: bytes
) -> Collection[UUID]:
    """The stored companies that a text names; none when a name could be several."""
    domains = [key.form for key in keys if key.kind == "domain"]
    if any(key.kind == "email" for key in keys):
        # An e-mail address reaches each company that has the address or its domain.
        hashes = [digest(key, secret) for key in keys]
        owned = {*contact_keys.with_hashes(tx, request.client_id, hashes)}
        owned |= {(client, one) for _, client, one in companies_with_sites(tx, domains)}
        return {one for client, one in owned if client == request.client_id}
    try:
        return [company_search.find(tx, request.client_id, request.text).id]
    except SluiceError:
        return []


def _hits_of_stored(
    tx: Tx, request: SuppressionRequest, company_ids: Collection[UUID], secret: bytes
) -> list[SuppressionRow]:
    """The suppressions of stored companies, whatever they are known by."""
    found: list[SuppressionRow] = []
    for company_id in sorted(company_ids):
        stored = [one.key_hash for one in contact_keys.of_companies(tx, [company_id])[company_id]]
        if stored:
            found += _strictest_of(tx, request, stored)
            continue
        known = known_as(tx, request.client_id, [company_id])[company_id]
        found += _hits(tx, request, keys_of(known), secret)
    return found


def _hits(
    tx: Tx, request: SuppressionRequest, keys: Sequence[Key], secret: bytes
) -> list[SuppressionRow]:
    return _strictest_of(tx, request, [digest(key, secret) for key in keys])


def _strictest_of(
    tx: Tx, request: SuppressionRequest, hashes: Sequence[str]
) -> list[SuppressionRow]:
    """The suppression that counts for each hash: one of every contact before one of a channel."""
    where = (tx, request.client_id, request.campaign_id, hashes)
    whole = strictest(suppressions.with_hashes(*where))
    one_channel = strictest(channel_suppressions.of_channels(*where))
    return list({**one_channel, **whole}.values())
