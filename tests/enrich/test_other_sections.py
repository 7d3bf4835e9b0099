"""What a page says of a supplier, of its group, or under a host name is not the owner's."""

import pytest

from enrich.extract import try_extract
from enrich.postal import addresses
from tests.made_pages import found, page, values

URL = "https://acmepumps.com/about"
OWN = "<p>Acme Pumps, Inc. was founded in 1975.</p>"
SUPPLIER = (
    "<p>Muster was established in 1910. Today, with $650 million in annual sales, the company has"
    " 4,000 employees. Muster is headquartered in Chicago, Illinois.</p>"
)
OF_COMPANY = ("founded", "turnover", "employees", "city")


def stated(html: str) -> dict[str, list[str]]:
    facts = try_extract(page(html, URL, "about")).facts
    return {one: [str(fact.value) for fact in facts if fact.attribute == one] for one in OF_COMPANY}


@pytest.mark.parametrize(
    "heading", ["About Muster Valves", "About the Muster Group", "Über Muster"]
)
def test_a_section_about_another_company_says_nothing_of_the_owner(heading: str) -> None:
    said = stated(f"{OWN}<h2>{heading}</h2>{SUPPLIER}")
    assert (said["turnover"], said["employees"], said["city"]) == ([], [], [])
    assert values(found(f"{OWN}<h2>{heading}</h2>{SUPPLIER}", "founded", URL, "about")) == values(
        found(OWN, "founded", URL, "about")
    )


@pytest.mark.parametrize(
    "heading", ["About us", "About Acme Pumps", "About our company", "Über uns"]
)
def test_a_section_about_the_owner_counts(heading: str) -> None:
    said = stated(f"<h2>{heading}</h2>{SUPPLIER}")
    assert said["turnover"]
    assert said["city"] == ["Chicago"]


def test_the_section_ends_with_the_next_heading_of_the_owner() -> None:
    own = "<h2>About Acme Pumps</h2><p>We are based in Chicago, Illinois.</p>"
    assert stated(f"<h2>About Muster Valves</h2>{SUPPLIER}{own}")["city"] == ["Chicago"]


def test_a_host_is_no_name_but_a_domain_may_be() -> None:
    def name(of: str) -> list[str]:
        html = f"<div itemscope itemtype='https://schema.org/Store'><b itemprop=name>{of}</b></div>"
        return values(found(html, "name", "https://shop.acmepumps.com/", "home"))

    assert name("shop.acmepumps.com") == []
    assert name("Acmepumps.com") == ["Acmepumps.com"]


GROUP = "".join(
    f"<p>Acme Pumps {one}</p>" for one in ("Korea Ltd.", "Hungary Kft.", "BV", "of Canada Ltd.")
)


def test_of_a_group_the_company_of_the_copyright_line_is_the_owner() -> None:
    html = f"<title>Locations | Acme Pumps</title>{GROUP}"
    assert values(found(html, "name", URL, "about")) == ["Acme Pumps"]
    assert values(found(html, "legal_name", URL, "about")) == []
    html = f"{html}<p>© 2024 Acme Pumps, Inc.</p>"
    assert values(found(html, "legal_name", URL, "about")) == ["Acme Pumps, Inc."]


def test_large_cities_alone_on_lines_below_a_heading() -> None:
    html = "<h2>Sales Offices</h2><p>Chicago – headquarters<p>Atlanta<p>Products<p>Boston"
    assert values(found(html, "city", URL, "about")) == ["Chicago", "Atlanta", "Boston"]
    assert values(found("<h2>Our customers</h2><p>Chicago<p>Atlanta", "city", URL, "about")) == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("35 Sample Place, Samplegrove A\nKingsmere, CA 95403", "35 Sample Place, Samplegrove A"),
        ("14 Sample Str.\nBusiness Center\nOffice 2/1\n01000 Astana\nKazakhstan",
         "14 Sample Str, Business Center, Office 2/1"),
    ],
)  # fmt: skip
def test_the_road_stands_before_the_building(text: str, street: str) -> None:
    assert [one.street for one in addresses(text, None)] == [street]


def test_a_footer_s_platform_is_not_the_owner() -> None:
    footer = "<p>Powered by Musterware. Acme Pumps. © 2014 Musterware, Inc. All rights reserved."
    assert values(found(f"<title>Acme Pumps</title>{footer}", "legal_name", URL, "home")) == []
    own = "<p>Powered by Acme Pumps. © 2014 Acme Pumps, Inc."
    assert values(found(own, "legal_name", URL, "home")) == ["Acme Pumps, Inc."]


def test_what_a_festival_does_since_a_year_is_no_founding() -> None:
    said = "<p>Since 2006 the festival has grown in quality with our company.</p>"
    assert found(said, "founded", URL, "home") == []
    assert values(found("<p>We make pumps since 2006.</p>", "founded", URL, "home")) != []


@pytest.mark.parametrize(
    ("other", "parts"),
    [
        ("Repairs - West Orme, MA", ("400 Sample Street", "West Orme")),
        ("Repairs", ("400 Sample Street West", "Orme")),
    ],
)
def test_the_direction_of_a_town_that_the_page_names(other: str, parts: tuple[str, str]) -> None:
    (one,) = addresses(f"{other}\n400 Sample Street West Orme , MA 01089", None)
    assert (one.street, one.city) == parts
