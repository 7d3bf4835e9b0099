"""What becomes of visits: a crawl that fails is no endless loop, and a site that is out of order
takes no fact away.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import spiders.run
import workers.crawling
from actions.session import Session
from leads.changes import Change
from leads.clock import now
from leads.settings import load_settings
from leads.store import Tx, pages, site_states
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.migrate import open_store
from leads.store.schema import task
from spiders.site import CrawlStats, FetchedPage, Outcome, PageKind, SiteOutcome, SiteToCrawl
from workers.context import Context
from workers.crawling import crawl_batch
from workers.inline import work_off_own

PAGE = (
    b"<html><head><title>Nordwind</title></head><body><p>Nordwind GmbH</p><p>Tel. <a"
    b" href='tel:+493012345'>030 12345</a></p></body></html>"
)
Crawl = Callable[..., CrawlStats]


@pytest.fixture
def context(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    made = Session(settings=settings, store=open_store(settings.database_url)).context()
    yield made
    made.store.close()


def ask(context: Context, *sites: str) -> None:
    with context.store.write() as tx:
        ledger.ask(
            tx,
            [Wanted(kind="crawl", key=site, queue="crawl", priority=ledger.NOW) for site in sites],
            context.trace_id,
        )


def ending(outcome: Outcome, body: bytes | None = None) -> Crawl:
    def crawl(
        sites: Sequence[SiteToCrawl], *, on_site: Callable[[SiteOutcome], None], **_: Any
    ) -> CrawlStats:
        for site in sites:
            found = (
                [FetchedPage(f"https://{site.domain}/", 200, (), body, now(), PageKind.HOME)]
                if body
                else []
            )
            on_site(SiteOutcome(domain=site.domain, outcome=outcome, pages=tuple(found)))
        return CrawlStats(outcomes={}, pages=0, bytes=0, seconds=0.0)

    return crawl


def breaking(
    sites: Sequence[SiteToCrawl], *, on_site: Callable[[SiteOutcome], None], **_: Any
) -> CrawlStats:
    on_site(SiteOutcome(domain=sites[0].domain, outcome=Outcome.EMPTY))
    raise RuntimeError("outside of every site")


def silent(
    sites: Sequence[SiteToCrawl], *, on_site: Callable[[SiteOutcome], None], **_: Any
) -> CrawlStats:
    on_site(SiteOutcome(domain=sites[0].domain, outcome=Outcome.EMPTY))
    return CrawlStats(
        outcomes={},
        pages=0,
        bytes=0,
        seconds=0.0,
        unfinished=tuple(site.domain for site in sites[1:]),
    )


@pytest.mark.parametrize(
    ("does", "error"),
    [
        pytest.param(breaking, "outside of every site", id="raises"),
        pytest.param(silent, "without a word", id="leaves sites out"),
    ],
)
def test_a_crawl_that_fails_waits_with_its_error(
    context: Context, monkeypatch: pytest.MonkeyPatch, does: Crawl, error: str
) -> None:
    monkeypatch.setattr("workers.crawling.crawl", does)
    ask(context, "a.example", "b.example", "c.example")
    work_off_own(context)
    with context.store.read() as tx:
        rows = {row.key: row for row in tx.execute(task.select().where(task.c.kind == "crawl"))}
    assert [rows[key].state for key in sorted(rows)] == ["done", "pending", "pending"]
    for key in ("b.example", "c.example"):
        assert error in rows[key].error
        assert (rows[key].errors, rows[key].attempt) == (1, 1)
        assert rows[key].not_before > now() + timedelta(seconds=10)


def test_a_crawl_that_is_stopped_gives_back_without_a_mark(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(sites: Sequence[SiteToCrawl], **_: Any) -> CrawlStats:
        raise KeyboardInterrupt

    monkeypatch.setattr("workers.crawling.crawl", stopping)
    ask(context, "a.example")
    with pytest.raises(KeyboardInterrupt):
        work_off_own(context)
    with context.store.read() as tx:
        (row,) = tx.execute(task.select()).all()
    assert (row.state, row.errors, row.error, row.attempt) == ("pending", 0, None, 1)


@pytest.mark.parametrize(
    "outcome", [Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.HTTP_ERROR, Outcome.ROBOTS_DENIED]
)
def test_an_outage_takes_no_fact_away(
    context: Context, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    def known() -> list[Any]:
        with context.store.read() as tx:
            return [fact.id for _, fact in facts.of_sites(tx, ["a.example"])]

    def visit(does: Crawl) -> list[Any]:
        monkeypatch.setattr("workers.crawling.crawl", does)
        ask(context, "a.example")
        work_off_own(context)
        return known()

    before = visit(ending(Outcome.OK, PAGE))
    assert before
    assert visit(ending(outcome)) == before
    with context.store.write() as tx:  # Asked for again by somebody, it reads what is there.
        ledger.ask(tx, [Wanted(kind="enrich", key="a.example", queue="cheap")], context.trace_id)
    work_off_own(context)
    assert known() == before


@pytest.mark.parametrize(
    ("outcome", "hours", "due"),
    [
        pytest.param("ok", 96, False, id="visited"),
        pytest.param("robots_denied", 96, False, id="not welcome"),
        pytest.param("unreachable", 0, False, id="not yet again"),
        pytest.param("unreachable", 2, True, id="perhaps it is back"),
        pytest.param("timeout", 2, True, id="perhaps it is faster"),
        pytest.param("http_error", 2, True, id="perhaps it is mended"),
        pytest.param("ok", 31 * 24, True, id="old"),
    ],
)
def test_when_a_site_is_visited_again(
    context: Context, outcome: str, hours: int, due: bool
) -> None:
    at = now() - timedelta(hours=hours)
    with context.store.write() as tx:
        pages.add_visit(tx, pages.Visit(site="a.example", outcome=outcome, started_at=at))
        assert site_states.stale(tx, ["a.example"]) == (["a.example"] if due else [])


def test_a_site_that_cannot_be_stored_costs_no_other_its_visit(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = spiders.run.keep

    def refusing(tx: Tx, outcomes: Sequence[SiteOutcome]) -> list[list[Change]]:
        if any(one.domain == "b.example" for one in outcomes):
            raise ValueError("a page that nobody thought of")
        return keep(tx, outcomes)

    monkeypatch.setattr("spiders.run.keep", refusing)
    monkeypatch.setattr("workers.crawling.crawl", ending(Outcome.OK, PAGE))
    ask(context, "a.example", "b.example", "c.example")
    work_off_own(context)
    with context.store.read() as tx:
        rows = {row.key: row for row in tx.execute(task.select().where(task.c.kind == "crawl"))}
        visited = [pages.last_visit(tx, site) for site in sorted(rows)]
    assert [rows[key].state for key in sorted(rows)] == ["done", "pending", "done"]
    assert "nobody thought of" in rows["b.example"].error
    assert [visit is not None for visit in visited] == [True, False, True]


def test_a_site_that_another_worker_took_over_is_not_stored(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(sites: Sequence[SiteToCrawl], **named: Any) -> CrawlStats:
        with context.store.write() as tx:
            tx.execute(task.update().where(task.c.key == "b.example").values(attempt=9))
        return ending(Outcome.OK, PAGE)(sites, **named)

    monkeypatch.setattr("workers.crawling.crawl", losing)
    ask(context, "a.example", "b.example", "c.example")
    with context.store.write() as tx:
        claimed = ledger.claim(tx, ["crawl"], 10, "here:1:1", context.lease)
    crawl_batch(context, claimed)
    with context.store.read() as tx:
        sites = ["a.example", "b.example", "c.example"]
        visited = [pages.last_visit(tx, site) is not None for site in sites]
    assert visited == [True, False, True]


def test_tasks_taken_up_by_a_crawl_that_fails_wait_with_the_others(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = workers.crawling._finish_fresh

    def failing(own: Context, claimed: Sequence[Claimed]) -> dict[str, Claimed]:
        if "b.example" in {one.key for one in claimed}:
            raise RuntimeError("the further tasks cannot be looked at")
        return check(own, claimed)

    def more_of(_sites: Sequence[SiteToCrawl], *, more: Callable[[], Any], **_: Any) -> CrawlStats:
        more()
        raise AssertionError("it failed before")

    monkeypatch.setattr("workers.crawling._finish_fresh", failing)
    monkeypatch.setattr("workers.crawling.crawl", more_of)
    ask(context, "a.example", "b.example")
    with context.store.write() as tx:
        first, further = ledger.claim(tx, ["crawl"], 10, "here:1:1", context.lease)
    if first.key == "b.example":
        first, further = further, first
    crawl_batch(replace(context, claim_more=lambda _open: [further]), [first])
    with context.store.read() as tx:
        rows = tx.execute(task.select().where(task.c.kind == "crawl")).all()
    assert [(row.state, row.errors) for row in rows] == [("pending", 1)] * 2
