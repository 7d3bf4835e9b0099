"""Run the whole pipeline on a made-up town of company sites, served on this machine."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from actions.actor import Right
from actions.demo_folder import empty_folder
from actions.demo_sources import ask_town
from actions.enriching import RunReport as AskReport
from actions.profiles import put_in_force, read_icp
from actions.searched_sites import CompanySearched
from actions.session import Progress, Session
from actions.town import CUSTOMERS, ICP, LIMITS, LISTS, SUPPRESSED
from actions.town.serve import serve_town
from actions.where import user_of
from intake.read_options import ReadOptions
from leads.store import (
    Tx,
    campaigns,
    pages,
    queue_lines,
    site_findings,
    site_states,
    verdicts,
)
from leads.store.companies import companies_of
from leads.store.facts import facts
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from leads.verdicts import VerdictRow
from outreach.card import Card
from outreach.hours.week import ALWAYS
from outreach.run.cards import card_of
from outreach.run.suppress import SuppressionRequest
from outreach.run.suppress import add as suppress
from workers.context import Context
from workers.drivers import Drive
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own
from workers.main_job import RunPlan, RunReport, run_job
from workers.main_job import to_json as run_json

__all__ = [
    "CLIENT",
    "AskReport",
    "Demo",
    "OpenSuspect",
    "RunReport",
    "TownRun",
    "run_demo",
    "run_json",
]

CLIENT, USER = "town", "the demo"
#: How many prospects are shown as cards, and how many suspects with what they wait for.
PROSPECTS, SUSPECTS = 3, 6
_BANDS = ("accept", "review", "abstain")


@dataclass(frozen=True, slots=True)
class OpenSuspect:
    """A company whose verdict waits for something."""

    name: str
    #: How the visit to its site ended.
    visit: str
    #: The reason of each open answer, by criterion.
    open: Mapping[str, str]
    #: The sets of criteria of which any one would decide it.
    decides: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the pipeline made of the town."""

    home: Path
    run: RunReport
    #: Visited sites by outcome.
    visits: Mapping[str, int]
    #: What the register and the paid provider of the town were asked, and what that settled.
    asked: AskReport
    #: The first cards of the queue.
    prospects: Sequence[Card]
    unknown: Sequence[OpenSuspect]
    #: The companies whose site was searched: found, for review, left open.
    searched: Sequence[CompanySearched]
    seconds: float


@dataclass(frozen=True, slots=True)
class TownRun:
    """The run of the town's lists."""

    report: RunReport
    client_id: UUID
    campaign_id: UUID


def run_demo(home: Path, progress: Progress | None = None) -> Demo:
    """Empty the demo's home folder, run the whole pipeline in it, and collect what to show.

    NotAllowedError when the folder holds something that no demo made.
    """
    began = time.monotonic()
    settings = empty_folder(home)
    store = open_store(settings.database_url)
    session = Session(settings=settings, store=store, user=USER, progress=progress)
    try:
        with serve_town() as ways:
            context = replace(session.context(), allowed=ways, limits=LIMITS)
            run = run_town(session, context, work_off_own)
            asked = ask_town(session, context, CLIENT)
        with session.read() as work:
            user = user_of(session, USER, run.client_id, run.campaign_id)
            first = queue_lines.ready(work.tx, run.campaign_id, PROSPECTS)
            prospects = [card_of(work.tx, user, row.company_id) for row in first]
            suspects = _open_suspects(work.tx, run.client_id, run.campaign_id)
            searched = _searched(work.tx, run.client_id)
            outcomes = site_states.outcomes(work.tx)
    finally:
        store.close()

    return Demo(
        home=home,
        run=run.report,
        visits=outcomes,
        asked=asked,
        prospects=prospects,
        unknown=suspects,
        searched=searched,
        seconds=round(time.monotonic() - began, 1),
    )


def run_town(session: Session, context: Context, drive: Drive) -> TownRun:
    """Suppress some companies of the town, import its customers, and run its lists."""
    file = read_icp(str(ICP))
    with session.write(Right.MANAGE) as work:
        client_id = work.make_client(CLIENT)
        campaign_id = put_in_force(work, client_id, file.icp.name, file, crawl=True).campaign_id
        # Its companies are made up: a look at the queue shows cards at any hour.
        campaigns.set_call_hours(work.tx, campaign_id, str(ALWAYS))
        for kind, text in SUPPRESSED:
            request = SuppressionRequest(
                kind=kind,
                text=text,
                level="client",
                by=work.actor.name,
                reason="asked not to be contacted",
                client_id=client_id,
            )
            suppress(work.tx, request, session.secret)

    run_import(context, _import_request(session, client_id, CUSTOMERS, "customers"))
    prospects = [_import_request(session, client_id, path, "prospects") for path in LISTS]
    plan = RunPlan(client_id, campaign_id, prospects)
    report = run_job(context, plan, drive, lambda _imported, _reading: None)
    return TownRun(report, client_id, campaign_id)


def _import_request(session: Session, client_id: UUID, path: Path, role: str) -> ImportRequest:
    return ImportRequest(
        client_id=client_id,
        path=str(path),
        name=path.stem,
        about=ListAbout(role=role),
        options=ReadOptions(),
        who=session.user_name,
    )


def _searched(tx: Tx, client_id: UUID) -> list[CompanySearched]:
    companies = companies_of(tx, client_id)
    held = site_findings.of_companies(tx, client_id, list(companies))
    found = [CompanySearched(one, companies[one].name, row) for one, row in held.items()]
    return sorted(found, key=_clearest_first)


def _clearest_first(one: CompanySearched) -> tuple[int, int, str]:
    assert one.found is not None
    return _BANDS.index(one.found.band), -len(one.found.looked), one.company


def _open_suspects(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[OpenSuspect]:
    companies = companies_of(tx, client_id)
    held = verdicts.in_force(tx, campaign_id, list(companies))
    waiting = [
        one for one, row in held.items() if row.verdict == "unknown" and row.fit_stage == "suspect"
    ]
    waiting.sort(key=lambda one: companies[one].name)
    return [
        _open_suspect(tx, client_id, one, companies[one].name, held[one])
        for one in waiting[:SUSPECTS]
    ]


def _open_suspect(
    tx: Tx, client_id: UUID, company_id: UUID, name: str, row: VerdictRow
) -> OpenSuspect:
    return OpenSuspect(
        name=name,
        visit=_visit(tx, client_id, company_id),
        open={
            one["criterion"]: one["reason"]
            for one in row.answers
            if one["answer"] == "unknown" and one["section"] == "prospect"
        },
        decides=[some for some in row.decides if set(some) <= set(row.waits_for)],
    )


def _visit(tx: Tx, client_id: UUID, company_id: UUID) -> str:
    stated = facts.of_companies(tx, client_id, [company_id])[company_id]
    sites = [str(fact.value) for fact in stated if fact.attribute == "domain"]
    if not sites:
        return "no site is known"
    visit = pages.last_visit(tx, sites[0])
    if visit is None:
        return "not visited, as it must not be contacted"
    outcome = visit.outcome.replace("_", " ")
    return f"{outcome}: {visit.reason}" if visit.reason else outcome
