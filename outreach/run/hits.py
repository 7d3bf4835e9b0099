"""Count what suppressions hit: companies, and the open cards that leave the queue by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from leads.changes import Change, SuppressionChanged
from leads.store import Store, Tx, company_names, contact_keys, open_cards
from outreach.nearest import nearest
from outreach.run.contact_index import AT_ONCE, store_keys


@dataclass(frozen=True, slots=True)
class Hits:
    """The stored companies that a suppression matches."""

    companies: int = 0
    #: Rows of queues, ready or held, that are taken out.
    open_cards: int = 0
    #: When no company matches: the names that are most like the one that was given.
    nearest: Sequence[str] = ()
    #: Of a suppressed domain: the companies that it matches by the words of their names alone.
    by_name: int = 0


def hits_of(
    tx: Tx,
    changes: Iterable[Change],
    seen: Collection[UUID] | None,
    domain_hashes: Collection[str] = (),
) -> Hits:
    """Count the companies of these changes and their open cards, before the queue follows; only
    those of the clients `seen`, None: of every client. `domain_hashes`: the keys of a domain.
    """
    found: dict[UUID | None, set[UUID]] = {}
    for one in changes:
        if isinstance(one, SuppressionChanged) and (seen is None or one.client_id in seen):
            found.setdefault(one.campaign_id, set()).update(one.company_ids)
    companies = {company_id for some in found.values() for company_id in some}
    cards = sum(
        open_cards.count(tx, campaign_id, sorted(some)) for campaign_id, some in found.items()
    )
    if not domain_hashes:
        return Hits(len(companies), cards)
    with_domain = {one for _, one in contact_keys.with_hashes(tx, None, domain_hashes)}
    return Hits(len(companies), cards, by_name=len(companies - with_domain))


def nearest_names(tx: Tx, client_id: UUID | None, text: str) -> list[str]:
    """The names of stored companies that are most like a text; None: of every client."""
    return nearest(text, company_names.live(tx, client_id))


def store_every_key(store: Store, client_id: UUID | None, secret: bytes) -> None:
    """Store the contact keys of companies that have none yet, some at a time; None: of every client.

    A company outside every queue may have none, and would not be counted.
    """
    while True:
        with store.read() as tx:
            waiting = contact_keys.without_keys(tx, client_id, AT_ONCE)
        if not waiting:
            return
        with store.write() as tx:
            for owner, rows in groupby(waiting, key=itemgetter(0)):
                store_keys(tx, owner, [company_id for _, company_id in rows], secret)
