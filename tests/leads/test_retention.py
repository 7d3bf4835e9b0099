"""What is due without anybody asking: old visits, old verdicts' tasks, pages past their keep,
failures that are over.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from leads.clock import now
from leads.store import Store, page_store, pages, retention, site_states
from leads.store.ledger import failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.pages import StoredPage, Visit
from leads.store.schema import failure, page, page_body


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def visit(store: Store, site: str, days_ago: int, body: bytes) -> None:
    at = now() - timedelta(days=days_ago)
    stored = StoredPage(
        url=f"https://{site}/", kind="home", status=200, headers=(), body=body, fetched_at=at
    )
    with store.write() as tx:
        pages.add_visit(tx, Visit(site=site, outcome="ok", started_at=at, pages=(stored,)))


def count(store: Store, table: object) -> int:
    with store.read() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def test_sites_whose_newest_visit_is_old_are_due_the_oldest_first(store: Store) -> None:
    for site, days in (
        ("old.example", 100),
        ("older.example", 190),
        ("fresh.example", 2),
        ("revisited.example", 190),
        ("revisited.example", 3),
    ):
        visit(store, site, days, b"x")
    with store.write() as tx:
        assert site_states.due(tx, 10) == ["older.example", "old.example"]
        ledger.ask(tx, [Wanted(kind="crawl", key="older.example", queue="crawl")])
        assert site_states.due(tx, 10) == ["old.example"], (
            "a visit that was asked for is not asked for again"
        )


def test_old_pages_go_when_a_newer_visit_replaced_them(store: Store) -> None:
    visit(store, "a.example", 400, b"only then")
    visit(store, "a.example", 300, b"the same")
    visit(store, "a.example", 1, b"the same")
    visit(store, "b.example", 400, b"never replaced")
    with store.write() as tx:
        assert page_store.drop_replaced(tx, _long_ago()).pages == 1
    assert (count(store, page), count(store, page_body)) == (2, 2)


@pytest.mark.parametrize(("ends", "kept"), [("done", 0), ("dead", 1)])
def test_old_failures_go_when_their_task_is_over(store: Store, ends: str, kept: int) -> None:
    with store.write() as tx:
        ledger.ask(tx, [Wanted(kind="k", key="a", queue="cheap")])
        claimed = ledger.claim(tx, ["k"], 1, "here:1:1", timedelta(minutes=1))
        failures.fail(tx, claimed, "no answer", wait=timedelta(0) if ends == "done" else None)
        ledger.finish(tx, ledger.claim(tx, ["k"], 1, "here:1:1", timedelta(minutes=1)))
        tx.execute(update(failure).values(at=_long_ago()))
        retention.forget_old_failures(tx)
    assert count(store, failure) == kept


def _long_ago() -> datetime:
    return now() - retention.KEEP_FAILURES - timedelta(days=1)
