"""A page in, its facts out: the whole of extraction over a page like those of the wild, and over
pages made to break it.
"""

import json
import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.document import read
from enrich.extract import try_extract
from enrich.extracted import METHODS, ExtractedFact, extract_json, to_fact
from enrich.technologies import detect
from leads.attributes import ATTRIBUTES
from leads.facts import Method, Scope
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse
from tests.made_pages import FETCHED, document, found, page, values

IMPRINT = """<!DOCTYPE html><html lang="de"><head><title>Impressum - Acme Beispiel</title>
<link rel="alternate" hreflang="en" href="/en/imprint"><meta name="keywords" content="Zellenradschleusen, Schüttgut"></head><body>
<nav><a href="/">Start</a><a href="https://www.linkedin.com/company/acme-beispiel/?trk=x">LinkedIn</a>
<a href="https://www.facebook.com/sharer/sharer.php?u=x">Teilen</a><a href="https://www.linkedin.com/in/jo-bloggs">Jo</a></nav>
<h1>Impressum</h1><p>Angaben gemäß § 5 DDG</p>
<p><strong>Acme Beispiel Maschinenbau GmbH</strong><br>Beispielweg 5<br>10115 Berlin<br>Deutschland</p>
<table><tr><td>Telefon</td><td>+49 (0)30 / 901820</td></tr><tr><td>Telefax</td><td>+49 (0)30 / 901821</td></tr></table>
<p>E-Mail: info (at) acme-beispiel.de<br>Geschäftsführer: jo.bloggs@acme-beispiel.de</p>
<p>Registergericht: Amtsgericht Charlottenburg<br>Registernummer: HRB 123456 B<br>USt-IdNr.: DE 136 695 976</p>
<p>Seit 1987 fertigt unser Familienunternehmen Zellenradschleusen. Heute sind wir rund 45 Mitarbeiter, zertifiziert nach ISO 9001.</p>
<p>Hosting: Fremd Hosting GmbH, Musterallee 9, 20095 Hamburg</p></body></html>"""  # noqa: E501
URL = "https://www.acme-beispiel.de/impressum"


def test_an_imprint() -> None:
    said = [
        (one.attribute, str(one.value), one.method)
        for one in try_extract(page(IMPRINT, URL, "imprint")).facts
    ]
    assert said == [
        ("name", "Acme Beispiel Maschinenbau GmbH", "imprint_text"),
        ("legal_name", "Acme Beispiel Maschinenbau GmbH", "imprint_text"),
        ("legal_form", "gmbh", "imprint_text"),
        ("street", "Beispielweg 5", "imprint_text"),
        ("postcode", "10115", "imprint_text"),
        ("city", "Berlin", "imprint_text"),
        ("country", "DE", "imprint_text"),
        ("phone", "+4930901820", "imprint_text"),
        ("fax", "+4930901821", "imprint_text"),
        ("email", "info@acme-beispiel.de", "text"),
        ("vat_id", "DE136695976", "imprint_text"),
        ("register_number", "Berlin (Charlottenburg) HRB 123456", "imprint_text"),
        ("founded", "1,987", "imprint_text"),
        ("employees", "40 to 50", "imprint_text"),
        ("language", "de", "html_lang"),
        ("language", "en", "hreflang"),
        ("social", "https://linkedin.com/company/acme-beispiel", "link"),
        ("certificate", "ISO 9001", "text"),
        ("keyword", "Zellenradschleusen", "meta"),
        ("keyword", "Schüttgut", "meta"),
    ]


def test_every_finding_is_of_an_attribute_and_holds_words_that_stand_on_the_page() -> None:
    given = document(IMPRINT, URL, "imprint")
    for one in try_extract(given).facts:
        assert one.attribute in ATTRIBUTES
        assert one.method in METHODS
        assert 0 < one.confidence <= 1
        if one.method in {"imprint_text", "text"}:
            assert (
                one.quote.replace("…@…", "") in " ".join(given.text.split()) or "…@…" in one.quote
            )


def test_a_page_that_was_read_already_is_not_read_again() -> None:
    assert (
        try_extract(document(IMPRINT, URL, "imprint")).facts
        == try_extract(page(IMPRINT, URL, "imprint")).facts
    )


def test_the_document_of_the_command() -> None:
    html = '<p>Zentrale: <a href="tel:+49301234567">030 1234567</a></p><p>We are 45 people'
    printed = extract_json(
        "https://acme.example/", try_extract(page(html, "https://acme.example/", "contact")).facts
    )
    assert printed == {
        "url": "https://acme.example/",
        "unread": [],
        "facts": [
            {
                "attribute": "phone",
                "value": "+49301234567",
                "quote": "Zentrale: 030 1234567",
                "method": "tel_link",
                "confidence": 0.95,
                "scope": "company",
                "as_of": None,
            },
            {
                "attribute": "employees",
                "value": {"low": 45, "high": 45},
                "quote": "We are 45 people",
                "method": "text",
                "confidence": 0.85,
                "scope": "company",
                "as_of": None,
            },
        ],
    }
    json.dumps(printed)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("x", "x"),
        (Range(1, None), {"low": 1, "high": None}),
        (MoneyRange(Range(100, 200), "EUR"), {"low": 100, "high": 200, "currency": "EUR"}),
        (IndustryCode("naics", "31"), {"scheme": "naics", "code": "31"}),
        (TechnologyUse("iis"), {"slug": "iis", "uses": True}),
    ],
)
def test_values_are_printed_by_their_parts(value: object, printed: object) -> None:
    finding = ExtractedFact("x", value, "", "text", 0.5)  # type: ignore[arg-type]
    assert extract_json("u", [finding])["facts"][0]["value"] == printed


def test_a_fact_names_its_site_its_page_and_how_it_was_read() -> None:
    given = page("", "https://www.acme.example/de/impressum?x=1")
    fact = to_fact(
        ExtractedFact("phone", "+4930901820", "Tel. 030 901820", "tel_link", 0.95, Scope.SITE),
        given,
    )
    seen = fact.evidence
    assert (seen.source, seen.url, seen.quote) == (
        "site:acme.example",
        given.url,
        "Tel. 030 901820",
    )
    assert (seen.method, seen.observed_at, seen.confidence, seen.scope) == (
        Method.STRUCTURED,
        FETCHED,
        0.95,
        Scope.SITE,
    )
    assert (fact.client_id, fact.attribute) == (None, "phone")
    known = UUID(int=7)
    assert (
        to_fact(
            ExtractedFact("phone", "x", "", "text", 0.5), given, site="other.example", fact_id=known
        ).id
        == known
    )


HOSTILE = {
    "nested blocks": "<div>" * 300_000 + "Acme GmbH" + "</div>" * 300_000,
    "ten thousand levels of JSON": (
        '<script type="application/ld+json">' + '{"a":[' * 10_000 + "</script>"
    ),
    "digits": "<p>" + "1 " * 130_000,
    "signs": "<p>" + "a@" * 130_000,
    "legal forms": "<p>" + "Acme GmbH " * 26_000,
    "statements": "<p>" + "we are 45 employees " * 13_000,
    "registers": "<p>" + "HRB 1 Amtsgericht " * 14_000,
    "capitals": "<p>" + "Aa " * 90_000,
    "nothing": "\x00\ufffd" * 200_000,
    "links": '<a href="tel:1">' * 150_000 + '<a href="javascript:x">' * 1_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_take_a_moment(kind: str) -> None:
    start = time.process_time()
    try_extract(page(HOSTILE[kind], "https://acme.de/", "imprint"))
    assert time.process_time() - start < 4


pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "\n",
        "Acme GmbH",
        "© 2024",
        "10115 Berlin",
        "Beispielweg 5",
        "Tel. 030 901820",
        "info@acme.de",
        "HRB 1",
        "DE136695976",
        "we are 45 people",
        "since 1987",
        '<script type="application/ld+json">',
        "</script>",
        '{"@type":"Organization","name":"x"',
        "}",
        "<a href='tel:+49",
        "'>",
        "\x00",
        "\ufeff",
        "İ",
        "ẞ",
        "\U0001f1e9",
        "\ud800",
    ]
)


@given(
    st.one_of(st.text(max_size=300), st.lists(pieces, max_size=40).map("".join)),
    st.sampled_from(["home", "imprint", "contact", "about", "entry", "x"]),
    st.text(max_size=20),
)
def test_extraction_never_raises(html: str, kind: str, host: str) -> None:
    given = read(page(html, f"https://{host}/", kind))
    for one in (
        *try_extract(given).facts,
        *try_extract(page(html, "https://acme.de/", kind)).facts,
    ):
        assert one.attribute in ATTRIBUTES
        assert len(one.quote) <= 500
    detect(given)


@pytest.mark.parametrize(
    ("html", "profiles"),
    [
        (
            (
                '<a href="https://de.linkedin.com/company/acme/">x</a><a'
                ' href="//www.facebook.com/acme.gmbh?ref=1">y</a>'
            ),
            ["https://linkedin.com/company/acme", "https://facebook.com/acme.gmbh"],
        ),
        (
            (
                '<a href="https://twitter.com/intent/tweet?x">x</a><a'
                ' href="https://x.com/share">y</a><a href="https://instagram.com/p/123">z</a>'
            ),
            [],
        ),
        (
            (
                '<a href="https://www.linkedin.com/in/someone">x</a><a'
                ' href="https://www.xing.com/profile/Some_One">y</a>'
            ),
            [],
        ),
        ("".join(f'<a href="https://x.com/speaker{number}">x</a>' for number in range(5)), []),
        ('<a href="/facebook.com/acme">x</a><a href="https://notfacebook.com/acme">y</a>', []),
    ],
)
def test_profiles_of_the_company_on_social_networks(html: str, profiles: list[str]) -> None:
    assert values(found(html, "social")) == profiles


def test_languages_keep_their_code_alone() -> None:
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="/{tag}">'
        for tag in ("x-default", "en-GB", "zz", "de")
    )
    assert values(found(f'<html lang="de-AT">{links}', "language")) == ["de", "en"]
