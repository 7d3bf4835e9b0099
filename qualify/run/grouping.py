"""Which of a client's companies a profile counts together, and what is held about them then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from leads.codec import from_json, to_json
from leads.company_links import CompanyLink
from leads.facts import Fact, Scope
from leads.store import Tx, companies, links
from leads.store.facts import facts
from qualify.members.combine import Member, manner_of, together
from qualify.members.roll_up import Root, counted_with_reason, roots
from qualify.profile.icp import Icp


@dataclass(frozen=True, slots=True)
class Whole:
    """What is held about a company and all that are counted with it, adjusted to be true of the
    whole.
    """

    facts: Sequence[Fact]
    #: Every fact that was looked at, adjusted or not.
    stated: Mapping[UUID, Fact]
    #: What tells this whole from one of other companies, or of the same under other names.
    mark: str

    def of(self, attributes: Collection[str]) -> Whole:
        """Only the facts of some attributes, and the sites."""
        wanted = {*attributes, "domain"}
        stated = {id_: fact for id_, fact in self.stated.items() if fact.attribute in wanted}
        return Whole(
            [fact for fact in self.facts if fact.attribute in attributes], stated, self.mark
        )

    @property
    def sites(self) -> dict[str, None]:
        """The sites of the company and of its members."""
        return dict.fromkeys(
            str(fact.value) for fact in self.stated.values() if fact.attribute == "domain"
        )

    def adjusted(self, fact_ids: Collection[UUID]) -> dict[str, dict[str, Any]]:
        """What some facts count as, as plain JSON values, where that is not what they state."""
        counted = {fact.id: fact for fact in self.facts if fact.id in set(fact_ids)}
        return {
            str(id_): _json(fact)
            for id_, fact in sorted(counted.items())
            if fact != self.stated[id_]
        }


@dataclass(frozen=True, slots=True)
class Grouping:
    """Companies that are counted with others, and companies that others are counted with."""

    profile: Icp
    names: Mapping[UUID, str] = field(default_factory=dict)
    above: Mapping[UUID, Root] = field(default_factory=dict)
    #: By root, its members, oldest first.
    below: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)

    def why(self, company_id: UUID) -> str:
        """Why a company is not judged by itself; empty when it is."""
        root = self.above.get(company_id)
        return (
            counted_with_reason(self.names[root.company], self.profile.company_is) if root else ""
        )

    def wholes(self, tx: Tx, client_id: UUID, company_ids: Collection[UUID]) -> dict[UUID, Whole]:
        """What is held about those of the companies that others are counted with."""
        wanted = [one for one in company_ids if one in self.below]
        everyone = [each for one in wanted for each in (one, *self.below[one])]
        held = facts.of_companies(tx, client_id, everyone) if everyone else {}
        return {one: self._whole(one, held) for one in wanted}

    def _whole(self, root: UUID, held: Mapping[UUID, Sequence[Fact]]) -> Whole:
        inside = self.below[root]
        members = [Member(self.names[one], held[one], self.above[one].by_sites) for one in inside]
        stated = {fact.id: fact for one in (*reversed(inside), root) for fact in held[one]}
        mark = "\n".join(f"{one} {self.above[one].by_sites} {self.names[one]}" for one in inside)
        return Whole(together(held[root], members, manner_of(self.profile)), stated, mark)


def grouping(
    tx: Tx, client_id: UUID, profile: Icp, company_ids: Collection[UUID] | None
) -> Grouping:
    """How a profile counts some companies, and those linked to them; None: all of the client."""
    found = (
        links.of_client(tx, client_id)
        if company_ids is None
        else links.around(tx, client_id, company_ids)
    )
    return _grouping(tx, profile, found) if found else Grouping(profile)


def _grouping(tx: Tx, profile: Icp, found: Sequence[CompanyLink]) -> Grouping:
    above = roots(found, profile.company_is)
    below: dict[UUID, list[UUID]] = {}
    for company in sorted(above):
        below.setdefault(above[company].company, []).append(company)
    return Grouping(profile, companies.names_of(tx, [*above, *below]), above, below)


def _json(fact: Fact) -> dict[str, Any]:
    seen = fact.evidence
    return {
        "value": to_json(fact.value),
        "source": seen.source,
        "scope": seen.scope.value,
        "confidence": seen.confidence,
        "observed_at": seen.observed_at.isoformat(),
        "as_of": seen.as_of and seen.as_of.isoformat(),
    }


def as_counted(fact: Fact, adjusted: Mapping[str, Mapping[str, Any]]) -> Fact:
    """A stored fact as a verdict counted it."""
    said = adjusted.get(str(fact.id))
    if said is None:
        return fact
    seen = replace(
        fact.evidence,
        source=said["source"],
        scope=Scope(said["scope"]),
        confidence=said["confidence"],
        observed_at=datetime.fromisoformat(said["observed_at"]),
        as_of=date.fromisoformat(said["as_of"]) if said["as_of"] else None,
    )
    return replace(fact, value=from_json(fact.attribute, said["value"]), evidence=seen)
