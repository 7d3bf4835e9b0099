"""What the channel policy of a client, and suppressions of channels, leave open for its companies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, fact_doubts
from leads.store.facts.held import ATTRIBUTE, SOURCE, HeldRow
from outreach.contact import ContactDecision, ContactFacts, may_contact
from outreach.reach import Reach, unreachable
from outreach.reach_facts import ATTRIBUTES, Statement, reach_of
from outreach.run.channel_bars import with_bars
from outreach.run.consents import with_consents
from outreach.run.contacts import contact_facts
from outreach.run.known_as import Rows, rows_about, value_of
from outreach.run.policies import in_force


@dataclass(frozen=True, slots=True)
class ReachScope:
    """For whom companies are to be reached."""

    client_id: UUID
    #: None: apart from any campaign.
    campaign_id: UUID | None
    secret: bytes


def decision(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company_id: UUID, secret: bytes
) -> ContactDecision:
    """Whether the campaign may contact one company."""
    found = contact_facts(tx, client_id, campaign_id, [company_id], secret)
    scope = ReachScope(client_id, campaign_id, secret)
    return may_contact(with_reach(tx, scope, found, [company_id])[company_id])


def with_reach(
    tx: Tx,
    scope: ReachScope,
    found: Mapping[UUID, ContactFacts],
    wanted: Iterable[UUID],
    read: Rows | None = None,
) -> dict[UUID, ContactFacts]:
    """The same facts, with the reason of those wanted that no channel may reach.

    `read` are rows about ATTRIBUTES that are read already.
    """
    ids = [one for one in wanted if _is_open(found[one])]
    return judged(tx, scope, found, reaches(tx, scope, ids, read)) if ids else dict(found)


def judged(
    tx: Tx, scope: ReachScope, found: Mapping[UUID, ContactFacts], ways: Mapping[UUID, Reach]
) -> dict[UUID, ContactFacts]:
    """The same facts, with the reason of those that none of these ways leads to."""
    policy, made = in_force(tx, scope.client_id), dict(found)
    for one, reach in ways.items():
        if _is_open(found[one]) and (why := unreachable(policy, reach)):
            made[one] = replace(found[one], unreachable=why)
    return made


def _is_open(facts: ContactFacts) -> bool:
    """Whether channels decide: nothing else bars the company, and nobody promised to call it."""
    return may_contact(facts).allowed and not facts.promised_by


def reaches(
    tx: Tx, scope: ReachScope, company_ids: Sequence[UUID], read: Rows | None = None
) -> dict[UUID, Reach]:
    """What is known of the ways to each company; values that were reported as wrong do not count."""
    doubts = fact_doubts.of_companies(tx, scope.client_id, company_ids)
    rows = rows_about(tx, scope.client_id, company_ids, ATTRIBUTES, read)
    found = {one: reach_of(_stated(some, doubts.get(one, {}))) for one, some in rows.items()}
    return opened(tx, scope, found)


def reaches_of_facts(
    tx: Tx, scope: ReachScope, known: Mapping[UUID, Sequence[Fact]]
) -> dict[UUID, Reach]:
    """What these facts of each company say about the ways to it."""
    found = {one: reach_of(_said(some)) for one, some in known.items()}
    return opened(tx, scope, found)


def opened(tx: Tx, scope: ReachScope, ways: Mapping[UUID, Reach]) -> dict[UUID, Reach]:
    """The same ways, with what suppressions bar of them and what consents open."""
    barred = with_bars(tx, scope.client_id, scope.campaign_id, ways, scope.secret)
    return with_consents(tx, scope.client_id, barred)


def _said(facts: Iterable[Fact]) -> Iterator[Statement]:
    for one in facts:
        if one.attribute in ATTRIBUTES:
            yield one.attribute, str(one.value), one.evidence.source


def _stated(rows: Iterable[HeldRow], doubts: Mapping[UUID, str]) -> Iterator[Statement]:
    for row in rows:
        if not doubts or doubts.get(UUID(row[1])) != "wrong":
            yield str(row[2][ATTRIBUTE]), value_of(row), str(row[2][SOURCE])
