"""Make companies leads that came by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from engage.run.heard import read
from engage.run.opt_ins import counting
from engage.run.rules import kinds_of
from leads.stages import Relationship
from leads.store import Tx, events, lead_rows, verdicts

#: The reason of the relationship, and the verb of the log.
CAME = "it came by itself"


def raise_hands(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> list[UUID]:
    """Make those of the companies leads whose signals show interest; the new leads.

    A company that is lost or a customer stays that, and one that a B2C client lacks the opt-in of
    stays a name.
    """
    said = read(tx, client_id, campaign_id, company_ids, kinds_of(tx, campaign_id))
    present = lead_rows.of_companies(tx, campaign_id, company_ids)
    related = verdicts.relationships(tx, campaign_id, company_ids)
    some = counting(tx, client_id, campaign_id, said)
    made = []
    for one, heard in said.items():
        if one in present or heard.hand is None:
            continue
        state = Relationship(related[one].state) if one in related else Relationship.UNTOUCHED
        if state.is_before_lead and one in some:
            lead_rows.ensure(tx, client_id, campaign_id, one)
            verdicts.relate(tx, client_id, campaign_id, one, Relationship.LEAD.value, CAME)
            made.append(one)
    # The relationship says so only until the next report, and outcomes are dated by it.
    events.log(tx, [_line(client_id, campaign_id, one) for one in made])
    return made


def _line(client_id: UUID, campaign_id: UUID, company_id: UUID) -> events.Happened:
    return events.Happened(
        verb=CAME,
        thing="lead",
        thing_id=company_id,
        client_id=client_id,
        data={"campaign_id": str(campaign_id)},
    )
