"""When each company came to which step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from engage.run.opt_ins import counting
from engage.signals.kinds import catalogue
from leads.store import Tx
from leads.store.figures import steps, work
from leads.store.figures.keys import Key
from leads.store.figures.steps import HandoverTimes
from leads.store.figures.work import Reported, Sale
from workers.figures.merged import Merged

#: The stages of a lead that meets the client's rule.
_QUALIFIED = ("sql", "opportunity", "customer")


class Progress:
    """The steps that companies came to, each with the first time that is known of it."""

    def __init__(self, merged: Merged) -> None:
        """Begin without any step."""
        self._merged = merged
        self.by_company: dict[Key, dict[str, datetime | None]] = {}

    def came(self, company_id: Key, step: str, at: datetime | None) -> None:
        """Note that a company came to a step; of several times the first counts."""
        own = self.by_company.setdefault(self._merged[company_id], {})
        before = own.get(step)
        own[step] = at if before is None else before if at is None else min(before, at)

    def merged(self, company_id: Key) -> Key:
        """The company that one counts for."""
        return self._merged[company_id]

    def at(self, company_id: Key, step: str) -> datetime | None:
        """When a company came to a step."""
        return self.by_company.get(self._merged[company_id], {}).get(step)


def read_progress(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    merged: Merged,
    reached: Iterable[Reported],
    sales: Sequence[Sale],
) -> Progress:
    """Read when the companies of a campaign came to each step; `reached` are the reports with which
    somebody was reached, and `sales` the deals won, oldest first.
    """
    found = Progress(merged)
    for report in reached:
        found.came(report.company_id, "reached", report.at)
    for company_id, times in steps.fit_times(tx, campaign_id).items():
        if times.suspect_at is not None:
            found.came(company_id, "suspect", times.suspect_at)
        if times.prospect_at is not None:
            found.came(company_id, "prospect", times.prospect_at)
    _read_contacts(tx, client_id, campaign_id, found)
    _read_leads(tx, client_id, campaign_id, found, merged)
    _read_customers(tx, campaign_id, found, sales)
    _read_handovers(tx, campaign_id, found)
    return found


def won_kinds() -> list[str]:
    """The words of signals that say that a company bought."""
    return _words("won")


def _read_contacts(tx: Tx, client_id: UUID, campaign_id: UUID, found: Progress) -> None:
    kinds = [kind.name for kind in catalogue().by_name.values() if kind.contact]
    words = [word for kind in kinds for word in _words(kind)]
    for company_id, at in work.first_signals(tx, client_id, campaign_id, words).items():
        found.came(company_id, "reached", at)


def _read_leads(
    tx: Tx, client_id: UUID, campaign_id: UUID, found: Progress, merged: Merged
) -> None:
    every = {UUID(one.company_id): one for one in steps.leads(tx, campaign_id)}
    some = counting(tx, client_id, campaign_id, every)
    rows = [one for company_id, one in every.items() if company_id in some]
    leads = {merged[one.company_id] for one in rows}
    first: dict[Key, datetime] = {}
    for move in steps.moves(tx, client_id, campaign_id):
        company_id = merged[move.company_id]
        if company_id in leads:
            first.setdefault(company_id, move.at)
            if move.after in _QUALIFIED:
                found.came(company_id, "qualified_lead", move.at)
    for one in rows:
        company_id = merged[one.company_id]
        found.came(company_id, "lead", one.entered_at or first.get(company_id, one.since))
        if one.stage in _QUALIFIED and found.at(company_id, "qualified_lead") is None:
            found.came(company_id, "qualified_lead", one.since)


def _read_customers(tx: Tx, campaign_id: UUID, found: Progress, sales: Sequence[Sale]) -> None:
    """Read who bought: when, says the first deal, else the relationship."""
    bought = {one.company_id: one.at for one in reversed(sales)}
    for company_id, since in steps.related(tx, campaign_id, "customer").items():
        found.came(company_id, "customer", bought.get(company_id, since))


def _read_handovers(tx: Tx, campaign_id: UUID, found: Progress) -> None:
    last: dict[Key, HandoverTimes] = {}
    for one in steps.handed_over(tx, campaign_id):
        found.came(one.company_id, "handed_over", one.sent_at)
        if one.state == "accepted":
            found.came(one.company_id, "accepted", one.answered_at)
        last[found.merged(one.company_id)] = one
    # Who was rejected last waits for no answer.
    for company_id, one in last.items():
        if one.state == "rejected":
            found.came(company_id, "rejected", one.answered_at)


def _words(kind: str) -> list[str]:
    known = catalogue().by_name[kind]
    return [known.name, *known.also]
