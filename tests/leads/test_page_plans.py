"""What a visit and the upkeep of pages cost does not grow with the store: an index serves each
statement.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from leads.clock import now
from leads.store import Store, kept_pages, page_store, pages, site_moves, site_states
from leads.store.engine import Tx
from leads.store.pages import StoredPage, Visit

SITES = 200
ONE = "site-3.example"
_TABLES = "page|page_body|crawl|site|task|site_finding|name_look_up"
_SCAN = re.compile(rf"\bSCAN (?:{_TABLES})\b(?! USING COVERING INDEX)")
_SEQ_SCAN = re.compile(rf"Seq Scan on (?:{_TABLES})\b")
Asked = list[tuple[str, Any]]


def visit(place: int, days_ago: int) -> Visit:
    at = now() - timedelta(days=days_ago)
    site = f"site-{place}.example"
    brought = tuple(
        StoredPage(
            url=f"https://{site}/{path}",
            kind="home",
            status=200,
            headers=(("ETag", '"1"'),),
            body=f"{path} of {site} {days_ago if path else ''}".encode(),
            fetched_at=at,
        )
        for path in range(2)
    )
    return Visit(site=site, outcome="ok", started_at=at, pages=brought)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    with made.write() as tx:
        for days in (200, 1):
            for place in range(SITES):
                pages.add_visit(tx, visit(place, days))
    with made.write() as tx:
        tx.execute(text("ANALYZE"))
    yield made
    made.close()


@pytest.fixture
def asked(store: Store) -> Iterator[Asked]:
    """The statements that were sent, each with its values."""
    found: Asked = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((statement, values[0] if many else values))

    event.listen(store.engine, "before_cursor_execute", hear)
    yield found
    event.remove(store.engine, "before_cursor_execute", hear)


def steps(tx: Tx, statement: str, values: Any) -> list[str]:
    """How the database finds what a statement asks for."""
    is_sqlite = tx.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
    rows = tx.exec_driver_sql(explain + statement, values).fetchall()
    return [str(row[3]) if is_sqlite else str(row[0]) for row in rows]


def scans(tx: Tx, asked: Asked) -> list[str]:
    """The steps that read all of a table, each with its statement."""
    found = []
    is_sqlite = tx.dialect.name == "sqlite"
    if not is_sqlite:
        # What an index can serve must be served by one, however small the table is here.
        tx.execute(text("SET LOCAL enable_seqscan = off"))
    for statement, values in list(asked):
        pattern = _SCAN if is_sqlite else _SEQ_SCAN
        plan = steps(tx, statement, values)
        found += [f"{step}  in  {statement}" for step in plan if pattern.search(step)]
    return found


def one_more_visit(tx: Tx) -> None:
    pages.add_visit(tx, visit(3, 0))


WORK: dict[str, Callable[[Tx], object]] = {
    "size": page_store.packed_bytes,
    "due": lambda tx: site_states.due(tx, 100),
    "stale": lambda tx: site_states.stale(tx, [ONE]),
    "newest visit": lambda tx: pages.last_visit_with_pages(tx, ONE),
    "pages": lambda tx: kept_pages.current_of(tx, [ONE]),
    "visits": lambda tx: kept_pages.newest_with_pages(tx, [ONE]),
    "one more visit": one_more_visit,
    "sites that lead to it": lambda tx: site_moves.leading_to(tx, [ONE]),
    "drop by age": lambda tx: page_store.drop_replaced(tx, now(), 10),
    "drop by size": lambda tx: page_store.drop_any_replaced(tx, 10),
}


def test_an_index_serves_each_statement(store: Store, asked: Asked) -> None:
    with store.write() as tx:
        for name, work in WORK.items():
            asked.clear()
            work(tx)
            sent = list(asked)
            found = scans(tx, sent)
            assert sent, name
            assert found == [], name + "\n" + "\n".join(found)
