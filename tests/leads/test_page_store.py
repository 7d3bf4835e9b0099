"""Pages are kept once per content, within an age and a size; what facts quote stays."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.packed_body import PackedBody
from leads.page_headers import Headers
from leads.settings import load_settings
from leads.store import (
    Store,
    clients,
    companies,
    erasing,
    kept_pages,
    page_store,
    pages,
    site_states,
)
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.pages import StoredPage, Visit
from leads.store.schema import crawl, page, page_body, site
from leads.visits import GAPS
from workers.page_keeping import keep_pages_small

SITE = "a.example"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def visit(
    store: Store,
    name: str,
    days_ago: float,
    bodies: dict[str, bytes],
    headers: Headers = (),
    *,
    unchanged: bool = False,
) -> int:
    """Keep a visit with a page at each path; how many pages were the same."""
    at = now() - timedelta(days=days_ago)
    brought = tuple(
        StoredPage(
            url=f"https://{name}/{path}",
            kind="home" if not path else "other",
            status=200,
            headers=headers,
            body=body,
            fetched_at=at,
            unchanged=unchanged,
        )
        for path, body in bodies.items()
    )
    with store.write() as tx:
        return pages.add_visit(tx, Visit(site=name, outcome="ok", started_at=at, pages=brought))


def count(store: Store, table: Any) -> int:
    with store.read() as tx:
        return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def kept(store: Store, name: str = SITE) -> list[kept_pages.KeptPage]:
    with store.read() as tx:
        return kept_pages.current(tx, name)


def texts(store: Store, name: str = SITE) -> list[bytes]:
    with store.read() as tx:
        newest = pages.last_visit_with_pages(tx, name)
        assert newest
        return [one.body for one in pages.pages_of(tx, newest.id)]


def small(store: Store, megabytes: str = "1000", days: str = "180", **options: Any) -> int:
    """Keep the store small; how many pages went."""
    settings = load_settings({"SLUICE_PAGE_STORE_MB": megabytes, "SLUICE_KEEP_PAGES_DAYS": days})
    return keep_pages_small(store.write, settings, **options).pages


def test_a_page_that_stays_the_same_is_one_row_however_often_it_is_seen(store: Store) -> None:
    same = [visit(store, SITE, days, {"": b"home", "us": b"us"}) for days in (90, 60, 30, 1)]
    assert same == [0, 2, 2, 2]
    assert (count(store, page), count(store, page_body), count(store, crawl)) == (2, 2, 4)
    assert texts(store) == [b"home", b"us"]
    one = kept(store)[0]
    assert (one.seen_at - one.fetched_at).days == 89


def test_one_body_serves_many_sites(store: Store) -> None:
    for name in ("a.example", "b.example", "c.example"):
        visit(store, name, 1, {"": b"this domain is for sale"})
    assert (count(store, page), count(store, page_body)) == (3, 1)


def test_what_a_newer_visit_no_longer_brings_is_replaced_and_its_order_is_that_of_the_visit(
    store: Store,
) -> None:
    visit(store, SITE, 9, {"": b"home", "us": b"us", "old": b"old"})
    visit(store, SITE, 1, {"new": b"new", "": b"home", "us": b"of today"})
    assert texts(store) == [b"new", b"home", b"of today"]
    assert count(store, page) == 5
    with store.read() as tx:
        then = pages.page_at(tx, SITE, f"https://{SITE}/us", now() - timedelta(days=5))
    assert then
    assert then.body == b"us"


def test_a_visit_that_ended_late_replaces_nothing(store: Store) -> None:
    visit(store, SITE, 1, {"": b"new"})
    visit(store, SITE, 9, {"": b"old"})
    assert texts(store) == [b"new"]


def test_validators_are_renewed_and_other_headers_only_when_they_tell_something(
    store: Store,
) -> None:
    first = (("Server", "nginx"), ("Date", "Monday"), ("ETag", '"1"'), ("Set-Cookie", "a=1; x"))
    later = (("Server", "nginx"), ("Date", "Sunday"), ("ETag", '"2"'), ("Set-Cookie", "a=2; x"))
    visit(store, SITE, 9, {"": b"home"}, first)
    visit(store, SITE, 5, {"": b"home"}, later)
    known = dict(kept(store)[0].headers)
    assert known == {"Server": "nginx", "Date": "Monday", "ETag": '"2"', "Set-Cookie": "a=1; x"}
    other = (("Server", "caddy"), *later[1:])
    visit(store, SITE, 1, {"": b"home"}, other)
    assert kept(store)[0].headers == other


def test_a_page_that_was_not_sent_keeps_its_headers_and_the_day_it_was_received(
    store: Store,
) -> None:
    visit(store, SITE, 9, {"": b"home"}, (("ETag", '"1"'),))
    visit(store, SITE, 1, {"": b"home"}, (("ETag", '"1"'),), unchanged=True)
    one = kept(store)[0]
    assert one.headers == (("ETag", '"1"'),)
    assert [(now() - at).days for at in (one.received_at, one.seen_at)] == [9, 1]


def test_replaced_pages_go_by_age_and_bodies_that_others_use_stay(store: Store) -> None:
    visit(store, SITE, 400, {"": b"only then"})
    visit(store, SITE, 300, {"": b"the same"})
    visit(store, "b.example", 300, {"": b"only then"})
    visit(store, SITE, 1, {"": b"of today"})
    assert small(store) == 1
    assert (count(store, page), count(store, page_body)) == (3, 3)
    assert small(store) == 0


def own(store: Store, *names: str) -> None:
    """Give each site a company whose list names it."""
    with store.write() as tx:
        client_id = clients.make_client(tx, "default").id
        for name in names:
            company_id = new_id()
            companies.add_companies(
                tx, client_id, "legal_entity", [CompanyRow(company_id, name, "")]
            )
            evidence = Evidence(source="list", method=Method.TOLD, observed_at=now())
            fact = Fact(
                id=new_id(),
                attribute="domain",
                value=name,
                evidence=evidence,
                client_id=client_id,
            )
            facts.add(tx, [(Subject(company_id=company_id), fact)])


@pytest.mark.parametrize(("with_current", "left"), [(False, 2), (True, 0)])
def test_a_store_that_is_too_large_lets_replaced_pages_go_and_current_ones_only_when_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, with_current: bool, left: int
) -> None:
    own(store, SITE)
    for days in (30, 20, 10):
        visit(store, SITE, days, {"": b"home %d" % days, "us": b"us %d" % days})
    monkeypatch.setattr(page_store, "packed_bytes", lambda _tx: 1_000_001)
    assert small(store, "1", with_current=with_current) == 6 - left
    assert count(store, page) == count(store, page_body) == left


def test_pages_of_dead_sites_and_of_nobody_s_go_before_those_that_facts_quote(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(store, "dead.example", "lives.example")
    for name in ("dead.example", "lives.example", "nobody.example"):
        visit(store, name, 1, {"": name.encode(), "us": b"us"})
    with store.write() as tx:
        stated = {"dead_at": now(), "failed": 6}
        tx.execute(update(site).where(site.c.site == "dead.example").values(**stated))
    assert small(store, "1") == 0
    monkeypatch.setattr(page_store, "packed_bytes", lambda _tx: 1_000_001)
    assert small(store, "1") == 4
    assert [len(kept(store, name)) for name in ("dead.example", "lives.example")] == [0, 2]
    assert small(store, "1") == 0


def test_however_many_sites_stay_the_others_are_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"own{number}.example" for number in range(5)]
    own(store, *names)
    for name in (*names, "z-nobody.example"):
        visit(store, name, 1, {"": name.encode()})
    monkeypatch.setattr(page_store, "packed_bytes", lambda _tx: 1_000_001)
    monkeypatch.setattr(page_store.drop_unneeded, "__defaults__", (2,))
    assert small(store, "1") == 1
    assert count(store, page) == len(names)


def test_a_store_within_its_size_keeps_all(store: Store) -> None:
    for days in (30, 20):
        visit(store, SITE, days, {"": b"home %d" % days})
    assert small(store, "1", with_current=True) == 0
    with store.read() as tx:
        size = page_store.size(tx)
        assert (size.pages, size.replaced, size.bodies, size.unpacked) == (2, 1, 2, 14)
        assert size.bytes == page_store.packed_bytes(tx)


def test_an_erased_site_leaves_nothing(store: Store) -> None:
    visit(store, SITE, 9, {"": b"home", "us": b"us"})
    visit(store, SITE, 1, {"": b"new", "us": b"us"})
    visit(store, "b.example", 1, {"": b"home"})
    with store.write() as tx:
        gone = erasing.of_sites(tx, [SITE])
    assert (gone["pages"], gone["visits"]) == (3, 2)
    assert (count(store, page), count(store, page_body), count(store, site)) == (1, 1, 1)


def test_a_dead_site_is_stated_with_its_attempts_and_lives_when_it_answers(store: Store) -> None:
    at = now() - timedelta(days=60)
    with store.write() as tx:
        for outcome in ("ok", *["timeout", "unreachable"] * 3):
            pages.add_visit(tx, Visit(site=SITE, outcome=outcome, started_at=at))
            state = site_states.of(tx, SITE)
            assert state
            at = max(state.due_at, at) if outcome != "ok" else at + timedelta(days=1)
        (dead,) = site_states.dead(tx)
        attempts = site_states.attempts(tx, dead)
        assert attempts
        assert attempts.outcomes == {"timeout": 3, "unreachable": 3}
        assert 0.8 * sum(GAPS, timedelta()).days <= attempts.days <= sum(GAPS, timedelta()).days
        assert site_states.counts(tx) == {"sites": 1, "failing": 0, "dead": 1, "due": 0}
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at))
        assert site_states.dead(tx) == []


def test_a_verdict_brings_a_site_forward_for_as_long_as_it_says_so(store: Store) -> None:
    visit(store, SITE, 10, {"": b"home"})
    with store.write() as tx:
        before = site_states.of(tx, SITE)
        site_states.rest_on(tx, {SITE: timedelta(days=14), "unknown.example": timedelta(days=1)})
        after = site_states.of(tx, SITE)
    assert before
    assert after
    assert after.due_at - after.last_at < timedelta(days=14) < before.due_at - before.last_at
    visit(store, SITE, 0, {"": b"home"})
    with store.write() as tx:
        site_states.rest_on(tx, {SITE: timedelta(days=60)})
        again = site_states.of(tx, SITE)
    assert again
    assert again.due_at - again.last_at == after.due_at - after.last_at
    assert again.age(now() + timedelta(days=90)) > timedelta(days=60)


@pytest.mark.parametrize("level", [0, 9])
def test_a_body_that_came_packed_is_kept_once_and_read_again(store: Store, level: int) -> None:
    body, at = b"<p>Presswerk</p>" * 500, now()
    came = gzip.compress(body, level)
    packed = PackedBody.of(body, came)
    one = StoredPage(
        url=f"https://{SITE}/",
        kind="home",
        status=200,
        headers=(),
        body=b"" if packed else body,
        fetched_at=at,
        packed=packed,
    )
    with store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=(one,)))
    with store.read() as tx:
        (kept,) = tx.execute(select(page_body)).all()
        newest = pages.last_visit(tx, SITE)
        assert newest
        (read,) = pages.pages_of(tx, newest.id)
        assert kept_pages.bodies(tx, [kept.content_hash]) == {kept.content_hash: body}
    assert read.body == body
    assert (kept.body == came) == (level == 9)
    assert kept.packed == len(kept.body) < kept.size == len(body)


def test_visits_to_many_sites_are_kept_as_one_by_one(store: Store) -> None:
    sites, at = ["a.example", "b.example", "c.example"], now()
    visit(store, "b.example", 40, {"": b"home", "old": b"old"})
    shared = StoredPage(
        url="https://x.example/", kind="home", status=200, headers=(), body=b"home", fetched_at=at
    )
    brought = [
        Visit(
            site=name,
            outcome="ok",
            started_at=at,
            pages=(replace(shared, url=f"https://{name}/"),),
        )
        for name in sites
    ]
    with store.write() as tx:
        assert pages.add_visits(tx, brought) == [0, 1, 0]
    with store.read() as tx:
        current = kept_pages.current_of(tx, sites)
        assert {name: [one.url for one in some] for name, some in current.items()} == {
            name: [f"https://{name}/"] for name in sites
        }
        assert all(site_states.of(tx, name) for name in sites)
    assert count(store, page_body) == 2


def test_a_body_that_a_visit_is_storing_is_not_dropped(store: Store) -> None:
    visit(store, SITE, 2, {"": b"once"})
    visit(store, SITE, 1, {"": b"now"})
    if store.engine.dialect.name == "sqlite":
        # One transaction writes at a time: the drop waits for the visit.
        visit(store, "b.example", 0, {"": b"once"})
        with store.write() as tx:
            page_store.drop_any_replaced(tx)
    else:
        page_of_other = StoredPage(
            url="https://b.example/",
            kind="home",
            status=200,
            headers=(),
            body=b"once",
            fetched_at=now(),
        )
        again = Visit(site="b.example", outcome="ok", started_at=now(), pages=(page_of_other,))
        other = Store(store.url)
        with store.write() as storing, other.write() as dropping:
            pages.add_visit(storing, again)
            assert page_store.drop_any_replaced(dropping).bodies == 0
        other.close()

    with store.read() as tx:
        (kept,) = pages.pages_of(tx, some_visit(tx, "b.example"))
    assert kept.body == b"once"


def some_visit(tx: Any, name: str) -> Any:
    found = pages.last_visit_with_pages(tx, name)
    assert found is not None
    return found.id
