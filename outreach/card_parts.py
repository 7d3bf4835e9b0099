"""Parts of the card: how to reach the company, what its lists say, and its sister companies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from leads.company_links import SAID, CompanyLink
from leads.facts import Fact
from outreach.contact import Barrier, ContactDecision
from outreach.policy import CHANNELS, ChannelPolicy, Says
from outreach.reach import Reach, point_ruling

#: The channel of each attribute that is a way to a company.
_CHANNELS = {"phone": "phone", "email": "email", "domain": "web", "social": "social"}
_ORDER = ("phone", "email", "post", "web", "social")
#: Contact points of one channel that a card shows.
_MOST = 4
#: These leave it to each contact point: a lead waits for an answer.
_BY_POINT = frozenset({Barrier.UNREACHABLE, Barrier.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class CardContact:
    """One way to reach a company."""

    channel: str
    value: str
    source: str
    allowed: bool
    #: Why it must not be used; empty when it may be.
    why: str
    #: `allow`, `review` (a person must check something first) or `deny`.
    says: str
    #: What decides that, in one sentence; empty when nothing does.
    rule: str


@dataclass(frozen=True, slots=True)
class CardSister:
    """A company of the same group, and who works it for this campaign."""

    company_id: UUID
    name: str
    #: Such as `a site of it`, or `what Alder is part of`: follows "is".
    relation: str
    relationship: str
    held_by: str | None


@dataclass(frozen=True, slots=True)
class CardListCell:
    """A cell of a list that no fact holds."""

    list: str
    header: str
    value: str


def contact_points(
    facts: Iterable[Fact], reach: Reach, policy: ChannelPolicy, company: ContactDecision
) -> tuple[CardContact, ...]:
    """The ways to a company, by channel, each value once with its first source.

    What bars the company bars every way; then what bars the contact point counts, then the policy.
    """
    found: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    for fact in facts:
        channel = _CHANNELS.get(fact.attribute)
        key = (channel or "", str(fact.value))
        if channel is None or key in found or counts.get(channel, 0) >= _MOST:
            continue
        counts[channel] = counts.get(channel, 0) + 1
        found[key] = fact.evidence.source
    found |= {("post", one): "" for one in reach.points.get("post", ())}
    made = [contact_point(*key, source, reach, policy, company) for key, source in found.items()]
    return tuple(sorted(made, key=lambda one: _ORDER.index(one.channel)))


def contact_point(
    channel: str,
    value: str,
    source: str,
    reach: Reach,
    policy: ChannelPolicy,
    company: ContactDecision,
) -> CardContact:
    """One way to a company, or to somebody there, and what it allows."""
    if not company.allowed and company.barrier not in _BY_POINT:
        why = company.reason
        return CardContact(channel, value, source, allowed=False, why=why, says=Says.DENY, rule=why)
    if channel not in CHANNELS:
        # Reading a site is no message to anybody.
        return CardContact(channel, value, source, allowed=True, why="", says=Says.ALLOW, rule="")
    found = point_ruling(policy, reach, channel, value)
    why = "" if found.allowed else found.reason
    return CardContact(channel, value, source, found.allowed, why, found.says, found.reason)


def relation_of(company_id: UUID, sister: UUID, links: Iterable[CompanyLink], name: str) -> str:
    """What the sister is to the company, in words that follow "is"."""
    for link in links:
        if (link.company, link.of) == (sister, company_id):
            return f"{SAID[link.kind]} it"
        if (link.company, link.of) == (company_id, sister):
            return f"what {name} is {SAID[link.kind]}"
    return "of the same group"
