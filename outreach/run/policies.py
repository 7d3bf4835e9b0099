"""The channel policy of a client, and what it leaves open for its companies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, channel_policies, events, fact_doubts
from leads.store.facts.held import ATTRIBUTE, SOURCE, HeldRow
from outreach.contact import ContactFacts, may_contact
from outreach.policy import ChannelPolicy
from outreach.policy_text import standard, standard_text, stored
from outreach.reach import Reach, unreachable
from outreach.reach_facts import ATTRIBUTES, Statement, reach_of
from outreach.run.known_as import rows_about, value_of


def in_force(tx: Tx, client_id: UUID) -> ChannelPolicy:
    """The policy that a client has put in force, else the one that comes with the product."""
    own = channel_policies.in_force(tx, client_id)
    return stored(own.content) if own else standard()


def text_in_force(tx: Tx, client_id: UUID) -> tuple[str, bool]:
    """The file of the policy in force, and whether it is the client's own."""
    own = channel_policies.in_force(tx, client_id)
    return (own.content, True) if own else (standard_text(), False)


def use(tx: Tx, client_id: UUID, text: str, content_hash: str, by: str) -> bool:
    """Put a checked file in force for a client; whether that changed anything."""
    policy = stored(text)
    changed = channel_policies.use(tx, client_id, policy.version, text, content_hash, by)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing="channel policy",
            thing_id=f"{policy.name} version {policy.version}",
            client_id=client_id,
            who=by,
        )
        events.log(tx, [line])
    return changed


def with_reach(
    tx: Tx, client_id: UUID, found: Mapping[UUID, ContactFacts], wanted: Iterable[UUID]
) -> dict[UUID, ContactFacts]:
    """The same facts, with the reason of those wanted that no channel may reach.

    A promised call-back was asked for, and nobody needs to look at a company that is barred anyway.
    """
    ids = [one for one in wanted if may_contact(found[one]).allowed and not found[one].promised_by]
    if not ids:
        return dict(found)
    policy = in_force(tx, client_id)
    made = dict(found)
    for one, reach in reaches(tx, client_id, ids).items():
        made[one] = replace(found[one], unreachable=unreachable(policy, reach))
    return made


def reaches(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, Reach]:
    """What is known of the ways to each company; values that were reported as wrong do not count."""
    doubts = fact_doubts.of_companies(tx, client_id, company_ids)
    rows = rows_about(tx, client_id, company_ids, ATTRIBUTES)
    return {one: reach_of(_stated(some, doubts.get(one, {}))) for one, some in rows.items()}


def reach_of_facts(facts: Iterable[Fact]) -> Reach:
    """What these facts of one company say about the ways to it."""
    return reach_of(
        (one.attribute, str(one.value), one.evidence.source)
        for one in facts
        if one.attribute in ATTRIBUTES
    )


def _stated(rows: Iterable[HeldRow], doubts: Mapping[UUID, str]) -> Iterator[Statement]:
    for row in rows:
        if not doubts or doubts.get(UUID(row[1])) != "wrong":
            yield str(row[2][ATTRIBUTE]), value_of(row), str(row[2][SOURCE])
