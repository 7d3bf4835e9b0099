"""What a claim costs does not grow with the queue: every statement is served by an index.

The databases have counted their rows, as they do by themselves sooner or later: then they choose
another plan than for rows they know nothing about.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from bench.outreach_claims import user_of
from bench.outreach_seed import seed
from leads.store import Store, claim_statements, supply
from leads.store.engine import Tx
from outreach.run.disposing import DispositionRequest, done
from tests.outreach.one_transaction import take_next

#: So many rows that reading them all looks dear to both databases.
PROSPECTS = 3_000
#: Rows of one table that a statement may read.
MOST = 100
#: Tables that grow with lists and work.
_LARGE = "company|disposition|fact|queue_entry|record|relationship|signal|verdict"
#: All of a large table, or all that one campaign has in it; its versions of a file are few.
_GROWS = re.compile(
    rf"SCAN (?:{_LARGE})\b"
    rf"|BLOOM FILTER ON (?:{_LARGE})\b"
    r"|SEARCH (?!scoring_file )\w+ USING (?!INDEX queue_order )[\w ]+ \(campaign_id=\?\)$"
)

Asked = list[tuple[str, Any]]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


def grows_in_sqlite(tx: Tx, asked: Asked) -> list[str]:
    """The steps that read all of a table or all of a campaign, each with its statement."""
    cursor = tx.connection.cursor()
    found = []
    for statement, parameters in asked:
        rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        found += [f"{row[3]}  in  {statement}" for row in rows if _GROWS.search(row[3])]
    return found


def grows_in_postgres(tx: Tx, asked: Asked) -> list[str]:
    """The steps that read many rows of a table, each with its statement."""
    found = []
    for statement, parameters in asked:
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        plan = tx.exec_driver_sql(explained, parameters).scalar_one()[0]["Plan"]
        found += [f"{step}  in  {statement}" for step in _steps(plan) if _rows_read(step) > MOST]
    return found


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {name: value for name, value in plan.items() if name != "Plans"}
    for below in plan.get("Plans", ()):
        yield from _steps(below)


def _rows_read(step: dict[str, Any]) -> float:
    removed = step.get("Rows Removed by Filter", 0) + step.get("Rows Removed by Index Recheck", 0)
    return float((step["Actual Rows"] + removed) * step["Actual Loops"])


def test_no_statement_of_a_claim_reads_all_of_a_campaign(store: Store) -> None:
    ann = user_of(seed(store.url, PROSPECTS), "ann")
    asked: Asked = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", remember)
    with store.write() as tx:
        take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="no_answer"))
    event.remove(store.engine, "before_cursor_execute", remember)

    grows = grows_in_sqlite if store.engine.dialect.name == "sqlite" else grows_in_postgres
    assert len(asked) > 40
    with store.write() as tx:
        found = grows(tx, asked)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("calendars", [None, ["DE", "FR"]])
def test_what_a_claim_sends_past_sqlalchemy_reads_few_rows(
    store: Store, calendars: list[str] | None
) -> None:
    ann = user_of(seed(store.url, PROSPECTS), "ann")
    asked: Asked = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with store.write() as tx:
        event.listen(store.engine, "before_cursor_execute", remember)
        given = supply.values(ann.seat, 5) | supply.named(calendars)
        tx.execute(claim_statements.BEFORE, given)
        (reach, *_) = supply.reaches(tx, 5, calendars)
        free = claim_statements.undisturbed(supply.free_rows(tx, 5, calendars, reach))
        rows = tx.execute(free, given)
        assert len(rows.all()) == 5
        event.remove(store.engine, "before_cursor_execute", remember)

        grows = grows_in_sqlite if tx.dialect.name == "sqlite" else grows_in_postgres
        found = grows(tx, asked)
    assert len(asked) == 2
    assert found == [], "\n".join(found)


def test_the_order_of_the_queue_comes_from_its_index(store: Store) -> None:
    made = seed(store.url, PROSPECTS)
    is_sqlite = store.engine.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "

    with store.read() as tx:
        wanted = (
            supply.free(5)
            .params(supply.values(user_of(made, "ann").seat, 5))
            .compile(tx.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True})
        )
        lines = tx.exec_driver_sql(explain + str(wanted).replace("%", "%%")).all()
    plan = "\n".join(str(line[-1]) for line in lines)

    assert "queue_order" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
