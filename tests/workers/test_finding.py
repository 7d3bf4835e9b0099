"""From bare names to sites: found sites are facts, join duplicates, are crawled, and stand below a
person's word.
"""

from pathlib import Path

from actions import found_sites, searched_sites, site_reviews
from actions.actor import Right
from actions.forgetting import forget
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from leads.store import pages, site_findings
from leads.store.facts import facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from tests.spiders.conftest import Hostile, answer
from tests.workers.agency import DOUBTFUL, SITE, Agency


def test_from_a_bare_name_to_its_visited_site(agency: Agency) -> None:
    agency.run("company,country\nQuorvian Pumpen GmbH,DE\nNobody Anywhere GmbH,DE\n")
    assert agency.domains() == {"Quorvian Pumpen GmbH": [SITE], "Nobody Anywhere GmbH": []}
    with agency.session.store.read() as tx:
        visit = pages.last_visit(tx, SITE)
        (fact,) = [
            fact
            for some in facts.of_companies(
                tx, agency.client_id, [agency.companies()["Quorvian Pumpen GmbH"]]
            ).values()
            for fact in some
            if fact.attribute == "domain"
        ]
    assert visit is not None
    assert visit.outcome == "ok"
    assert (fact.evidence.method, fact.evidence.source) == ("inferred", f"site:{SITE}")
    assert "the owner is named as in the list" in fact.evidence.quote
    assert fact.client_id == agency.client_id
    assert agency.held("Nobody Anywhere GmbH").band == "abstain"
    assert agency.held("Nobody Anywhere GmbH").lacks


def test_a_found_site_joins_the_rows_of_one_company(agency: Agency) -> None:
    agency.run(f"company,country,website\nQuorvian Pumpen Kassel,DE,{SITE}\n", "register")
    agency.run("company,country\nQuorvian Pumpen GmbH,DE\n", "fair")
    assert len(agency.companies()) == 1


def test_a_company_whose_site_a_list_names_is_not_searched(agency: Agency) -> None:
    agency.run(f"company,country,website\nQuorvian Pumpen GmbH,DE,{SITE}\n")
    with agency.session.store.read() as tx:
        ids = list(agency.companies().values())
        assert not site_findings.of_companies(tx, agency.client_id, ids)


def test_without_a_campaign_that_crawls_nothing_is_searched(
    session: Session, web: Hostile, tmp_path: Path
) -> None:
    made = Agency(session, web, tmp_path)
    file = read_icp(str(tmp_path / "icp.yaml"))
    with session.write(Right.MANAGE) as work:
        put_in_force(work, made.client_id, file.icp.name, file, crawl=False)
    made.run("company,country\nQuorvian Pumpen GmbH,DE\n")
    assert not web.hits


def test_a_search_is_not_repeated(agency: Agency) -> None:
    agency.run("company,country\nNobody Anywhere GmbH,DE\n")
    before = agency.held("Nobody Anywhere GmbH")
    agency.run("company,country\nAnother Name GmbH,DE\n", "again")
    assert agency.held("Nobody Anywhere GmbH") == before


def test_a_person_confirms_denies_and_withdraws(agency: Agency) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    name = "Quorvian Pumpen GmbH"
    agency.run(f"company,country\n{name},DE\n")
    waiting = site_reviews.review(agency.session, "default", 10)
    assert [(one.company, one.found.domain) for one in waiting.sites] == [(name, SITE)]
    assert agency.domains() == {name: []}

    found_sites.answer(agency.session, "default", name, "yes")
    assert agency.domains() == {name: [SITE]}
    assert site_reviews.review(agency.session, "default", 10).count == 0

    found_sites.undo(agency.session, "default", name)
    assert agency.domains() == {name: []}
    assert site_reviews.review(agency.session, "default", 10).count == 1

    found_sites.answer(agency.session, "default", name, "no")
    assert agency.held(name).denied == [SITE]
    found_sites.answer(agency.session, "default", name, "right.example")
    assert agency.domains() == {name: ["right.example"]}
    assert agency.held(name).said_by == agency.session.user_name

    found_sites.undo(agency.session, "default", name)
    found_sites.undo(agency.session, "default", name)
    assert site_reviews.review(agency.session, "default", 10).count == 1


def test_no_takes_back_a_site_that_was_taken_and_undo_restores_it(agency: Agency) -> None:
    name = "Quorvian Pumpen GmbH"
    agency.run(f"company,country\n{name},DE\n")
    found_sites.answer(agency.session, "default", name, "no")
    agency.work()
    assert agency.domains() == {name: []}
    found_sites.undo(agency.session, "default", name)
    assert agency.domains() == {name: [SITE]}


def test_a_site_that_changes_hands_is_given_up(agency: Agency) -> None:
    name = "Quorvian Pumpen GmbH"
    agency.run(f"company,country\n{name},DE\n")
    assert agency.domains() == {name: [SITE]}
    other = (
        "<html lang=pl><title>Kasyno Brightfield</title><p>Najlepsze gry i premie dla każdego.</p>"
        "<p>Brightfield Sp. z o.o., ul. Długa 5, 00-001 Warszawa</p></html>"
    )
    agency.web.site(SITE, home=answer(other), impressum=answer(other))
    with agency.session.store.write() as tx:
        ledger.ask(
            tx,
            [Wanted(kind="crawl", key=SITE, queue="crawl", priority=ledger.NOW)],
            agency.context.trace_id,
        )
    agency.work()
    assert agency.domains() == {name: []}
    assert agency.held(name).band == "abstain"


def test_a_stored_list_is_searched_on_request(agency: Agency) -> None:
    agency.run("company,country\nNobody Anywhere GmbH,DE\n")
    done = searched_sites.find_in_list(agency.session, "default", "fair")
    assert (len(done.companies), dict(done.bands)) == (1, {"abstain": 1})


def test_the_pages_of_a_doubtful_site_are_kept_for_its_reviewer_and_erased_with_it(
    agency: Agency,
) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    name = "Quorvian Pumpen GmbH"
    agency.run(f"company,country\n{name},DE\n")
    found = site_reviews.review_one(agency.session, "default")
    assert [one.kind for one in found.pages] == ["home", "imprint"]
    assert "34117 Kassel" in found.pages[1].text
    assert found.known == {"name": [name], "legal_form": ["gmbh"], "country": ["DE"]}
    company = agency.companies()[name]
    mark = next(one["mark"] for one in agency.held(name).reasons if "AG" in one["quote"])
    shown = site_reviews.seen_page(agency.session, "default", company, 1, mark)
    assert "Quorvian Pumpen AG" in shown.quote

    # What a person says keeps them; who is erased is in none of them.
    found_sites.answer(agency.session, "default", name, "no")
    found_sites.undo(agency.session, "default", name)
    forget(agency.session, "default", "+49 561 123456", dry_run=False)
    left = site_reviews.review_one(agency.session, "default")
    assert len(left.pages) == 2
    assert "123456" not in repr(left.pages)


def test_the_pages_of_a_site_that_is_taken_are_not_kept_twice(agency: Agency) -> None:
    name = "Quorvian Pumpen GmbH"
    agency.run(f"company,country\n{name},DE\n")
    with agency.session.store.read() as tx:
        company = agency.companies()[name]
        assert not site_findings.pages_of(tx, agency.client_id, company)
