"""Sites are visited when somebody asked for it, by whom it was asked, and by nobody else."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.session import Session
from leads.clock import now
from leads.settings import load_settings
from leads.store.ledger import tasks as ledger
from leads.store.migrate import open_store
from spiders.site import CrawlStats, FetchedPage, Outcome, PageKind, SiteOutcome, SiteToCrawl
from tests.console.conftest import Sluice
from workers import supervise as supervisor
from workers.context import Context
from workers.redis_client import connect

ICP = """
icp: makers
version: 1
suspect:
  - country: [DE]
prospect:
  - uses: [python]
"""
LIST = "name,website,country\nNordwind GmbH,nordwind.example,DE\nSüdlicht AG,suedlicht.example,DE\n"


@pytest.fixture
def visited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The sites that were visited; every one answers with one page."""
    file = tmp_path / "visited.txt"

    def crawl(
        sites: Sequence[SiteToCrawl], *, on_site: Callable[[SiteOutcome], None], **_: Any
    ) -> CrawlStats:
        for site in sites:
            with file.open("a") as out:
                out.write(site.domain + "\n")
            page = FetchedPage(
                f"https://{site.domain}/",
                200,
                (),
                b"<html><p>hello</p></html>",
                now(),
                PageKind.HOME,
            )
            on_site(SiteOutcome(domain=site.domain, outcome=Outcome.OK, pages=(page,)))
        return CrawlStats(outcomes={}, pages=0, bytes=0, seconds=0.0)

    monkeypatch.setattr("workers.crawling.crawl", crawl)
    return lambda: sorted(file.read_text().split()) if file.exists() else []


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    (tmp_path / "fair.csv").write_text(LIST, "utf-8")
    return tmp_path


Visited = Callable[[], list[str]]
BOTH = ["nordwind.example", "suedlicht.example"]


def test_a_run_visits_sites_unless_told_not_to(
    sluice: Sluice, files: Path, visited: Visited
) -> None:
    run = ("run", files / "fair.csv", "--icp", files / "icp.yaml")
    sluice(*run, "--no-crawl")
    assert visited() == []
    sluice(*run)
    assert visited() == BOTH


def test_crawl_run_acts_for_itself(sluice: Sluice, files: Path, visited: Visited) -> None:
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    sluice("crawl", "run")
    assert visited() == BOTH
    assert [one["crawl"] for one in sluice("campaign", "list", "--json").json] == [False]


def test_a_profile_put_in_force_does_not_visit(
    sluice: Sluice, files: Path, visited: Visited
) -> None:
    sluice("import", files / "fair.csv")
    sluice("icp", "use", files / "icp.yaml")
    assert visited() == []


@pytest.fixture
def others(sluice: Sluice, files: Path, visited: Visited, home: Path) -> None:
    """Somebody else's visit waits to be made."""
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    store = open_store(f"sqlite:///{home / 'sluice.db'}")
    with store.write() as tx:
        ledger.ask(tx, [ledger.Wanted(kind="crawl", key="theirs.example", queue="crawl")])
    store.close()


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["suppress", "add", "acme.example"], id="suppress"),
        pytest.param(["import", "{folder}/fair.csv", "--name", "again"], id="import"),
        pytest.param(["lists", "undo", "fair"], id="undo"),
        pytest.param(["dedupe", "run"], id="dedupe"),
        pytest.param(["icp", "use", "{folder}/icp.yaml", "--campaign", "other"], id="icp use"),
        pytest.param(["qualify"], id="qualify"),
        pytest.param(
            ["run", "{folder}/fair.csv", "--icp", "{folder}/icp.yaml", "--no-crawl"],
            id="run that visits nobody",
        ),
    ],
)
@pytest.mark.usefixtures("others")
def test_small_commands_visit_nobody(
    sluice: Sluice, files: Path, visited: Visited, command: list[str]
) -> None:
    sluice(*[part.format(folder=files) for part in command])
    assert visited() == []


@pytest.mark.usefixtures("others")
def test_one_site_is_one_site(sluice: Sluice, visited: Visited) -> None:
    assert sluice("crawl", "site", "acme.example", "--json").json["outcome"] == "ok"
    assert visited() == ["acme.example"]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["run", "{folder}/fair.csv", "--icp", "{folder}/icp.yaml"], id="run"),
        pytest.param(["crawl", "run"], id="crawl run"),
        pytest.param(["crawl", "site", "acme.example"], id="crawl site"),
        pytest.param(["worker"], id="worker"),
        pytest.param(["up"], id="up"),
    ],
)
def test_who_does_not_say_who_crawls_starts_nothing(
    sluice: Sluice,
    files: Path,
    visited: Visited,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    monkeypatch.setenv("SLUICE_REDIS_URL", "redis://127.0.0.1:9/0")
    monkeypatch.setenv("SLUICE_USER_AGENT", "Mozilla/5.0")
    assert (
        "does not say who crawls"
        in sluice(*[part.format(folder=files) for part in command], "--json", code=2).error[
            "message"
        ]
    )
    assert visited() == []
    assert sluice("lists", "--json").json == []


@contextmanager
def crew(url: str) -> Iterator[None]:
    def make() -> Context:
        settings = load_settings()
        return replace(
            Session(settings=settings, store=open_store(settings.database_url)).context(),
            redis=connect(url),
        )

    child = os.fork()
    if child == 0:
        try:
            supervisor.supervise(make, 1, lambda _line: None)
        finally:
            os._exit(0)
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def test_the_wish_travels_with_the_work_to_other_processes(
    sluice: Sluice, files: Path, visited: Visited, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_REDIS_URL", redis_url)
    sluice("lists")  # Makes the database.
    run = ("run", files / "fair.csv", "--icp", files / "icp.yaml", "--driver", "rq", "--json")
    with crew(redis_url):
        quiet = sluice(*run, "--no-crawl").json
        assert visited() == []
        sluice(*run)
    assert visited() == BOTH
    assert quiet["stages"]["suspect"] == 2
