"""What the DNS records kept with a visit show, and when they count."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.reading import from_text, read_page, to_text
from enrich.site import read_pages
from leads.dns_records import QUESTIONS, DnsAnswer, dns_answers, dns_text
from leads.facts import Fact, Method
from leads.values import TechnologyUse
from tests.enrich.test_site import SITE, Stored, stored
from tests.made_pages import FETCHED

URL = f"dns:{SITE}"
MX, TXT, NS, CNAME, AUTODISCOVER = QUESTIONS
DAY = date(2026, 11, 3)
MICROSOFT = "10 acme-beispiel.mail.protection.outlook.com"
SPF = "v=spf1 ip4:192.0.2.1 " + "ip4:192.0.2.222 " * 20 + "include:spf.protection.outlook.com -all"


def records(*answers: DnsAnswer, at: datetime = FETCHED) -> Stored:
    return Stored(URL, dns_text(SITE, answers).encode(), "dns", fetched_at=at)


def technologies(*pages: Stored) -> dict[str, Fact]:
    return {
        fact.value.slug: fact
        for fact in read_pages(SITE, pages).facts
        if isinstance(fact.value, TechnologyUse)
    }


@pytest.mark.parametrize(
    ("answer", "slug", "quote"),
    [
        (DnsAnswer(MX, (MICROSOFT,)), "microsoft-365", f"{SITE} MX {MICROSOFT}"),
        (DnsAnswer(TXT, (SPF,)), "microsoft-365", f"{SITE} TXT {SPF}"),
        (
            DnsAnswer(AUTODISCOVER, ("autodiscover.outlook.com",)),
            "microsoft-365",
            f"autodiscover.{SITE} CNAME autodiscover.outlook.com",
        ),
        (DnsAnswer(TXT, ("docusign=1a2b",)), "docusign", f"{SITE} TXT docusign=1a2b"),
        (
            DnsAnswer(CNAME, ("acme.azurewebsites.net",)),
            "azure-app-service",
            f"www.{SITE} CNAME acme.azurewebsites.net",
        ),
        (
            DnsAnswer(NS, ("ns1.siteground.net",)),
            "siteground",
            f"{SITE} NS ns1.siteground.net",
        ),
    ],
)
def test_a_record_is_its_own_quote(answer: DnsAnswer, slug: str, quote: str) -> None:
    page = records(answer)
    (found,) = [
        one for one in read_page(page, with_people=False).found if one.value == TechnologyUse(slug)
    ]
    assert (found.method, found.quote) == ("dns", quote[:500])
    assert quote in page.body.decode()

    fact = technologies(stored("", "", "home"), page)[slug]
    assert (fact.evidence.url, fact.evidence.quote) == (URL, quote[:500])
    assert fact.evidence.method is Method.DNS


def test_where_mail_is_set_up_does_not_say_where_the_site_is() -> None:
    mail_only = records(DnsAnswer(AUTODISCOVER, ("autodiscover.secureserver.net",)))
    assert "godaddy" not in technologies(stored("", "", "home"), mail_only)


def test_coverage_counts_what_was_answered() -> None:
    page = records(DnsAnswer(MX, (MICROSOFT,)), DnsAnswer(TXT, unknown_since=DAY), DnsAnswer(NS))
    facts = read_pages(SITE, [stored("", "", "home"), page]).facts
    counted = {str(fact.value) for fact in facts if fact.attribute == "coverage"}
    assert counted == {"home:1", "pages:1", "dns_mx:1", "dns_ns:1"}


def test_the_records_of_a_seller_are_not_a_companys() -> None:
    sold = Stored(
        f"https://{SITE}/", b"<h1>This domain is for sale</h1><p>Buy this domain.</p>", "home"
    )
    assert technologies(sold, records(DnsAnswer(MX, (MICROSOFT,)))) == {}


def test_a_reading_of_records_is_kept_as_text() -> None:
    reading = read_page(records(DnsAnswer(MX, (MICROSOFT,))), with_people=False)
    assert reading.found
    text = to_text(reading)
    assert from_text(text, url=URL, kind="dns", fetched_at=FETCHED) == reading


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from([None, DAY]))
def test_any_text_record_stays_one_line(texts: list[str], since: date | None) -> None:
    written = dns_text(SITE, [DnsAnswer(TXT, tuple(texts), since), DnsAnswer(MX)])
    mx, txt = dns_answers(URL, written)
    assert (mx.values, mx.is_known, txt.unknown_since) == ((), True, since)
    assert len(txt.values) == len(set(txt.values)) <= len(texts)
    assert dns_text(SITE, [txt, mx]) == written
