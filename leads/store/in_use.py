"""What a client and a campaign use at all: most need few of the statements that a card may take."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select

from leads.clock import now
from leads.store import (
    agency,
    campaigns,
    channel_suppressions,
    consents,
    contacts,
    driver,
    links,
    other_clients,
    scoring_files,
    suppressions,
    used_versions,
)
from leads.store.bound import CAMPAIGN, CLIENT
from leads.store.engine import Tx
from leads.store.facts import belonging
from leads.store.schema import campaign, channel_policy, scoring_file
from leads.store.snapshot import keeps_answers, once, tell

_IN_USE = select(
    campaign.c.call_hours,
    campaign.c.script,
    agency.DAYS_SET,
    agency.GROUPS_SET,
    suppressions.ANY_LIVE,
    channel_suppressions.ANY_LIVE,
    other_clients.ANY_OTHER,
    consents.ANY,
    contacts.ANY,
    links.ANY,
    belonging.ANY_ENTRY,
    exists().where(channel_policy.c.client_id == CLIENT),
    exists().where(scoring_file.c.campaign_id == CAMPAIGN),
).where(campaign.c.id == CAMPAIGN)


def look_up(tx: Tx, client_id: UUID, campaign_id: UUID) -> None:
    """Find out what is in use with one statement, in a transaction that keeps its answers."""
    if keeps_answers(tx):
        once(tx, (look_up, client_id, campaign_id), lambda: _told(tx, client_id, campaign_id))


def _told(tx: Tx, client_id: UUID, campaign_id: UUID) -> bool:
    given = {"of_client": client_id, "of_campaign": campaign_id, "now": now()}
    for row in driver.run(tx, _IN_USE, given):
        hours, script, days, groups, suppressed, of_channels, others, *more = row
        agreed, contact, linked, entries, policy, scored = more
        tell(tx, (campaigns.call_hours, campaign_id), hours)
        tell(tx, (campaigns.script, campaign_id), script)
        tell(tx, agency.between_clients, agency.as_set(days, groups))
        tell(tx, suppressions.any_live, bool(suppressed))
        tell(tx, (other_clients.any_other, client_id), bool(others))
        tell(tx, (consents.any_of_client, client_id), bool(agreed))
        tell(tx, (contacts.any_of_client, client_id), bool(contact))
        tell(tx, (links.any_of, client_id), bool(linked))
        tell(tx, belonging.any_entries, bool(entries))
        if not of_channels:
            tell(tx, channel_suppressions.kinds_of_channels, frozenset[str]())
        if not policy:
            tell(tx, (used_versions.in_force, channel_policy.name, client_id), None)
        if not scored:
            tell(tx, (scoring_files.in_force, campaign_id), None)
    return True
