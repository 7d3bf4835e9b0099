"""What a claim costs does not grow with the queue: every statement is served by an index.

The databases have counted their rows, as they do by themselves sooner or later: then they choose
another plan than for rows they know nothing about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event, select, update

from actions.queue_views import key_of
from bench.outreach_claims import user_of
from bench.outreach_seed import seed
from leads.store import Store, claim_statements, driver, queue_lines, supply
from leads.store.engine import Tx
from leads.store.queue import ORDER
from leads.store.schema import queue_entry
from outreach.run import leasing
from outreach.run.disposing import DispositionRequest, done
from tests.outreach import one_transaction

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
    r"|SEARCH (?!scoring_file )\w+ USING (?!INDEX queue_(?:order|not_free) )[\w ]+ \(campaign_id=\?\)$"
)


@dataclass
class Asked:
    """The SELECTs that were sent, each with its values."""

    usual: list[tuple[str, Any]] = field(default_factory=list)
    #: Those on the driver's cursor.
    direct: list[tuple[str, Any]] = field(default_factory=list)

    def hear(self, _c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        """Remember a statement that SQLAlchemy sends."""
        if statement.startswith("SELECT"):
            self.usual.append((statement, values))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    asked = Asked()
    send = driver._rows

    def hear(tx: Any, written: Any, given: Any) -> Any:
        if written.text.startswith("SELECT"):
            asked.direct.append((written.text, written.given(given)))
        return send(tx, written, given)

    monkeypatch.setattr(driver, "_rows", hear)
    engines = {store.engine.dialect: store.engine, store.reading.dialect: store.reading}
    for engine in engines.values():
        event.listen(engine, "before_cursor_execute", asked.hear)
    yield asked
    for engine in engines.values():
        event.remove(engine, "before_cursor_execute", asked.hear)


def growing(tx: Tx, asked: Asked) -> list[str]:
    """The steps that read all of a table, or all of a campaign, each with its statement."""
    usual, direct = list(asked.usual), list(asked.direct)
    found: list[str] = []
    if tx.dialect.name == "sqlite":
        cursor = tx.connection.cursor()
        for statement, values in [*usual, *direct]:
            rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            found += [f"{row[3]}  in  {statement}" for row in rows if _GROWS.search(row[3])]
        return found
    explain = "EXPLAIN (ANALYZE, FORMAT JSON) "
    plans = [
        (text, tx.exec_driver_sql(explain + text, values).scalar_one()) for text, values in usual
    ]
    plans += [
        (text, driver._cursor(tx).execute(explain + text, values).fetchone()[0])
        for text, values in direct
    ]
    for statement, plan in plans:
        steps = _steps(plan[0]["Plan"])
        found += [f"{step}  in  {statement}" for step in steps if _rows_read(step) > MOST]
    return found


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {name: value for name, value in plan.items() if name != "Plans"}
    for below in plan.get("Plans", ()):
        yield from _steps(below)


def _rows_read(step: dict[str, Any]) -> float:
    removed = step.get("Rows Removed by Filter", 0) + step.get("Rows Removed by Index Recheck", 0)
    return float((step["Actual Rows"] + removed) * step["Actual Loops"])


def test_no_statement_of_a_claim_reads_all_of_a_campaign(store: Store, asked: Asked) -> None:
    ann = user_of(seed(store.url, PROSPECTS), "ann")
    with store.write() as tx:
        one_transaction.take_next(tx, ann)
        done(tx, ann, DispositionRequest(kind="no_answer"))
    in_one = len(asked.usual) + len(asked.direct)
    leasing.take_next(store, ann)
    with store.write() as tx:
        found = growing(tx, asked)

    assert in_one > 40
    assert len(asked.usual) + len(asked.direct) > in_one + 10
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("calendars", [None, ["DE", "FR"]])
def test_what_a_claim_sends_together_reads_few_rows(
    store: Store, asked: Asked, calendars: list[str] | None
) -> None:
    ann = user_of(seed(store.url, PROSPECTS), "ann")
    with store.write() as tx:
        given = supply.values(ann.seat, 5) | supply.named(calendars) | {"hours": None}
        tx.execute(claim_statements.BEFORE, given)
        (reach, *_) = supply.reaches(tx, 5, calendars)
        free = supply.free_rows(tx, 5, calendars, reach)
        rows = tx.execute(claim_statements.undisturbed(free, same_hours=True), given)
        assert len(rows.all()) == 5

        sent = Asked(asked.usual[-2:])
        found = growing(tx, sent)
    assert found == [], "\n".join(found)


def test_rows_that_are_held_cost_a_claim_and_a_listing_nothing(store: Store, asked: Asked) -> None:
    made = seed(store.url, PROSPECTS)
    best = select(queue_entry.c.id).order_by(*ORDER).limit(PROSPECTS // 2)
    with store.write() as tx:
        tx.execute(update(queue_entry).where(queue_entry.c.id.in_(best)).values(state="leased"))
        tx.exec_driver_sql("ANALYZE queue_entry")
    with store.write() as tx:
        given = supply.values(user_of(made, "ann").seat, 5) | {"hours": None}
        free = claim_statements.undisturbed(supply.free(5), same_hours=True)
        for setting in ("plan_cache_mode = force_generic_plan", "enable_seqscan = off"):
            if tx.dialect.name != "sqlite":
                tx.exec_driver_sql(f"SET LOCAL {setting}")
        first = [row.id for row in tx.execute(free, given)]
        listed = queue_lines.ready(tx, made.campaign_id, 30)
        found = growing(tx, asked)
        rest = queue_lines.ready(tx, made.campaign_id, PROSPECTS, key_of(listed[-1]))

    every = [*listed, *rest]
    assert [key_of(one) for one in every] == sorted(key_of(one) for one in every)
    assert len(every) == PROSPECTS
    assert first == [one.id for one in every if one.state == "ready"][:5]
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
