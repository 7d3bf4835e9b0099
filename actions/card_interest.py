"""Put the interest of companies beside their cards and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from uuid import UUID

from leads.clock import now
from leads.interest import Interest
from leads.store import Tx, scoring_files
from outreach.card import Card
from outreach.run.queue_user import QueueUser


def with_interest(tx: Tx, user: QueueUser, cards: Sequence[Card]) -> list[Card]:
    """The same cards with the interest that their companies show."""
    found = interests_of(tx, user, [card.company_id for card in cards])
    return [replace(card, interest=found.get(card.company_id)) for card in cards]


def interests_of(tx: Tx, user: QueueUser, company_ids: Sequence[UUID]) -> Mapping[UUID, Interest]:
    """The interest of companies in the user's campaign; empty where no scoring file is in force."""
    if not company_ids or not scoring_files.is_used(tx, user.campaign_id):
        return {}
    # Scores need NumPy, which takes longer to load than a card takes to make.
    scores = import_module("engage.run.interest")
    found: dict[UUID, Interest] = scores.interests(
        tx, user.client_id, user.campaign_id, company_ids, now()
    )
    return found
