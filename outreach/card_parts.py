"""Parts of the card: how to reach the company, what its lists say, and its sister companies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from leads.company_links import SAID, CompanyLink
from leads.facts import Fact
from outreach.contact import ContactDecision

#: Whether a channel may be used, and if not, why.
Allows = Callable[[str], ContactDecision]

#: The channel of each attribute that is a way to a company.
_CHANNELS = {"phone": "phone", "email": "email", "domain": "web", "social": "social"}
#: Contact points of one channel that a card shows.
_MOST = 4


@dataclass(frozen=True, slots=True)
class CardContact:
    """One way to reach a company."""

    channel: str
    value: str
    source: str
    allowed: bool
    #: Why it must not be used; empty when it may be.
    why: str


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


def contact_points(facts: Iterable[Fact], allows: Allows) -> tuple[CardContact, ...]:
    """The ways to reach a company, by channel, each value once with its first source."""
    found: dict[tuple[str, str], CardContact] = {}
    counts: dict[str, int] = {}
    for fact in facts:
        channel = _CHANNELS.get(fact.attribute)
        key = (channel or "", str(fact.value))
        if channel is None or key in found or counts.get(channel, 0) >= _MOST:
            continue
        counts[channel] = counts.get(channel, 0) + 1
        decision = allows(channel)
        found[key] = CardContact(*key, fact.evidence.source, decision.allowed, decision.reason)
    order = list(_CHANNELS.values())
    return tuple(sorted(found.values(), key=lambda one: order.index(one.channel)))


def relation_of(company_id: UUID, sister: UUID, links: Iterable[CompanyLink], name: str) -> str:
    """What the sister is to the company, in words that follow "is"."""
    for link in links:
        if (link.company, link.of) == (sister, company_id):
            return f"{SAID[link.kind]} it"
        if (link.company, link.of) == (company_id, sister):
            return f"what {name} is {SAID[link.kind]}"
    return "of the same group"
