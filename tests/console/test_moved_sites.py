"""A site that leads to another domain: the new one is visited as a site of its own, and its facts are
the company's only where both say that they are one company.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from leads.clock import now
from leads.store import Store, pages
from leads.store.facts import facts
from leads.store.schema import task
from spiders.look_up import Known, LookedUp
from spiders.site import CrawlStats, FetchedPage, Outcome, PageKind, SiteOutcome, SiteToCrawl
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")

OLD, NEW = "kerbholz-alt.example", "kerbholz-ventile.example"
ICP = "icp: makers\nversion: 1\nsuspect:\n  - country: [DE]\nprospect:\n  - uses: [python]\n"
LIST = f"name,website,country,phone\nKerbholz GmbH,{OLD},DE,+49 30 901820\n"
SAME = "<p>Kerbholz GmbH, Beispielweg 5, 10115 Berlin, Deutschland. Tel. 030 901820</p>"
GROUP = (
    "<p>Impressum: Grossholz AG, Beispielring 1, 8001 Zürich, Schweiz. Tel. +41 44 668 18 00</p>"
)
SILENT = "<p>Welcome. We make valves for bulk solids of all kinds in three works.</p>"


@pytest.fixture
def crawled(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], list[str]]:
    """Sets where the old site leads and what the new one says; gives the visits made."""
    visits: list[str] = []

    def use(to: str, says: str) -> list[str]:
        def crawl(
            sites: Sequence[SiteToCrawl], *, on_site: Callable[[SiteOutcome], None], **_: Any
        ) -> CrawlStats:
            for site in sites:
                visits.append(site.domain)
                on_site(_outcome(site.domain, to, says))
            return CrawlStats(outcomes={}, pages=0, bytes=0, seconds=0.0)

        def look_up(names: Sequence[str], **_: Any) -> dict[str, LookedUp]:
            return {one: LookedUp(one, Known.MISSING, ()) for one in names}

        monkeypatch.setattr("workers.crawling.crawl", crawl)
        # A company whose site is barred is searched; a name service that is far away takes seconds.
        monkeypatch.setattr("workers.shared_look_ups.look_up", look_up)
        return visits

    return use


def _outcome(domain: str, to: str, says: str) -> SiteOutcome:
    if domain == OLD:
        return SiteOutcome(
            domain=OLD,
            outcome=Outcome.REDIRECTED_AWAY,
            reason=f"redirects to {to} (script)",
            final_domain=to,
        )
    body = f"<html lang=de><title>Impressum</title>{says}</html>".encode()
    url = f"https://{domain}/impressum"
    page = FetchedPage(url, 200, (), body, now(), PageKind.IMPRINT)
    return SiteOutcome(domain=domain, outcome=Outcome.OK, pages=(page,))


def run(sluice: Sluice, folder: Path) -> None:
    (folder / "icp.yaml").write_text(ICP)
    (folder / "fair.csv").write_text(LIST)
    sluice("run", folder / "fair.csv", "--icp", folder / "icp.yaml")


def domains(database: str) -> set[str]:
    """The sites that belong to the company."""
    store = Store(database)
    with store.read() as tx:
        owners = facts.companies_with_sites(tx, [OLD, NEW, "facebook.com"])
    store.close()
    return {site for site, _, _ in owners}


@pytest.mark.parametrize(
    ("says", "owned"),
    [
        pytest.param(SAME, {OLD, NEW}, id="the same company"),
        pytest.param(GROUP, {OLD}, id="its group, in another country"),
        pytest.param(SILENT, {OLD}, id="a site that does not say whose it is"),
    ],
)
def test_the_new_site_is_visited_and_follows_only_if_it_is_the_company_s(
    sluice: Sluice,
    tmp_path: Path,
    database: str,
    crawled: Callable[[str, str], list[str]],
    says: str,
    owned: set[str],
) -> None:
    visits = crawled(NEW, says)
    run(sluice, tmp_path)
    assert visits == [OLD, NEW]
    assert domains(database) == owned

    store = Store(database)
    with store.read() as tx:
        old = [one for _, one in facts.of_sites(tx, [OLD])]
        last = pages.last_visit(tx, OLD)
    store.close()
    assert [(one.attribute, one.value) for one in old] == [("moved_to", NEW)]
    assert old[0].evidence.quote == f"redirects to {NEW} (script)"
    assert last is not None
    assert last.outcome == "redirected_away"

    card = sluice("queue", "show", OLD, "--json").json["company"]
    apart = "" if NEW in owned else " (a site of its own: its facts are kept apart)"
    assert card["site leads to"] == [f"{NEW}{apart}"]

    sluice("crawl", "run")  # Neither is due again.
    assert visits == [OLD, NEW]


def test_a_site_that_leads_to_a_profile_did_not_move(
    sluice: Sluice, tmp_path: Path, database: str, crawled: Callable[[str, str], list[str]]
) -> None:
    visits = crawled("facebook.com", SAME)
    run(sluice, tmp_path)
    assert visits == [OLD]
    assert domains(database) == {OLD}


@pytest.mark.parametrize(
    "bar",
    [
        pytest.param(("crawl", "opt-out", NEW, "--reason", "by letter"), id="opted out"),
        pytest.param(("suppress", "add", NEW), id="suppressed for the client"),
        pytest.param(("suppress", "add", NEW, "--level", "agency"), id="suppressed for all"),
    ],
)
def test_no_visit_is_asked_for_where_the_new_site_is_barred(
    sluice: Sluice,
    tmp_path: Path,
    database: str,
    crawled: Callable[[str, str], list[str]],
    bar: tuple[str, ...],
) -> None:
    visits = crawled(NEW, SAME)
    (tmp_path / "empty.csv").write_text("name,country\nAnother GmbH,DE\n")
    sluice("import", tmp_path / "empty.csv")
    sluice(*bar)
    run(sluice, tmp_path)
    assert visits == [OLD]
    store = Store(database)
    with store.read() as tx:
        asked = tx.execute(select(task.c.key).where(task.c.kind == "crawl")).scalars().all()
    store.close()
    assert asked == [OLD]
