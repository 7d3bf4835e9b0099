"""A program plans and starts runs of questions to sources, and says what may be spent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from actions.session import Session, open_session
from leads.ids import new_id
from leads.store.clients import client_of
from leads.store.schema import task
from leads.store.spending import budgets
from tests.api.conftest import MakeProgram, Program
from tests.console.conftest import Sluice
from tests.sources.asking import Asking, reach
from tests.sources.fake_sources import FakeSources
from workers.inline import work_off_own

ROWS = "Fjordvik Pumper AS,NO,Oslo,0150,\nGranby Verkstad AB,SE,Granby,,granby.example\n"


@pytest.fixture
def asking(
    database: str, sluice: Sluice, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asking]:
    fake = FakeSources()
    with fake.serving():
        made = Asking(sluice, tmp_path, home, fake)
        monkeypatch.setattr(Session, "context", reach(fake))
        monkeypatch.setenv("HEADCOUNTS_KEY", "right")
        monkeypatch.setenv("SLUICE_USER", "boss")
        yield made


@pytest.fixture
def boss(program: MakeProgram) -> Program:
    return program("boss", role="admin")


def test_a_run_is_planned_started_and_done_by_workers(asking: Asking, boss: Program) -> None:
    asking.run_list(ROWS)
    planned = boss.get("/enrich/plan?budget=1%20EUR&limit=1").json
    assert (planned["open"], planned["worth_asking"], len(planned["companies"])) == (2, 2, 1)
    assert not asking.fake.asked

    started = boss.post("/enrich/runs", {"budget": "1 EUR", "max_per_company": "0.50 EUR"})
    assert started.status == 202
    assert started.json["budget"] == {"amount": "1.000000", "currency": "EUR"}
    assert not asking.fake.asked
    with open_session("boss") as session:
        with session.store.write() as tx:
            client_id = client_of(tx, "default").id
            assert budgets.end_idle_runs(tx) == 0
        work_off_own(session.context(), client_id=client_id)
        assert asking.paid.billed == ["granby.example"]
        with session.store.write() as tx:
            # Sources that nobody serves here are asked again later: then the run goes on.
            tx.execute(update(task).where(task.c.kind == "ask").values(state="done"))
            assert budgets.end_idle_runs(tx) == 1
            assert budgets.end_idle_runs(tx) == 0


def test_limits_are_set_shown_and_lifted(boss: Program) -> None:
    boss.post("/enrich/caps", {"amount": "100 EUR", "period": "month"})
    shown = boss.get("/enrich/limits").json
    hundred = {"amount": "100.000000", "currency": "EUR"}
    cap: dict[str, Any] = {"of": None, "period": "month", "amount": hundred, "spent": []}
    assert shown == {"automatic": [], "caps": [cap]}
    assert boss.post("/enrich/caps/end", {"period": "month"}).json == {"capped": False}
    assert boss.post("/enrich/caps/end", {"period": "month"}).status == 404
    assert boss.post("/enrich/caps", {"amount": "much"}).status == 400


def test_only_who_may_steers_the_money(program: MakeProgram, boss: Program, sluice: Sluice) -> None:
    sluice("client", "add", "north", "--as", "boss")
    ann = program("ann", "north")
    assert ann.get("/enrich/limits?client=north").status == 200
    assert ann.post("/enrich/caps?client=north", {"amount": "1 EUR"}).status == 403
    assert ann.get("/enrich/unclear").status == 403
    assert program("ann", "north", scopes=["ops:read"]).get("/enrich/limits").status == 403
    held = program("bea", role="admin", only="north")
    assert held.get("/enrich/unclear").status == 403
    assert boss.get("/enrich/unclear").json == []
    settled = boss.post(f"/enrich/unclear/{new_id()}/settle", {"charged": True})
    assert settled.status == 404
    assert boss.post("/enrich/wake", {"source": "provider:none"}).status == 404
    assert boss.get("/enrich/resting").json == []
