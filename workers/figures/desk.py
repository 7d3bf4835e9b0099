"""What SDRs did: results they reported, and for how long they held prospects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from engage.figures.overlaps import without_overlaps
from engage.figures.steps import Period
from leads.store import Tx
from leads.store.figures import work
from leads.store.figures.keys import Key
from leads.store.figures.work import Reported
from outreach.disposition_file import standard
from outreach.run import rules
from workers.figures.merged import Merged
from workers.figures.progress import Progress


@dataclass(frozen=True, slots=True)
class HeldTime:
    """For how many seconds prospects were held until their holder reported or returned them; a moment
    in which a user held several counts once.
    """

    by_user: dict[str, float]
    by_company: dict[Key, float]


def reached_kinds(tx: Tx, client_id: UUID) -> frozenset[str]:
    """The results with which somebody was reached, by the client's dispositions and those that come
    with the product.
    """
    own = rules.in_force(tx, client_id).rules
    every = {**standard().rules, **own}
    return frozenset(name for name, rule in every.items() if rule.reached and rule.chosen)


def held_time(tx: Tx, campaign_id: UUID, merged: Merged, period: Period) -> HeldTime:
    """Add up the time for which prospects were held: by user in the period, by company in all."""
    found = HeldTime(defaultdict(float), defaultdict(float))
    of_users: dict[str, list[work.Held]] = defaultdict(list)
    for one in work.held(tx, campaign_id):
        of_users[one.user].append(one)
    for user, leases in of_users.items():
        counted = without_overlaps([(one.since, one.until) for one in leases])
        for one, own in zip(leases, counted, strict=True):
            if period.holds(one.since):
                found.by_user[user] += own.total_seconds()
            found.by_company[merged[one.company_id]] += own.total_seconds()
    return found


def sdr_of_companies(
    reports: Sequence[Reported], progress: Progress, leads: Collection[Key]
) -> dict[Key, str]:
    """Who brought each company: the user of the last report before it became a lead, else of the last
    report.
    """
    found: dict[Key, str] = {}
    settled: set[Key] = set()
    for one in reports:
        company_id = one.company_id
        became = progress.at(company_id, "lead") if company_id in leads else None
        is_later = became is not None and one.at > became
        if is_later and company_id in found:
            settled.add(company_id)
        if company_id not in settled:
            found[company_id] = one.user
    return found
