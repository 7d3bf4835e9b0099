"""Read the companies of an export page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from leads.clock import now
from leads.facts import Fact
from leads.interest import Interest
from leads.known import Policy
from leads.stages import Stage
from leads.store import Tx, companies, dispositions, exports, fact_doubts, leases, queue, verdicts
from leads.store.facts import facts
from outreach.contact import (
    Barrier,
    ContactDecision,
    may_contact,
    outside_reason,
    stage_seen,
)
from outreach.exports.company import ExportCompany, known_of
from outreach.place import place
from outreach.policy import ChannelPolicy, Recipient, Ruling, rulings
from outreach.reach import Reach, point_ruling
from outreach.run.contacts import contact_facts
from outreach.run.policies import in_force
from outreach.run.reaching import ReachScope, judged, reaches_of_facts
from outreach.run.refresh import status_of

#: The barriers whose reasons hold notes, or names of users.
_PRIVATE = (Barrier.SUPPRESSED, Barrier.HANDED_OVER, Barrier.CLOSED)
#: By company, the facts that users doubt, each with the kind of doubt.
Doubts = Mapping[UUID, Mapping[UUID, str]]
#: The grade of a score; None when the profile gives none.
GradeOf = Callable[[int], str | None]
#: The interest of companies; empty when the campaign scores no signals.
InterestsOf = Callable[[Tx, Sequence[UUID]], Mapping[UUID, Interest]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportScope:
    """Whose companies are exported, and how they are read."""

    client_id: UUID
    campaign_id: UUID
    secret: bytes
    grade_of: GradeOf
    interests_of: InterestsOf = lambda _tx, _some: {}
    #: The day ages are counted from.
    today: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that may be written, and whether it may be contacted."""

    company: ExportCompany
    decision: ContactDecision
    #: Whether somebody who must not be contacted is meant: never written.
    suppressed: bool


@dataclass(slots=True)
class _Rulings:
    """What a policy says about recipients; many companies are one kind of recipient."""

    policy: ChannelPolicy
    made: dict[tuple[object, ...], dict[str, Ruling]] = field(default_factory=dict)

    def of(self, who: Recipient) -> Mapping[str, Ruling]:
        key = (who.countries, who.forms, *sorted((who.objections or {}).items()))
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = rulings(self.policy, who)
        return found

    def opened(self, reach: Reach) -> Mapping[tuple[str, str], Ruling]:
        """By channel and point, the consents that open what the policy denies."""
        general = self.of(reach.who) if reach.agreed else {}
        made = {
            key: point_ruling(self.policy, reach, *key)
            for key in reach.agreed
            if not general[key[0]].allowed
        }
        return {key: one for key, one in made.items() if one.allowed}


def candidates(tx: Tx, scope: ExportScope, company_ids: Sequence[UUID]) -> list[Candidate]:
    """Read these companies, in their order."""
    client_id, campaign_id = scope.client_id, scope.campaign_id
    doubts = fact_doubts.of_companies(tx, client_id, company_ids)
    known = _believed(facts.of_companies(tx, client_id, company_ids), doubts)
    names = companies.names_of(tx, company_ids)
    decided = verdicts.brief(tx, campaign_id, company_ids)
    barred = contact_facts(tx, client_id, campaign_id, company_ids, scope.secret)
    reach_scope = ReachScope(client_id, campaign_id, scope.secret)
    ways = reaches_of_facts(tx, reach_scope, known)
    barred = judged(tx, reach_scope, barred, ways)
    says = _Rulings(in_force(tx, client_id))
    rows = queue.entries(tx, campaign_id, company_ids)
    said = dispositions.of_companies(tx, campaign_id, company_ids)
    listed = exports.list_names(tx, company_ids)
    held = leases.holders(tx, campaign_id, company_ids)
    interests = scope.interests_of(tx, company_ids)

    at, policy = now(), Policy(today=scope.today)
    found = []
    for one in company_ids:
        verdict, contact, row = decided.get(one), barred[one], rows.get(one)
        status, opened = status_of(verdict, contact), says.opened(ways[one])
        last = said[one][-1] if said.get(one) else None
        decision = may_contact(contact)
        reason = outside_reason(decision, contact, last.kind if last else None)
        seen = replace(decision, reason=reason)
        company = ExportCompany(
            company_id=one,
            name=names.get(one, ""),
            stage=stage_seen(Stage(status.fit_stage), contact),
            reason=reason if decision.barrier in _PRIVATE else place(status, at).reason,
            verdict=status.verdict,
            score_worst=status.score_worst,
            score_best=status.score_best,
            grade=scope.grade_of(status.score_worst) if verdict else None,
            relationship=contact.relationship,
            waits_for=tuple(verdict.waits_for) if verdict else (),
            lists=listed.get(one, ()),
            queue=row.state if row else "",
            held_by=held.get(one),
            last_disposition=last.kind if last else None,
            last_note=last.note if last else "",
            doubted=_doubted(known[one], doubts.get(one, {})),
            known=known_of(_usable(known[one], ways[one]), policy),
            agreed=known_of(_agreed(known[one], opened), policy),
            rulings={**says.of(ways[one].who), **_best(opened)},
            interest=interests.get(one),
        )
        suppressed = contact.suppressed is not None
        found.append(Candidate(company, seen, suppressed))
    return found


def _believed(known: Mapping[UUID, Sequence[Fact]], doubts: Doubts) -> dict[UUID, list[Fact]]:
    """The facts without those that a user reported as wrong."""
    found = {}
    for company_id, some in known.items():
        of_company = doubts.get(company_id, {})
        found[company_id] = [one for one in some if of_company.get(one.id) != "wrong"]
    return found


def _doubted(known: Sequence[Fact], doubts: Mapping[UUID, str]) -> tuple[str, ...]:
    """The attributes that the company's own word speaks against, by name."""
    return tuple(sorted({one.attribute for one in known if one.id in doubts}))


def _agreed(known: Sequence[Fact], opened: Mapping[tuple[str, str], Ruling]) -> list[Fact]:
    """The contact points that consents open."""
    if not opened:
        return []
    return [one for one in known if (one.attribute, str(one.value)) in opened]


def _best(opened: Mapping[tuple[str, str], Ruling]) -> dict[str, Ruling]:
    """What the channels allow that consents open."""
    return {channel: one for (channel, _), one in opened.items()}


def _usable(known: Sequence[Fact], reach: Reach) -> list[Fact]:
    """The facts without the contact points that suppressions of a channel bar."""
    if not reach.barred:
        return list(known)
    return [one for one in known if reach.bar(one.attribute, str(one.value)) is None]
