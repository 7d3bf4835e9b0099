"""The demo town with work done in it: leads, a hand-over, call-backs, failures, and a second client."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from actions import logins, web_sessions
from actions.demo import CLIENT, run_demo
from actions.demo_logins import add_logins
from actions.session import open_installation
from actions.token_text import digest
from leads.clock import now
from leads.settings import load_settings
from leads.store import companies, pages, site_findings
from leads.store.clients import client_of
from leads.store.ledger import crews, failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.pages import Visit
from tests.browser.made_questions import make_questions
from tests.browser.people import Site
from tests.conftest import ROOT
from tests.made_findings import IMPRINT, finding

#: A client whose prospects several SDRs work at once.
SHARED = "harbour"
#: No machine is called so, or its dead processes would be told from living ones.
ELSEWHERE = "machine-of-no-test:5:9"
#: Besides those of the demo: boss, mia, ann and olaf.
_MORE = (
    ("ben", "sdr", SHARED),
    ("cem", "sdr", SHARED),
    ("vera", "viewer", CLIENT),
    ("nils", "sdr", CLIENT),
)
_ICP = """icp: all
version: 1
suspect:
  - country: [DE]
prospect:
  - {id: windows, uses: [windows-estate], if_unknown: ask}
score:
  - {points: 10, employees: {at_least: 20}}
"""
_FIRMS = 24


def make_town(home: Path) -> None:
    """Make the town in a new folder; the file `password` there holds that of all its users."""
    home.mkdir(parents=True)
    (home / ".demo").write_text("made by sluice demo", "utf-8")
    run_demo(home)
    settings = load_settings({"SLUICE_HOME": str(home)})
    with open_installation(settings) as installation:
        password = add_logins(installation)[0].password
    site = Site("", home, password)
    _run_shared(site)
    for name, role, client in _MORE:
        _add(site, name, role, client)
    _work(site)
    _fail(settings.database_url)
    _find(settings.database_url)
    _ask(settings.database_url, home)
    (home / "password").write_text(password, "utf-8")


def _run_shared(site: Site) -> None:
    """A list of invented firms, all of them prospects."""
    icp, firms = site.home / "all.yaml", site.home / "firms.csv"
    icp.write_text(_ICP, "utf-8")
    rows = [
        f"Firm {n:02d} Pumps GmbH,firm{n:02d}.example,DE,{10 + n},+49 421 5550{n:03d}"
        for n in range(_FIRMS)
    ]
    firms.write_text("\n".join(["name,website,country,employees,phone", *rows, ""]), "utf-8")
    options = ("--no-crawl", "--new-client", "--client", SHARED, "--as", "boss")
    site.run("run", firms, "--icp", icp, *options)


def _add(site: Site, name: str, role: str, client: str) -> None:
    site.run("user", "add", name, "--role", role, "--client", client, "--as", "boss")
    settings = load_settings({"SLUICE_HOME": str(site.home)})
    with open_installation(settings) as installation:
        link = logins.make_link(installation.session("boss"), name)
        browser = web_sessions.Browser("made town")
        done = logins.set_password(installation.store, link.token, site.password, browser)
        web_sessions.log_out(installation.store, digest(done.cookie))
    site.run("user", "defaults", "--client", client, "--tz", "Europe/Berlin", "--as", name)


def _work(site: Site) -> None:
    """Ann calls some: leads, one of them handed over, and calls that she promised."""
    as_boss, as_ann = ("--client", CLIENT, "--as", "boss"), ("--client", CLIENT, "--as", "ann")
    site.run("handover", "use", ROOT / "examples/leads/handover.yaml", *as_boss)
    site.run("scoring", "use", ROOT / "examples/scoring/seed.yaml", *as_boss)
    cards = site.run("queue", "next", "--n", "6", *as_ann, "--json")
    companies = [one["company"]["id"] for one in cards]
    for company in companies[:3]:
        site.run("queue", "done", "interested", "--company", company, "--note", "likes it", *as_ann)
        told = ("need=yes", "timeline=yes", "budget=yes", "authority=yes", "icp=yes")
        site.run("lead", "qualify", company, *told, "--words", "from January on", *as_ann)
    for company in companies[:2]:
        site.run("handover", "send", company, "-o", site.home / f"{company}.json", *as_ann)
    for company, when in ((companies[3], "in 2 hours"), (companies[4], "in 3 days")):
        site.run("queue", "done", "call_back", "--company", company, "--at", when, *as_ann)
    site.run("audit", "draw", "--attribute", "phone", "--sample", "20", *as_boss)
    site.run("suppress", "add", "old-mill.example", "--reason", "asked us to stop", *as_ann)


def _find(url: str) -> None:
    """A site that may be a company's: a person must say."""
    store = open_store(url)
    with store.write() as tx:
        client_id = client_of(tx, CLIENT).id
        some = companies.companies_of(tx, client_id)
        company_id = min(some, key=lambda one: some[one].name)
        site_findings.put(tx, [finding(client_id, company_id)], {company_id: [IMPRINT]})
    store.close()


def _ask(url: str, home: Path) -> None:
    """What sources are asked, and what that may cost."""
    store = open_store(url)
    with store.write() as tx:
        make_questions(tx, home)
    store.close()


def _fail(url: str) -> None:
    """Crawls that were given up, visits that were refused, a supervisor, a pause."""
    store = open_store(url)
    with store.write() as tx:
        client_id = client_of(tx, CLIENT).id
        asked = [
            Wanted(kind="crawl", key=f"gone{n}.example", queue="crawl", client_id=client_id)
            for n in range(3)
        ]
        ledger.ask(tx, asked)
        for one in ledger.claim(tx, ["crawl"], 10, ELSEWHERE, timedelta(minutes=1)):
            failures.fail(tx, [one], "OSError: disk full", wait=None, host=ELSEWHERE)
        for site, outcome in (("shut", "robots_denied"), ("inner", "blocked_address")):
            visit = Visit(site=f"{site}.example", outcome=outcome, reason=outcome, started_at=now())
            pages.add_visit(tx, visit)
        report = SupervisorReport(host=ELSEWHERE, workers=2, started_at=now(), memory=321)
        crews.report(tx, report)
    store.close()
