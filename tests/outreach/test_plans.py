"""What a claim costs does not grow with the queue: every statement is served by an index."""

import re
from typing import Any

from sqlalchemy import event

from leads.store.engine import Tx
from outreach.run.disposing import DispositionRequest, done
from outreach.run.leasing import take_next
from tests.outreach.conftest import World

#: Tables that grow with lists and work.
_LARGE = "company|disposition|fact|queue_entry|record|relationship|signal|verdict"
#: All of a large table, or all that one campaign has in it.
_GROWS = re.compile(rf"SCAN (?:{_LARGE})\b|USING (?!INDEX queue_order )[\w ]+ \(campaign_id=\?\)$")


def plans(tx: Tx, asked: list[tuple[str, Any]]) -> list[str]:
    """How SQLite runs each statement without knowing how many rows there are."""
    cursor = tx.connection.cursor()
    found = []
    for statement, parameters in asked:
        rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        found += [f"{row[3]}  in  {statement}" for row in rows]
    return found


def test_no_statement_of_a_claim_reads_all_of_a_campaign(world: World) -> None:
    if world.store.engine.dialect.name != "sqlite":
        # PostgreSQL plans by the rows it has counted; here there are three.
        return
    owner = world.client("one")
    for name in ("Alder", "Birch", "Cedar"):
        world.prospect(owner, name, domain=[f"{name}.example"])
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(world.store.engine, "before_cursor_execute", remember)
    with world.store.write() as tx:
        take_next(tx, owner.user("ann"))
        done(tx, owner.user("ann"), DispositionRequest(kind="no_answer"))
    event.remove(world.store.engine, "before_cursor_execute", remember)

    assert len(asked) > 40
    with world.store.read() as tx:
        grows = [plan for plan in plans(tx, asked) if _GROWS.search(plan.split("  in  ")[0])]
    assert grows == [], "\n".join(grows)
