"""The tour through the made-up town: suppress, import, crawl, decide, queue, and collect what is
worth showing.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from console.profiles import put_in_force, read_icp
from console.town import CUSTOMERS, ICP, LIMITS, LISTS, SUPPRESSED
from console.town.serve import serve_town
from console.workplace import Workplace
from intake.read_list import ReadOptions
from leads.errors import NotAllowedError
from leads.settings import Settings, load_settings
from leads.store import Tx, pages, queue, verdicts
from leads.store.companies import companies_of
from leads.store.facts import facts
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from leads.verdicts import VerdictRow
from outreach.hashing import secret_of
from outreach.run.cards import card_of
from outreach.run.queue_user import QueueUser
from outreach.run.suppress import SuppressionRequest
from outreach.run.suppress import add as suppress
from workers.context import Context
from workers.drivers import Drive
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own
from workers.main_job import RunPlan, run_job, to_json

CLIENT, WHO = "town", "the demo"
#: How many prospects are shown as cards, and how many suspects with what they wait for.
PROSPECTS, SUSPECTS = 3, 6
MARK = "made by sluice demo"


def tour(folder: Path, progress: Callable[[str, int, int], None] | None = None) -> dict[str, Any]:
    """Make the folder anew, run the whole pipeline in it, and give what came of it."""
    began = time.monotonic()
    settings = _fresh_home(folder)
    at = Workplace(settings, open_store(settings.database_url))
    try:
        with serve_town() as ways:
            context = replace(at.context(progress=progress), allowed=ways, limits=LIMITS)
            run, client_id, campaign_id = run_town(at, context, work_off_own)
        with at.store.read() as tx:
            found = _shown(
                tx, QueueUser(client_id, campaign_id, WHO, context.secret, context.lease)
            )
            visits = pages.outcomes(tx)
    finally:
        at.store.close()
    here = f"SLUICE_HOME={folder} sluice"
    following = [
        f"{here} queue next --client {CLIENT} --as you",
        f"{here} queue show --client {CLIENT}",
        "sluice run YOUR.csv --icp YOUR.yaml",
    ]
    return {
        "run": run,
        "visits": visits,
        **found,
        "next": following,
        "seconds": round(time.monotonic() - began, 1),
    }


def _fresh_home(folder: Path) -> Settings:
    mark = folder / ".demo"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise NotAllowedError(
            f"{folder} holds something that no demo made", "name an empty folder with --home"
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.write_text(MARK, "utf-8")
    return load_settings({"SLUICE_HOME": str(folder)})


def run_town(at: Workplace, context: Context, drive: Drive) -> tuple[dict[str, Any], UUID, UUID]:
    """Suppress, import and run the town's lists; the report, and the ids of client and campaign."""
    icp, text = read_icp(str(ICP))
    with at.store.write() as tx:
        client_id = at.client(tx, CLIENT, make=True)
        campaign_id, _ = put_in_force(tx, client_id, icp.name, icp, text, WHO, crawl=True)
        for kind, whom in SUPPRESSED:
            wish = SuppressionRequest(
                kind=kind,
                text=whom,
                level="client",
                by=WHO,
                reason="asked not to be contacted",
                client_id=client_id,
            )
            suppress(tx, wish, secret_of(at.settings))
    run_import(context, _wish(client_id, CUSTOMERS, "customers"))
    plan = RunPlan(client_id, campaign_id, [_wish(client_id, path, "prospects") for path in LISTS])
    report = run_job(context, plan, drive, lambda _imported, _reading: None)
    return to_json(report), client_id, campaign_id


def _wish(client_id: UUID, path: Path, role: str) -> ImportRequest:
    return ImportRequest(
        client_id=client_id,
        path=str(path),
        name=path.stem,
        about=ListAbout(role=role),
        options=ReadOptions(),
        who=WHO,
    )


def _shown(tx: Tx, desk: QueueUser) -> dict[str, Any]:
    """The first prospects as cards, and the suspects that wait, with what would decide them."""
    first = queue.ready(tx, desk.campaign_id, PROSPECTS)
    names = companies_of(tx, desk.client_id)
    held = verdicts.in_force(tx, desk.campaign_id, list(names))
    waiting = [
        one for one, row in held.items() if row.verdict == "unknown" and row.fit_stage == "suspect"
    ]
    return {
        "prospects": [card_of(tx, desk, row.company_id).to_json() for row in first],
        "unknown": [
            _open(tx, desk, one, names[one].name, held[one])
            for one in sorted(waiting, key=lambda one: names[one].name)[:SUSPECTS]
        ],
    }


def _open(tx: Tx, desk: QueueUser, company_id: UUID, name: str, row: VerdictRow) -> dict[str, Any]:
    """A suspect's open answers, how the visit to its site ended, and what would decide it."""
    sites = [
        str(fact.value)
        for fact in facts.of_companies(tx, desk.client_id, [company_id])[company_id]
        if fact.attribute == "domain"
    ]
    visit = pages.last_visit(tx, sites[0]) if sites else None
    return {
        "name": name,
        "visit": (
            f"{visit['outcome'].replace('_', ' ')}{': ' + visit['reason'] if visit['reason'] else ''}"
            if visit
            else "no site is known"
        ),
        "open": {
            one["criterion"]: one["reason"]
            for one in row.answers
            if one["answer"] == "unknown" and one["section"] == "prospect"
        },
        "decides": [some for some in row.decides if set(some) <= set(row.waits_for)],
    }
