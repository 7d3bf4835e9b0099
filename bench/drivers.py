"""Run the same data inline on SQLite, and with workers on Redis and PostgreSQL; compare.

    SLUICE_BENCH_DATA=folder python -m bench.drivers

Runs the demo town (with its crawl) and the three real lists (without). PostgreSQL comes from
SLUICE_BENCH_DATABASE_URL or the wheel that the tests use, Redis from the machine or a wheel.
Compares verdicts, answers, decides, scores and the queue by company name, without ids and times.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from actions.actor import Right
from actions.demo import run_town
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from actions.town import LIMITS
from actions.town.serve import serve_town
from bench.kill_run import ICP, LISTS
from intake.read_options import ReadOptions
from leads.settings import load_settings
from leads.store import campaigns, clients, queue, verdicts
from leads.store.companies import companies_of
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from workers import supervise
from workers.context import Context
from workers.drivers import Drive
from workers.importing import ImportRequest
from workers.inline import work_off_own as inline
from workers.main_job import RunPlan, run_job, to_json
from workers.private_redis import private_redis
from workers.redis_client import connect
from workers.waiting import wait_for_own

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.postgres import fresh_database, running_postgres

Story = Callable[[Session, Context, Drive], Any]


def town(session: Session, context: Context, drive: Drive) -> Any:
    """Run the demo town."""
    return to_json(run_town(session, context, drive).report)


def real_lists(session: Session, context: Context, drive: Drive) -> Any:
    """Run the three lists of the README."""
    file = read_icp(str(ICP))
    with session.write(Right.MANAGE) as work:
        client_id = work.make_client("town")
        campaign_id = put_in_force(work, client_id, file.icp.name, file).campaign_id
    folder = Path(os.environ["SLUICE_BENCH_DATA"]) / "companies"
    wishes = [
        ImportRequest(
            client_id=client_id,
            path=str(folder / name),
            name=Path(name).stem,
            about=ListAbout(),
            options=ReadOptions(),
            who="bench",
        )
        for name in LISTS
    ]
    plan = RunPlan(client_id, campaign_id, wishes)
    return to_json(run_job(context, plan, drive, lambda _imported, _reading: None))


def results(session: Session) -> dict[str, Any]:
    """Return all decisions, by company name."""
    with session.store.read() as tx:
        client_id = clients.client_of(tx, "town").id
        campaign_id = campaigns.campaign_of(tx, client_id, None).id
        names = {one: row.name for one, row in companies_of(tx, client_id).items()}
        found = verdicts.in_force(tx, campaign_id, list(names))
        rows = queue.entries(tx, campaign_id, list(names))
    told = (
        "verdict",
        "fit_stage",
        "score_worst",
        "score_best",
        "asks",
        "why_not",
        "decides",
        "waits_for",
    )
    decided = [
        [
            names[one],
            *(getattr(row, name) for name in told),
            [{**answer, "facts": len(answer["facts"])} for answer in row.answers],
        ]
        for one, row in found.items()
    ]
    queued = [[names[one], row.state, row.reason, row.rank] for one, row in rows.items()]
    return {"verdicts": sorted(decided, key=_in_order), "queue": sorted(queued, key=_in_order)}


def _in_order(row: Any) -> str:
    # PostgreSQL does not keep the order of JSON keys.
    return json.dumps(row, sort_keys=True)


def by_inline(story: Story) -> dict[str, Any]:
    """Run in one process on SQLite."""
    with tempfile.TemporaryDirectory() as home, serve_town() as ways:
        settings = load_settings({"SLUICE_HOME": home})
        session = Session(settings=settings, store=open_store(settings.database_url))
        context = replace(session.context(), allowed=ways, limits=LIMITS)
        return _timed("inline, SQLite", session, lambda: story(session, context, inline))


def by_workers(story: Story, server: str) -> dict[str, Any]:
    """Run with two workers, Redis and PostgreSQL."""
    with (
        tempfile.TemporaryDirectory() as home,
        serve_town() as ways,
        private_redis(Path(home)) as redis,
        fresh_database(server) as url,
    ):
        settings = load_settings({"SLUICE_HOME": home, "SLUICE_DATABASE_URL": url})
        open_store(url).close()

        def make() -> Context:
            session = Session(settings=settings, store=open_store(url))
            return replace(session.context(), allowed=ways, limits=LIMITS, redis=connect(redis.url))

        with _crew(make):
            context = make()
            session = Session(settings=settings, store=context.store)
            return _timed(
                "two workers, Redis, PostgreSQL",
                session,
                lambda: story(session, context, wait_for_own),
            )


@contextmanager
def _crew(make: Callable[[], Context]) -> Iterator[None]:
    child = os.fork()
    if child == 0:
        try:
            supervise.supervise(make, 2, lambda _line: None)
        finally:
            os._exit(0)
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _timed(how: str, session: Session, run: Callable[[], Any]) -> dict[str, Any]:
    began = time.monotonic()
    report = run()
    print(
        f"  {how}: {time.monotonic() - began:.1f} s, {json.dumps(report['stages'])}, queued"
        f" {report['queued']}",
        flush=True,
    )
    found = results(session)
    session.store.close()
    return found


def main() -> int:
    """Print a line per run; exit code 1 if one differs."""
    differs = 0
    with running_postgres() as server:
        for name, story in (("the made-up town", town), ("three real lists", real_lists)):
            print(name, flush=True)
            one, other = by_inline(story), by_workers(story, server)
            same = one == other
            differs += not same
            print(
                f"  {len(one['verdicts'])} verdicts, {len(one['queue'])} queue rows:"
                f" {'the same' if same else 'DIFFERENT'}",
                flush=True,
            )
            for left, right in [
                (a, b)
                for part in one
                for a, b in zip(one[part], other[part], strict=False)
                if a != b
            ][:5]:
                print(f"    {json.dumps(left)[:400]}\n    {json.dumps(right)[:400]}")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
