"""Read the contacts of a company, without addresses and numbers that must not be used."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.clock import now
from leads.contacts import ContactRow
from leads.store import Tx, channel_suppressions, contacts, suppressions
from outreach.card_parts import CardContact, contact_point
from outreach.contact import ContactDecision
from outreach.keys import Key, digest
from outreach.people import CardPeople, people
from outreach.policy import Recipient
from outreach.reach import Reach
from outreach.run import consents as consenting
from outreach.run import policies
from outreach.run.queue_user import QueueUser
from outreach.run.reaching import ReachScope, opened


def people_of(
    tx: Tx, user: QueueUser, company_id: UUID, who: Recipient, company: ContactDecision
) -> CardPeople:
    """The contacts of a company that an SDR may see, and what the channel policy says about each:
    the company is the recipient, unless somebody agreed.
    """
    rows = contacts.of_company(tx, user.client_id, company_id)
    if not rows:
        return CardPeople()
    points = {
        "email": tuple(one.email for one in rows if one.email),
        "phone": tuple(one.phone for one in rows if one.phone),
    }
    scope = ReachScope(user.client_id, user.campaign_id, user.secret)
    reach = opened(tx, scope, {company_id: Reach(who, points)})[company_id]
    policy = policies.in_force(tx, user.client_id)

    def ruled(channel: str, value: str, source: str) -> CardContact:
        return contact_point(channel, value, source, reach, policy, company)

    return people(rows, now(), _barred(tx, user, rows), ruled)


def _barred(tx: Tx, user: QueueUser, rows: Sequence[ContactRow]) -> set[str]:
    points = {
        digest(Key(kind, value), user.secret): value
        for one in rows
        for kind, value in (("email", one.email), ("phone", one.phone))
        if value
    }
    where = (tx, user.client_id, user.campaign_id, sorted(points))
    hits = [*suppressions.with_hashes(*where), *channel_suppressions.of_channels(*where)]
    withdrawn = consenting.withdrawn(tx, user.client_id, set(points.values()))
    return {points[one.key_hash] for one in hits} | withdrawn
