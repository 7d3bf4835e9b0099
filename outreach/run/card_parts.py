"""Read the parts of a card that lie beside the company itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from leads.store import Tx, campaigns, company_search, kept_columns, leases, links, verdicts
from outreach.card_parts import CardListCell, CardSister, relation_of
from outreach.run.queue_user import QueueUser
from outreach.script import filled

#: Sister companies and list cells that a card shows.
MOST_SISTERS, MOST_CELLS = 10, 40


def sisters(tx: Tx, user: QueueUser, company_id: UUID, name: str) -> tuple[CardSister, ...]:
    """The companies of the same group, those that somebody works first."""
    around = links.around(tx, user.client_id, [company_id])
    ids = sorted({end for link in around for end in (link.company, link.of)} - {company_id})
    related = verdicts.relationships(tx, user.campaign_id, ids)
    holders = leases.holders(tx, user.campaign_id, ids)
    worked = sorted(ids, key=lambda one: (one not in holders, one not in related, one))
    return tuple(
        CardSister(
            one,
            company_search.get(tx, user.client_id, one).name,
            relation_of(company_id, one, around, name),
            related[one].state if one in related else "untouched",
            holders.get(one),
        )
        for one in worked[:MOST_SISTERS]
    )


def list_cells(tx: Tx, company_id: UUID) -> tuple[CardListCell, ...]:
    """The cells of the company's lists that no fact holds."""
    found = kept_columns.of_company(tx, company_id)[:MOST_CELLS]
    return tuple(CardListCell(one.list, one.header, one.value) for one in found)


def script(tx: Tx, user: QueueUser, name: str, details: Mapping[str, Sequence[str]]) -> str | None:
    """What the campaign wants said, with the fields of the company."""
    text = campaigns.script(tx, user.campaign_id)
    if not text:
        return None
    return filled(text, {**details, "name": [name], "user": [user.user]})
