"""One trace id from the import of a list to the verdicts it led to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from actions.actor import Right
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from intake.read_options import ReadOptions
from leads.settings import load_settings
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from leads.store.schema import task
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own

ICP = "icp: makers\nversion: 1\nsuspect:\n  - employees: {at_least: 20}\n"


def test_everything_a_list_causes_carries_its_trace(tmp_path: Path) -> None:
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    heard: list[tuple[str, dict[str, Any]]] = []
    context = replace(
        session.context(), trace_id="first", log=lambda event, **about: heard.append((event, about))
    )
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text(
        "name,website,employees\nAhorn GmbH,ahorn.example,30\nBirke GmbH,birke.example,5\n"
    )
    file = read_icp(str(tmp_path / "icp.yaml"))
    with session.write(Right.MANAGE) as work:
        client_id = work.client("default")
        put_in_force(work, client_id, file.icp.name, file)
    path = str(tmp_path / "list.csv")
    run_import(
        context,
        ImportRequest(
            client_id=client_id,
            path=path,
            name="list",
            about=ListAbout(),
            options=ReadOptions(),
            who="test",
        ),
    )
    work_off_own(context)
    with session.store.read() as tx:
        traced = {
            (row.kind, row.trace_id) for row in tx.execute(select(task.c.kind, task.c.trace_id))
        }
    assert {("dedupe", "first"), ("qualify", "first"), ("queue", "first")} <= traced
    assert {
        about["kind"] for event, about in heard if event == "done" and about["trace_id"] == "first"
    } >= {"dedupe", "qualify", "queue"}
    session.store.close()
