"""A company that a list names without its site, and whose domain is suppressed: nobody looks at the
site, a person says whose it is, and the suppression is the company's from then on.
"""

from dataclasses import replace

from actions import found_sites, site_reviews, suppressions
from actions.session import Session
from actions.suppressions import Scope
from actions.where import Where
from leads.store import site_findings
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from outreach.run.site_visits import companies_to_visit
from tests.spiders.conftest import answer
from tests.workers.agency import HOME, IMPRINT, SITE, Agency

NAME = "Quorvian Pumpen GmbH"
LIKELIER = "quorvianpumpen.de"
ROW = f"company,country\n{NAME},DE\n"


def suppress(session: Session, domain: str) -> None:
    suppressions.add(session, Scope(Where("default", None)), domain, kind="domain")


def is_free(agency: Agency) -> bool:
    """Whether the company may still be visited, for some campaign."""
    company_id = agency.companies()[NAME]
    with agency.session.store.read() as tx:
        return company_id in companies_to_visit(tx, agency.client_id, [company_id])


def search_again(agency: Agency) -> None:
    """Search the site as `sluice sites find LIST --list --again` does."""
    key = str(agency.companies()[NAME])
    wanted = Wanted(kind="find_site", key=key, queue="crawl", client_id=agency.client_id)
    with agency.session.store.write() as tx:
        site_findings.put(tx, [replace(agency.held(NAME), basis="")])
        ledger.ask(tx, [wanted], agency.context.trace_id)
    agency.work()


def test_a_person_is_asked_about_a_suppressed_domain_that_is_not_looked_at(agency: Agency) -> None:
    suppress(agency.session, SITE)
    agency.run(ROW)
    assert not agency.web.hits
    held = agency.held(NAME)
    assert (held.domain, held.band, held.fact_ids) == (SITE, "review", [])
    assert held.reasons[-1]["mark"] == "suppressed"
    assert held.lacks[-1] == f"a person's word: {SITE} is suppressed and not looked at"


def test_yes_suppresses_the_company_and_undo_frees_it(agency: Agency) -> None:
    suppress(agency.session, SITE)
    agency.run(ROW)
    assert is_free(agency)
    said = found_sites.answer(agency.session, "default", NAME, "yes")
    agency.work()
    assert said.next == f"{SITE} is suppressed: so is the company now, and the site is not visited"
    assert agency.domains() == {NAME: [SITE]}
    assert not is_free(agency)
    assert not agency.web.hits

    found_sites.undo(agency.session, "default", NAME)
    agency.work()
    assert is_free(agency)


def test_no_is_not_asked_again(agency: Agency) -> None:
    suppress(agency.session, SITE)
    agency.run(ROW)
    found_sites.answer(agency.session, "default", NAME, "no")
    search_again(agency)
    assert agency.held(NAME).domain is None
    assert site_reviews.review(agency.session, "default", 10).count == 0


def test_a_found_site_that_is_suppressed_later_suppresses_its_company(agency: Agency) -> None:
    agency.run(ROW)
    assert agency.domains() == {NAME: [SITE]}
    assert is_free(agency)
    suppress(agency.session, SITE)
    assert not is_free(agency)


def test_another_site_is_not_taken_while_a_likelier_one_is_suppressed(agency: Agency) -> None:
    hosts = (SITE, f"www.{SITE}", LIKELIER)
    agency.context = replace(agency.context, allowed=agency.web.allowed(*hosts))
    agency.web.site(LIKELIER, home=answer(HOME), impressum=answer(IMPRINT))
    suppress(agency.session, LIKELIER)
    agency.run(ROW)
    held = agency.held(NAME)
    assert (held.domain, held.band) == (SITE, "review")
    assert LIKELIER in held.lacks[-1]
    assert LIKELIER not in agency.web.hits
    assert agency.domains() == {NAME: []}


def test_undo_takes_back_a_no_that_a_search_followed(agency: Agency) -> None:
    agency.run(ROW)
    before = agency.held(NAME)
    found_sites.answer(agency.session, "default", NAME, "no")
    search_again(agency)
    searched = agency.held(NAME)
    assert (searched.domain, searched.said_by) == (None, None)
    assert searched.reasons != before.reasons

    found_sites.undo(agency.session, "default", NAME)
    after = agency.held(NAME)
    assert agency.domains() == {NAME: [SITE]}
    assert (after.domain, after.band, after.denied) == (SITE, "accept", [])
    assert (after.odds, after.reasons, after.looked) == (before.odds, before.reasons, before.looked)
