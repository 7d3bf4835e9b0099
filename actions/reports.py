"""Report what a campaign brought and what it cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.actor import Right
from actions.session import Session
from actions.where import Where
from engage.figures.amounts import Amounts
from engage.figures.companies import GROUPS, checked_group
from engage.figures.costs import Cost
from engage.figures.reports import GroupFigures, by_group, whole
from engage.figures.scorecards import Scorecard
from engage.figures.sdrs import Activity, SdrFigures, by_sdr
from engage.figures.steps import Period, StepFigures
from engage.figures.waits import Wait
from engage.figures.weeks import Week, weekly
from leads.clock import now
from leads.errors import UsageError
from leads.shares import Share
from leads.store.figures.sources import campaign_name
from workers.figures.campaign import CampaignFigures, read_figures
from workers.figures.scorecards import read_scorecards

__all__ = [
    "GROUPS",
    "Amounts",
    "CampaignReport",
    "Cost",
    "GroupFigures",
    "Head",
    "Period",
    "Scorecard",
    "SdrFigures",
    "Share",
    "StepFigures",
    "Wait",
    "Week",
    "client_report",
    "report",
    "steps_report",
]


_NO_COST = Cost(
    lists=Amounts(),
    unstated=(),
    questions=Amounts(),
    hours=0.0,
    time=None,
    per={},
    won=Amounts(),
    sales=0,
    without_value=0,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a report is about."""

    client: str
    campaign: str
    period: Period
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReport:
    """The figures of one campaign."""

    head: Head
    whole: GroupFigures
    #: What the groups are, such as `list`; None: there are none.
    by: str | None
    groups: Sequence[GroupFigures]
    sdrs: Sequence[SdrFigures]
    weeks: Sequence[Week]
    #: What each list was worth, of all time; empty unless asked for.
    lists: Sequence[Scorecard] = ()


def report(
    session: Session,
    where: Where,
    period: Period,
    by: str | None = None,
    *,
    with_lists: bool = False,
) -> CampaignReport:
    """Count how far the companies of a campaign came, what that took and what it cost."""
    return _report(session, Right.VIEW, where, period, by, with_lists=with_lists)


def client_report(session: Session, where: Where, period: Period) -> CampaignReport:
    """What the client sees of a report: the steps and weeks, without lists, costs and SDRs."""
    found = _report(session, Right.REPORT, where, period, None, with_lists=False)
    return replace(found, whole=replace(found.whole, cost=_NO_COST), sdrs=())


def steps_report(
    session: Session, where: Where, period: Period, by: str | None = None
) -> CampaignReport:
    """The whole report for those who see companies; for others what the client sees."""
    with session.read(Right.ENTER) as work:
        sees_companies = work.actor.may(Right.VIEW)
    if by or sees_companies:
        return report(session, where, period, by)
    return client_report(session, where, period)


def _report(
    session: Session,
    right: Right,
    where: Where,
    period: Period,
    by: str | None,
    *,
    with_lists: bool,
) -> CampaignReport:
    if by is not None:
        checked_group(by)
    if period.since and period.until and period.since >= period.until:
        raise UsageError("the period ends before it begins", "name an earlier --since")
    with session.read(right) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        name = campaign_name(work.tx, campaign_id)
        found = read_figures(work.tx, client_id, campaign_id, period, session.secret)
        cards = (
            read_scorecards(work.tx, client_id, campaign_id, session.secret, found.companies)
            if with_lists
            else []
        )
    companies, at = list(found.companies.values()), now()
    groups = by_group(companies, found.lists, found.hour, period, by, at) if by else []
    return CampaignReport(
        head=Head(where.client, name, period, at),
        whole=whole(companies, found.lists, found.hour, period, at, found.others_asked),
        by=by,
        groups=groups,
        sdrs=by_sdr(found.companies, _activities(found, period), found.hour),
        weeks=weekly([one.path for one in companies], period),
        lists=cards,
    )


def _activities(found: CampaignFigures, period: Period) -> dict[str, Activity]:
    """What each SDR did in the period."""
    reports: Counter[str] = Counter()
    worked: dict[str, set[str]] = defaultdict(set)
    reached: dict[str, set[str]] = defaultdict(set)
    for one in found.reports:
        if period.holds(one.at):
            reports[one.user] += 1
            worked[one.user].add(one.company_id)
    for one in found.reached:
        if period.holds(one.at):
            reached[one.user].add(one.company_id)
    return {
        user: Activity(
            reports=reports[user],
            worked=worked[user],
            reached=reached[user],
            seconds=found.seconds.get(user, 0.0),
        )
        for user in {*reports, *found.seconds}
    }
