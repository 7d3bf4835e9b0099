"""Searches that are stopped, offline, overtaken or barred: what is known is kept, nobody is asked who
must not be.
"""

import io
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions import found_sites
from actions.actor import Right
from actions.forgetting import forget
from actions.profiles import put_in_force, read_icp
from console.cli.main import run_command
from enrich.finding.result import Finding
from enrich.finding.search import Search
from leads.clock import now
from leads.store import Store, name_look_ups, pages, site_findings, site_states, suppressions
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.name_look_ups import LookedUpName
from leads.store.pages import Visit
from leads.store.suppressions import HashedKey, NewSuppression
from outreach.keys import Key, digest
from tests.console.test_forget import holding
from tests.made_clock import MadeClock
from tests.spiders.conftest import answer
from tests.workers.agency import DOUBTFUL, SITE, Agency
from workers import site_search
from workers.finding import find_batch
from workers.inline import work_off_own
from workers.pipeline import ALL

NAME = "Quorvian Pumpen GmbH"
ROW = f"company,country\n{NAME},DE\n"
OTHERS = (
    "<html lang=pl><title>Kasyno Brightfield</title><p>Najlepsze gry i premie dla każdego.</p>"
    "<p>Brightfield Sp. z o.o., ul. Długa 5, 00-001 Warszawa</p></html>"
)


def search_again(agency: Agency, *names: str) -> None:
    """Ask for the searches again, as if they had been made by other rules."""
    every = agency.companies()
    with agency.session.store.write() as tx:
        for one in (every[name] for name in names):
            held = site_findings.of_companies(tx, agency.client_id, [one])[one]
            site_findings.put(tx, [replace(held, basis="old rules")])
            wanted = Wanted(
                kind="find_site",
                key=str(one),
                queue="crawl",
                client_id=agency.client_id,
                priority=ledger.NOW,
            )
            ledger.ask(tx, [wanted], agency.context.trace_id)


def before_the_result(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[int]:
    """Let something happen while a search is under way; the numbers of rows that were searched."""
    asked: list[int] = []

    def search(searches: Sequence[Search], **options: Any) -> list[Finding]:
        asked.append(len(searches))
        if len(asked) == 1:
            happens()
        return site_search.search(searches, **options)

    monkeypatch.setattr("workers.finding.search", search)
    return asked


def offline(agency: Agency) -> None:
    """Let no site answer any more."""
    agency.context = replace(agency.context, allowed={(SITE, 80): ("127.0.0.1", 1)})


def bar(agency: Agency, domain: str) -> None:
    made = HashedKey("domain", None, digest(Key("domain", domain), agency.session.secret))
    wanted = NewSuppression(level="law", subject=None, keys=(made,), by="ann", reason="erased")
    with agency.session.store.write() as tx:
        suppressions.add(tx, wanted)


def test_a_stopped_search_leaves_no_result_and_is_made_later(agency: Agency) -> None:
    asked = threading.Event()

    def silent(_socket: Any, over: threading.Event) -> None:
        asked.set()
        over.wait(30)

    served = agency.web.routes[SITE, "/"]
    agency.web.site(SITE, home=silent)
    agency.context = replace(agency.context, should_stop=asked.is_set)
    work = [one for one in ALL if one != "find_site"]
    agency.import_list(ROW)
    work_off_own(agency.context, work)
    with agency.session.store.write() as tx:
        claimed = ledger.claim(tx, ["find_site"], 10, "host", timedelta(minutes=5))
    assert len(claimed) == 1
    find_batch(agency.context, claimed)

    with agency.session.store.read() as tx:
        ids = list(agency.companies().values())
        assert asked.is_set()
        assert not site_findings.of_companies(tx, agency.client_id, ids)
    agency.web.site(SITE, home=served)
    agency.context = replace(agency.context, should_stop=lambda: False)
    agency.work()
    assert agency.domains() == {NAME: [SITE]}


def test_an_outage_is_no_finding_and_the_search_is_due_again_within_hours(agency: Agency) -> None:
    offline(agency)
    agency.run(ROW)
    held = agency.held(NAME)
    assert held.band == "abstain"
    assert not held.is_due(now())
    assert held.is_due(now() + timedelta(hours=12))


def test_an_outage_takes_no_site_away(agency: Agency) -> None:
    agency.run(ROW)
    agency.web.site(SITE, home=answer(OTHERS), impressum=answer(OTHERS))
    crawl = Wanted(kind="crawl", key=SITE, queue="crawl", priority=ledger.NOW)
    with agency.session.store.write() as tx:
        ledger.ask(tx, [crawl], agency.context.trace_id)
    work_off_own(agency.context, [one for one in ALL if one != "find_site"])
    offline(agency)
    agency.work()
    assert agency.domains() == {NAME: [SITE]}
    assert agency.held(NAME).fact_ids


def test_a_person_s_word_during_a_search_stands(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    agency.run(ROW)
    search_again(agency, NAME)
    before_the_result(
        monkeypatch,
        lambda: found_sites.answer(agency.session, "default", NAME, "right.example"),
    )
    agency.work()
    held = agency.held(NAME)
    assert (held.said_by, held.domain) == (agency.session.user_name, "right.example")
    assert agency.domains() == {NAME: ["right.example"]}
    found_sites.undo(agency.session, "default", NAME)
    assert agency.domains() == {NAME: []}


def test_the_finding_of_a_merged_company_is_the_survivor_s(agency: Agency) -> None:
    agency.run(f"company,country,website\nQuorvian Pumpen Kassel,DE,{SITE}\n", "register")
    agency.run(ROW)
    (survivor,) = agency.companies().values()
    name = next(iter(agency.companies()))
    with agency.session.store.read() as tx:
        held = site_findings.of_companies(tx, agency.client_id, [survivor])[survivor]
        (taken,) = site_findings.taken_by_machine(tx, [SITE])
        assert not site_findings.due(tx, agency.client_id, [survivor])
    assert held.company_id == taken.company_id == survivor
    assert held.fact_ids

    found_sites.answer(agency.session, "default", name, "no")
    with agency.session.store.read() as tx:
        assert not site_findings.taken_by_machine(tx, [SITE])


def test_an_erased_domain_is_neither_visited_nor_given(agency: Agency) -> None:
    bar(agency, SITE)
    agency.run(ROW)
    assert not agency.web.hits
    assert agency.domains() == {NAME: []}
    assert SITE not in repr(agency.held(NAME))


def test_a_site_that_moves_to_an_erased_domain_leads_to_no_visit(agency: Agency) -> None:
    bar(agency, SITE)
    old = "old-pumpen.de"
    agency.context = replace(agency.context, allowed=agency.web.allowed(SITE, f"www.{SITE}", old))
    moved = answer("", status="301 Moved", headers=f"Location: http://{SITE}/\r\n")
    agency.web.site(old, home=moved)
    agency.run(f"company,country,website\nOther Name GmbH,DE,{old}\n")
    with agency.session.store.read() as tx:
        assert pages.last_visit(tx, old) is not None
        assert pages.last_visit(tx, SITE) is None
    assert not [host for host in agency.web.hits if SITE in host]


def test_a_site_that_asked_for_a_rest_is_left_alone_and_the_search_says_so(agency: Agency) -> None:
    rest = Visit(
        site=SITE,
        outcome="asked_to_wait",
        started_at=now(),
        not_before=now() + timedelta(days=20),
    )
    with agency.session.store.write() as tx:
        pages.add_visit(tx, rest)
    agency.run(ROW)
    assert not agency.web.hits
    held = agency.held(NAME)
    assert "the site asked for a rest" in repr(held.reasons)
    assert held.is_due(now() + timedelta(hours=12))


def test_what_a_site_asks_of_a_search_holds_for_the_next_visit(agency: Agency) -> None:
    busy = answer("", status="429 Too Many", headers="Retry-After: 86400\r\n")
    agency.web.site(SITE, home=busy)
    agency.run(ROW)
    with agency.session.store.read() as tx:
        state = site_states.of(tx, SITE)
    assert state is not None
    assert not state.is_stale(now() + timedelta(hours=20))
    assert state.is_stale(now() + timedelta(hours=26))


def test_a_company_erased_during_a_search_costs_no_other_its_turn(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    others = ("Nobody Anywhere GmbH", "Nobody Elsewhere GmbH")
    agency.run(ROW + "".join(f"{one},DE\n" for one in others))
    search_again(agency, NAME, *others)
    asked = before_the_result(
        monkeypatch, lambda: forget(agency.session, "default", NAME, dry_run=False)
    )
    agency.work()
    assert asked == [3]
    assert all(agency.held(one).basis != "old rules" for one in others)


def test_nothing_is_searched_again_for_a_client_that_crawls_no_more(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency.run(ROW)
    agency.web.site(SITE, home=answer(OTHERS), impressum=answer(OTHERS))
    crawl = Wanted(kind="crawl", key=SITE, queue="crawl", priority=ledger.NOW)
    file = read_icp(str(agency.folder / "icp.yaml"))
    with agency.session.write(Right.MANAGE) as work:
        put_in_force(work, agency.client_id, file.icp.name, file, crawl=False)
        ledger.ask(work.tx, [crawl], agency.context.trace_id)
    asked = before_the_result(monkeypatch, lambda: None)
    agency.work()
    assert not asked


@pytest.fixture
def two_stores(database_url: str) -> Iterator[tuple[Store, Store]]:
    stores = Store(database_url), Store(database_url)
    yield stores
    for one in stores:
        one.close()


def test_workers_that_store_the_same_look_ups_do_not_block_each_other(
    two_stores: tuple[Store, Store],
) -> None:
    names = [f"n{place}.example" for place in range(1_500)]
    errors: list[BaseException] = []

    def keep(store: Store, some: Sequence[str]) -> None:
        try:
            for _ in range(4):
                with store.write() as tx:
                    name_look_ups.keep_look_ups(
                        tx, [LookedUpName(name, "found", (name,)) for name in some]
                    )
        except BaseException as error:
            errors.append(error)

    threads = [
        threading.Thread(target=keep, args=pair)
        for pair in zip(two_stores, (names, names[::-1]), strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not errors
    with two_stores[0].read() as tx:
        assert len(name_look_ups.looked_up(tx, names)) == len(names)


def test_look_ups_that_hold_no_longer_are_swept_away(agency: Agency, clock: MadeClock) -> None:
    store = agency.session.store
    with store.write() as tx:
        old = [
            LookedUpName("gone.example", "missing", ()),
            LookedUpName("odd.example", "wildcard", ()),
        ]
        name_look_ups.keep_look_ups(tx, old)
    clock.at += timedelta(days=8)
    with store.write() as tx:
        name_look_ups.keep_look_ups(tx, [LookedUpName("new.example", "found", ())])
        assert name_look_ups.drop_old_look_ups(tx, 1) == 1
        assert name_look_ups.drop_old_look_ups(tx, 10) == 1
        assert name_look_ups.drop_old_look_ups(tx, 10) == 0
        assert list(name_look_ups.looked_up(tx, ["new.example", "gone.example"])) == ["new.example"]


def test_forgetting_a_company_forgets_the_names_that_were_made_of_it(agency: Agency) -> None:
    agency.run(ROW)
    with agency.session.store.write() as tx:
        name_look_ups.keep_look_ups(tx, [LookedUpName("quorvianpumpen.de", "missing", ())])
    forget(agency.session, "default", NAME, dry_run=False)
    with agency.session.store.read() as tx:
        assert not name_look_ups.looked_up(tx, ["quorvianpumpen.de"])


def test_an_erased_number_is_in_no_finding(agency: Agency, database_url: str) -> None:
    agency.run(f"company,country,phone\n{NAME},DE,+49 561 123456\n")
    found_sites.answer(agency.session, "default", NAME, "yes")
    found_sites.answer(agency.session, "default", NAME, "no")
    assert "561" in repr(agency.held(NAME).reasons)
    with agency.session.store.write() as tx:
        held = agency.held(NAME)
        said = {**(held.before or {}), "lacks": ["+49 561 123456"]}
        site_findings.put(tx, [replace(held, lacks=["+49 561 123456"], before=said)])
    forget(agency.session, "default", "+49 561 123456", dry_run=False)
    assert holding(database_url, ["561 123456", "561123456"]) == []


def test_a_person_is_asked_one_site_after_the_other(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    agency.run(ROW)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def typed(keys: str) -> str:
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{key}\n" for key in keys)))
        assert run_command(["sites", "review"]) == 0
        return capsys.readouterr().err

    assert "nothing was answered yet" in typed("xzq")
    assert agency.domains() == {NAME: []}
    assert "1 site answered" in typed("y")
    assert agency.domains() == {NAME: [SITE]}
    found_sites.undo(agency.session, "default", NAME)
    assert "0 sites answered" in typed("u")
    assert "1 of 1" in typed("")
    assert agency.held(NAME).said_by is None
