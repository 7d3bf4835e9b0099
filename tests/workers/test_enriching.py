"""Facts are extracted while others may write, and pages that are no longer the newest write none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import enrich.run
from actions.session import Session
from enrich.document import Document
from enrich.parked import State, states
from enrich.run import Extraction, SitePages
from leads.changes import PagesStored
from leads.clock import now
from leads.settings import load_settings
from leads.store import pages
from leads.store.facts import facts
from leads.store.ledger import failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from leads.store.migrate import open_store
from leads.store.pages import StoredPage, Visit
from workers.context import Context
from workers.enriching import enrich_batch
from workers.inline import work_off_own
from workers.lost import LostLeaseError
from workers.pipeline import follow

SITE = "nordwind.example"
LEASE = timedelta(minutes=1)


@pytest.fixture
def context(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    made = Session(settings=settings, store=open_store(settings.database_url)).context()
    yield made
    made.store.close()


def visit(context: Context, phone: str, minutes_ago: int) -> None:
    body = f"<html><body><p>Nordwind GmbH</p><p>Tel. <a href='tel:{phone}'>call</a></p>".encode()
    at = now() - timedelta(minutes=minutes_ago)
    page = StoredPage(
        url=f"https://{SITE}/", kind="home", status=200, headers=(), body=body, fetched_at=at
    )
    with context.store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=(page,)))
        follow(tx, [PagesStored((SITE,))], context.trace_id)


def claim(context: Context) -> list[Claimed]:
    with context.store.write() as tx:
        return ledger.claim(tx, ["enrich"], 50, "here:1:1", LEASE)


def phones(context: Context) -> list[object]:
    with context.store.read() as tx:
        return [one.value for _, one in facts.of_sites(tx, [SITE]) if one.attribute == "phone"]


def test_a_newer_visit_is_not_overwritten_by_older_pages(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(context, "+493012345", minutes_ago=9)
    really, arrivals = enrich.run.extract_facts, ["+494012345"]

    def visited_meanwhile(read: SitePages) -> Extraction:
        # On SQLite this waits in vain when the extraction holds a write transaction.
        while arrivals:
            visit(context, arrivals.pop(), minutes_ago=1)
        return really(read)

    monkeypatch.setattr(enrich.run, "extract_facts", visited_meanwhile)
    claimed = claim(context)
    enrich_batch(context, {("", ()): claimed})
    assert phones(context) == []

    work_off_own(context, ["enrich"])
    assert phones(context) == ["+494012345"]


def test_a_broken_page_is_logged_and_costs_only_its_own_facts(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, dict[str, Any]]] = []

    def failing(document: Document) -> Iterable[State]:
        if "broken" in document.text:
            raise ZeroDivisionError("of one page")
        return states(document)

    monkeypatch.setattr("enrich.reading.states", failing)
    at = now()
    bodies = {"": b"<p>Nordwind GmbH <a href='tel:+493012345'>call</a>", "bad": b"<p>broken"}
    stored = tuple(
        StoredPage(
            url=f"https://{SITE}/{path}",
            kind="home",
            status=200,
            headers=(),
            body=body,
            fetched_at=at,
        )
        for path, body in bodies.items()
    )
    with context.store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=stored))
        follow(tx, [PagesStored((SITE,))], context.trace_id)

    listening = replace(context, log=lambda event, **about: heard.append((event, about)))
    enrich_batch(listening, {("", ()): claim(context)})
    assert phones(context) == ["+493012345"]
    failed = [about for event, about in heard if event == "page_failed"]
    assert [(one["url"], one["error"]) for one in failed] == [
        (f"https://{SITE}/bad", "ZeroDivisionError: of one page")
    ]


def test_a_site_of_broken_pages_keeps_its_facts_and_finishes_its_task(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(context, "+493012345", minutes_ago=9)
    work_off_own(context, ["enrich"])

    def failing(_document: Document) -> Iterable[State]:
        raise ZeroDivisionError

    monkeypatch.setattr("enrich.reading.states", failing)
    visit(context, "+494012345", minutes_ago=1)
    work_off_own(context, ["enrich"])
    assert phones(context) == ["+493012345"]
    assert claim(context) == []


def test_a_lost_lease_stores_nothing(context: Context) -> None:
    visit(context, "+493012345", minutes_ago=9)
    claimed = claim(context)
    with context.store.write() as tx:
        failures.reclaim(tx, alive=lambda _host: False)
    with pytest.raises(LostLeaseError):
        enrich_batch(context, {("", ()): claimed})
    assert phones(context) == []

    work_off_own(context, ["enrich"])
    assert phones(context) == ["+493012345"]
