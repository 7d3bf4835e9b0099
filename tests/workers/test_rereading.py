"""A page that stays the same is not read again, until the rules change; what it states stays."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

import enrich.run
from actions.session import Session
from enrich.document import Document
from enrich.extract import try_extract
from enrich.extracted import ExtractedFact
from leads.changes import PagesStored
from leads.clock import now
from leads.facts import Fact
from leads.settings import load_settings
from leads.store import pages
from leads.store.facts import facts
from leads.store.migrate import open_store
from leads.store.pages import StoredPage, Visit
from workers.context import Context
from workers.inline import work_off_own
from workers.pipeline import follow

SITE = "nordwind.example"
HOME = "<p>Nordwind GmbH</p><a href='tel:+493012345'>call</a>"
ABOUT = "<p>Nordwind GmbH has 120 employees.</p><a href='mailto:info@nordwind.example'>mail</a>"
WORDS = "<p>We make rotary valves for bulk solids, for customers of all sizes, in Berlin.</p>" * 4
Read = list[str]


@pytest.fixture
def context(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    made = Session(settings=settings, store=open_store(settings.database_url)).context()
    yield made
    made.store.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The paths of the pages that were read since it was last emptied."""
    found: Read = []

    def heard(document: Document) -> tuple[ExtractedFact, ...]:
        found.append(document.page.url.removeprefix(f"https://{SITE}/"))
        return try_extract(document).facts

    monkeypatch.setattr("enrich.reading.EXTRACTORS", (heard,))
    return found


def visit(context: Context, days_ago: int, **bodies: str) -> None:
    at = now() - timedelta(days=days_ago)
    stored = tuple(
        StoredPage(
            url=f"https://{SITE}/{path}",
            kind=path,
            status=200,
            headers=(("Date", str(at)), ("Server", "nginx")),
            body=f"<html><body>{body}".encode(),
            fetched_at=at,
        )
        for path, body in bodies.items()
    )
    with context.store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=stored))
        follow(tx, [PagesStored((SITE,))], context.trace_id)
    work_off_own(context, ["enrich"])


def known(context: Context) -> dict[str, Fact]:
    with context.store.read() as tx:
        return {one.attribute: one for _, one in facts.of_sites(tx, [SITE])}


def test_only_the_page_that_changed_is_read_again(context: Context, read: Read) -> None:
    visit(context, 9, home=HOME, about=ABOUT)
    before = known(context)
    assert sorted(read) == ["about", "home"]
    read.clear()

    visit(context, 8, home=HOME, about=ABOUT)
    assert read == []
    assert known(context) == before

    visit(context, 7, home=HOME.replace("12345", "54321"), about=ABOUT)
    assert read == ["home"]
    after = known(context)
    assert str(after["phone"].value) == "+493054321"
    assert after["employees"] == before["employees"]
    assert after["email"] == before["email"]


def test_what_was_looked_at_is_of_one_day(context: Context, read: Read) -> None:
    home, about = HOME + WORDS, ABOUT + WORDS
    visit(context, 9, home=home)
    first = coverage(context)
    assert set(first) == {"home:1", "pages:1", "headers:1"}
    visit(context, 8, home=home)
    assert coverage(context) == first
    visit(context, 7, home=home, about=about)
    second = coverage(context)
    assert set(second) == {"home:1", "about:1", "pages:2", "headers:2"}
    assert {one.evidence.observed_at.date() for one in second.values()} == {
        (now() - timedelta(days=7)).date()
    }


def coverage(context: Context) -> dict[str, Fact]:
    with context.store.read() as tx:
        found = [one for _, one in facts.of_sites(tx, [SITE]) if one.attribute == "coverage"]
    return {str(one.value): one for one in found}


def test_a_page_that_is_gone_takes_its_facts_along(context: Context, read: Read) -> None:
    visit(context, 9, home=HOME, about=ABOUT)
    read.clear()
    visit(context, 8, home=HOME)
    assert read == []
    assert "employees" not in known(context)
    assert "phone" in known(context)


def test_other_rules_read_every_page_again(
    context: Context, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(context, 9, home=HOME, about=ABOUT)
    before = known(context)
    read.clear()
    monkeypatch.setattr(enrich.run, "rules_version", lambda _brought: "other")
    visit(context, 8, home=HOME, about=ABOUT)
    assert sorted(read) == ["about", "home"]
    assert known(context) == before


def test_a_fact_that_is_still_stated_is_stated_anew_once_it_is_old(context: Context) -> None:
    visit(context, 70, home=HOME, about=ABOUT)
    first = known(context)
    visit(context, 35, home=HOME, about=ABOUT)
    second = known(context)
    # Headcounts count for 30 days, phones for 60.
    assert second["phone"].id == first["phone"].id
    assert second["employees"].id != first["employees"].id
    age = now() - second["employees"].evidence.observed_at
    assert age.days == 35
    assert second["employees"].value == first["employees"].value


@pytest.mark.parametrize("change", ["kind", "status", "header"])
def test_what_else_a_reading_depends_on(
    context: Context, read: Read, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(context, 9, home=HOME)
    read.clear()
    changed: dict[str, Callable[[StoredPage], StoredPage]] = {
        "kind": lambda page: _with(page, kind="imprint"),
        "status": lambda page: _with(page, status=203),
        "header": lambda page: _with(page, headers=(("Server", "caddy"),)),
    }
    real = pages.add_visit

    def other(tx: object, visit: Visit) -> int:
        (page,) = visit.pages
        brought = Visit(
            site=SITE, outcome="ok", started_at=visit.started_at, pages=(changed[change](page),)
        )
        return real(tx, brought)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "add_visit", other)
    visit(context, 8, home=HOME)
    assert read == ["home"]


def _with(page: StoredPage, **values: object) -> StoredPage:
    given = {name: getattr(page, name) for name in StoredPage.__slots__}
    return StoredPage(**(given | values))
