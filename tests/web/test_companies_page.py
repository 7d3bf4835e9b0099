"""The companies of a campaign in the browser: the table, the search, and the file of each."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from actions.companies import show_stage
from actions.session import open_session
from actions.where import Where
from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store import pages
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.pages import StoredPage, Visit
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch Pumps GmbH"
HOSTILE = "Firm <script>alert(1)</script> GmbH"
SITE = "alder.example"
HTML = (
    "<html><head><title>Alder</title><script>alert(2)</script></head><body onload=alert(3)>"
    "<h1>About</h1><p>We employ   30 people &lt;b&gt; in Bremen.</p></body></html>"
)

Queued = Callable[..., None]


def crawled(quote: str) -> UUID:
    """Store a visit to the site of a company, and a fact that was read from its page."""
    at = now() - timedelta(hours=1)
    url = f"https://{SITE}/about"
    page = StoredPage(
        url=url, kind="about", status=200, headers=(), body=HTML.encode(), fetched_at=at
    )
    fact = Fact(
        id=new_id(),
        attribute="city",
        value="Bremen",
        evidence=Evidence(
            source=f"site:{SITE}", method=Method.PAGE, observed_at=at, url=url, quote=quote
        ),
    )
    with open_session("boss") as session, session.store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=(page,)))
        facts.add(tx, [(Subject(site=SITE), fact)])
    return fact.id


def opened(browser: Browser, name: str) -> Page:
    return browser.get(f"/companies/find?name={name.split()[0]}")


def test_companies_are_listed_found_and_explained(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, BIRCH, HOSTILE)
    browser = log_in("ann", "default")
    table = browser.get("/companies")
    assert HOSTILE not in table.html
    assert all(one in table.text for one in (ALDER, BIRCH, HOSTILE))
    assert "No company is at this stage" in browser.get("/companies?stage=disqualified").text

    fact_id = crawled("We employ 30 people")
    found = opened(browser, ALDER)
    assert found.path.startswith("/companies/")
    for text in ("Verdict under all version 1", "country", "The list Alder", "saved page"):
        assert text in found.text
    page = browser.get(f"{found.path}/facts/{fact_id}")
    assert '<mark id="quote">We employ 30 people</mark>' in page.html
    assert "alert(2)" not in page.html
    assert "&lt;b&gt; in Bremen" in page.html
    assert browser.get(f"{found.path}/facts/{new_id()}").status == 404


def test_pages_of_a_table_hold_every_company_once(queued: Queued) -> None:
    names = [f"{letter}lder Tools" for letter in "ABCDEFG"]
    queued(*names)
    seen, start = [], None
    with open_session("boss") as session:
        while True:
            page = show_stage(session, Where(), after=start, limit=3)
            seen += [one.name for one in page.rows]
            start = page.next
            if start is None:
                break
    assert page.by_stage["prospect"] == 7
    assert sorted(seen) == names


def test_other_clients_companies_are_not_shown(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, client="nordwind")
    queued(BIRCH, client="ostsee")
    ann, ole = log_in("ann", "nordwind"), log_in("ole", "ostsee")
    fact_id = crawled("We employ 30 people")
    there = opened(ann, ALDER).path
    for path in (there, f"{there}/facts/{fact_id}"):
        refused = ole.get(path)
        assert refused.status == 404
        assert "Alder" not in refused.text
    assert "No company of this client" in opened(ole, ALDER).text


def test_an_operator_sees_no_companies(log_in: LogIn) -> None:
    browser = log_in("oda", "default", role="operator")
    assert browser.get("/companies").status == 403
    assert browser.get("/companies/find?name=a").status == 403
