"""Runs and small actions at the same time: each works off its own tasks and ends with final counts."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from actions.actor import Right
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from intake.read_options import ReadOptions
from leads.changes import CompaniesChanged
from leads.settings import load_settings
from leads.store import campaigns, clients, verdicts
from leads.store.companies import companies_of
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from leads.store.schema import task
from workers.context import Context
from workers.host import this_host
from workers.importing import ImportRequest, run_import
from workers.inline import work_off, work_off_own
from workers.main_job import RunPlan, run_job, to_json
from workers.pipeline import CHEAP, follow

ICP = """
icp: makers
version: 1
suspect:
  - employees: {at_least: 20}
  - country: [DE]
prospect:
  - uses: [python]
"""
ROWS = 150


@pytest.fixture
def folder(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    (tmp_path / "icp.yaml").write_text(ICP)
    for name in ("north", "south", "east"):
        rows = [
            f"{name.title()}{number} GmbH,{name}{number}.example,DE,{number},"
            f"{'python' if number % 3 else ''}"
            for number in range(1, ROWS + 1)
        ]
        header = "name,website,country,employees,technologies"
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows]))
    return tmp_path


@pytest.fixture
def here(folder: Path) -> Iterator[Session]:
    made = opened()
    yield made
    made.store.close()


def opened() -> Session:
    settings = load_settings()
    return Session(settings=settings, store=open_store(settings.database_url))


def plan_of(session: Session, folder: Path, client: str, *names: str) -> RunPlan:
    file = read_icp(str(folder / "icp.yaml"))
    with session.write(Right.MANAGE) as work:
        client_id = work.make_client(client)
        campaign_id = put_in_force(work, client_id, file.icp.name, file).campaign_id
    requests = [
        ImportRequest(
            client_id=client_id,
            path=str(folder / f"{name}.csv"),
            name=name,
            about=ListAbout(),
            options=ReadOptions(),
            who="test",
        )
        for name in names
    ]
    return RunPlan(client_id, campaign_id, requests, CHEAP)


def run(folder: Path, client: str, *names: str) -> dict[str, Any]:
    """One run with its own store, as a process of its own has."""
    session = opened()
    try:
        plan = plan_of(session, folder, client, *names)
        found = to_json(run_job(session.context(), plan, work_off_own, lambda *_: None))
    finally:
        session.store.close()
    found.pop("seconds")
    return found


def decided(session: Session, client: str) -> dict[str, tuple[Any, ...]]:
    with session.store.read() as tx:
        client_id = clients.client_of(tx, client).id
        campaign_id = campaigns.campaign_of(tx, client_id, None).id
        names = {one: row.name for one, row in companies_of(tx, client_id).items()}
        held = verdicts.in_force(tx, campaign_id, list(names))
    told = ("verdict", "fit_stage", "score_worst", "score_best", "decides")
    return {names[one]: tuple(getattr(row, name) for name in told) for one, row in held.items()}


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The results of calls that run in threads at the same time; their errors are raised."""
    found: dict[int, Any] = {}

    def keep(number: int, call: Callable[[], Any]) -> None:
        found[number] = call()

    threads = [threading.Thread(target=keep, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(calls), "a call raised an error"
    return [found[number] for number in range(len(calls))]


def claim_elsewhere(context: Context, kind: str) -> list[Claimed]:
    with context.store.write() as tx:
        return ledger.claim(tx, [kind], 1_000, this_host(), timedelta(minutes=5))


def states(session: Session, client_id: UUID) -> dict[str, int]:
    counted = select(task.c.state, func.count()).where(task.c.client_id == client_id)
    with session.store.read() as tx:
        return {row[0]: row[1] for row in tx.execute(counted.group_by(task.c.state))}


def act(client: str) -> int:
    """What a disposition does: a company changed, and its tasks are worked off; how many."""
    session = opened()
    context = session.context()
    with session.store.write() as tx:
        client_id = clients.client_to_change(tx, client).id
        company_id = min(companies_of(tx, client_id))
        follow(tx, [CompaniesChanged(client_id, (company_id,))], context.trace_id)
    ended = work_off_own(context, CHEAP)
    session.store.close()
    assert (ended.own_failed, ended.own_waiting) == (0, 0)
    return ended.done


def test_two_runs_and_an_action_at_once(here: Session, folder: Path) -> None:
    run(folder, "alone", "south")
    alone = decided(here, "alone")
    first = run(folder, "north", "north")

    north, south, done = at_once(
        lambda: run(folder, "north", "north"),
        lambda: run(folder, "south", "south"),
        lambda: act("north"),
    )

    assert north == first
    assert (south["companies"], south["failed"], south["waiting_tasks"]) == (ROWS, 0, 0)
    assert decided(here, "south") == alone
    assert done <= 2, "one company's verdict and queue entry"


def test_two_runs_of_one_client_at_once(here: Session, folder: Path) -> None:
    run(folder, "alone", "south", "east")

    reports = at_once(lambda: run(folder, "both", "south"), lambda: run(folder, "both", "east"))

    for found in reports:
        assert (found["companies"], found["failed"], found["waiting_tasks"]) == (ROWS, 0, 0)
        assert sum(found["stages"].values()) == ROWS
    assert decided(here, "both") == decided(here, "alone")


def test_a_run_waits_for_its_task_in_another_process(here: Session, folder: Path) -> None:
    expected = run(folder, "alone", "south")
    elsewhere = replace(here.context(), trace_id="elsewhere")
    plan = plan_of(here, folder, "south", "south")
    run_import(elsewhere, plan.requests[0])
    (claimed,) = claim_elsewhere(elsewhere, "dedupe")
    waiting = threading.Event()

    def heard(what: str, _done: int, _of: int) -> None:
        if what == "waiting for other processes":
            waiting.set()

    def finish_elsewhere() -> int:
        waiting.wait()
        return work_off(elsewhere, [claimed])

    context = replace(here.context(), progress=heard)
    report, done = at_once(
        lambda: run_job(context, plan, work_off_own, lambda *_: None), finish_elsewhere
    )
    found = to_json(report)
    assert done == 1
    assert {**found, "seconds": 0} == {**expected, "seconds": 0}


def test_an_action_leaves_the_tasks_of_others(here: Session, folder: Path) -> None:
    plan = plan_of(here, folder, "north", "north")
    with here.store.write() as tx:
        other = clients.make_client(tx, "other").id
        wanted = [
            Wanted(kind="qualify", key=f"{other}:{number}", queue="cheap", client_id=other)
            for number in range(3_000)
        ]
        ledger.ask(tx, wanted, "somebody else")
    run_import(here.context(), plan.requests[0])
    ended = work_off_own(here.context(), CHEAP)
    assert (ended.own_failed, ended.own_waiting, ended.others_waiting) == (0, 0, 3_000)
    assert states(here, other) == {"pending": 3_000}
    assert states(here, plan.client_id).keys() == {"done"}
    assert len(decided(here, "north")) == ROWS


def test_a_run_takes_over_what_a_dead_run_left(here: Session, folder: Path) -> None:
    expected = run(folder, "alone", "south")
    plan = plan_of(here, folder, "south", "south")
    dead = replace(here.context(), trace_id="dead")
    run_import(dead, plan.requests[0])
    with here.store.write() as tx:
        # A visit of a site that a company of this client has, asked for by another client's run,
        # and one of a site that none has.
        for site in ("south1.example", "nobodys.example"):
            ledger.ask(tx, [Wanted(kind="enrich", key=site, queue="cheap")], "dead too")
    assert run(folder, "south", "south") == expected
    with here.store.read() as tx:
        left = tx.execute(select(task.c.key).where(task.c.state == "pending")).scalars().all()
    assert left == ["nobodys.example"]


@pytest.mark.parametrize("left", ["paused", "backs off"])
def test_what_cannot_be_done_now_is_counted(here: Session, folder: Path, left: str) -> None:
    from leads.store.ledger import failures, pauses

    plan = plan_of(here, folder, "south", "south")
    context = here.context()
    run_import(context, plan.requests[0])
    with here.store.write() as tx:
        if left == "paused":
            pauses.set_pause(tx, "client", str(plan.client_id), "test", "")
        else:
            claimed = ledger.claim(tx, ["dedupe"], 1, this_host(), timedelta(minutes=5))
            failures.fail(tx, claimed, "broken", wait=timedelta(hours=1))
    ended = work_off_own(context, ["dedupe"], plan.client_id)
    assert (ended.done, ended.own_waiting, ended.own_failed) == (0, 1, 0)


def test_a_run_leaves_tasks_of_others_that_it_touched(here: Session, folder: Path) -> None:
    """A site that two clients share changes: each client's run decides its own companies."""
    ours, theirs = (plan_of(here, folder, name) for name in ("one", "two"))
    with here.store.write() as tx:
        asked = CompaniesChanged(theirs.client_id, (UUID(int=1),))
        follow(tx, [asked], "another trace")
        follow(tx, [asked], here.trace_id)

    ended = work_off_own(here.context(), CHEAP, ours.client_id)

    assert ended.done == 0
    with here.store.read() as tx:
        pending = select(func.count()).where(
            task.c.client_id == theirs.client_id, task.c.state == "pending"
        )
        assert tx.execute(pending).scalar_one() > 0


def test_a_lost_task_does_not_hold_up_the_rest_of_its_batch(
    here: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker takes one task of a batch over: the others go back, and are done at once."""
    plan = plan_of(here, folder, "one", "north")
    lost: list[UUID] = []
    real = ledger.finish

    def lose_one(tx: Any, claimed: Any) -> set[UUID]:
        if not lost and len(claimed) > 1 and claimed[0].kind == "qualify":
            lost.append(claimed[0].id)
            gone = task.update().where(task.c.id == claimed[0].id)
            tx.execute(gone.values(attempt=task.c.attempt + 1, state="pending"))
        return real(tx, claimed)

    monkeypatch.setattr("workers.lost.ledger.finish", lose_one)
    report = run_job(here.context(), plan, work_off_own, lambda *_: None)

    assert lost
    assert report.is_final()
    with here.store.read() as tx:
        crashed = select(func.count()).where(task.c.crashes > 0)
        assert tx.execute(crashed).scalar_one() == 0
