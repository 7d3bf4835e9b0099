"""One company as it is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from leads.facts import Fact
from leads.fold import fold
from leads.interest import Interest
from leads.known import FoldedAttribute, Policy
from leads.stages import Relationship, Stage
from outreach.policy import Ruling

#: The attributes that exports read.
ATTRIBUTES = (
    "legal_name",
    "legal_form",
    "register_number",
    "vat_id",
    "lei",
    "status",
    "founded",
    "country",
    "region",
    "city",
    "postcode",
    "street",
    "domain",
    "website",
    "email",
    "phone",
    "social",
    "employees",
    "turnover",
    "industry",
    "technology",
    "parent",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCompany:
    """A company with what is known of it and where it stands."""

    company_id: UUID
    name: str
    stage: Stage
    #: Why it is at that stage, in one sentence.
    reason: str
    verdict: str | None = None
    score_worst: int = 0
    score_best: int = 0
    #: The grade of the worst score; None when the profile gives none.
    grade: str | None = None
    relationship: Relationship = Relationship.UNTOUCHED
    #: Attributes of criteria without an answer.
    waits_for: Sequence[str] = ()
    lists: Sequence[str] = ()
    #: Its state in the queue; empty when it has none.
    queue: str = ""
    #: Who holds it.
    held_by: str | None = None
    last_disposition: str | None = None
    last_note: str = ""
    #: Attributes that the company's own word speaks against.
    doubted: Sequence[str] = ()
    known: Mapping[str, FoldedAttribute] = field(default_factory=dict)
    #: By attribute, the contact points whose owner agreed, where the policy denies the others.
    agreed: Mapping[str, FoldedAttribute] = field(default_factory=dict)
    #: By channel, whether the policy lets it be used, and why.
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    #: None: the campaign scores no signals.
    interest: Interest | None = None


def known_of(facts: Sequence[Fact], policy: Policy) -> dict[str, FoldedAttribute]:
    """Fold the facts of one company, attribute by attribute; unknown ones are left out."""
    stated = {fact.attribute for fact in facts}
    found = {}
    for name in ATTRIBUTES:
        if name not in stated:
            continue
        folded = fold(facts, name, policy)
        if folded.sides:
            found[name] = folded
    return found
