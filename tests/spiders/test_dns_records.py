"""What a visit keeps of the DNS records of a domain, and when it asks for them again."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

import spiders.dns_look_up
from leads.clock import now
from leads.packed_body import hash_of
from spiders.crawl import crawl
from spiders.dns_look_up import DnsLookUp
from spiders.dns_page import HOLDS, STAYS, dns_page
from spiders.known_pages import KnownPage, KnownPages
from spiders.limits import Limits
from spiders.site import FetchedPage, PageKind, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web
from tests.spiders.made_names import NameServer, serving_names

ALL_UNKNOWN = {"acme.example", "www.acme.example", "autodiscover.acme.example"}


@pytest.fixture(scope="module")
def running() -> Iterator[NameServer]:
    with serving_names() as made:
        yield made


@pytest.fixture
def names(running: NameServer, monkeypatch: pytest.MonkeyPatch) -> NameServer:
    """The name server without records; who waits for it has little patience."""
    monkeypatch.setattr(spiders.dns_look_up, "PATIENCE", 0.1)
    monkeypatch.setattr(spiders.dns_look_up, "LIFETIME", 0.25)
    for one in (running.records, running.asked, running.by_tcp):
        one.clear()
    for some in (running.silent, running.failing, running.garbled):
        some.clear()
    return running


def ask(names: NameServer, host: str, kind: str) -> Sequence[str] | None:
    async def asked() -> Sequence[str] | None:
        return await DnsLookUp("127.0.0.1", names.port)(host, kind)

    return asyncio.run(asked())


def page(names: NameServer, site: SiteToCrawl) -> FetchedPage | None:
    async def asked() -> FetchedPage | None:
        return await dns_page(site, DnsLookUp("127.0.0.1", names.port))

    return asyncio.run(asked())


def visited(before: FetchedPage, age: timedelta) -> SiteToCrawl:
    """The site as it is known from an earlier visit."""
    known = KnownPage(
        url=before.url,
        status=200,
        headers=(),
        content_hash=hash_of(before.body),
        received_at=now() - age,
    )
    pages = KnownPages.of([known], {known.content_hash: before.body}.get, now())
    return SiteToCrawl("acme.example", known=pages)


@pytest.mark.parametrize(
    ("kind", "records", "found"),
    [
        ("MX", ["10 Mail.Acme.example.", "20 ."], {"10 mail.acme.example", "20 ."}),
        (
            "TXT",
            ['"v=spf1 " "include:spf.mail.example -all"'],
            {"v=spf1 include:spf.mail.example -all"},
        ),
        ("TXT", ['"\\255\\000\\010 x"'], {"\ufffd\0\n x"}),
        ("NS", ["ns1.host.example."], {"ns1.host.example"}),
        ("CNAME", ["shop.host.example."], {"shop.host.example"}),
    ],
)
def test_records_are_text(
    names: NameServer, kind: str, records: list[str], found: set[str]
) -> None:
    names.records["acme.example", kind] = records
    assert set(ask(names, "acme.example", kind) or ()) == found


def test_no_record_is_an_answer_and_silence_is_none(names: NameServer) -> None:
    names.records["acme.example", "MX"] = ["10 mail.acme.example."]
    assert ask(names, "acme.example", "TXT") == ()
    assert ask(names, "missing.example", "TXT") == ()
    for some in (names.silent, names.failing, names.garbled):
        some.add("acme.example")
        assert ask(names, "acme.example", "MX") is None
        some.clear()


def test_a_silent_server_is_asked_twice(names: NameServer) -> None:
    names.silent.add("acme.example")
    assert ask(names, "acme.example", "MX") is None
    assert 2 <= names.asked["acme.example", "MX"] <= 3


def test_long_answers_come_by_tcp_and_are_cut(names: NameServer) -> None:
    names.records["acme.example", "TXT"] = [f'"token-{n:03}={"x" * 200}"' for n in range(200)]
    found = page(names, SiteToCrawl("acme.example"))
    assert found is not None
    assert names.by_tcp["acme.example"] == 1
    assert found.body.count(b"\nacme.example TXT ") == 50


def test_a_page_of_records_says_what_is_none_and_what_is_unknown(names: NameServer) -> None:
    names.records["acme.example", "MX"] = ["20 b.mail.example.", "10 a.mail.example."]
    names.records["autodiscover.acme.example", "CNAME"] = ["autodiscover.mail.example."]
    names.failing.add("www.acme.example")
    found = page(names, SiteToCrawl("acme.example"))
    assert found is not None
    assert (found.url, found.kind, found.unchanged) == ("dns:acme.example", PageKind.DNS, False)
    assert found.body.decode().splitlines() == [
        "acme.example MX 10 a.mail.example",
        "acme.example MX 20 b.mail.example",
        "; acme.example TXT none",
        "; acme.example NS none",
        f"; www.acme.example CNAME unknown since {now():%Y-%m-%d}",
        "autodiscover.acme.example CNAME autodiscover.mail.example",
    ]


def test_answers_hold_for_a_week_whoever_asks(names: NameServer) -> None:
    names.records["acme.example", "MX"] = ["10 a.mail.example."]
    first = page(names, SiteToCrawl("acme.example"))
    assert first is not None
    names.asked.clear()

    again = page(names, visited(first, HOLDS / 2))
    assert again == replace(first, unchanged=True, fetched_at=again.fetched_at if again else now())
    assert not names.asked

    names.records["acme.example", "MX"] = ["10 b.mail.example."]
    later = page(names, visited(first, 2 * HOLDS))
    assert later is not None
    assert later.body.startswith(b"acme.example MX 10 b.mail.example\n")


def test_what_nobody_answers_stays_as_it_was_known(names: NameServer) -> None:
    names.records["acme.example", "MX"] = ["10 a.mail.example."]
    first = page(names, SiteToCrawl("acme.example"))
    assert first is not None

    names.failing |= ALL_UNKNOWN
    silent = page(names, visited(first, 2 * HOLDS))
    assert silent is not None
    today = f"{now():%Y-%m-%d}"
    lines = silent.body.decode().splitlines()
    assert lines[:2] == [
        "acme.example MX 10 a.mail.example",
        f"; acme.example MX unknown since {today}",
    ]
    assert f"; www.acme.example CNAME unknown since {today}" in lines
    assert page(names, SiteToCrawl("acme.example")) is None

    # What is unknown is asked for at the next visit, and does not stay for ever.
    names.asked.clear()
    again = page(names, visited(silent, timedelta(hours=1)))
    assert again is not None
    assert again.body == silent.body
    assert names.asked["acme.example", "MX"]
    long_ago = f"{now() - STAYS:%Y-%m-%d}".encode()
    old = replace(silent, content=silent.body.replace(today.encode(), long_ago))
    assert page(names, visited(old, timedelta(hours=1))) is None


def crawled(server: Hostile, names: NameServer, host: str) -> SiteOutcome:
    found: list[SiteOutcome] = []
    crawl(
        [SiteToCrawl(host, (f"http://{host}/",))],
        limits=Limits(delay=0, download_timeout=1, look_further=False),
        user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
        on_site=found.append,
        allowed=server.allowed(host),
        ask_dns=DnsLookUp("127.0.0.1", names.port),
    )
    return found[0]


def test_a_visit_brings_the_records_last(
    server: Hostile, web: type[Web], names: NameServer
) -> None:
    server.site("acme.example", home=web.page("/impressum"), impressum=web.page())
    names.records["acme.example", "MX"] = ["10 a.mail.example."]
    assert [one.kind for one in crawled(server, names, "acme.example").pages] == [
        PageKind.HOME,
        PageKind.IMPRINT,
        PageKind.DNS,
    ]
    names.silent |= ALL_UNKNOWN
    silent = crawled(server, names, "acme.example")
    assert [one.kind for one in silent.pages] == [PageKind.HOME, PageKind.IMPRINT]
    assert sum(names.asked.values()) <= 5 + 5 * 3


def test_a_site_that_cannot_be_visited_is_not_asked_about(
    server: Hostile, web: type[Web], names: NameServer
) -> None:
    server.site("gone.example", home=web.answer("", "404 Not Found"))
    assert not crawled(server, names, "gone.example").pages
    assert not names.asked
