"""What is known of companies before they are contacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from engage.predict.features import cells
from engage.run.rules import kinds_of
from engage.signals.kinds import catalogue
from leads.store import Tx, dispositions, signals
from leads.store.facts import past


def features(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    before: Mapping[UUID, datetime],
) -> dict[UUID, dict[str, str]]:
    """The cells of each company; a company that `before` leaves out was not contacted."""
    held = past.of_companies(tx, client_id, company_ids, before)
    heard = signals.of_companies(tx, client_id, company_ids)
    names = catalogue().names
    found = {}
    for one in company_ids:
        happened = [
            (names.get(row.kind, row.kind), row.happened_at)
            for row in heard.get(one, ())
            if row.campaign_id in (None, campaign_id)
        ]
        found[one] = cells(held[one], happened, before.get(one))
    return found


def first_contacts(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, datetime]:
    """When each company was first contacted: the first disposition, or an earlier signal of a kind
    that counts as contact; those that were not are left out.
    """
    owners = signals.owners(tx, company_ids)
    found: dict[UUID, datetime] = {}
    for one, some in dispositions.of_companies(tx, campaign_id, list(owners)).items():
        to = owners[one]
        found[to] = min(some[0].at, found.get(to, some[0].at))

    kinds = kinds_of(tx, campaign_id)
    words = [word for word, name in kinds.names.items() if kinds.by_name[name].contact]
    for to, at in signals.first_of(tx, client_id, campaign_id, owners, words).items():
        found[to] = min(at, found.get(to, at))
    return found
