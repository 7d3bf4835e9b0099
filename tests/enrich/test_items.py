"""Organisations in microdata, RDFa and the JSON that pages carry for their scripts."""

import json
import time
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.coverage import coverage
from enrich.extract import try_extract
from enrich.parked import parked
from enrich.read_markup import read_markup
from enrich.reading import read_document
from tests.made_pages import document, found, page, values

URL = "https://www.eschenried.example/"


def said(html: str, url: str = URL) -> dict[str, object]:
    return {one.attribute: one.value for one in try_extract(page(html, url)).facts}


def item(inside: str, kind: str = "Organization") -> str:
    return f"<div itemscope itemtype='https://schema.org/{kind}'>{inside}</div>"


@pytest.mark.parametrize(
    ("html", "facts"),
    [
        pytest.param(
            item(
                "<span itemprop=name>Eschenried</span><meta itemprop=vatID content=DE136695976>"
                "<b itemprop=numberOfEmployees>45</b><time itemprop=foundingDate datetime=1987-05>"
                "May</time>"
            ),
            {"name": "Eschenried", "vat_id": "DE136695976", "founded": 1987, "employees": 45},
            id="values in text, content and datetime",
        ),
        pytest.param(
            item(
                "<a itemprop=url href='https://eschenried.example/'><h1 itemprop=name>Eschenried"
                " Ltd</h1></a><p itemprop=address itemscope itemtype=//schema.org/PostalAddress>"
                "<span itemprop=streetAddress>5 Example Road</span>,"
                "<span itemprop=addressLocality>Leeds</span><span itemprop=postalCode>LS1 4AB"
                "</span><meta itemprop=addressCountry content=GB></p>"
                "<a itemprop=telephone href='tel:+44 113 496 0000'>Call</a>",
                "LocalBusiness",
            ),
            {"legal_name": "Eschenried Ltd", "street": "5 Example Road", "city": "Leeds",
             "postcode": "LS1 4AB", "country": "GB", "phone": "+441134960000"},
            id="an address item and a telephone link",
        ),
        pytest.param(
            "<body itemscope itemtype=http://schema.org/WebPage>"
            + item("<p itemprop=legalName>Eschenried S.r.l.<p itemprop=telephone>+39 06 12345678"),
            {"legal_name": "Eschenried S.r.l.", "phone": "+390612345678"},
            id="in a page item, elements left open",
        ),
        pytest.param(
            "<article itemscope itemtype=http://schema.org/WebPage><div itemprop=publisher"
            " itemscope itemtype=http://schema.org/Organization><i itemprop='name'>Eschenried</i>"
            "</div></article>",
            {"name": "Eschenried"},
            id="the publisher of the page",
        ),
        pytest.param(
            "<div vocab='https://schema.org/' typeof='Organization'><span property='name'>"
            "Eschenried SAS</span><span property='telephone'>+33 1 99 00 12 34</span></div>",
            {"legal_name": "Eschenried SAS", "legal_form": "sas"},
            id="RDFa",
        ),
        pytest.param(
            "<div typeof='schema:Corporation'><span property='schema:name'>Eschenried BV</span>"
            "<div property='schema:address' typeof='schema:PostalAddress'>"
            "<span property='schema:addressLocality'>Utrecht</span></div></div>",
            {"legal_name": "Eschenried BV", "city": "Utrecht"},
            id="RDFa with prefixes",
        ),
        pytest.param(
            "<div itemscope itemtype='http://data-vocabulary.org/Organization'>"
            "<span itemprop=name>Eschenried</span><span itemprop=tel>+48 22 512 12 34</span>"
            "<div itemprop=address itemscope><span itemprop=locality>Warszawa</span></div></div>",
            {"name": "Eschenried", "phone": "+48225121234", "city": "Warszawa"},
            id="the vocabulary before schema.org",
        ),
    ],
)  # fmt: skip
def test_an_organisation_in_markup(html: str, facts: dict[str, object]) -> None:
    got = said(html)
    shown = {name: getattr(value, "low", value) for name, value in got.items()}
    assert {name: shown.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    "html",
    [
        item("<span itemprop=name>Fremdhafen</span><link itemprop=url href=https://other.example/>"),
        item(item("<b itemprop=name>Fremdhafen</b>"), "Product"),
        item("<div itemprop=brand itemscope itemtype=/Organization><b itemprop=name>Fremdhafen</b>",
             "Product"),
        item("<b itemprop=name>Mia Muster</b>", "Person"),
        item("<b itemprop=name>Fremdhafen</b>") + item("<b itemprop=name>Weitwinkel</b>"),
        item("<b itemprop=name>Kontakt</b>"),
        item("<b itemprop=name>Machines for every need of a modern workshop at home</b>"),
        "<script type=text/x-template>" + item("<b itemprop=name>Fremdhafen</b>") + "</script>",
        "<!-- " + item("<b itemprop=name>Fremdhafen</b>") + " -->",
    ],
)  # fmt: skip
def test_an_item_of_something_else_gives_no_name(html: str) -> None:
    assert "name" not in said(html)


def test_of_several_members_the_one_that_the_domain_spells_is_the_owner() -> None:
    html = "".join(item(f"<b itemprop=name>{name}</b>") for name in ("Fremdhafen", "Eschenried AG"))
    assert said(html)["name"] == "Eschenried AG"


def test_json_ld_is_completed_and_never_contradicted() -> None:
    stated = {"@type": "Organization", "name": "Eschenried AG", "telephone": "+49 30 901820"}
    html = f"<script type=application/ld+json>{json.dumps(stated)}</script>" + item(
        "<b itemprop=name>Eschenried AG</b><b itemprop=telephone>+49 30 901821</b>"
        "<b itemprop=faxNumber>+49 30 901822</b>"
    )
    assert values(found(html, "phone")) == ["+4930901820"]
    (fax,) = found(html, "fax")
    assert (fax.value, fax.method) == ("+4930901822", "microdata")


COMPANY = {
    "legalName": "Eschenried GmbH", "street": "Weg 1", "zip": "10115", "city": "Berlin",
    "employees": 120,
}  # fmt: skip


def state(inside: object, before: str = "", after: str = "") -> str:
    return f"<script{before}{json.dumps(inside)}{after}</script>"


NEXT = " id=__NEXT_DATA__ type=application/json>"


@pytest.mark.parametrize(
    "html",
    [
        state({"props": {"pageProps": {"company": COMPANY}}}, NEXT),
        state({"data": [{"organisation": COMPANY}]}, " type=application/json>"),
        state({"company": COMPANY}, ">window.__INITIAL_STATE__ = ", ";(function(){})()"),
        state(json.dumps({"company": COMPANY}), ">window.__PRELOADED_STATE__=JSON.parse(", ")"),
        state({"x": [{"__typename": "Organization", **COMPANY}]}, NEXT),
        state(
            {"imprint": {"companyName": "Eschenried GmbH", "address": {
                "addressLine1": "Weg 1", "postalCode": "10115", "town": "Berlin"}}}, NEXT),
        state(
            [{"company": 1}, {"legalName": 2, "street": 3, "zip": 4, "city": 5},
             "Eschenried GmbH", "Weg 1", "10115", "Berlin"],
            " id=__NUXT_DATA__ type=application/json>"),
    ],
)  # fmt: skip
def test_the_owner_in_the_state_of_a_page(html: str) -> None:
    facts = said(html)
    assert facts["legal_name"] == "Eschenried GmbH"
    assert [facts.get(one) for one in ("street", "postcode", "city")] == [
        "Weg 1",
        "10115",
        "Berlin",
    ]
    assert {one.method for one in found(html, "city", URL)} == {"page_state"}


@pytest.mark.parametrize(
    "company",
    [
        {**COMPANY, "legalName": "Fremdhafen GmbH"},
        {**COMPANY, "website": "https://other.example/"},
        {"name": "Eschenried"},
        {"name": "Fremdhafen", "phone": "+49 30 901820", "city": "Berlin"},
        {"name": {"de": "Eschenried"}, "street": "Weg 1", "phone": "+49 30 901820"},
    ],
)
def test_a_company_that_is_not_surely_the_owner_is_not_read(company: dict[str, object]) -> None:
    facts = said(state({"company": company}, NEXT))
    assert not {"name", "legal_name", "city", "phone"} & set(facts)


def test_two_companies_in_a_state_are_none() -> None:
    other = {**COMPANY, "legalName": "Eschenried Verwaltung GmbH"}
    assert "legal_name" not in said(
        state({"company": COMPANY, "partner": {"company": other}}, NEXT)
    )


def test_an_object_without_a_key_of_a_company_is_none() -> None:
    assert "legal_name" not in said(state({"customer": COMPANY, "employer": COMPANY}, NEXT))


def test_a_page_that_needs_a_browser_is_counted_apart() -> None:
    shell = document("<title>Eschenried</title><div id=__next></div><script src=/a.js></script>")
    assert parked(shell) == ("needs_browser",)
    assert [str(one.value) for one in coverage([read_document(shell)])] == ["needs_browser:1"]


SCRIPT = '<script type=application/json>{"company": {"name": ['
TAGS = ["<div itemscope itemtype=Organization>", "</div>", "<p itemprop=name>", "<li>", "</p>"]
MORE_TAGS = ["<span typeof=Organization property=name>", "x", "<meta itemprop=name content=y>"]
ENDS = ["</b>", SCRIPT, "]}}</script>", "<!--", "&"]


@given(st.lists(st.sampled_from([*TAGS, *MORE_TAGS, *ENDS]), max_size=40))
def test_any_markup_is_read(parts: list[str]) -> None:
    try_extract(page("".join(parts)))


@pytest.mark.parametrize(
    "inside", ["<div itemscope>", "<div itemprop=a itemscope>", "<b itemprop=x>"]
)
def test_deep_nesting_takes_linear_time(inside: str) -> None:
    def best(times: int) -> float:
        html = item(inside * times)
        # The best of three counts, because other programs slow some runs down.
        return min(repeat(lambda: read_markup(html), timer=time.process_time, number=1, repeat=3))

    # Five times the input: linear takes 5 times as long, quadratic 25 times.
    assert best(40_000) < 12 * max(best(8_000), 0.02)


def test_a_state_whose_objects_name_each_other_is_read_within_bounds() -> None:
    objects = [{f"k{at}": (7 * row + at) % 300 for at in range(100)} for row in range(300)]
    state = json.dumps([*objects, {"name": 301}, "Eschenried GmbH"])
    began = time.process_time()
    said(f"<script type='application/json' id='__NUXT_DATA__'>{state}</script>" * 5)
    assert time.process_time() - began < 10
